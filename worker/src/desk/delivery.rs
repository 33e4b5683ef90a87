//! What is said of a job: by a delivery to its callback address, or by its engine when it is asked. The first that fits the job
//! and whose bytes are stored is the result.

use super::send::in_time;
use super::{Desk, copies, life};
use crate::question::{TakeDelivery, Verdict};
use crate::results::{self, Written};
use ringcentral_ai::engine::{self, Delivery};
use ringcentral_ai::error::Code;
use ringcentral_ai::lifecycle::{Effect, Event, JobError, Outcome, Said, Stored};
use worker::Result;

/// Where the Desk writes: no location of Cloudflare's has this name, so that every reader gets the copy while there is one.
const PLACE: &str = "desk";

/// A finished job, as its engine tells of it when it is asked.
#[derive(Debug)]
pub(super) struct Told {
    pub(super) id: String,
    pub(super) delivery: Delivery,
    pub(super) body: Vec<u8>,
}

/// The name of the engine whose delivery a job still takes.
pub(super) fn wanted_from(desk: &Desk, id: &str) -> Result<Option<String>> {
    let record = desk.store.record(id)?;
    Ok(record.filter(|record| record.state.takes_result()).map(|record| record.engine))
}

/// Takes what came to a callback address; its key is for the edge to delete.
pub(super) fn take(desk: &Desk, question: TakeDelivery, now_ms: u64) -> Result<Verdict> {
    let TakeDelivery { id, attempt, delivery, written, copy } = question;
    let left = life::tell(desk, &id, Event::Delivered { attempt, said: said(delivery, written) }, now_ms)?;
    Ok(match left.into_iter().find(|effect| matches!(effect, Effect::Keep { .. } | Effect::Refuse { .. })) {
        Some(Effect::Keep { key }) => {
            copies::keep(desk, &id, &key, copy, now_ms);
            Verdict::Result
        }
        Some(Effect::Refuse { reason }) => Verdict::Refused { reason: reason.to_owned() },
        _ => Verdict::Dropped,
    })
}

/// Takes what an engine said when it was asked: its bytes are stored as a delivery's are. What cannot be stored is asked for again.
pub(super) async fn store(desk: &Desk, told: Told) -> Result<()> {
    let Told { id, delivery, body } = told;
    let put = results::put(&desk.env, &id, PLACE, &body, &delivery, desk.config()?.result_ttl_s);
    let event = match in_time(put).await {
        Some(Ok(written)) => Event::StatusSaid(said(delivery, Some(written))),
        _ => Event::StatusFailed,
    };
    let now_ms = desk.now_ms();
    for effect in life::tell(desk, &id, event, now_ms)? {
        match effect {
            Effect::Keep { key } if body.len() <= TakeDelivery::MAX_COPY_BYTES => {
                copies::keep(desk, &id, &key, body.clone(), now_ms);
            }
            // A key that is not deleted ends by itself.
            Effect::DropKey { key } => _ = in_time(results::delete(&desk.env, &key)).await,
            _ => {}
        }
    }
    Ok(())
}

/// What a delivery says, as a job is told.
pub(super) fn said(delivery: Delivery, written: Option<Written>) -> Said {
    Said {
        engine_job_id: delivery.job_id,
        task: delivery.task,
        outcome: match delivery.outcome {
            engine::Outcome::Running => Outcome::Running,
            engine::Outcome::Succeeded => Outcome::Succeeded,
            engine::Outcome::Failed(errors) => Outcome::Failed(JobError {
                code: Code::RingcentralJobFailed.as_str().into(),
                message: Code::RingcentralJobFailed.sentence().into(),
                ringcentral: errors,
            }),
        },
        completed_ms: delivery.completed_ms,
        stored: written.map(|Written { key, until_ms }| Stored { key, until_ms }),
    }
}
