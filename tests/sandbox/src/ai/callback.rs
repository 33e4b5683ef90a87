//! Delivering a result: `POST` to the webhook, and again until it answers 200 or six attempts are over.

use std::sync::Arc;
use std::time::Duration;

use reqwest::{Client, StatusCode, header, redirect};
use tokio::time::{sleep, timeout};

use crate::ai::jobs::Delivery;
use crate::faults::Kind;
use crate::faults::plan::Plan;
use crate::faults::stray::Stray;
use crate::server::Sandbox;

/// The pauses before each of the five redeliveries; `--speed` divides them.
/// Assumption: RingCentral says "exponential backoff" and no numbers.
const PAUSES: [Duration; 5] =
    [Duration::from_secs(2), Duration::from_secs(4), Duration::from_secs(8), Duration::from_secs(16), Duration::from_secs(32)];

/// A callback that waits for another one does not wait longer; `--speed` divides it.
const LONGEST_HELD: Duration = Duration::from_mins(1);

/// Carries callbacks.
#[derive(Debug)]
pub struct Courier(Client);

impl Courier {
    /// A courier that waits `patience` for each answer. Assumption: it follows no redirect, as nothing but 200 counts.
    ///
    /// # Errors
    /// The HTTP client cannot be made.
    pub fn new(patience: Duration) -> Result<Self, String> {
        let client = Client::builder().timeout(patience).redirect(redirect::Policy::none()).no_proxy().build();
        client.map(Self).map_err(|error| format!("no HTTP client: {error}"))
    }

    /// One attempt; `None` where no answer came.
    async fn attempt(&self, delivery: &Delivery) -> Option<StatusCode> {
        let request = self
            .0
            .post(&delivery.webhook)
            .header(header::CONTENT_TYPE, "application/json")
            .header("RCRequestId", &delivery.request_id)
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
            let status = stray.send(&sandbox.courier.0).await;
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

/// Delivers, the same bytes each time, until a 200.
pub async fn deliver(sandbox: Arc<Sandbox>, delivery: Delivery) {
    let pauses = PAUSES.map(Some).into_iter().chain([None]);
    for (attempt, pause) in (1..).zip(pauses) {
        let status = sandbox.courier.attempt(&delivery).await;
        let said = status.map_or_else(|| "no answer".to_owned(), |status| status.as_u16().to_string());
        // The address may hold a signature: it is not written.
        sandbox.jobs().note_callback(&delivery.job_id, status.map(|status| status.as_u16()));
        sandbox.delivered.0.notify_waiters();
        eprintln!("callback {} attempt {attempt} {said}", delivery.job_id);
        if status == Some(StatusCode::OK) {
            return;
        }
        if let Some(pause) = pause {
            sleep(sandbox.hurried(pause)).await;
        }
    }
}
