//! Delivering a result: a request to the webhook, and again as it is the habit of the service that it comes from.

mod habit;

use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::http::{HeaderMap, Method, StatusCode};
use reqwest::{Client, header, redirect};
use tokio::time::{sleep, timeout};

use crate::faults::Kind;
use crate::faults::plan::Plan;
use crate::faults::stray::Stray;
use crate::server::Sandbox;
pub use habit::Habit;

/// A callback that waits for another one does not wait longer; `--speed` divides it.
const LONGEST_HELD: Duration = Duration::from_mins(1);

/// Where a result goes, and how.
#[derive(Debug, Clone)]
pub struct Webhook {
    /// The address.
    pub address: String,
    /// `POST`, or what else was asked for.
    pub method: Method,
    /// What goes with every delivery, beside the content type.
    pub headers: HeaderMap,
    /// How the service calls back.
    pub habit: &'static Habit,
}

/// What a callback carries, and where to.
#[derive(Debug, Clone)]
pub struct Delivery {
    /// The job's id.
    pub job_id: String,
    /// The address.
    pub webhook: Webhook,
    /// What it carries.
    pub body: Bytes,
}

/// Carries callbacks.
#[derive(Debug)]
pub struct Courier {
    client: Client,
    patience: Duration,
}

impl Courier {
    /// A courier that waits `patience` for each answer at most. Assumption: it follows no redirect.
    ///
    /// # Errors
    /// The HTTP client cannot be made.
    pub fn new(patience: Duration) -> Result<Self, String> {
        let client = Client::builder().timeout(patience).redirect(redirect::Policy::none()).no_proxy().build();
        Ok(Self { client: client.map_err(|error| format!("no HTTP client: {error}"))?, patience })
    }

    /// What it sends with.
    #[must_use]
    pub const fn client(&self) -> &Client {
        &self.client
    }

    /// One attempt; `None` where no answer came.
    async fn attempt(&self, delivery: &Delivery) -> Option<StatusCode> {
        let webhook = &delivery.webhook;
        let request = self
            .client
            .request(webhook.method.clone(), &webhook.address)
            .header(header::CONTENT_TYPE, "application/json")
            .headers(webhook.headers.clone())
            .timeout(self.patience.min(webhook.habit.patience))
            .body(delivery.body.clone());
        Some(request.send().await.ok()?.status())
    }
}

/// Delivers as the faults have it.
pub async fn deliver_as_planned(sandbox: Arc<Sandbox>, delivery: Delivery, plan: Plan) {
    let note = |kind| sandbox.faults().note(kind);
    if let Some(late) = plan.late {
        note(Kind::Late);
        sleep(late).await;
    }
    for (kind, number) in plan.strays {
        if let Some(stray) = Stray::of(kind, number, &delivery, &sandbox) {
            note(kind);
            let status = stray.send(&sandbox.courier.client).await;
            sandbox.faults().note_answer(kind, status);
        }
    }
    if plan.is_dropped {
        return note(Kind::Dropped);
    }
    if plan.is_reordered {
        note(Kind::Reordered);
        let _ = timeout(sandbox.hurried(LONGEST_HELD), sandbox.delivered.0.notified()).await;
    }
    if plan.is_doubled {
        note(Kind::Doubled);
        tokio::spawn(deliver(Arc::clone(&sandbox), delivery.clone()));
    }
    deliver(sandbox, delivery).await;
}

/// Delivers, the same bytes each time, until the service is content or gives up.
pub async fn deliver(sandbox: Arc<Sandbox>, delivery: Delivery) {
    let habit = delivery.webhook.habit;
    let pauses = habit.pauses.iter().map(Some).chain([None]);
    for (attempt, pause) in (1..).zip(pauses) {
        let status = sandbox.courier.attempt(&delivery).await;
        let said = status.map_or_else(|| "no answer".to_owned(), |status| status.as_u16().to_string());
        // The address may hold a signature: it is not written.
        sandbox.jobs().note_callback(&delivery.job_id, status.map(|status| status.as_u16()));
        sandbox.delivered.0.notify_waiters();
        eprintln!("callback {} attempt {attempt} {said}", delivery.job_id);
        if status.is_some_and(|status| (habit.is_taken)(status) || (habit.is_final)(status)) {
            return;
        }
        if let Some(pause) = pause {
            sleep(sandbox.hurried(*pause)).await;
        }
    }
}
