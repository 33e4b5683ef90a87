//! What an engine has learned of its rate limits, as a text that outlives a restart: so nothing is sent inside a penalty, and no
//! window begins anew. It belongs to whoever it was learned with.

use crate::http::base64url;
use crate::json::{Object, Value};
use crate::pace::{GROUPS, Learned};
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use sha2::{Digest, Sha256};

/// What a server and what opens it are known by: nothing else is kept of them.
pub(super) fn fingerprint(parts: &[&str]) -> String {
    // Each part goes in behind its own length: no two lists of parts look the same.
    let hash = parts
        .iter()
        .fold(Sha256::new(), |hash, part| hash.chain_update(part.len().to_string()).chain_update(":").chain_update(part));
    base64url(&hash.finalize())
}

/// The beginning of a state: whose it is, and what was learned of each group.
pub(super) fn write(fingerprint: &str, learned: &[Learned; GROUPS]) -> Object {
    let each = |numbers: fn(&Learned) -> u64| learned.iter().map(move |group| numbers(group).to_string());
    let lists = |slots: fn(&Learned) -> &Vec<u64>| {
        learned.iter().map(move |group| {
            let numbers: Vec<String> = slots(group).iter().map(ToString::to_string).collect();
            ["[", &numbers.join(","), "]"].concat()
        })
    };
    Object::new()
        .text("of", fingerprint)
        .list("limits", each(|group| group.limit))
        .list("windowsMs", each(|group| group.window_ms))
        .list("blockedUntilMs", each(|group| group.blocked_until_ms))
        .list("takenMs", lists(|group| &group.taken_ms))
        .list("keptMs", lists(|group| &group.kept_ms))
}

/// A state that was written so; none where it is another's, or cannot be read.
pub(super) fn own<'a>(state: &'a str, fingerprint: &str) -> Option<Value<'a>> {
    Value::parse(state.as_bytes()).filter(|state| state.get("of").text() == Some(fingerprint))
}

/// What it says of each group.
pub(super) fn read(state: &Value<'_>) -> [Learned; GROUPS] {
    let [limits, windows, blocked, taken, kept] =
        ["limits", "windowsMs", "blockedUntilMs", "takenMs", "keptMs"].map(|name| state.get(name).entries());
    let number = |numbers: &[Value<'_>], group: usize| numbers.get(group).and_then(Value::whole).unwrap_or_default();
    let slots = |lists: &[Value<'_>], group: usize| -> Vec<u64> {
        lists.get(group).map(|list| list.entries().iter().filter_map(Value::whole).collect()).unwrap_or_default()
    };
    core::array::from_fn(|group| Learned {
        limit: number(limits, group),
        window_ms: number(windows, group),
        blocked_until_ms: number(blocked, group),
        taken_ms: slots(taken, group),
        kept_ms: slots(kept, group),
    })
}
