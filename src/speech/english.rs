//! Which words of English carry no subject, and whether a text is English at all.

use alloc::vec::Vec;

/// Words of English alone, in order: hardly any other language writes one of these.
const OWN: &str = "about again ain't all already and another any anybody anything are because been before being between both but \
    bye can't could did didn't does doesn't doing don't each else even ever every everybody everything few from \
    gonna goodbye got gotta had has hasn't have haven't having he'll here here's hers herself him himself his how \
    how's i'd i'll i'm i've into isn't it's its itself just kinda know let's like maybe might mine more most much \
    must my myself neither nobody nor not nothing now off often oh okay only other our ours ourselves out over own \
    perhaps please quite rather really right same she should shouldn't some somebody something such sure than thank \
    thanks that that's the their theirs them themselves then there there's these they they're they've thing things \
    this those though through to too under until upon us very want was wasn't we'll we're we've well were weren't \
    what what's when where whether which while who whole whose why with without won't would wouldn't yeah yes yet \
    you you'll you're you've your yours yourself";

/// Words that others write too, in order.
const SHARED: &str = "a ah alright also am an as at back be by call called calling can come day do down eh er for get go goes going \
    gone good he hello hey hi hm huh i if in is it kind last less lot ma'am made make man many me mean mhm mm mr mrs \
    ms need next no of ok on once one or per put said say see sir so sort take tell uh uh-huh um up use we went will";

/// One word in so many must be English for the text to be.
const ONE_IN: usize = 10;

/// The words that carry no subject.
pub(super) struct StopWords {
    own: Vec<&'static str>,
    shared: Vec<&'static str>,
}

impl StopWords {
    /// All of them.
    pub(super) fn new() -> Self {
        let words = |list: &'static str| list.split(' ').collect();
        Self { own: words(OWN), shared: words(SHARED) }
    }

    /// Whether a word in small letters is one; so are those of which one stands before an apostrophe.
    pub(super) fn have(&self, word: &str) -> bool {
        let stem = word.split_once('\'').map_or(word, |(stem, _)| stem);
        [word, stem].iter().any(|word| self.is_own(word) || self.shared.binary_search(word).is_ok())
    }

    fn is_own(&self, word: &str) -> bool {
        self.own.binary_search(&word).is_ok()
    }

    /// Whether words in small letters, each with how often it comes, are those of an English text.
    pub(super) fn tell_english<'a>(&self, words: impl Iterator<Item = (&'a str, usize)>) -> bool {
        let (mut own, mut all) = (0, 0);
        for (word, count) in words {
            all += count;
            own += if self.is_own(word) { count } else { 0 };
        }
        own > 0 && own * ONE_IN >= all
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::speech::spoken;
    use alloc::string::String;

    fn is_english(text: &str) -> bool {
        let words: Vec<String> = text.split_whitespace().map(spoken).collect();
        StopWords::new().tell_english(words.iter().map(|word| (word.as_str(), 1)))
    }

    #[test]
    fn english_is_told_from_its_neighbours() {
        for text in [
            "Thunderstorms could produce large hail, isolated tornadoes, and heavy rain.",
            "Good evening, thank you for calling electronics, this is Rachel. How may I assist you?",
            "This call is now being recorded. Parker Scarves, how may I help you?",
        ] {
            assert!(is_english(text), "{text}");
        }
        for text in [
            "Guten Tag, hier ist Anna, was kann ich für Sie tun? Also, ich will so einen Hut, der in der Werbung war.",
            "Goedemorgen, we hebben het over de facturen gehad en of hij me nog belt is niet bekend, maar ik was er.",
            "Bonjour, je vous appelle au sujet de la facture, on me dit que le montant est faux.",
            "Buenos días, le llamo por la factura, no me ha llegado y a mi hermano sí, así que no sé.",
            "Hej, jag ringer om fakturan, vi har inte sett den an, men var så god att se efter i systemet.",
            "会議は明日です。",
            "",
        ] {
            assert!(!is_english(text), "{text}");
        }
    }

    #[test]
    fn the_lists_are_in_order_and_have_no_word_in_common() {
        let words = StopWords::new();
        let twice = words.own.iter().filter(|word| words.shared.binary_search(word).is_ok());
        assert_eq!(twice.collect::<Vec<_>>(), [] as [&&str; 0]);
        for list in [&words.own, &words.shared] {
            assert_eq!(list.windows(2).find(|pair| pair[0] >= pair[1]), None);
        }
        assert!(words.have("we'd") && words.have("don't") && !words.have("headset"));
    }
}
