//! What the edge is told to do with a delivery, read off what follows for its job.

use crate::question::Verdict;
use ringcentral_ai::error::Code;
use ringcentral_ai::lifecycle::{Effect, Fate};

/// The verdict on a delivery.
pub(super) fn of(effects: Vec<Effect>) -> Verdict {
    let mut verdict = Verdict::Dropped;
    for effect in effects {
        match (effect, &mut verdict) {
            (Effect::Keep { .. }, verdict) => *verdict = Verdict::Result,
            (Effect::Refuse { fate, reason }, verdict) => {
                *verdict = Verdict::Refused { code: code(fate), reason, dead_key: None }
            }
            (Effect::SetAside { dead_key: key, .. }, Verdict::Refused { dead_key, .. }) => *dead_key = Some(key),
            _ => {}
        }
    }
    verdict
}

/// What its sender is told of a delivery that is refused, by what becomes of it.
pub(super) const fn code(fate: Fate) -> Code {
    match fate {
        Fate::Unreadable => Code::UnreadableCallback,
        Fate::Unproved => Code::ResultDelayed,
        Fate::Foreign | Fate::Result | Fate::Running | Fate::Duplicate => Code::ForeignCallback,
    }
}

/// What becomes of a delivery whose sender is told that.
pub(super) const fn fate(code: Code) -> Fate {
    match code {
        Code::UnreadableCallback => Fate::Unreadable,
        Code::ResultDelayed => Fate::Unproved,
        _ => Fate::Foreign,
    }
}

/// The key of the delivery that is the result, where this one is.
pub(super) fn kept(effects: &[Effect]) -> Option<&str> {
    effects.iter().find_map(|effect| if let Effect::Keep { key } = effect { Some(key.as_str()) } else { None })
}
