//! Media that somebody fetches through the edge. The Desk finds it and waits for its turn, the edge sends the request and passes the
//! answer on, whose head comes back here: it tells of the session, of the rate limit, and that the job's engine is at work.

use super::awaited::{Answer, Patience, Waiter, busy, outcome};
use super::in_flight::{InFlight, Next, Purpose};
use super::seal::{NONCE_BYTES, open, seal};
use super::store::Asked;
use super::{Desk, engine_states, life, uploads};
use crate::engines::FetchCall;
use crate::job::Fetched;
use crate::limits::{MAX_MEDIA_WAITING, MEDIA_PATIENCE_S};
use crate::problem::failure_of;
use crate::question::{Body, Fetcher, MediaAnswered, MediaKept, MediaPassed, MediaRequest, OpenMedia, Opened, Place};
use crate::random;
use crate::upload::Upload;
use ringcentral_ai::call::{Call, Event as Happened, Report, Step};
use ringcentral_ai::engine::Media;
use ringcentral_ai::http::{HttpRequest, HttpResponse};
use ringcentral_ai::json::Value;
use ringcentral_ai::lifecycle::{Event, Record};
use ringcentral_ai::pace::{Group, Rank};
use ringcentral_ai::secret::{Secret, SecretUrl};
use std::fmt;
use std::time::Duration;
use worker::{Delay, Result};

/// Whoever waits for a copy that another makes looks so often.
const KEPT_LOOK: Duration = Duration::from_millis(100);

/// A fetch under way.
struct Relaying {
    call: FetchCall,
    waiter: Waiter<MediaRequest>,
    /// Where the media is, once it is found: the request for that is the edge's.
    found: Option<Secret>,
}

/// Opens a job's media: what is to be sent, as soon as it may be, or read.
pub(super) async fn opened(desk: &Desk, OpenMedia { fetcher, keeps }: OpenMedia) -> Result<Answer<Option<Opened>>> {
    let at_once = |place| Ok(Ok(Some(Opened { call: None, place })));
    match media(desk, &fetcher)? {
        None => Ok(Ok(None)),
        Some(Media::Upload(id)) => match desk.store.upload(&id)?.and_then(Upload::file) {
            Some(file) => at_once(Place::Bucket(file)),
            None => Ok(Ok(None)),
        },
        Some(Media::Guarded(address, headers)) => {
            // They go into the edge's request to that address.
            let headers = headers.iter().map(|(name, value)| (name.to_owned(), value.expose().to_owned())).collect();
            // So does the address.
            let request = MediaRequest { address: address.expose().to_owned(), headers };
            at_once(Place::Address { request, keeps: false })
        }
        Some(media) => {
            let id = fetcher.id;
            while keeps && desk.keeping.is_under_way(&id, desk.now_ms()) {
                Delay::from(KEPT_LOOK).await;
            }
            if let Some(file) = desk.store.kept_media(&id)? {
                return at_once(Place::Bucket(file));
            }
            let keeps = keeps && desk.keeping.begin(&id, desk.now_ms());
            let rank = if fetcher.attempt.is_some() { Rank::Relay } else { Rank::Listen };
            let opened = in_turn(desk, media, rank, keeps).await?;
            if keeps && opened.is_err() {
                desk.keeping.end(&id);
            }
            Ok(opened)
        }
    }
}

/// Opens media of RingCentral's.
async fn in_turn(desk: &Desk, media: Media, rank: Rank, keeps: bool) -> Result<Answer<Option<Opened>>> {
    if desk.calls.count(|purpose| matches!(purpose, Purpose::Media)) >= MAX_MEDIA_WAITING {
        return Ok(Err(busy(MEDIA_PATIENCE_S)));
    }
    let call = desk.engines()?.fetch(media, rank);
    let patience = Patience { seconds: MEDIA_PATIENCE_S, group: Group::Heavy };
    let (number, request) = outcome(desk, patience, |waiter| Box::new(Relaying { call, waiter, found: None })).await?;
    Ok(request.map(|request| Some(Opened { call: Some(number), place: Place::Address { request, keeps } })))
}

impl InFlight for Relaying {
    fn purpose(&self) -> Purpose<'_> {
        Purpose::Media
    }

    fn step(&mut self, desk: &Desk, happened: Happened) -> Result<Next> {
        // What the edge has sent was answered: with this step all that the answer tells is learned, and nobody waits for more.
        let step = self.call.step(happened, desk.now());
        if !self.waiter.waits() {
            return Ok(Next::Over);
        }
        let failure = match step {
            Step::Send(request) if self.is_for_media(&request) => {
                self.waiter.tell(Ok(handed_on(&request)));
                return Ok(Next::SentElsewhere);
            }
            Step::Send(request) => return Ok(Next::Send(request)),
            Step::Sleep(ms) => match self.waiter.too_late(self.call.waits(), desk.now_ms()) {
                Some(failure) => failure,
                None => return Ok(Next::Sleep(ms)),
            },
            Step::Report(report) => {
                if let Report::Found(address) = report {
                    self.found = Some(address);
                }
                return Ok(Next::Sleep(0));
            }
            Step::Done(()) => return Ok(Next::Over),
            Step::Fail(error) => failure_of(&error),
        };
        self.waiter.tell(Err(failure));
        Ok(Next::Over)
    }
}

impl Relaying {
    fn is_for_media(&self, request: &HttpRequest) -> bool {
        // The address is compared with the one that was found.
        self.found.as_ref().is_some_and(|found| found.expose() == request.url.expose())
    }
}

/// Address and token, for the edge, which sends the one to the other's host.
fn handed_on(request: &HttpRequest) -> MediaRequest {
    // The token goes into a header of the edge's request.
    let headers = request.headers.iter().map(|(name, value)| (name.to_string(), value.expose().to_owned()));
    // The address is where that request goes.
    MediaRequest { address: request.url.expose().to_owned(), headers: headers.collect() }
}

impl fmt::Debug for Relaying {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Relaying")
    }
}

/// The media that may be fetched: by the engine while the job may run, by whoever listens as long as the job is there.
fn media(desk: &Desk, Fetcher { id, attempt }: &Fetcher) -> Result<Option<Media>> {
    let Some(record) = desk.store.record(id)? else { return Ok(None) };
    if attempt.is_some_and(|attempt| !may_fetch(&record, attempt)) {
        return Ok(None);
    }
    if let Some(held) = uploads::held(desk, id)? {
        return Ok(Some(held));
    }
    if let Some(address) = found(desk, id)? {
        return Ok(Some(Media::Address(address)));
    }
    let recording = || {
        let shown = desk.store.asked(id).ok()??.media?;
        let media = Media::parse(&Value::parse(shown.as_bytes())?, true).ok()?;
        matches!(media, Media::Recording(_)).then_some(media)
    };
    Ok(recording())
}

fn may_fetch(record: &Record, attempt: u32) -> bool {
    record.takes_result() && (1..=record.attempt).contains(&attempt)
}

/// Writes down where a job's media is, sealed.
pub(super) fn find(desk: &Desk, id: &str, address: &Secret) -> Result<()> {
    let sealed = seal(&desk.config()?.keys, id, address, random::bytes::<NONCE_BYTES>());
    desk.store.find_media(id, sealed.ok_or("an address could not be sealed")?)
}

fn found(desk: &Desk, id: &str) -> Result<Option<SecretUrl>> {
    let Some(sealed) = desk.store.found_media(id)? else { return Ok(None) };
    let address = open(&desk.config()?.keys, id, &sealed);
    // The address goes into the request for the media.
    Ok(address.map(|address| SecretUrl::hiding_query(address.expose().to_owned())))
}

/// Takes the head of what was answered; says whether something may be due now that was not.
pub(super) fn answered(desk: &Desk, question: MediaAnswered, now_ms: u64) -> Result<bool> {
    let MediaAnswered { call, fetcher: Fetcher { id, attempt }, status, headers, body, whole_bytes } = question;
    let response = status.map(|status| HttpResponse { status, headers, body: Vec::new() });
    if body == Body::Copied && status != Some(200) {
        desk.keeping.end(&id);
    }
    let is_success = response.as_ref().is_some_and(HttpResponse::is_success);
    if let Some(number) = call {
        desk.calls.step(desk, number, response.map_or(Happened::Lost, Happened::Response))?;
        engine_states::keep(desk)?;
    }
    // Others may wait for the slot.
    let mut is_due = desk.calls.count_all() > 0;
    if let Some(attempt) = attempt.filter(|_| is_success) {
        if body == Body::Passed {
            note(desk, &id, |Fetched { times, bytes, of, .. }| Fetched {
                times: times + 1,
                at_ms: now_ms,
                bytes,
                of: whole_bytes.or(of),
            })?;
        }
        let due_ms = |desk: &Desk| Ok::<_, worker::Error>(desk.store.record(&id)?.map(|record| record.due_ms));
        let before_ms = due_ms(desk)?;
        if comes_by_itself(desk, &id)? {
            life::tell(desk, &id, Event::MediaFetched { attempt }, now_ms)?;
        }
        is_due |= due_ms(desk)? != before_ms;
    }
    Ok(is_due)
}

/// Whether the job's engine comes to us, for media and with results; what we fetch for a request to it shows nothing of its job.
pub(super) fn comes_by_itself(desk: &Desk, id: &str) -> Result<bool> {
    let Some(record) = desk.store.record(id)? else { return Ok(false) };
    Ok(desk.engines()?.named(&record.engine).is_some_and(|engine| engine.visitor().is_some()))
}

/// Notes what the bucket keeps of a job's media; of a job that is gone it keeps nothing.
pub(super) fn kept(desk: &Desk, MediaKept { id, file }: MediaKept, now_ms: u64) -> Result<()> {
    let Some(file) = file else {
        desk.keeping.give_up(&id, now_ms);
        return Ok(());
    };
    desk.keeping.end(&id);
    if desk.store.record(&id)?.is_some() { desk.store.keep_media(&id, &file) } else { desk.store.doom(&file.key, now_ms) }
}

/// Notes how much has gone through: the parts of media that is fetched in ranges add up, in whatever order they end.
pub(super) fn passed(desk: &Desk, MediaPassed { id, bytes }: MediaPassed) -> Result<()> {
    note(desk, &id, |fetched| Fetched { bytes: fetched.bytes + bytes, ..fetched })
}

fn note(desk: &Desk, id: &str, change: impl FnOnce(Fetched) -> Fetched) -> Result<()> {
    let Some(Asked { fetched, .. }) = desk.store.asked(id)? else { return Ok(()) };
    let fetched = fetched.as_deref().and_then(Fetched::parse).unwrap_or_default();
    desk.store.note_fetched(id, change(fetched).write())?;
    life::tell_who_watches(desk, id)
}
