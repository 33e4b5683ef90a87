//! What the edge is told to do with a delivery, read off what follows for its job.

use crate::question::Verdict;
use ringcentral_ai::error::Code;
use ringcentral_ai::lifecycle::Effect;

/// The verdict on a delivery; where it is refused, `code` says why.
pub(super) fn of(effects: Vec<Effect>, code: Code) -> Verdict {
    let mut verdict = Verdict::Dropped;
    for effect in effects {
        match (effect, &mut verdict) {
            (Effect::Keep { .. }, verdict) => *verdict = Verdict::Result,
            (Effect::Refuse { reason }, verdict) => *verdict = Verdict::Refused { code, reason, dead_key: None },
            (Effect::SetAside { dead_key: key, .. }, Verdict::Refused { dead_key, .. }) => *dead_key = Some(key),
            _ => {}
        }
    }
    verdict
}

/// The key of the delivery that is the result, where this one is.
pub(super) fn kept(effects: &[Effect]) -> Option<&str> {
    effects.iter().find_map(|effect| if let Effect::Keep { key } = effect { Some(key.as_str()) } else { None })
}
