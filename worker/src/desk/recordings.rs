//! A page of recordings for somebody who waits: asked for by the alarm, so that it goes on when they leave.

use super::Desk;
use super::errands::{Errand, Next};
use super::time::{now, now_ms};
use crate::problem::failure_of;
use crate::protocol::{Answer, Failure};
use futures_channel::oneshot;
use futures_util::future::{Either, select};
use ringcentral_ai::call::{Call, Event, Operation, Step};
use ringcentral_ai::endpoint::Endpoint;
use ringcentral_ai::engine::ringcentral::media::{ListRecordings, Page};
use ringcentral_ai::pace::Group;
use std::time::Duration;
use worker::{Delay, Result};

/// Who waits for a list waits so long at most.
const PATIENCE: Duration = Duration::from_secs(30);
/// So many lists are waited for at most: RingCentral gives ten pages of a call log a minute, fifty of the others.
const MAX_WAITING: usize = 20;
/// When to come again where no penalty says.
const RETRY_AFTER_S: u64 = 30;

/// A list under way.
#[derive(Debug)]
pub(super) struct Listing {
    call: Operation<Page>,
    answer: Option<oneshot::Sender<Answer>>,
}

/// Asks for a page and waits for it.
pub(super) async fn ask(desk: &Desk, query: &[(String, String)]) -> Result<Answer> {
    let list = match ListRecordings::parse(query) {
        Ok(list) => list,
        Err(error) => return Ok(Answer::Failed(failure_of(&error))),
    };
    if desk.errands.listings() >= MAX_WAITING {
        return Ok(Answer::Failed(busy(RETRY_AFTER_S)));
    }
    let group = list.needs().group;
    let call = desk.client()?.call(list);
    let (sender, answer) = oneshot::channel();
    let number = desk.errands.add(Errand::Listing(Box::new(Listing { call, answer: Some(sender) })));
    desk.wake().await;
    match select(answer, Delay::from(PATIENCE)).await {
        Either::Left((Ok(answer), _)) => Ok(answer),
        _ if desk.errands.give_up(number) => Ok(Answer::Failed(failure_of(&ringcentral_ai::error::Error::Network))),
        _ => Ok(Answer::Failed(busy(blocked_for_s(desk, group)?))),
    }
}

impl Listing {
    /// Takes what happened to the last request.
    pub(super) fn step(&mut self, event: Event) -> Next {
        if self.answer.as_ref().is_none_or(oneshot::Sender::is_canceled) {
            return Next::Over;
        }
        let answer = match self.call.step(event, now()) {
            Step::Send(request) => return Next::Send(request),
            Step::Sleep(ms) => return Next::Sleep(ms),
            Step::Report(_) => return Next::Sleep(0),
            Step::Done(page) => serde_json::from_str(&page.write()).map_or_else(|_| Answer::Done, Answer::Recordings),
            Step::Fail(error) => Answer::Failed(failure_of(&error)),
        };
        if let Some(sender) = self.answer.take() {
            // Whoever has left does not mind.
            let _ = sender.send(answer);
        }
        Next::Over
    }
}

fn blocked_for_s(desk: &Desk, group: Group) -> Result<u64> {
    let blocked_until_ms = desk.client()?.pacer().blocked_until_ms()[group as usize];
    let blocked_for_ms = blocked_until_ms.saturating_sub(now_ms());
    Ok(if blocked_for_ms == 0 { RETRY_AFTER_S } else { blocked_for_ms.div_ceil(1_000) })
}

fn busy(retry_after_s: u64) -> Failure {
    failure_of(&ringcentral_ai::error::Error::RateLimited { retry_after_s })
}
