//! Letters without the tables of Unicode, which would weigh as much as all the rest of this room.

/// A letter as a small one, in the Latin, Greek and Cyrillic scripts; what has no such form stays.
pub(crate) fn small(c: char) -> char {
    let code = u32::from(c);
    let small = match c {
        '\0'..='\u{7F}' => return c.to_ascii_lowercase(),
        'À'..='Ö' | 'Ø'..='Þ' | 'Α'..='Ρ' | 'Σ'..='Ω' | 'А'..='Я' => code + 32,
        // Capital and small letters by turns, the capital first: at odd places in two stretches.
        'Ĺ'..='ň' | 'Ź'..='ž' => code + code % 2,
        'Ÿ' => return 'ÿ',
        'İ' => return 'i',
        'Ā'..='ķ' | 'Ŋ'..='ŷ' | '\u{460}'..='\u{481}' | 'Ḁ'..='ẕ' | 'Ạ'..='ỿ' => code | 1,
        'Ά' => return 'ά',
        'Έ'..='Ί' => code + 37,
        'Ό' => return 'ό',
        'Ύ' | 'Ώ' => code + 63,
        'Ѐ'..='Џ' => code + 80,
        _ => code,
    };
    char::from_u32(small).unwrap_or(c)
}

/// Whether a letter is a small one of those scripts.
pub(super) const fn is_small(c: char) -> bool {
    matches!(c, 'a'..='z' | 'ß'..='ö' | 'ø'..='ÿ' | 'ά'..='ώ' | 'а'..='џ')
}

/// Whether a sign is a letter or a digit: whatever is no mark, symbol or space, as far as ASCII and punctuation go.
pub(super) fn is_heard(c: char) -> bool {
    c.is_ascii_alphanumeric() || !(c.is_ascii() || is_mark(c) || c.is_whitespace() || c.is_control())
}

/// What punctuation adds, in the scripts whose transcripts are punctuated.
pub(super) const fn is_mark(c: char) -> bool {
    matches!(c, '!' | '"' | '\'' | '('..='*' | ','..='/' | ':' | ';' | '?' | '['..=']' | '_' | '`' | '{'..='}')
        || matches!(c, '¡' | '¿' | '«' | '»' | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205E}')
        || matches!(c, '،' | '؛' | '؟' | '।' | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}')
        || matches!(c, '！' | '（' | '）' | '，' | '．' | '：' | '；' | '？')
}

/// Letters of Thai, Lao, Burmese, Khmer, Japanese and Chinese, whose words have no spaces between them.
pub(super) const fn stands_alone(c: char) -> bool {
    matches!(c, '\u{E00}'..='\u{EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{3040}'..='\u{30FF}')
        || matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_the_scripts_that_are_spoken_most_become_small_as_unicode_has_it() {
        let stretches = ['\0'..='\u{17E}', 'Ά'..='Ά', 'Έ'..='Ρ', 'Σ'..='Ω', 'Ѐ'..='ҁ', 'Ḁ'..='ẕ', 'Ạ'..='ỿ'];
        for c in stretches.into_iter().flatten() {
            let lower: Vec<char> = c.to_lowercase().collect();
            // In Turkish that one is two signs in small.
            if c != 'İ' {
                assert_eq!([small(c)], lower[..], "{c}");
            }
        }
        assert_eq!((small('İ'), small('漢')), ('i', '漢'));
    }
}
