//! `POST /callbacks/{id}/{attempt}/{signature}`: an engine delivers a result.
//!
//! In this order: the signature, before a byte of the body; whether the job still wants a result, where the body is not known to be
//! short; the body, and what it was packed in; KV; what the job's engine reads in it; whether it is the result. What is signed is in
//! KV before anybody judges it. Anything but 200 makes RingCentral send it again.
//!
//! The body is one buffer of JavaScript's on its way to KV. WebAssembly sees it once: in the Desk where it is short, else here.

use crate::clock::Clock;
use crate::edge::ask::{ask, ask_enclosing};
use crate::edge::body::{self, declared_bytes};
use crate::edge::context::RequestContext;
use crate::edge::reply::Reply;
use crate::edge::unpack::{Unpacked, unpack};
use crate::engines::{Engines, keeps_s};
use crate::kv::{WorkersKv, place};
use crate::limits::{MAX_CALLBACK_BODY_BYTES, MAX_SAID_BYTES, SHORT_BODY_BYTES, UNPROVED_RETRY_AFTER_S};
use crate::problem::Problem;
use crate::question::{Heard, IsWanted, TakeDelivery, Verdict};
use crate::random;
use crate::results::{self, Written};
use crate::share::Share;
use ringcentral_ai::error::Code;
use ringcentral_ai::signing::verify_callback;
use worker::js_sys::Uint8Array;

/// Answers 200 when the delivery is stored, or is not wanted any more.
pub(crate) async fn answer(context: RequestContext<'_>) -> Result<Reply, Problem> {
    let attempt = verify_callback(&context.config.keys, context.part(0), context.part(1), context.part(2))?;
    Delivered { context: &context, attempt }.take().await?;
    Ok(Reply::empty(200))
}

/// A delivery to an address that is ours.
struct Delivered<'a> {
    context: &'a RequestContext<'a>,
    attempt: u32,
}

impl Delivered<'_> {
    /// Reads it, stores it, and does with it what the Desk says.
    async fn take(&self) -> Result<(), Problem> {
        let context = self.context;
        let Some(reader) = self.reader(declared_bytes(&context.request)).await? else {
            body::let_pass(&context.request).await;
            return Ok(());
        };
        let mut share = Share::of_callback(&[context.part(0), "/", context.part(1)].concat()).await?; // held until the answer
        let Unpacked { bytes, remark } = self.receive(&mut share).await?;
        let reader = match reader {
            Reader::Desk => self.reader(Some(bytes.length())).await?, // it was short, and may have become long
            here @ Reader::Here(_) => Some(here),
        };
        let Some(reader) = reader else { return Ok(()) };
        let engines = Engines::of(context.config);
        let kv = WorkersKv::of(context.env)?;
        let key = results::key(context.part(0), &place(&context.request), &random::id());
        let expires_s = results::expiry_s(Clock::REAL.now_ms() / 1000, keeps_s(&engines, context.config));
        let written = results::put(&kv, key, &bytes, expires_s).await?;
        let mut enclosed_bytes = SHORT_BODY_BYTES;
        let heard = match reader {
            Reader::Desk => Heard::Unread,
            Reader::Here(name) => {
                let engine = engines.named(&name).ok_or_else(Problem::unknown_engine)?;
                if engine.makes() {
                    enclosed_bytes = MAX_SAID_BYTES; // the Desk makes the result of them at once
                }
                Heard::by(engine, &bytes.to_vec())
            }
        };
        // Without an answer nobody knows whether the key is the result: it stays, and the next delivery is told.
        let enclosed = Some(&bytes).filter(|bytes| bytes.length() <= enclosed_bytes);
        let verdict = self.ask(heard, remark, Some(written.clone()), enclosed).await?;
        settle(&kv, verdict, &written, &bytes).await
    }

    /// Who reads so many bytes; nobody where they are not wanted any more.
    async fn reader(&self, bytes: Option<u32>) -> Result<Option<Reader>, Problem> {
        if bytes.is_some_and(|bytes| bytes <= SHORT_BODY_BYTES) {
            return Ok(Some(Reader::Desk));
        }
        let question = IsWanted { id: self.context.part(0).to_owned(), attempt: self.attempt };
        Ok(ask(self.context.env, question).await?.map(Reader::Here))
    }

    /// Its bytes, as their sender meant them.
    async fn receive(&self, share: &mut Share) -> Result<Unpacked, Problem> {
        let body = match body::read(&self.context.request, MAX_CALLBACK_BODY_BYTES, share).await {
            Err(problem) if problem.code() == Code::TooLarge.as_str() => {
                let heard = Heard::Unreadable { reason: problem.failure().message.clone() };
                self.ask(heard, None, None, None).await?;
                return Err(problem);
            }
            body => body?,
        };
        share.arrive();
        let packed_bytes = body.length();
        let header = |name| self.context.header(name).unwrap_or_default();
        let unpacked = unpack(body, &header("content-encoding"), &header("content-type"), MAX_CALLBACK_BODY_BYTES);
        share.hold(packed_bytes.max(unpacked.bytes.length()))?;
        Ok(unpacked)
    }

    /// Asks the Desk what becomes of it; the bytes that it is to have go along.
    async fn ask(
        &self,
        heard: Heard,
        remark: Option<&str>,
        written: Option<Written>,
        bytes: Option<&Uint8Array>,
    ) -> Result<Verdict, Problem> {
        let remark = remark.map(str::to_owned);
        let id = self.context.part(0).to_owned();
        let question = TakeDelivery { id, attempt: self.attempt, heard, remark, written, copy: Vec::new() };
        ask_enclosing(self.context.env, question, bytes).await
    }
}

/// Who has the job's engine read a delivery.
enum Reader {
    /// The Desk, which has the bytes anyway.
    Desk,
    /// This side, by the engine of that name.
    Here(String),
}

/// What is no result leaves no key behind, but what is of no use lies under another for a while.
async fn settle(kv: &WorkersKv, verdict: Verdict, written: &Written, bytes: &Uint8Array) -> Result<(), Problem> {
    match verdict {
        Verdict::Result => Ok(()),
        Verdict::Dropped => results::take_back(kv, written, None, bytes).await,
        Verdict::Refused { code, reason, dead_key } => {
            results::take_back(kv, written, dead_key.as_deref(), bytes).await?;
            Err(refusal(code, reason))
        }
    }
}

/// What is answered to what is of no use.
pub(super) fn refusal(code: Code, reason: String) -> Problem {
    match code {
        Code::UnreadableCallback => Problem::new(code, [code.sentence(), ": ", &reason].concat()),
        Code::ResultDelayed => Problem::new(code, reason).retry_after(UNPROVED_RETRY_AFTER_S),
        _ => Problem::new(code, reason),
    }
}
