//! RingCentral's error bodies: the platform's, OAuth's and the AI API's.

use axum::body::Body;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

/// An answer that refuses, ready to be sent.
#[derive(Debug, Clone, PartialEq)]
pub struct Refusal {
    /// The HTTP status.
    pub status: StatusCode,
    /// The JSON body.
    pub body: Value,
}

impl Refusal {
    /// A platform error: `errorCode` and `message` at the top, where the JavaScript client reads them, beside `errors`.
    #[must_use]
    pub fn platform(status: StatusCode, top_code: &str, error_code: &str, message: &str) -> Self {
        let body = json!({
            "errorCode": top_code,
            "message": message,
            "errors": [{"errorCode": error_code, "message": message}],
        });
        Self { status, body }
    }

    /// 400 for a query parameter that is out of range.
    #[must_use]
    pub fn invalid_parameter(name: &str) -> Self {
        let message = format!("Parameter [{name}] value is invalid");
        let mut refusal = Self::platform(StatusCode::BAD_REQUEST, "CMN-101", "CMN-101", &message);
        refusal.body["errors"][0]["parameterName"] = json!(name);
        refusal
    }

    /// 404 for a resource that a path parameter names.
    #[must_use]
    pub fn not_found(parameter: &str) -> Self {
        let message = format!("Resource for parameter [{parameter}] is not found");
        let mut refusal = Self::platform(StatusCode::NOT_FOUND, "CMN-102", "CMN-102", &message);
        refusal.body["errors"][0]["parameterName"] = json!(parameter);
        refusal
    }

    /// 404 for a path that no API has; a wrong method on a known path gets the same (Assumption).
    #[must_use]
    pub fn unknown_path() -> Self {
        Self::platform(StatusCode::NOT_FOUND, "AGW-404", "AGW-404", "Resource not found")
    }

    /// 403 for a permission that the app lacks.
    #[must_use]
    pub fn missing_permission(name: &str) -> Self {
        let message = format!("In order to call this API endpoint, application needs to have [{name}] permission");
        let mut refusal = Self::platform(StatusCode::FORBIDDEN, "InsufficientPermissions", "CMN-401", &message);
        refusal.body["permissionName"] = json!(name);
        refusal.body["errors"][0]["permissionName"] = json!(name);
        refusal
    }

    /// 403 for a permission that the user lacks, whatever the app may do.
    #[must_use]
    pub fn missing_user_permission(name: &str) -> Self {
        let message = format!("In order to call this API endpoint, user needs to have [{name}] permission");
        let mut refusal = Self::platform(StatusCode::FORBIDDEN, "InsufficientPermissions", "CMN-408", &message);
        refusal.body["permissionName"] = json!(name);
        refusal.body["errors"][0]["permissionName"] = json!(name);
        refusal
    }

    /// 401 for a token that was never given out, or is dead before its time.
    #[must_use]
    pub fn unknown_token() -> Self {
        Self::platform(StatusCode::UNAUTHORIZED, "TokenInvalid", "OAU-213", "Token not found")
    }

    /// 429 for a request over the limit or inside a penalty.
    #[must_use]
    pub fn rate_limited() -> Self {
        Self::platform(StatusCode::TOO_MANY_REQUESTS, "CMN-301", "CMN-301", "Request rate exceeded")
    }

    /// 5xx of a server in trouble.
    #[must_use]
    pub fn unavailable(status: StatusCode) -> Self {
        Self::platform(status, "CMN-211", "CMN-211", "Service is temporarily unavailable")
    }

    /// 400 from the token endpoint.
    #[must_use]
    pub fn oauth(error: &str, error_code: &str, message: &str) -> Self {
        let body = json!({
            "error": error,
            "error_description": message,
            "errors": [{"errorCode": error_code, "message": message}],
        });
        Self { status: StatusCode::BAD_REQUEST, body }
    }

    /// 400 from an AI endpoint: `errors` alone, as its schema has it. `rule` is a sentence such as
    /// `It should be a valid uri`.
    #[must_use]
    pub fn ai(parameter: &str, rule: &str) -> Self {
        Self { status: StatusCode::BAD_REQUEST, body: ai_errors(parameter, rule) }
    }
}

/// The `CaiErrorResponse` for a bad parameter: the body of a 400 and the `response` of a failed job.
#[must_use]
pub fn ai_errors(parameter: &str, rule: &str) -> Value {
    let message = format!("Parameter [{parameter}] is invalid. {rule}");
    json!({"errors": [{"errorCode": "CAI-101", "message": message, "parameterName": parameter}]})
}

/// A JSON answer.
#[must_use]
pub fn json_response(status: StatusCode, body: &Value) -> Response {
    let head = [(header::CONTENT_TYPE, "application/json;charset=utf-8")];
    (status, head, Body::from(body.to_string())).into_response()
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        json_response(self.status, &self.body)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_permission_reads_as_in_the_documentation() {
        let message = "In order to call this API endpoint, application needs to have [ReadCallRecording] permission";
        let expected = json!({
            "errorCode": "InsufficientPermissions",
            "message": message,
            "errors": [{"errorCode": "CMN-401", "message": message, "permissionName": "ReadCallRecording"}],
            "permissionName": "ReadCallRecording",
        });
        assert_eq!(Refusal::missing_permission("ReadCallRecording").body, expected);
    }

    #[test]
    fn an_ai_error_reads_as_in_the_documentation() {
        let expected = json!({"errors": [{
            "errorCode": "CAI-101",
            "message": "Parameter [contentUri] is invalid. It should be a valid uri",
            "parameterName": "contentUri",
        }]});
        assert_eq!(ai_errors("contentUri", "It should be a valid uri"), expected);
    }
}
