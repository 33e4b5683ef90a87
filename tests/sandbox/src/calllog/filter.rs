//! The filters of the call log.

use crate::calllog::calls::{BLOCKED, LoggedCall};
use crate::calllog::period::Period;
use crate::errors::Refusal;
use crate::query::Query;

/// What a caller wants to see.
#[derive(Debug)]
pub struct Filter {
    /// `view=Detailed`.
    pub detailed: bool,
    /// The days it looks at.
    pub period: Period,
    directions: Vec<String>,
    kinds: Vec<String>,
    recording_type: Option<String>,
    phone_number: Option<String>,
    extension_number: Option<String>,
    session_id: Option<String>,
    telephony_session_id: Option<String>,
    transports: Vec<String>,
    show_blocked: bool,
    show_deleted: bool,
}

impl Filter {
    /// Reads the filters.
    ///
    /// # Errors
    /// 400 that names the parameter.
    pub fn read(query: &Query, now_ms: u64) -> Result<Self, Refusal> {
        let recording_type = one_of(query, "recordingType", &["Automatic", "OnDemand", "All"])?;
        let with_recording = flag(query, "withRecording", false)?;
        let text = |name: &str| query.get(name).map(str::to_owned);
        // Assumption: `metadataCategory` is accepted and changes nothing, as no call here has metadata.
        Ok(Self {
            detailed: detailed(query)?,
            period: Period::read(query, now_ms)?,
            directions: list(query, "direction", &["Inbound", "Outbound"])?,
            kinds: list(query, "type", &["Voice", "Fax"])?,
            recording_type: recording_type.or(with_recording.then(|| "All".to_owned())),
            phone_number: query.get("phoneNumber").map(digits),
            extension_number: text("extensionNumber"),
            session_id: text("sessionId"),
            telephony_session_id: text("telephonySessionId"),
            transports: list(query, "transport", &["PSTN", "VoIP"])?,
            show_blocked: flag(query, "showBlocked", true)?,
            show_deleted: flag(query, "showDeleted", false)?,
        })
    }

    /// Whether a call passes.
    #[must_use]
    pub fn admits(&self, call: &LoggedCall<'_>) -> bool {
        let recording_passes = self
            .recording_type
            .as_ref()
            .is_none_or(|wanted| call.recording.is_some() && (wanted == "All" || *wanted == call.call.recording_type));
        let number_passes = self
            .phone_number
            .as_ref()
            .is_none_or(|wanted| [&call.call.from, &call.call.to].iter().any(|party| digits(&party.phone_number) == *wanted));
        let among = |list: &[String], value: &str| list.is_empty() || list.iter().any(|one| one == value);
        let is = |wanted: &Option<String>, value: &str| wanted.as_ref().is_none_or(|wanted| wanted == value);
        recording_passes
            && is(&self.extension_number, call.extension.1)
            && is(&self.session_id, &call.session_id())
            && is(&self.telephony_session_id, &call.telephony_session_id())
            && among(&self.transports, call.transport())
            && (self.show_blocked || call.result != BLOCKED)
            && (self.show_deleted || !call.deleted)
            && number_passes
            && self.period.contains(call.start_ms)
            && among(&self.directions, &call.call.direction)
            && among(&self.kinds, call.kind)
    }
}

/// Reads `view`.
///
/// # Errors
/// 400 for anything but `Simple` and `Detailed`.
pub fn detailed(query: &Query) -> Result<bool, Refusal> {
    Ok(one_of(query, "view", &["Simple", "Detailed"])?.is_some_and(|view| view == "Detailed"))
}

fn flag(query: &Query, name: &str, default: bool) -> Result<bool, Refusal> {
    let text = one_of(query, name, &["true", "false", "True", "False"])?;
    Ok(text.map_or(default, |text| text.eq_ignore_ascii_case("true")))
}

fn one_of(query: &Query, name: &str, allowed: &[&str]) -> Result<Option<String>, Refusal> {
    Ok(query.among(name, allowed)?.pop().map(str::to_owned))
}

fn list(query: &Query, name: &str, allowed: &[&str]) -> Result<Vec<String>, Refusal> {
    Ok(query.among(name, allowed)?.into_iter().map(str::to_owned).collect())
}

fn digits(number: &str) -> String {
    number.chars().filter(char::is_ascii_digit).collect()
}
