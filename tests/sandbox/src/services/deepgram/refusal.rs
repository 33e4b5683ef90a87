//! Deepgram's error bodies: `{"err_code", "err_msg", "request_id"}`.

use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Value, json};

use crate::errors::json_response;
use crate::services::door::Trouble;

/// Why a request is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    status: StatusCode,
    code: &'static str,
    message: String,
}

impl Refused {
    /// 400 for what is wrong in a request.
    #[must_use]
    pub fn bad_request(what: &str) -> Self {
        Self { status: StatusCode::BAD_REQUEST, code: "Bad Request", message: format!("Bad Request: {what}") }
    }

    /// 400 for media that cannot be had.
    #[must_use]
    pub fn remote_content(message: String) -> Self {
        Self { status: StatusCode::BAD_REQUEST, code: "REMOTE_CONTENT_ERROR", message }
    }

    /// 400 for JSON that is none.
    #[must_use]
    pub fn bad_json() -> Self {
        let message = "Content-type was application/json, but we could not process the JSON payload.".to_owned();
        Self { message, ..Self::bad_request("") }
    }

    /// 413 for a body that is too large. Assumption: its code and its sentence.
    #[must_use]
    pub fn too_large() -> Self {
        Self { status: StatusCode::PAYLOAD_TOO_LARGE, code: "PAYLOAD_TOO_LARGE", message: "Payload Too Large".to_owned() }
    }

    /// 429 for a request that is one too many.
    #[must_use]
    pub fn too_many() -> Self {
        let message = "Too many requests. Please try again later.".to_owned();
        Self { status: StatusCode::TOO_MANY_REQUESTS, code: "TOO_MANY_REQUESTS", message }
    }

    /// The body.
    #[must_use]
    pub fn body(&self, request_id: &str) -> Value {
        json!({"err_code": self.code, "err_msg": self.message, "request_id": request_id})
    }

    /// The answer.
    #[must_use]
    pub fn response(&self, request_id: &str) -> Response {
        json_response(self.status, &self.body(request_id))
    }
}

/// What is refused whatever was asked. Assumption: the codes of a 404 and of a 5xx, and that a missing key is as a wrong one.
#[must_use]
pub fn refuse(trouble: Trouble, request_id: &str) -> Response {
    let (status, code, message) = match trouble {
        Trouble::NoKey | Trouble::WrongKey => (StatusCode::UNAUTHORIZED, "INVALID_AUTH", "Invalid credentials."),
        Trouble::NoCredit => (
            StatusCode::PAYMENT_REQUIRED,
            "ASR_PAYMENT_REQUIRED",
            "Project does not have enough credits for an ASR request and does not have an overage agreement.",
        ),
        Trouble::TooMany => return Refused::too_many().response(request_id),
        Trouble::Server(status) => (status, "INTERNAL_SERVER_ERROR", "Internal server error."),
        Trouble::UnknownPath => (StatusCode::NOT_FOUND, "NOT_FOUND", "Not Found"),
    };
    Refused { status, code, message: message.to_owned() }.response(request_id)
}
