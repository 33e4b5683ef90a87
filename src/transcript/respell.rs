//! The words of a transcript, given to those who said them.

use super::beside::Stretch;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

/// Where a transcript has so many letters more than twice those of the words, words are missing and not different.
const MORE_LETTERS: u64 = 20;

/// What each run of words says, in the transcript's spelling where that says the same, else in the words' own.
pub(super) fn respelled(runs: usize, stretches: &[Stretch<'_, '_>]) -> Vec<String> {
    let mut texts = vec![String::new(); runs];
    let mut run = 0;
    for stretch in stretches {
        let (written, said) = stretch.heard;
        let is_other = said.letters > 0 && written != said && written.letters <= 2 * said.letters + MORE_LETTERS;
        for token in if is_other { stretch.right } else { stretch.left } {
            if is_other {
                run = token.owner;
            } else if token.heard.letters > 0 {
                // A mark stays with what was said before it, and so does what nobody said.
                run = stretch.owner(token.from).unwrap_or(run);
            }
            texts[run].push_str(token.text);
            texts[run].push(' ');
        }
    }
    texts
}
