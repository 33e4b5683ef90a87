//! An answer as a value: status, headers, body; becomes the platform's response at the very end.

use crate::problem::Problem;
use serde::Serialize;
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
    pub(crate) fn json(status: u16, value: &impl Serialize) -> Result<Self, Problem> {
        let text = serde_json::to_string(value).map_err(|_| Problem::internal("the answer could not be written"))?;
        Ok(Self::text(status, "application/json", text))
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
