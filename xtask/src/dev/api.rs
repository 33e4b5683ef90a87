//! The Worker's HTTP API, as any program calls it.

use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::time::Duration;
use ureq::{
    Agent,
    http::{Response, header::AUTHORIZATION},
};

/// More than the longest wait that is asked for.
const PATIENCE: Duration = Duration::from_mins(1);

/// A client of the Worker.
pub(super) struct Api {
    agent: Agent,
    base: String,
    authorization: String,
}

impl Api {
    /// A client of the Worker at `base`.
    pub(super) fn new(base: &str, token: &str) -> Self {
        let config = Agent::config_builder();
        // No proxy: the Worker is on this machine.
        let config = config.timeout_global(Some(PATIENCE)).http_status_as_error(false).proxy(None).max_redirects(0);
        Self { agent: config.build().into(), base: base.into(), authorization: format!("Bearer {token}") }
    }

    /// Whether it answers at all.
    pub(super) fn alive(&self) -> bool {
        let answer = self.agent.get(format!("{}/healthz", self.base)).call();
        answer.is_ok_and(|answer| answer.status().is_success())
    }

    /// `GET path` as JSON.
    pub(super) fn get(&self, path: &str) -> Result<Value> {
        Ok(serde_json::from_str(&self.get_text(path)?)?)
    }

    /// `GET path` as text.
    pub(super) fn get_text(&self, path: &str) -> Result<String> {
        let request = self.agent.get(format!("{}{path}", self.base));
        let answer = request.header(AUTHORIZATION, &self.authorization).call();
        read(answer).with_context(|| format!("GET {path}"))
    }

    /// `POST path` with JSON.
    pub(super) fn post(&self, path: &str, body: &Value) -> Result<Value> {
        let request = self.agent.post(format!("{}{path}", self.base));
        let answer = request.header(AUTHORIZATION, &self.authorization).send_json(body);
        let text = read(answer).with_context(|| format!("POST {path}"))?;
        Ok(serde_json::from_str(&text)?)
    }
}

fn read(answer: Result<Response<ureq::Body>, ureq::Error>) -> Result<String> {
    let mut answer = answer?;
    let text = answer.body_mut().read_to_string()?;
    if answer.status().is_success() {
        return Ok(text);
    }
    let json: Value = serde_json::from_str(&text).unwrap_or_default();
    match (json["error"]["code"].as_str(), json["error"]["message"].as_str()) {
        (Some(code), Some(message)) => bail!("{}: {code}: {message}", answer.status().as_u16()),
        _ => bail!("answered {}", answer.status()),
    }
}
