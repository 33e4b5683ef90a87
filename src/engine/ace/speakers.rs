//! What a record's speakers are called.

use crate::json::{Value, digits};
use alloc::string::String;
use alloc::vec::Vec;

/// The speakers of a record, each with what it is called.
#[derive(Debug)]
pub(super) struct Speakers<'a>(Vec<(&'a str, String)>);

impl<'a> Speakers<'a> {
    /// Each is called by the name; a second one of that name by `Name (2)`; one that has none by the telephone number, or by its place.
    pub(super) fn of(record: &'a Value<'_>) -> Self {
        let mut speakers = Self(Vec::new());
        for (place, speaker) in (0..).zip(record.get("speakerInfo").entries()) {
            let Some(id) = speaker.id_of("speakerId") else { continue };
            let given = |name| speaker.get(name).text().map(str::trim).filter(|name| !name.is_empty());
            let name = given("name").or_else(|| given("phoneNumber"));
            let name = speakers.free(name.map_or_else(|| digits(place), Into::into));
            speakers.0.push((id, name));
        }
        speakers
    }

    /// What the one of that id is called; one that the record does not list by the id.
    pub(super) fn called<'b>(&'b self, id: &'b str) -> &'b str {
        self.0.iter().find(|(known, _)| *known == id).map_or(id, |(_, name)| name)
    }

    /// The name, or that with a number that nobody has yet.
    fn free(&self, name: String) -> String {
        let is_free = |name: &String| self.0.iter().all(|(_, taken)| taken != name);
        let numbered = (2..).map(|number| [&name, " (", &digits(number), ")"].concat());
        core::iter::once(name.clone()).chain(numbered).find(is_free).unwrap_or(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_is_called_otherwise() {
        let record =
            br#"{"speakerInfo":[{"speakerId":"a","name":" Ann "},{"speakerId":"b","name":"Ann"},{"speakerId":"c","name":""},
            {"speakerId":"d","name":null,"phoneNumber":"+16505550100"},{"name":"Nobody"},{"speakerId":7,"name":"Ann"}]}"#;
        let record = Value::parse(record).unwrap();
        let speakers = Speakers::of(&record);
        let called = ["a", "b", "c", "d", "7", "x"].map(|id| speakers.called(id));
        assert_eq!(called, ["Ann", "Ann (2)", "2", "+16505550100", "Ann (3)", "x"]);
    }
}
