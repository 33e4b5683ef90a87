//! What was asked for and is not there.

use crate::engine::chat::{Chat, NO_CHAT};
use crate::engine::heard::Heard;
use crate::engine::{Making, Missing, Task};
use crate::house::is_wanted;
use alloc::vec::Vec;

/// What a language model writes where the service has not.
const WRITTEN: [&str; 3] = ["AbstractiveSummaryLong", "AbstractiveSummaryShort", "Topics"];

/// Says what of the insights is missing.
pub(super) fn complete(chat: Option<&Chat>, making: &Making, heard: &Heard, missing: &mut Vec<Missing>) {
    if making.task != Task::AnalyzeInteraction || chat.is_some() {
        return;
    }
    let is_there = |name: &str| heard.insights.iter().any(|insight| insight.name == name);
    let lacking = WRITTEN.into_iter().filter(|name| is_wanted(&making.input, name) && !is_there(name));
    missing.extend(lacking.map(|name| Missing { name: name.into(), reason: ["this Worker ", NO_CHAT].concat() }));
}
