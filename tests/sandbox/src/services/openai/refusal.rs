//! OpenAI's error bodies: `{"error": {"message", "type", "param", "code"}}`.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::errors::json_response;
use crate::services::door::Trouble;

const INVALID: &str = "invalid_request_error";

/// Why a request is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    status: StatusCode,
    message: String,
    kind: &'static str,
    param: Option<&'static str>,
    code: Option<&'static str>,
}

impl Refused {
    /// 400 for a parameter.
    #[must_use]
    pub fn parameter(name: &'static str, code: Option<&'static str>, message: impl Into<String>) -> Self {
        let message = message.into();
        Self { status: StatusCode::BAD_REQUEST, message, kind: INVALID, param: Some(name), code }
    }

    /// 400 for what is no parameter's fault.
    #[must_use]
    pub fn request(message: &str) -> Self {
        Self { param: None, ..Self::parameter("", None, message) }
    }

    /// 404 for a model.
    #[must_use]
    pub fn model(name: &str) -> Self {
        Self {
            status: StatusCode::NOT_FOUND,
            param: None,
            code: Some("model_not_found"),
            ..Self::request(&format!("The model `{name}` does not exist or you do not have access to it."))
        }
    }

    /// 413 for a body that is too large.
    #[must_use]
    pub fn too_large(limit: usize, read: usize) -> Self {
        let message = format!("413: Maximum content size limit ({limit}) exceeded ({read} bytes read)");
        Self { status: StatusCode::PAYLOAD_TOO_LARGE, kind: "server_error", ..Self::request(&message) }
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let error = json!({"message": self.message, "type": self.kind, "param": self.param, "code": self.code});
        json_response(self.status, &json!({ "error": error }))
    }
}

/// What is refused whatever was asked.
#[must_use]
pub fn refuse(trouble: Trouble, _: &str) -> Response {
    let refused = |status, kind, code, message: &str| Refused { status, kind, code, ..Refused::request(message) };
    let unauthorized = |code, message| refused(StatusCode::UNAUTHORIZED, INVALID, code, message);
    let too_many = |kind, code, message| refused(StatusCode::TOO_MANY_REQUESTS, kind, code, message);
    let refused = match trouble {
        Trouble::NoKey => unauthorized(None, "You didn't provide an API key."),
        // The true one repeats a part of the key here.
        Trouble::WrongKey => unauthorized(Some("invalid_api_key"), "Incorrect API key provided: ****."),
        Trouble::NoCredit => too_many(
            "insufficient_quota",
            Some("insufficient_quota"),
            "You exceeded your current quota, please check your plan and billing details.",
        ),
        Trouble::TooMany => too_many("requests", Some("rate_limit_exceeded"), "Rate limit reached for requests per min (RPM)."),
        Trouble::Server(status) => {
            refused(status, "server_error", None, "The server had an error while processing your request. Sorry about that!")
        }
        Trouble::UnknownPath => refused(StatusCode::NOT_FOUND, INVALID, None, "Invalid URL"),
    };
    refused.into_response()
}
