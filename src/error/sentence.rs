//! What an error says: what happened, to which question, with which status and which code of RingCentral's, and what to do.

use super::{ApiError, Code, Error, Holder};
use crate::json::digits;
use alloc::borrow::ToOwned;
use alloc::string::String;

impl Error {
    /// The sentence for people.
    #[must_use]
    pub fn sentence(&self) -> String {
        let sentence = match self {
            Self::InvalidField { field, reason } | Self::EncodingUnknown { field, reason } => {
                return [field, ": ", reason].concat();
            }
            Self::LoginRefused { ringcentral, advice } => return refusal("the login", None, ringcentral, advice),
            Self::Refused { asked, status, ringcentral, advice } => return refusal(asked, Some(*status), ringcentral, advice),
            Self::Engine { engine, code, status, said } => return of_engine(engine, *code, *status, said),
            Self::PermissionMissing { permission, holder } => return missing(permission, *holder),
            Self::Unavailable { asked, status: 0 } => {
                return [asked, " was asked for again and again, and no answer came: try again later"].concat();
            }
            Self::Unavailable { asked, status } => {
                let status = digits((*status).into());
                return [asked, " was answered with ", &status, " again and again: try again later"].concat();
            }
            Self::PauseTooLong { asked, status, retry_after_s } => {
                let what = [asked, " was answered with ", &digits((*status).into()), " and a pause of "].concat();
                return [&what, &digits(*retry_after_s), " s: more than an hour is not waited for, try again later"].concat();
            }
            Self::RateLimited { retry_after_s } => return later("RingCentral's rate limit is used up", *retry_after_s),
            Self::SessionEnded { retry_after_s } => {
                let what = "RingCentral ended the session: it keeps five of a user and app, and others were opened after it";
                return later(what, *retry_after_s);
            }
            Self::UnexpectedAnswer { what } => return ["the answer is not ", what].concat(),
            Self::NotJson { what, status } => {
                let status = digits((*status).into());
                let what = ["there was an answer (", &status, "), but no JSON where ", what, " should be"].concat();
                return [&what, ": check the server's address, and what stands in between"].concat();
            }
            Self::UnreadableDelivery { reason } => return ["the callback cannot be read: ", reason].concat(),
            Self::JobFailed { message, .. } | Self::Worker { message, .. } => message,
            Self::WrongSignature => "the signature is not one of ours",
            // In const blocks, so that the page's module holds these sentences and not all of the Worker's.
            Self::TokenRejected => const { Code::RingcentralTokenRejected.sentence() },
            Self::Network => const { Code::NetworkOrCors.sentence() },
            Self::SubmitUnconfirmed => const { Code::SubmitUnconfirmed.sentence() },
            Self::NoTranscript => const { Code::NoTranscript.sentence() },
        };
        sentence.to_owned()
    }
}

/// `RingCentral refused the list of calls (403): CMN-404 no; log in as somebody who may`.
fn refusal(asked: &str, status: Option<u16>, ringcentral: &[ApiError], advice: &str) -> String {
    let mut sentence = ["RingCentral refused ", asked].concat();
    if let Some(status) = status {
        sentence.extend([" (", &digits(status.into()), ")"]);
    }
    let has_said = push_said(&mut sentence, ringcentral);
    if !advice.is_empty() {
        sentence.extend([if has_said { "; " } else { ": " }, advice]);
    }
    sentence
}

/// `deepgram: the speech service refused the request (400): Bad Request no such model`.
fn of_engine(engine: &str, code: Code, status: u16, said: &[ApiError]) -> String {
    // In const blocks as well.
    let what = match code {
        Code::EngineKeyRefused => const { Code::EngineKeyRefused.sentence() },
        Code::EngineCreditExhausted => const { Code::EngineCreditExhausted.sentence() },
        Code::EngineUnavailable => const { Code::EngineUnavailable.sentence() },
        Code::EngineJobFailed => const { Code::EngineJobFailed.sentence() },
        _ => const { Code::EngineRefused.sentence() },
    };
    let mut sentence = [engine, ": ", what].concat();
    if status > 0 {
        sentence.extend([" (", &digits(status.into()), ")"]);
    }
    push_said(&mut sentence, said);
    sentence
}

/// The first of a service's own words, and whether there were any.
fn push_said(sentence: &mut String, said: &[ApiError]) -> bool {
    let mut separator = ": ";
    let said = said.first().map_or(["", ""], |said| [said.error_code.as_str(), said.message.as_str()]);
    for part in said.into_iter().filter(|part| !part.is_empty()) {
        sentence.extend([separator, part]);
        separator = " ";
    }
    separator == " "
}

fn missing(permission: &str, holder: Holder) -> String {
    let parts = match holder {
        Holder::App => ["the app lacks the permission ", permission, ": add it in RingCentral's developer console"],
        Holder::User => {
            let what = ": an administrator gives it by a role, in RingCentral's admin portal; the app need not be changed";
            ["the user who logged in lacks the permission ", permission, what]
        }
    };
    parts.concat()
}

fn later(what: &str, retry_after_s: u64) -> String {
    [what, ": try again in ", &digits(retry_after_s), " s"].concat()
}
