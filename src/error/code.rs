//! Every code that an error can have for somebody outside: of the core, of the Worker's API and of the package.

use alloc::string::String;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// One line a code makes the enum and all that is known of it, so that none can be left out anywhere.
macro_rules! codes {
    ($($name:ident $text:literal, $status:expr, $sentence:literal;)*) => {
        /// What an error is called: the contract with everybody who reads one.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Code {
            $(#[doc = $sentence] $name,)*
        }

        impl Code {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The code as it is written.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text),* }
            }

            /// The status that the Worker's API answers with; none for what is never such an answer.
            #[must_use]
            pub const fn status(self) -> Option<u16> {
                match self { $(Self::$name => $status),* }
            }

            /// What is said of it where nothing more is known.
            #[must_use]
            pub const fn sentence(self) -> &'static str {
                match self { $(Self::$name => $sentence),* }
            }
        }
    };
}

codes! {
    InvalidJson "invalid_json", Some(400), "the body must be a JSON object";
    Unauthorized "unauthorized", Some(401), "a token is needed: Authorization: Bearer …";
    Forbidden "forbidden", Some(403), "this token may not do that";
    NotFound "not_found", Some(404), "it is not there, or not any more";
    NoTranscript "no_transcript", Some(404), "the result holds no words";
    MethodNotAllowed "method_not_allowed", Some(405), "this path is for other methods";
    IdempotencyConflict "idempotency_conflict", Some(409), "this Idempotency-Key came with another body before: take a new key";
    NotFinished "not_finished", Some(409), "the job has not finished: ask again";
    UploadConflict "upload_conflict", Some(409), "the upload is not as far as that, or further";
    TooLarge "too_large", Some(413), "the body is too large";
    InvalidField "invalid_field", Some(422), "a value that was given cannot be used";
    EncodingUnknown "encoding_unknown", Some(422), "the media's encoding is not known: give it with the input";
    UnreadableCallback "unreadable_callback", Some(422), "the callback cannot be read";
    ForeignCallback "foreign_callback", Some(422), "the callback belongs to another job or task";
    RateLimited "rate_limited", Some(429), "RingCentral's rate limit is used up: try again later";
    Internal "internal", Some(500), "something went wrong; it is in the Worker's log";
    UploadsNotConfigured "uploads_not_configured", Some(501), "this Worker takes no files: bind an R2 bucket as MEDIA, see wrangler.toml";
    RingcentralLoginRefused "ringcentral_login_refused", Some(502), "RingCentral refused the login: check client id, secret and JWT";
    RingcentralPermissionMissing "ringcentral_permission_missing", Some(502), "the app lacks a permission: add it in RingCentral's developer console";
    RingcentralRefused "ringcentral_refused", Some(502), "RingCentral refused the request";
    SubmitUnconfirmed "submit_unconfirmed", Some(502), "the job was sent, but RingCentral did not answer: it may run or not, so it was not sent again";
    NotConfigured "not_configured", Some(503), "a setting of the Worker is missing or wrong";
    RingcentralUnavailable "ringcentral_unavailable", Some(503), "the server is not available: try again later";
    ResultDelayed "result_delayed", Some(503), "the result is stored but cannot be read yet: try again";
    Busy "busy", Some(503), "too many results arrive at once: send it again";
    RingcentralTokenRejected "ringcentral_token_rejected", None, "RingCentral does not accept the access token: it has expired or was revoked; get a new one";
    NetworkOrCors "network_or_cors", None, "no answer came: the network is down, or the server does not allow calls from this page (CORS); submit through the Worker instead";
    UnexpectedAnswer "unexpected_answer", None, "the answer is not what was promised";
    RingcentralJobFailed "ringcentral_job_failed", None, "RingCentral ended the job without a result";
    EngineRefused "engine_refused", None, "the speech service refused the request";
    EngineKeyRefused "engine_key_refused", None, "the speech service does not take its key: check the secret";
    EngineCreditExhausted "engine_credit_exhausted", None, "the account at the speech service has no credit left";
    EngineUnavailable "engine_unavailable", None, "the speech service is not available: try again later";
    EngineJobFailed "engine_job_failed", None, "the speech service ended the job without a result";
    Expired "expired", None, "no callback came before RingCentral forgot the job, a week after it was submitted";
    CoreNotLoaded "core_not_loaded", None, "the core is not loaded yet";
    NoReadToken "no_read_token", None, "the job was not read with an API token";
    PopupBlocked "popup_blocked", None, "the browser opens no window: begin the login in the handler of a click";
}

impl Code {
    /// Whether what it says may be over soon, without anything being changed.
    #[must_use]
    pub const fn passes(self) -> bool {
        matches!(
            self,
            Self::RateLimited
                | Self::Internal
                | Self::RingcentralUnavailable
                | Self::EngineUnavailable
                | Self::ResultDelayed
                | Self::Busy
        )
    }

    /// The code that is written so.
    #[must_use]
    pub fn named(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.as_str() == text)
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::named(&text).ok_or_else(|| D::Error::custom("a code that this version does not know"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_found_by_its_name_and_by_no_other() {
        for code in Code::ALL {
            assert_eq!(Code::named(code.as_str()), Some(*code));
            assert!(code.as_str().bytes().all(|b| b.is_ascii_lowercase() || b == b'_'), "{code:?}");
        }
        assert_eq!([Code::named(""), Code::named("Busy"), Code::named("busy "), Code::named("unheard_of")], [None; 4]);
    }

    #[test]
    fn every_code_says_what_it_means_and_with_which_status() {
        for code in Code::ALL {
            assert!(code.sentence().len() > 10 && !code.sentence().ends_with('.'), "{code:?}");
            assert!(code.status().is_none_or(|status| (400..600).contains(&status)), "{code:?}");
        }
    }

    #[test]
    fn a_code_goes_through_json_as_its_name() {
        for code in Code::ALL {
            let text = serde_json::to_string(code).unwrap();
            assert_eq!(text, format!("\"{}\"", code.as_str()));
            assert_eq!(serde_json::from_str::<Code>(&text).unwrap(), *code);
        }
        assert!(serde_json::from_str::<Code>("\"unheard_of\"").is_err());
    }
}
