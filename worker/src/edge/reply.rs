//! An answer as a value: status, headers, body; becomes the platform's response at the very end.

use crate::failure::Failure;
use crate::problem::Problem;
use ringcentral_ai::engine::ringcentral::served::{Refusal, status_of};
use ringcentral_ai::json::Object;
use worker::{Headers, Response, ResponseBody};

/// What is answered.
#[derive(Debug)]
pub(crate) struct Reply {
    /// The status code.
    pub(crate) status: u16,
    /// The headers, names in lower case.
    pub(crate) headers: Vec<(&'static str, String)>,
    /// The body.
    pub(crate) body: ResponseBody,
}

impl Reply {
    /// An answer without a body.
    pub(crate) const fn empty(status: u16) -> Self {
        Self { status, headers: Vec::new(), body: ResponseBody::Empty }
    }

    /// An answer with a body of that type.
    pub(crate) fn typed(status: u16, content_type: &str, body: ResponseBody) -> Self {
        Self { body, ..Self::empty(status) }.with("content-type", content_type)
    }

    /// An answer with a text of that type.
    pub(crate) fn text(status: u16, content_type: &str, text: String) -> Self {
        Self::typed(status, content_type, ResponseBody::Body(text.into_bytes()))
    }

    /// An answer in JSON.
    pub(crate) fn json(status: u16, json: String) -> Self {
        Self::text(status, "application/json", json)
    }

    /// The one shape of an error; `request_id` stands in the log too.
    pub(crate) fn error(problem: &Problem, request_id: &str) -> Self {
        let Failure { code, message, field, permission, .. } = problem.failure();
        let error = Object::new().text("code", code.as_str()).text("message", message).text("requestId", request_id);
        let error = error.optional_text("field", field.as_deref()).optional_text("permission", permission.as_deref());
        Self::refused(problem, problem.status(), Object::new().json("error", &error.write()).write())
    }

    /// The same as RingCentral says it.
    pub(crate) fn refusal(problem: &Problem) -> Self {
        let Failure { code, message, field, permission, .. } = problem.failure();
        let refusal = Refusal { code: *code, message, field: field.as_deref(), permission: permission.as_deref() };
        Self::refused(problem, status_of(*code).unwrap_or(500), refusal.write())
    }

    fn refused(problem: &Problem, status: u16, json: String) -> Self {
        let mut reply = Self::json(status, json);
        if let Some(seconds) = problem.failure().retry_after_s {
            reply = reply.with("retry-after", seconds.to_string());
        }
        if let Some(allow) = problem.allow() {
            reply = reply.with("allow", allow);
        }
        if problem.status() == 401 {
            reply = reply.with("www-authenticate", "Bearer");
        }
        reply
    }

    /// The same with one more header.
    pub(crate) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// The platform's response.
    pub(crate) fn into_response(self) -> worker::Result<Response> {
        let headers = Headers::new();
        for (name, value) in &self.headers {
            headers.set(name, value)?;
        }
        Ok(Response::builder().with_status(self.status).with_headers(headers).body(self.body))
    }
}

#[cfg(test)]
impl Reply {
    /// The body as JSON.
    pub(crate) fn to_value(&self) -> serde_json::Value {
        let ResponseBody::Body(body) = &self.body else { return serde_json::Value::Null };
        serde_json::from_slice(body).unwrap()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ringcentral_ai::error::{Code, Error, Holder};
    use serde_json::json;

    /// The error as it is sent, and the last header.
    fn sent(problem: impl Into<Problem>) -> (serde_json::Value, Option<(&'static str, String)>) {
        let reply = Reply::error(&problem.into(), "r1");
        (reply.to_value()["error"].clone(), reply.headers.last().cloned())
    }

    #[test]
    fn an_error_has_one_shape_and_names_what_is_wrong_or_missing() {
        let (error, _) = sent(Error::invalid("input.encoding", "no"));
        assert_eq!(
            (&error["code"], &error["field"], &error["requestId"]),
            (&json!("invalid_field"), &json!("input.encoding"), &json!("r1"))
        );
        assert_eq!(
            sent(Error::PermissionMissing { permission: "ReadCallLog".into(), holder: Holder::App }).0["permission"],
            "ReadCallLog"
        );
        assert_eq!(sent(Error::RateLimited { retry_after_s: 31 }).1, Some(("retry-after", "31".into())));
        assert_eq!(sent(Problem::method_not_allowed("GET")).1, Some(("allow", "GET".into())));
        assert_eq!(sent(Code::Unauthorized).1, Some(("www-authenticate", "Bearer".into())));
    }
}
