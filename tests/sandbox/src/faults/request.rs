//! What happens to a request that the rate limit has admitted.

use std::time::Duration;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use tokio::time::sleep;

use crate::errors::Refusal;
use crate::faults::line::Line;
use crate::faults::stall::stalled;
use crate::faults::{Kind, Rule};
use crate::random::Random;
use crate::server::Sandbox;

/// What was drawn for a request.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Met {
    /// How long it waits first.
    pub latency_ms: u64,
    /// What it is answered with instead.
    pub fault: Option<Fault>,
}

/// What a request is answered with instead of its answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "--help says what each of them does")]
pub enum Fault {
    RateLimit,
    ServerError { status: u16, is_page: bool, retry_after_s: Option<u64>, taken: bool },
    Cut { taken: bool },
    Silence { ms: u64, taken: bool },
    DeadToken,
    StalledMedia { ms: u64 },
}

/// Marks an answer that did not get through; the journal shows no status for it.
#[derive(Debug, Clone, Copy)]
pub struct NoAnswer;

/// The job that a request has submitted; an extension of its answer.
#[derive(Debug, Clone)]
pub struct Submitted(pub String);

/// Who is asking, and how.
#[derive(Debug)]
pub struct Asking {
    /// What was drawn for the request.
    pub met: Met,
    /// The connection that it came on.
    pub line: Option<Line>,
    /// Under which name it is counted.
    pub who: String,
    /// The access token that it came with.
    pub token: Option<String>,
}

impl Fault {
    /// What a rule that has hit does; `ms` is drawn already.
    #[must_use]
    pub fn draw(rule: &Rule, ms: u64, random: &mut Random) -> Self {
        let taken = rule.taken.unwrap_or(random.hits(0.5));
        match rule.kind {
            Kind::RateLimit => Self::RateLimit,
            Kind::Cut => Self::Cut { taken },
            Kind::Silence => Self::Silence { ms, taken },
            Kind::DeadToken => Self::DeadToken,
            Kind::StalledMedia => Self::StalledMedia { ms },
            _ => {
                let [status, is_page] = [random.bits(), random.bits()];
                let statuses = rule.statuses();
                let place = usize::try_from(status >> 32).unwrap_or_default() % statuses.len();
                let (status, is_page) = (statuses[place], is_page >> 63 == 0);
                Self::ServerError { status, is_page, retry_after_s: rule.retry_after_s, taken }
            }
        }
    }

    fn kind(self) -> Kind {
        match self {
            Self::RateLimit => Kind::RateLimit,
            Self::ServerError { .. } => Kind::ServerError,
            Self::Cut { .. } => Kind::Cut,
            Self::Silence { .. } => Kind::Silence,
            Self::DeadToken => Kind::DeadToken,
            Self::StalledMedia { .. } => Kind::StalledMedia,
        }
    }
}

impl Asking {
    /// Answers the request as what was drawn for it has it; `answer` does what it asks for. None where it is to be one request
    /// too many. `trouble` is what the service itself answers when it is in trouble.
    pub async fn answered(
        self,
        sandbox: &Sandbox,
        answer: impl Future<Output = Response>,
        trouble: impl Fn(StatusCode) -> Response,
    ) -> Option<Response> {
        if self.met.latency_ms > 0 {
            sandbox.faults().note(Kind::Latency);
            sleep(Duration::from_millis(self.met.latency_ms)).await;
        }
        let Some(fault) = self.met.fault.filter(|fault| self.can_meet(*fault)) else { return Some(answer.await) };
        // Of media it is noted where there is some.
        if !matches!(fault, Fault::StalledMedia { .. }) {
            sandbox.faults().note(fault.kind());
        }
        Some(match fault {
            Fault::RateLimit => return None,
            Fault::DeadToken => {
                sandbox.sessions().forget(self.token.as_deref().unwrap_or_default());
                Refusal::unknown_token().into_response()
            }
            Fault::ServerError { status, is_page, retry_after_s, taken } => {
                done(sandbox, taken, answer).await;
                in_trouble(trouble, status, is_page, retry_after_s)
            }
            Fault::Cut { taken } => {
                done(sandbox, taken, answer).await;
                self.cut()
            }
            Fault::Silence { ms, taken } => {
                done(sandbox, taken, answer).await;
                sleep(Duration::from_millis(ms)).await;
                self.cut()
            }
            Fault::StalledMedia { ms } => stalled(sandbox, answer.await, Duration::from_millis(ms)).await,
        })
    }

    fn can_meet(&self, fault: Fault) -> bool {
        match fault {
            Fault::DeadToken => self.token.is_some(),
            Fault::Cut { .. } | Fault::Silence { .. } => self.line.is_some(),
            _ => true,
        }
    }

    /// Nothing of this answer gets through.
    fn cut(&self) -> Response {
        if let Some(line) = &self.line {
            line.cut();
        }
        let mut response = StatusCode::BAD_GATEWAY.into_response();
        response.extensions_mut().insert(NoAnswer);
        response
    }
}

/// Does what was asked for, if it was taken; the answer is lost.
async fn done(sandbox: &Sandbox, taken: bool, answer: impl Future<Output = Response>) {
    if !taken {
        return;
    }
    let response = answer.await;
    if let Some(Submitted(id)) = response.extensions().get() {
        sandbox.jobs().lose_answer(id);
    }
}

/// An answer of a server in trouble, or of what stands before it.
fn in_trouble(of_service: impl Fn(StatusCode) -> Response, status: u16, is_page: bool, retry_after_s: Option<u64>) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = if is_page {
        let page = format!("<html><head><title>{status}</title></head><body><center><h1>{status}</h1></center></body></html>");
        (status, [(header::CONTENT_TYPE, "text/html")], page).into_response()
    } else {
        of_service(status)
    };
    if let Some(seconds) = retry_after_s {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}
