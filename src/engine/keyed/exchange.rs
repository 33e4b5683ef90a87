//! One request to a service, from its turn to the answer of a success.

use super::Service;
use crate::call::{Io, Operation, Report, Turn, Wait, WaitsFor};
use crate::engine::Accepted;
use crate::error::{Error, Result};
use crate::http::{HttpRequest, HttpResponse};
use crate::pace::{Group, Rank, Slot};
use alloc::rc::Rc;

/// Whether a request may be sent again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::engine) enum Again {
    /// It may: it changes nothing, or costs next to nothing.
    Freely,
    /// Not where it may have been done: what comes of it comes later, by itself.
    Refused,
    /// The same, but nothing comes by itself. A server in trouble that says so at once has not done it, and the job begins anew later.
    Later,
}

/// Sends a request in its turn. What passes is tried again a few times; a submit only where the service has certainly not done it, for
/// each is paid for. Status 3xx and 4xx say that; after a 5xx, or no answer, nobody knows.
///
/// # Errors
/// [`Error::Engine`] with the service's words; [`Error::SubmitUnconfirmed`] where nobody knows whether it was done.
pub(in crate::engine) async fn exchange(
    service: &Service,
    io: &Io,
    (group, again): (Group, Again),
    request: HttpRequest,
) -> Result<HttpResponse> {
    let mut retry = io.retry();
    loop {
        come_to_turn(service, io, group).await;
        if again != Again::Freely {
            io.report(Report::Sending).await;
        }
        let answer = if request.streams.is_some() { io.stream(request.clone()).await? } else { io.send(request.clone()).await };
        let is_refused = answer.as_ref().is_ok_and(|response| matches!(response.status, 300..500));
        let may_be_done = answer.as_ref().map_or(true, |response| matches!(response.status, 504 | 524));
        let error = match service.heard(group, answer, io.now().ms) {
            Ok(response) => return Ok(response),
            Err(error) if is_refused || again == Again::Freely => error,
            Err(_) if again == Again::Refused || may_be_done => return Err(Error::SubmitUnconfirmed),
            Err(error) => return Err(error),
        };
        let pause_ms = retry.after(error, io.now())?;
        if again != Again::Freely {
            io.report(Report::Refused).await;
        }
        io.wait_for(WaitsFor::Answer, pause_ms).await;
    }
}

/// The call that sends a job to a service, which answers with what it calls the job, in that field.
pub(in crate::engine) fn submission(service: Rc<Service>, request: HttpRequest, id: &'static str) -> Operation<Accepted> {
    Operation::new("submission to a service", move |io| async move {
        let answer = exchange(&service, &io, (Group::Heavy, Again::Refused), request).await?;
        // Whatever else answered with a success: nobody knows whether the service has it.
        let job_id = answer.object("a job's id").ok().and_then(|body| body.text_of(id));
        Ok(Accepted { job_id: Some(job_id.ok_or(Error::SubmitUnconfirmed)?), said: None })
    })
}

async fn come_to_turn(service: &Service, io: &Io, group: Group) {
    let rank = if group == Group::Heavy { Rank::Submit } else { Rank::Status };
    let turn = Turn::join(&service.pacer, group, rank, 1, 0);
    while let Slot::Wait(ms) = turn.try_take(io.now().ms) {
        let until = Wait::until(WaitsFor::Turn, io.now().ms.saturating_add(ms));
        io.wait(service.held(group, io.now().ms).unwrap_or(until), ms).await;
    }
}
