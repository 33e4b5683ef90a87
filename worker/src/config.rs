//! The settings: read once, checked, every secret wrapped on the line that reads it.

use crate::clock::Clock;
use crate::content_access::ContentAccess;
use crate::engine_settings::EngineSettings;
use crate::limits::{MAX_RESULT_TTL_S, MIN_RESULT_TTL_S};
use crate::problem::Problem;
use crate::setting::{Lookup, Wrong, flag, missing, named, origin, plain, secret};
use crate::tokens::ApiToken;
use crate::weakness::weakness;
use ringcentral_ai::endpoint::Site;
use ringcentral_ai::engine::ringcentral::auth::{Credentials, JwtLogin};
use ringcentral_ai::error::{Code, Error};
use ringcentral_ai::http::Url;
use ringcentral_ai::secret::Secret;
use ringcentral_ai::signing::Keys;
use std::cell::RefCell;
use std::rc::Rc;
use worker::Env;
use worker::js_sys::Reflect;

/// Thirty days.
const RESULT_TTL_S: u64 = 2_592_000;
/// A callback that has not come ten minutes after the submit is taken to be lost.
const ASK_AFTER_CALLBACK_MS: u64 = 600_000;
/// The shortest jobs take a few seconds.
const ASK_AFTER_POLLING_MS: u64 = 5_000;

/// What the Worker is told about itself.
#[derive(Debug, Clone)]
pub(crate) struct Config {
    /// Where RingCentral is.
    pub(crate) site: Site,
    /// How the Worker logs in there.
    pub(crate) credentials: Credentials,
    /// What makes and checks signatures.
    pub(crate) keys: Keys,
    /// The API tokens.
    pub(crate) tokens: Vec<ApiToken>,
    /// Where RingCentral reaches this Worker; absent: where the first request for a job came to.
    pub(crate) public_url: Option<String>,
    /// The origins whose pages may call the API; `*` is any.
    pub(crate) allowed_origins: Vec<String>,
    /// How long a result is kept, in seconds.
    pub(crate) result_ttl_s: u64,
    /// Whether results are asked for alone, for callbacks cannot come.
    pub(crate) polls: bool,
    /// Whether media may lie on a private network.
    pub(crate) allow_private_media: bool,
    /// How an engine reaches media that only our token opens, where the settings say so.
    content_access: Option<ContentAccess>,
    /// The engines beside RingCentral's AI.
    pub(crate) engines: EngineSettings,
    /// The clock that jobs live by; never another than the world's but in tests, on one's own machine.
    pub(crate) clock: Clock,
}

thread_local! {
    static KNOWN: RefCell<Option<Rc<Config>>> = const { RefCell::new(None) };
}

impl Config {
    /// Reads the settings.
    ///
    /// # Errors
    /// `not_configured`, naming each that is missing or wrong.
    pub(crate) fn read(env: &Env) -> Result<Self, Problem> {
        Self::of(&|name| {
            let value = Reflect::get(env, &name.into()).ok()?;
            // A number or `true` in wrangler.toml is as good as its text.
            let text = value.as_string().or_else(|| value.as_f64().map(|number| number.to_string()));
            text.or_else(|| value.as_bool().map(|flag| flag.to_string())).map(|text| Secret::new(text.trim()))
        })
    }

    /// Reads them once: other settings come with another isolate.
    ///
    /// # Errors
    /// As above.
    pub(crate) fn of_isolate(env: &Env) -> Result<Rc<Self>, Problem> {
        if let Some(known) = KNOWN.with_borrow(Clone::clone) {
            return Ok(known);
        }
        let config = Rc::new(Self::read(env)?);
        KNOWN.set(Some(Rc::clone(&config)));
        Ok(config)
    }

    /// Whether whoever is at `from` can call that place: what is not on the internet is reached by a server alone that is not there either.
    ///
    /// # Errors
    /// `not_configured`, naming `PUBLIC_URL`.
    pub(crate) fn check_reach(base: &str, from: &str) -> Result<(), Problem> {
        let is_private = |address: &str| Url::parse(address, "").is_ok_and(|url| url.is_private());
        if !is_private(base) || is_private(from) {
            return Ok(());
        }
        let reason = ", which is not on the internet: set it to the address at which the internet reaches the Worker, or \
             RESULTS_BY to \"polling\", which takes jobs of RingCentral's without callbacks";
        let reason = ["nobody can call this Worker back at ", base, reason].concat();
        Err(Problem::not_configured("PUBLIC_URL", &reason))
    }

    /// Whether an engine fetches media that only our token opens through this Worker, which it reaches at that place: as the job says
    /// or the setting, else wherever it can.
    pub(crate) fn relays(&self, of_job: Option<&str>, base: &str) -> bool {
        let is_reached = is_own_machine(&self.site.at("")) || Url::parse(base, "").is_ok_and(|url| url.is_public());
        let chosen = of_job.and_then(ContentAccess::named).or(self.content_access);
        chosen.map_or(is_reached && !self.polls, |chosen| chosen == ContentAccess::Relay)
    }

    /// Whether RingCentral can come to that place for media that it is to fetch there.
    ///
    /// # Errors
    /// `invalid_field`, naming `contentAccess`.
    pub(crate) fn check_relay(&self, of_job: Option<&str>, base: &str) -> Result<(), Problem> {
        const OUT_OF_REACH: &str = "RingCentral cannot fetch media through this Worker, which is not on the internet: set PUBLIC_URL to \
             the address at which the internet reaches the Worker, or for a recording take \"access-token\"";
        let is_reached = !self.relays(of_job, base) || Self::check_reach(base, &self.site.at("")).is_ok();
        if is_reached { Ok(()) } else { Err(Problem::field("contentAccess", OUT_OF_REACH)) }
    }

    /// How long after its submit an engine is first asked for a job's status, in milliseconds.
    pub(crate) const fn ask_after_ms(&self) -> u64 {
        if self.polls { ASK_AFTER_POLLING_MS } else { ASK_AFTER_CALLBACK_MS }
    }

    /// Whether pages of that origin may call the API.
    pub(crate) fn allows_origin(&self, origin: &str) -> bool {
        self.allowed_origins.iter().any(|allowed| allowed == "*" || allowed == origin)
    }

    /// The settings that `value` finds.
    pub(crate) fn of(value: Lookup<'_>) -> Result<Self, Problem> {
        let mut wrong = Wrong::default();
        let config = Self::noting(&mut wrong, value);
        wrong.told().map_or_else(|| config.ok_or_else(|| Code::NotConfigured.into()), Err)
    }

    /// The same; there is none where anything is noted that it cannot do without.
    fn noting(wrong: &mut Wrong, value: Lookup<'_>) -> Option<Self> {
        let signing_keys = wrong.note(secret(value, "SIGNING_KEYS"));
        let api_tokens = wrong.note(secret(value, "API_TOKENS"));
        let public_url = wrong.note(plain(value, "PUBLIC_URL").map(|url| origin("PUBLIC_URL", &url)).transpose());
        let base = public_url.as_ref().and_then(Option::as_deref);
        let clock = wrong.note(clock(value, base));
        let site = wrong.note(site(value));
        let client_id = wrong.note(plain(value, "RC_CLIENT_ID").ok_or_else(|| missing("RC_CLIENT_ID")));
        let client_secret = wrong.note(secret(value, "RC_CLIENT_SECRET"));
        let jwt = wrong.note(secret(value, "RC_JWT"));
        let keys = signing_keys.as_ref().map(|keys| Keys::parse(keys).map_err(|error| named("SIGNING_KEYS", &error)));
        let keys = keys.and_then(|keys| wrong.note(keys));
        let tokens = api_tokens.as_ref().and_then(|tokens| wrong.note(ApiToken::list(tokens)));
        let allowed_origins = wrong.note(allowed_origins(value));
        let result_ttl_s = wrong.note(result_ttl_s(value));
        let polls = wrong.note(polls(value));
        let allow_private_media = wrong.note(flag(value, "ALLOW_PRIVATE_MEDIA"));
        let content_access = wrong.note(content_access(value));
        let engines = wrong.note(EngineSettings::read(value));
        // What a request says of where it came to is no proof: anybody may say localhost.
        let (keys, tokens, is_own_machine) = (keys?, tokens?, base.is_some_and(is_own_machine));
        let weak = weakness(&api_tokens?, &signing_keys?).filter(|_| !is_own_machine);
        wrong.note(weak.map_or(Ok(()), Err));
        Some(Self {
            clock: clock?,
            site: site?,
            credentials: Credentials::Jwt(JwtLogin { client_id: client_id?, client_secret: Some(client_secret?), jwt: jwt? }),
            keys,
            tokens,
            public_url: public_url?,
            allowed_origins: allowed_origins?,
            result_ttl_s: result_ttl_s?,
            polls: polls?,
            allow_private_media: allow_private_media?,
            content_access: content_access?,
            engines: engines?,
        })
    }
}

fn site(value: Lookup<'_>) -> Result<Site, Problem> {
    let server = plain(value, "RC_SERVER").unwrap_or_else(|| Site::SERVER.to_owned());
    let hosts = plain(value, "RC_MEDIA_HOSTS").unwrap_or_default();
    // The core has names of its own for the two.
    let name = |error: &Error| {
        if matches!(error, Error::InvalidField { field, .. } if field == "server") { "RC_SERVER" } else { "RC_MEDIA_HOSTS" }
    };
    Site::new(&server, &hosts.split(',').collect::<Vec<_>>()).map_err(|error| named(name(&error), &error))
}

fn allowed_origins(value: Lookup<'_>) -> Result<Vec<String>, Problem> {
    let list = plain(value, "ALLOWED_ORIGINS").unwrap_or_default();
    let entries = list.split(',').map(str::trim).filter(|entry| !entry.is_empty());
    entries.map(|entry| if entry == "*" { Ok(entry.to_owned()) } else { origin("ALLOWED_ORIGINS", entry) }).collect()
}

fn result_ttl_s(value: Lookup<'_>) -> Result<u64, Problem> {
    let Some(text) = plain(value, "RESULT_TTL_S") else { return Ok(RESULT_TTL_S) };
    let seconds = text.parse().ok().filter(|seconds| (MIN_RESULT_TTL_S..=MAX_RESULT_TTL_S).contains(seconds));
    let reason = format!("it must be a whole number of seconds, {MIN_RESULT_TTL_S} (a day) to {MAX_RESULT_TTL_S} (five years)");
    seconds.ok_or_else(|| Problem::not_configured("RESULT_TTL_S", &reason))
}

/// Results come by callback, and are asked for when none comes; or, where no callback can come, they are asked for only.
fn polls(value: Lookup<'_>) -> Result<bool, Problem> {
    match plain(value, "RESULTS_BY").as_deref() {
        None | Some("callback") => Ok(false),
        Some("polling") => Ok(true),
        Some(_) => Err(Problem::not_configured("RESULTS_BY", "it must be \"callback\" or \"polling\"")),
    }
}

fn content_access(value: Lookup<'_>) -> Result<Option<ContentAccess>, Problem> {
    let Some(name) = plain(value, "CONTENT_ACCESS") else { return Ok(None) };
    let wrong = || Problem::not_configured("CONTENT_ACCESS", "it must be \"relay\" or \"access-token\"");
    ContentAccess::named(&name).map(Some).ok_or_else(wrong)
}

/// Tests set `CLOCK` to let a job's days pass in seconds: `<milliseconds since 1970>x<rate>`, see [`Clock`].
fn clock(value: Lookup<'_>, public_url: Option<&str>) -> Result<Clock, Problem> {
    let Some(text) = plain(value, "CLOCK") else { return Ok(Clock::REAL) };
    if !public_url.is_some_and(is_own_machine) {
        return Err(Problem::not_configured("CLOCK", "it is for tests alone: PUBLIC_URL must be an address of this machine"));
    }
    Clock::parse(&text).ok_or_else(|| Problem::not_configured("CLOCK", "it must be <milliseconds since 1970>x<rate>"))
}

fn is_own_machine(address: &str) -> bool {
    Url::parse(address, "").is_ok_and(|url| url.is_loopback())
}

#[cfg(test)]
#[path = "config_tests.rs"]
pub(crate) mod tests;
