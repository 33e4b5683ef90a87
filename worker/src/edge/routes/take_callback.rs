//! `POST /callbacks/{id}/{attempt}/{signature}`: an engine delivers a result.
//!
//! In this order: signature, before a byte of the body; length; whether the job still wants a result, and of which engine; what that
//! engine reads in the body; KV; whether it is the result. Anything but 200 makes RingCentral send it again.

use crate::edge::ask::ask;
use crate::edge::body::{self, Share};
use crate::edge::context::RequestContext;
use crate::edge::reply::Reply;
use crate::engines::Engines;
use crate::problem::Problem;
use crate::question::{IsWanted, TakeDelivery, Verdict};
use crate::results::{self, Written};
use ringcentral_ai::engine::{Delivery, Outcome};
use ringcentral_ai::error::Code;
use ringcentral_ai::signing::verify_callback;

/// The most that KV holds under one key.
const MAX_BODY_BYTES: usize = 25 << 20;

/// Answers 200 when the delivery is stored, or is not wanted any more.
pub(crate) async fn answer(mut context: RequestContext<'_>) -> Result<Reply, Problem> {
    let attempt = verify_callback(&context.config.keys, context.part(0), context.part(1), context.part(2))?;
    let mut share = Share::open(); // held until the answer
    let body = body::read(&mut context.request, MAX_BODY_BYTES, &mut share).await?;
    if let Some(engine) = ask(context.env, IsWanted { id: context.part(0).to_owned() }).await? {
        let engines = Engines::of(context.config);
        let engine = engines.named(&engine).ok_or_else(|| Problem::internal("the job's engine is not one of this version"))?;
        take(&context, attempt, engine.read(&body)?, body).await?;
    }
    Ok(Reply::empty(200))
}

/// Stores what was delivered and asks whether it is the result; if not, its key goes.
async fn take(context: &RequestContext<'_>, attempt: u32, delivery: Delivery, body: Vec<u8>) -> Result<(), Problem> {
    let written = store(context, &delivery, &body).await?;
    let question = TakeDelivery {
        id: context.part(0).to_owned(),
        attempt,
        delivery,
        written: written.clone(),
        copy: if written.is_some() && body.len() <= TakeDelivery::MAX_COPY_BYTES { body } else { Vec::new() },
    };
    // Without an answer nobody knows whether the key is the result: it stays, and the next delivery is told.
    let verdict = ask(context.env, question).await?;
    if let (Verdict::Dropped | Verdict::Refused { .. }, Some(Written { key, .. })) = (&verdict, written) {
        results::delete(context.env, &key).await?;
    }
    match verdict {
        Verdict::Result | Verdict::Dropped => Ok(()),
        Verdict::Refused { reason } => Err(Problem::new(Code::ForeignCallback, reason)),
    }
}

/// A job that runs has no bytes that are worth keeping.
async fn store(context: &RequestContext<'_>, delivery: &Delivery, body: &[u8]) -> Result<Option<Written>, Problem> {
    if delivery.outcome == Outcome::Running {
        return Ok(None);
    }
    let place = results::place(&context.request);
    results::put(context.env, context.part(0), &place, body, delivery, context.config.result_ttl_s).await.map(Some)
}
