//! The engines that there are, built from the settings: the only file of the Worker that knows one of them.

use crate::config::Config;
use crate::engine_settings::{EngineSettings, Service};
use ringcentral_ai::call::{After, Operation};
use ringcentral_ai::engine::ace::Ace;
use ringcentral_ai::engine::assemblyai::AssemblyAi;
use ringcentral_ai::engine::chat::Chat;
use ringcentral_ai::engine::deepgram::Deepgram;
use ringcentral_ai::engine::hearing::Hearing;
use ringcentral_ai::engine::openai::OpenAi;
use ringcentral_ai::engine::ringcentral::RingCentral;
use ringcentral_ai::engine::ringcentral::media::Page;
use ringcentral_ai::engine::ringcentral::served::User;
use ringcentral_ai::engine::{Accepted, BoxedCall, Engine, Job, Media};
use ringcentral_ai::error::Result;
use ringcentral_ai::lifecycle::Terms;
use ringcentral_ai::pace::{Group, Rank};
use ringcentral_ai::secret::Secret;
use std::{fmt, iter};

/// The call for a page of recordings.
pub(crate) type RecordingsCall = Operation<Page>;

/// The call that fetches media.
pub(crate) type FetchCall = Operation<()>;

/// The table of engines. Recordings are RingCentral's, whichever engine does the job.
pub(crate) struct Engines {
    ringcentral: RingCentral,
    others: Vec<Box<dyn Engine>>,
    chat: Option<Chat>,
    usual: Option<String>,
}

impl Engines {
    /// The engines as the settings say, with nothing done yet.
    pub(crate) fn of(config: &Config) -> Self {
        let ringcentral = RingCentral::new(config.site.clone(), config.credentials.clone());
        let chat = chat(&config.engines);
        let others = others(&config.engines, &ringcentral, chat.as_ref());
        Self { ringcentral, others, chat, usual: config.engines.usual.clone() }
    }

    /// All of them.
    pub(crate) fn all(&self) -> impl Iterator<Item = &dyn Engine> {
        let ringcentral: &dyn Engine = &self.ringcentral;
        iter::once(ringcentral).chain(self.others.iter().map(AsRef::as_ref))
    }

    /// The one of that name.
    pub(crate) fn named(&self, name: &str) -> Option<&dyn Engine> {
        self.all().find(|engine| engine.name() == name)
    }

    /// The one that does the jobs of whoever names none.
    pub(crate) fn usual(&self) -> &dyn Engine {
        self.usual.as_deref().and_then(|name| self.named(name)).unwrap_or(&self.ringcentral)
    }

    /// RingCentral's AI, whichever is the usual one.
    pub(crate) fn ringcentral(&self) -> &dyn Engine {
        &self.ringcentral
    }

    /// What each has learned and must outlive a restart, the language model too; none where there is nothing yet.
    pub(crate) fn states(&self) -> impl Iterator<Item = (&'static str, Option<Secret>)> {
        let chat = self.chat.iter().map(|chat| (Chat::NAME, chat.state()));
        self.all().map(|engine| (engine.name(), engine.state())).chain(chat)
    }

    /// Hands whoever has that name what an earlier one has left.
    pub(crate) fn restore(&self, name: &str, state: &Secret) {
        match (self.named(name), &self.chat) {
            (Some(engine), _) => engine.restore(state),
            (None, Some(chat)) => chat.restore(state),
            (None, None) => {}
        }
    }

    /// The call that submits a job. Another engine than RingCentral comes to us for its media, which is found first.
    ///
    /// # Errors
    /// `invalid_field` naming what the engine cannot submit.
    pub(crate) fn submit(&self, engine: &dyn Engine, job: Job) -> Result<BoxedCall<Accepted>> {
        let sought = job.media.clone().filter(|media| engine.is_stranger() && !media.needs_relay());
        let asked_ms = job.asked_ms;
        let submission = engine.submit(job)?;
        Ok(match sought {
            Some(media) => Box::new(After::new(self.ringcentral.locate(media, asked_ms), submission)),
            None => submission,
        })
    }

    /// The call for a page of recordings, and the group of the rate limit that it is counted in; the query as it came.
    ///
    /// # Errors
    /// `invalid_field` naming the parameter.
    pub(crate) fn recordings(&self, query: &[(String, String)]) -> Result<(RecordingsCall, Group)> {
        self.ringcentral.recordings(query)
    }

    /// The call that finds out who logs in at RingCentral here, and whose an access token is.
    pub(crate) fn users(&self, token: Secret) -> Operation<[User; 2]> {
        self.ringcentral.users(token)
    }

    /// Whether it is our login that opens that media.
    pub(crate) fn opens(&self, media: &Media) -> bool {
        self.ringcentral.opens(media)
    }

    /// The call that fetches media, see [`ringcentral_ai::engine::ringcentral::media::fetching`].
    pub(crate) fn fetch(&self, media: Media, rank: Rank) -> FetchCall {
        self.ringcentral.fetch(media, rank)
    }

    /// Until when a penalty keeps pages of that group from being asked for, milliseconds since 1970.
    pub(crate) fn recordings_held_until_ms(&self, group: Group) -> u64 {
        self.ringcentral.held_until_ms(group)
    }
}

impl fmt::Debug for Engines {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.all().map(Engine::name)).finish()
    }
}

/// A service's key, its address and the model that is asked there.
fn parts(service: &Service) -> (Option<Secret>, String, Option<String>) {
    let Service { key, base_url, model } = service.clone();
    (key, base_url.unwrap_or_default(), model)
}

/// The language model, where one is configured.
fn chat(settings: &EngineSettings) -> Option<Chat> {
    let (key, base, _) = settings.openai.as_ref().map(parts)?;
    Chat::new(&base, key, settings.chat_model.as_deref()).ok()
}

/// The engines beside RingCentral's AI that are configured.
fn others(settings: &EngineSettings, ringcentral: &RingCentral, chat: Option<&Chat>) -> Vec<Box<dyn Engine>> {
    let mut engines: Vec<Box<dyn Engine>> = Vec::new();
    if settings.ace {
        engines.push(Box::new(Ace::new(ringcentral, chat.cloned())));
    }
    // What is wrong with a key or an address, the settings have said before.
    let mut add = |hearing: Result<Hearing>| engines.extend(hearing.ok().map(|engine| -> Box<dyn Engine> { Box::new(engine) }));
    if let Some((Some(key), base, model)) = settings.assemblyai.as_ref().map(parts) {
        add(AssemblyAi::new(key, &base, model.as_deref(), chat.cloned()));
    }
    if let Some((Some(key), base, model)) = settings.deepgram.as_ref().map(parts) {
        add(Deepgram::new(key, &base, model.as_deref(), chat.cloned()));
    }
    if let Some((key, base, model)) = settings.openai.as_ref().map(parts) {
        add(OpenAi::new(key, &base, model.as_deref(), chat.cloned()));
    }
    engines
}

/// How long a result is kept, in seconds: as the setting says, and at least as long as its engine remembers a job that it took now.
pub(crate) fn keeps_s(engines: &Engines, config: &Config) -> u64 {
    let remembers_s = engines.all().map(|engine| engine.remembers_ms() / 1_000).max();
    config.result_ttl_s.max(remembers_s.unwrap_or_default())
}

/// Who comes to this Worker for media of that engine's jobs, or with their results.
pub(crate) fn visitor(engine: &dyn Engine, config: &Config) -> Option<String> {
    engine.visitor().filter(|_| engine.is_stranger() || !config.polls)
}

/// Whether media is sent to that engine, which takes as long as it works on it: nobody comes for it.
pub(crate) fn is_sent_media(engine: &dyn Engine) -> bool {
    engine.is_stranger() && engine.visitor().is_none()
}

/// What holds for a new job of that engine.
pub(crate) fn terms(engine: &dyn Engine, config: &Config) -> Terms {
    Terms {
        remembers_ms: engine.remembers_ms(),
        keeps_ms: config.result_ttl_s.saturating_mul(1_000),
        ask_after_ms: engine.ask_after_ms().unwrap_or_else(|| config.ask_after_ms()),
        makes: engine.makes(),
    }
}
