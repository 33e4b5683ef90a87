//! A page of any source's list, as RingCentral answers it: the first byte says whose.
#![no_main]

use libfuzzer_sys::fuzz_target;
use ringcentral_ai::endpoint::Endpoint;
use ringcentral_ai::engine::RecordingId;
use ringcentral_ai::engine::ringcentral::media::{ListRecordings, ReadRecording};
use ringcentral_ai::http::HttpResponse;

const LISTS: [&[(&str, &str)]; 6] = [
    &[("source", "calls")],
    &[("source", "calls"), ("view", "Detailed")],
    &[("source", "meetings")],
    &[("source", "meetings"), ("list", "recordings")],
    &[("source", "voicemail"), ("dateFrom", "2020-01-01")],
    &[("source", "calls"), ("scope", "company")],
];
const IDS: [&str; 3] = ["1662272004", "meeting-m1-r1", "voicemail-7-8"];

fuzz_target!(|data: &[u8]| {
    let Some((first, body)) = data.split_first() else { return };
    let response = HttpResponse { status: 200, headers: Vec::new(), body: body.to_vec() };
    let place = usize::from(*first) % (LISTS.len() + IDS.len());
    if let Some(list) = LISTS.get(place) {
        let query: Vec<_> = list.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
        let Ok(list) = ListRecordings::parse(&query) else { return };
        let _ = list.read(&response);
    } else if let Ok(id) = RecordingId::parse(IDS[place - LISTS.len()], "") {
        let _ = ReadRecording::for_job(id).read(&response);
    }
});
