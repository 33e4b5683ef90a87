//! What RingCentral found in a record, by the names that its AI had for it.

use super::speakers::Speakers;
use crate::engine::heard::{ms, of_the_whole};
use crate::json::Value;
use crate::speech::{Finding, Insight, Speech};
use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

/// The insights that have a name in the house format. Highlights, scores and notes are in RingCentral's own answer alone.
pub(super) fn insights(whole: &Value<'_>, speakers: &Speakers<'_>, speech: &Speech) -> Vec<Insight> {
    let of = |name: &str| whole.get("insights").get(name).entries();
    let values = |name: &str| of(name).iter().filter_map(|value| value.get("value").text().map(str::trim)).collect::<Vec<_>>();
    let mut insights = Vec::new();
    let mut add = |name, values: Vec<Finding>| {
        if !values.is_empty() {
            insights.push(Insight { name, values });
        }
    };
    // Whose times are no times: they count paragraphs.
    let short = values("Summary").join(" ");
    add("AbstractiveSummaryShort", if short.is_empty() { Vec::new() } else { vec![of_the_whole(&short, speech)] });
    let bulleted = values("BulletedSummary").into_iter();
    add("AbstractiveSummaryLong", bulleted.map(|value| Finding { value: value.to_owned(), ..Finding::default() }).collect());
    add("Tasks", of("NextSteps").iter().filter_map(|step| said(step, speakers, speech)).collect());
    add("OverallSentiment", values("Sentiment").first().map(|value| of_the_whole(value, speech)).into_iter().collect());
    insights
}

/// Something that was found where it was said.
fn said(found: &Value<'_>, speakers: &Speakers<'_>, speech: &Speech) -> Option<Finding> {
    let value: String = found.get("value").text().map(str::trim).filter(|value| !value.is_empty())?.to_owned();
    let speaker = found.id_of("speakerId").map(|id| speakers.called(id));
    let speaker = speaker.and_then(|name| speech.speakers.iter().position(|known| known == name));
    let speaker = speaker.and_then(|place| u16::try_from(place).ok());
    Some(Finding { value, start_ms: ms(found.get("start")), end_ms: ms(found.get("end")), speaker, confidence: None })
}
