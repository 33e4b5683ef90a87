//! What a request asks for. Names that Deepgram does not have are ignored, as it does.

use super::refusal::Refused;
use crate::query::Query;

/// Models, without their version of a use: `nova-3-medical` is one of `nova-3`.
const MODELS: &[&str] = &["nova-3", "nova-2", "nova", "enhanced", "base", "whisper"];
/// What stands behind a model.
const USES: &[&str] = &[
    "general",
    "meeting",
    "phonecall",
    "voicemail",
    "finance",
    "conversationalai",
    "video",
    "medical",
    "drivethru",
    "automotive",
    "atc",
    "tiny",
    "small",
    "medium",
    "large",
    "base",
];
/// Languages, without their region. `multi` is several at once.
const LANGUAGES: &[&str] = &[
    "multi", "bg", "ca", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "hi", "hu", "id", "it", "ja", "ko", "lt", "lv",
    "ms", "nl", "no", "pl", "pt", "ro", "ru", "sk", "sv", "th", "tr", "uk", "vi", "zh",
];
/// How long a pause between two utterances is, in seconds.
const UTTERANCE_SPLIT_S: f64 = 0.8;
/// All key terms together have no more words than this. Deepgram counts tokens; a word is one here.
const MAX_KEY_TERM_WORDS: usize = 500;

/// The options that change an answer.
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::struct_excessive_bools, missing_docs, reason = "they are Deepgram's own flags, by their own names")]
pub struct Options {
    pub model: String,
    /// Punctuation and capitals: `punctuate`, or `smart_format`, which has it too.
    pub punctuate: bool,
    pub paragraphs: bool,
    pub diarize: bool,
    pub multichannel: bool,
    pub utterances: bool,
    pub utterance_split_s: f64,
    pub detect_language: bool,
    pub summarize: bool,
    pub topics: bool,
    pub intents: bool,
    pub sentiment: bool,
    pub tags: Vec<String>,
}

impl Options {
    /// Reads a query.
    ///
    /// # Errors
    /// 400 with what Deepgram says of it.
    pub fn read(query: &Query) -> Result<Self, Refused> {
        let model = query.get("model").unwrap_or("base-general");
        let language = query.get("language").unwrap_or("en");
        if !is_model(model) || !is_language(language) {
            return Err(Refused::bad_request("No such model/language/tier combination found."));
        }
        let words = query.values("keyterm").flat_map(str::split_whitespace).count();
        if words > MAX_KEY_TERM_WORDS {
            return Err(Refused::bad_request("Keyterm limit exceeded. The maximum number of tokens across all keyterms is 500."));
        }
        let smart_format = flag(query, "smart_format")?;
        Ok(Self {
            model: model.to_owned(),
            punctuate: flag(query, "punctuate")? || smart_format,
            paragraphs: flag(query, "paragraphs")? || smart_format,
            diarize: flag(query, "diarize")? || names_diarizer(query)?,
            multichannel: flag(query, "multichannel")?,
            utterances: flag(query, "utterances")?,
            utterance_split_s: number(query, "utt_split", UTTERANCE_SPLIT_S)?,
            // A list of languages instead of a flag says which to detect.
            detect_language: query.get("detect_language").is_some_and(|text| text != "false"),
            summarize: query.get("summarize").is_some_and(|text| text == "v2" || text == "true"),
            topics: flag(query, "topics")?,
            intents: flag(query, "intents")?,
            sentiment: flag(query, "sentiment")?,
            tags: query.values("tag").map(str::to_owned).collect(),
        })
    }
}

fn is_model(name: &str) -> bool {
    let is_known = |model: &&&str| {
        name.strip_prefix(**model)
            .is_some_and(|rest| rest.is_empty() || rest.strip_prefix('-').is_some_and(|rest| USES.contains(&rest)))
    };
    MODELS.iter().any(|model| is_known(&model)) || USES.contains(&name)
}

/// `en` and `en-US`, but not `en_US`.
fn is_language(tag: &str) -> bool {
    let (language, region) = tag.split_once('-').unwrap_or((tag, "US"));
    LANGUAGES.contains(&language) && (2..=4).contains(&region.len()) && region.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// Assumption: how Deepgram refuses an unreadable value is unknown.
fn flag(query: &Query, name: &str) -> Result<bool, Refused> {
    match query.get(name) {
        None | Some("false") => Ok(false),
        Some("true") => Ok(true),
        Some(_) => Err(unreadable(name)),
    }
}

fn number(query: &Query, name: &str, default: f64) -> Result<f64, Refused> {
    query.get(name).map_or(Ok(default), |text| text.parse().map_err(|_| unreadable(name)))
}

fn names_diarizer(query: &Query) -> Result<bool, Refused> {
    match query.get("diarize_model") {
        None => Ok(false),
        Some("latest" | "v1" | "v2") => Ok(true),
        Some(_) => Err(unreadable("diarize_model")),
    }
}

fn unreadable(name: &str) -> Refused {
    Refused::bad_request(&format!("Invalid value for query parameter `{name}`."))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(query: &str) -> Result<Options, Refused> {
        Options::read(&Query::parse(query.as_bytes()))
    }

    #[test]
    fn models_and_languages_are_deepgrams() {
        for good in [
            "",
            "model=nova-3",
            "model=nova-3-medical",
            "model=nova-2-phonecall&language=en-GB",
            "model=whisper-large",
            "model=general",
            "language=multi",
            "language=es-419",
            "model=nova-3&unheard_of=7",
        ] {
            assert!(read(good).is_ok(), "{good}");
        }
        for bad in ["model=nova-9", "model=nova-3-", "model=gpt-4o", "language=en_US", "language=xx", "language=en-"] {
            assert_eq!(read(bad), Err(Refused::bad_request("No such model/language/tier combination found.")), "{bad}");
        }
    }

    #[test]
    fn smart_format_punctuates_and_a_diarizer_diarizes() {
        let options = read("smart_format=true&diarize_model=latest").unwrap();
        assert!(options.punctuate && options.paragraphs && options.diarize && !options.multichannel);
        let options = read("punctuate=true&diarize=false").unwrap();
        assert!(options.punctuate && !options.paragraphs && !options.diarize);
    }

    #[test]
    fn what_cannot_be_read_is_refused() {
        for bad in ["diarize=yes", "diarize_model=v9", "utt_split=long"] {
            assert!(read(bad).is_err(), "{bad}");
        }
        let terms = "keyterm=a+b+c&".repeat(200);
        assert!(read(&terms).is_err() && read(&terms[..14 * 150]).is_ok());
    }
}
