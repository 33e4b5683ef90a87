//! What was delivered for a job, and what became of it, as it is noted on the job's record.

use alloc::string::String;
use alloc::vec::Vec;

/// So many are noted: enough to see what goes on, and no more however often somebody delivers.
const MAX_NOTED: usize = 10;
/// So many of a job's deliveries that are of no use are kept: whoever has the address could send more.
const MAX_DEAD_LETTERS: usize = 2;

/// A delivery that came, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Noted {
    /// When it came, milliseconds since 1970.
    pub at_ms: u64,
    /// What became of it.
    pub fate: Fate,
    /// Why it is of no use, as a sentence.
    pub reason: Option<String>,
    /// Under which key its bytes lie as a dead letter.
    pub dead_key: Option<String>,
}

/// What became of a delivery; the names are the API's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fate {
    /// It is the job's result.
    Result,
    /// It says that the job runs.
    Running,
    /// The job had its result already.
    Duplicate,
    /// It is another job's or another task's.
    Foreign,
    /// What the engine calls the job was not known yet: it is asked whether it has one of that id.
    Unproved,
    /// It cannot be read.
    Unreadable,
}

impl Fate {
    /// All of them.
    pub const ALL: [Self; 6] = [Self::Result, Self::Running, Self::Duplicate, Self::Foreign, Self::Unproved, Self::Unreadable];

    /// Its name in the API and in the store.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Result => "result",
            Self::Running => "running",
            Self::Duplicate => "duplicate",
            Self::Foreign => "foreign",
            Self::Unproved => "unproved",
            Self::Unreadable => "unreadable",
        }
    }

    /// The fate of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|fate| fate.name() == name)
    }
}

/// Notes a delivery that left no bytes behind, or the result.
pub(super) fn note(deliveries: &mut Vec<Noted>, fate: Fate, now_ms: u64) {
    push(deliveries, Noted { at_ms: now_ms, fate, reason: None, dead_key: None });
}

/// What becomes of bytes that are of no use.
pub(super) struct Kept {
    /// The key that they are kept under.
    pub(super) under: Option<String>,
    /// Whether none like them were kept before.
    pub(super) is_new: bool,
}

/// Notes a delivery that is of no use, and says whether its bytes are kept under the key that they would have. The same bytes have
/// the same key, and are kept once.
pub(super) fn note_useless(deliveries: &mut Vec<Noted>, fate: Fate, reason: String, key: Option<String>, now_ms: u64) -> Kept {
    let kept = || deliveries.iter().filter_map(|noted| noted.dead_key.as_ref());
    let is_known = kept().any(|known| Some(known) == key.as_ref());
    let has_room = kept().count() < MAX_DEAD_LETTERS;
    let under = key.filter(|_| is_known || has_room);
    let is_new = under.is_some() && !is_known;
    push(deliveries, Noted { at_ms: now_ms, fate, reason: Some(reason), dead_key: under.clone().filter(|_| is_new) });
    Kept { under, is_new }
}

/// What has left bytes behind stays; of the others the latest stay. One more of the same is not worth a line.
fn push(deliveries: &mut Vec<Noted>, latest: Noted) {
    if deliveries.len() >= MAX_NOTED {
        let may_go = |old: &Noted| old.fate != Fate::Result && old.dead_key.is_none();
        match deliveries.iter().position(may_go).filter(|_| latest.fate != Fate::Duplicate) {
            Some(oldest) => _ = deliveries.remove(oldest),
            None => return,
        }
    }
    deliveries.push(latest);
}
