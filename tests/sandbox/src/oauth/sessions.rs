//! Sessions and their tokens: time is an argument, so every rule is tested without waiting.

use crate::oauth::apps::App;
use crate::random::Random;

/// A user may have this many sessions per app; one more ends the oldest.
const SESSIONS_PER_APP: usize = 5;
/// An unused new token keeps the old refresh token alive this long.
const UNUSED_GRACE_MS: u64 = 60 * 60 * 1000;

/// How long the tokens of a session live.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lives {
    /// Of the access token.
    pub access_s: u64,
    /// Of the refresh token.
    pub refresh_s: u64,
}

/// What a login or a refresh hands out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// The access token.
    pub access: String,
    /// The refresh token, good for one refresh.
    pub refresh: String,
    /// The session that both belong to.
    pub session_id: String,
    /// Lives of both, from now.
    pub lives: Lives,
}

/// What an access token turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lookup {
    /// Good, and whose.
    Valid(&'static App),
    /// Was good.
    Expired,
    /// Never seen, revoked or superseded.
    Unknown,
}

/// What a refresh token turned out to be, when it is not good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefreshError {
    /// Was good.
    Expired,
    /// Never seen, revoked, used up, or another app's.
    Unknown,
}

/// All sessions, oldest first.
#[derive(Debug)]
pub struct Sessions {
    list: Vec<Session>,
    used_grace_ms: u64,
}

#[derive(Debug)]
struct Session {
    app: &'static App,
    grant: Grant,
    access_ends_ms: u64,
    refresh_ends_ms: u64,
    first_used_ms: Option<u64>,
    previous: Option<Previous>,
}

#[derive(Debug)]
struct Previous {
    refresh: String,
    rotated_ms: u64,
}

impl Sessions {
    /// No sessions yet; `used_grace_ms` is how long an old refresh token outlives the first use of its successor.
    #[must_use]
    pub fn new(used_grace_ms: u64) -> Self {
        Self { list: Vec::new(), used_grace_ms }
    }

    /// Opens a session; the app's oldest one ends where there would be more than five.
    pub fn open(&mut self, app: &'static App, lives: Lives, random: &mut Random, now_ms: u64) -> Grant {
        self.list.retain(|session| now_ms < session.access_ends_ms.max(session.refresh_ends_ms));
        if self.list.iter().filter(|session| session.app == app).count() >= SESSIONS_PER_APP
            && let Some(oldest) = self.list.iter().position(|session| session.app == app)
        {
            self.list.remove(oldest);
        }
        let session_id = random.uuid_v1(now_ms);
        let session = Session::new(app, session_id, lives, random, now_ms);
        let grant = session.grant.clone();
        self.list.push(session);
        grant
    }

    /// Looks an access token up; its first use starts the end of the refresh token before it.
    pub fn use_access_token(&mut self, token: &str, now_ms: u64) -> Lookup {
        let Some(session) = self.list.iter_mut().find(|session| session.grant.access == token) else {
            return Lookup::Unknown;
        };
        if now_ms >= session.access_ends_ms {
            return Lookup::Expired;
        }
        session.first_used_ms.get_or_insert(now_ms);
        Lookup::Valid(session.app)
    }

    /// Trades a refresh token for a new pair: the old access token dies at once.
    ///
    /// # Errors
    /// The refresh token is not good; nothing has changed.
    pub fn refresh(
        &mut self,
        app: &'static App,
        token: &str,
        lives: Lives,
        random: &mut Random,
        now_ms: u64,
    ) -> Result<Grant, RefreshError> {
        let grace_ms = self.used_grace_ms;
        let mine = self.list.iter_mut().filter(|session| session.app == app);
        for session in mine {
            if session.grant.refresh == token {
                return session.rotate(lives, random, now_ms);
            }
            if session.still_answers_to(token, grace_ms, now_ms) {
                return Ok(session.remaining(now_ms));
            }
        }
        Err(RefreshError::Unknown)
    }

    /// Ends the session of an access token, whoever's it is.
    pub fn forget(&mut self, access: &str) {
        self.list.retain(|session| session.grant.access != access);
    }

    /// Ends the whole session that a token (access or refresh) belongs to; says whether there was one.
    pub fn revoke(&mut self, app: &'static App, token: &str) -> bool {
        let before = self.list.len();
        self.list.retain(|Session { app: owner, grant, .. }| *owner != app || (grant.access != token && grant.refresh != token));
        self.list.len() < before
    }
}

impl Session {
    fn new(app: &'static App, session_id: String, lives: Lives, random: &mut Random, now_ms: u64) -> Self {
        let grant = Grant { access: random.token(), refresh: random.token(), session_id, lives };
        let access_ends_ms = now_ms + lives.access_s * 1000;
        let refresh_ends_ms = now_ms + lives.refresh_s * 1000;
        Self { app, grant, access_ends_ms, refresh_ends_ms, first_used_ms: None, previous: None }
    }

    fn rotate(&mut self, lives: Lives, random: &mut Random, now_ms: u64) -> Result<Grant, RefreshError> {
        if now_ms >= self.refresh_ends_ms {
            return Err(RefreshError::Expired);
        }
        let successor = Self::new(self.app, self.grant.session_id.clone(), lives, random, now_ms);
        let before = std::mem::replace(self, successor);
        self.previous = Some(Previous { refresh: before.grant.refresh, rotated_ms: now_ms });
        Ok(self.grant.clone())
    }

    fn still_answers_to(&self, token: &str, grace_ms: u64, now_ms: u64) -> bool {
        let Some(previous) = self.previous.as_ref().filter(|previous| previous.refresh == token) else { return false };
        let ends_ms = self.first_used_ms.map_or(previous.rotated_ms + UNUSED_GRACE_MS, |used| used + grace_ms);
        now_ms < ends_ms
    }

    /// The same pair once more, with what is left of its lives.
    fn remaining(&self, now_ms: u64) -> Grant {
        let left_s = |ends_ms: u64| ends_ms.saturating_sub(now_ms) / 1000;
        let lives = Lives { access_s: left_s(self.access_ends_ms), refresh_s: left_s(self.refresh_ends_ms) };
        Grant { lives, ..self.grant.clone() }
    }
}
