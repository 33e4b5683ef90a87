//! What is read in one caption: dashes, names, and where its lines end.

use super::Options;
use super::cue::Span;
use super::division::{Division, has_room, with_dashes};
use super::layout::{Item, breaks, count, wide};
use super::pieces::Piece;
use super::schedule::is_too_fast;
use super::speaker::AFTER_LABEL;
use alloc::string::String;
use alloc::vec::Vec;

/// What tells speakers apart who share a caption.
const DASH: &str = "- ";

/// The words of a caption, with what stands before them.
pub(super) struct Wording<'p> {
    items: Vec<Item<'p>>,
    is_shared: bool,
    /// The name on a line of its own, where it leaves no room for a word beside it.
    has_name_above: bool,
    /// How many there are to read.
    pub(super) chars: usize,
}

impl<'p> Wording<'p> {
    /// Names each speaker who is not the one that was read before.
    pub(super) fn of(caption: &'p [Piece<'p>], division: &Division<'_>, mut before: Option<usize>, room_ms: u64) -> Self {
        let options = division.options;
        let mut items = with_dashes(caption);
        let is_shared = items[0].lead > 0;
        let mut named = items.clone();
        for item in named.iter_mut().enumerate().filter_map(|(at, item)| (at == 0 || item.lead > 0).then_some(item)) {
            item.lead += division.lead(item.piece.turn, before);
            before = Some(item.piece.turn);
        }
        let (first, lead) = (named[0].piece, named[0].lead);
        let has_name_above = !is_shared && lead + first.width > options.max_chars_per_line && has_room(lead, first, options);
        // Dashes tell speakers apart already: with them names must fit, and leave time to read the rest.
        let has_names = if is_shared {
            count(&named, options.max_chars_per_line, true) <= options.max_lines && !is_too_fast(wide(&named), room_ms)
        } else {
            lead + first.width <= options.max_chars_per_line
        };
        if has_names {
            items = named;
        }
        let chars = wide(&items) + if has_name_above { lead } else { 0 };
        Self { items, is_shared, has_name_above, chars }
    }

    /// The text, speaker by speaker.
    pub(super) fn spans(&self, labels: &[Option<String>], options: &Options) -> Vec<Span> {
        let max = options.max_chars_per_line;
        let lines = count(&self.items, max, true).min(options.max_lines);
        let breaks = breaks(&self.items, max, lines);
        let mut spans: Vec<Span> = Vec::new();
        for (at, item) in self.items.iter().enumerate() {
            let parting = if breaks.contains(&at) {
                "\n"
            } else if at == 0 || item.piece.is_glued {
                ""
            } else {
                " "
            };
            let label = labels[item.piece.turn].as_deref();
            if at == 0 || item.lead > 0 {
                spans.push(Span { speaker: label.map(String::from), text: String::new() });
            }
            let Some(Span { text, .. }) = spans.last_mut() else { break };
            text.push_str(parting);
            self.push_lead(text, at, label.unwrap_or_default());
            text.push_str(item.piece.text);
        }
        spans
    }

    fn push_lead(&self, text: &mut String, at: usize, label: &str) {
        let mut lead = self.items[at].lead;
        if lead > 0 && self.is_shared {
            text.push_str(DASH);
            lead -= DASH.len();
        }
        if at == 0 && self.has_name_above {
            text.extend([label, ":\n"]);
        } else if lead > 0 {
            text.extend([label, AFTER_LABEL]);
        }
    }
}
