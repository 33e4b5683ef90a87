//! What a record's speakers are called.

use crate::json::Value;

/// What a speaker is called: by the name, unless another has the same or there is none.
pub(super) fn called<'a>(speakers: &'a Value<'a>, id: &'a str) -> &'a str {
    let name = |speaker: &'a Value<'a>| speaker.get("name").text().map(str::trim).filter(|name| !name.is_empty());
    let is_own = |speaker: &&Value<'_>| speaker.id_of("speakerId") == Some(id);
    let Some(own) = speakers.entries().iter().find(is_own).and_then(name) else { return id };
    let others = speakers.entries().iter().filter(|speaker| !is_own(speaker));
    if others.filter_map(name).any(|other| other == own) { id } else { own }
}
