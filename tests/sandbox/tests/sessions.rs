//! The rules of sessions, with time as an argument: nothing waits.

use ringcentral_sandbox::oauth::apps::App;
use ringcentral_sandbox::oauth::sessions::{Grant, Lives, Lookup, RefreshError, Sessions};
use ringcentral_sandbox::random::Random;

const LIVES: Lives = Lives { access_s: 3600, refresh_s: 604_800 };

struct Stage {
    sessions: Sessions,
    random: Random,
    app: &'static App,
}

impl Stage {
    fn new() -> Self {
        let app = App::find("sandbox-client").unwrap();
        Self { sessions: Sessions::new(10_000), random: Random::new(Some(1)), app }
    }
    fn open(&mut self, now_ms: u64) -> Grant {
        self.sessions.open(self.app, LIVES, &mut self.random, now_ms)
    }
    fn refresh(&mut self, token: &str, now_ms: u64) -> Result<Grant, RefreshError> {
        self.sessions.refresh(self.app, token, LIVES, &mut self.random, now_ms)
    }
    fn valid(&mut self, grant: &Grant, now_ms: u64) -> bool {
        matches!(self.sessions.use_access_token(&grant.access, now_ms), Lookup::Valid(_))
    }
}

#[test]
fn a_refresh_kills_the_old_access_token_at_once() {
    let mut stage = Stage::new();
    let first = stage.open(0);
    assert!(stage.valid(&first, 1));
    let second = stage.refresh(&first.refresh, 2).unwrap();
    assert!(!stage.valid(&first, 2));
    assert!(stage.valid(&second, 2));
    assert_eq!(first.session_id, second.session_id);
}

#[test]
fn an_old_refresh_token_repeats_its_answer_until_ten_seconds_after_first_use() {
    let mut stage = Stage::new();
    let first = stage.open(0);
    let second = stage.refresh(&first.refresh, 0).unwrap();
    assert_eq!(stage.refresh(&first.refresh, 3_000_000).unwrap().access, second.access);
    assert!(stage.valid(&second, 3_100_000));
    assert_eq!(stage.refresh(&first.refresh, 3_109_999).unwrap().refresh, second.refresh);
    assert_eq!(stage.refresh(&first.refresh, 3_110_000), Err(RefreshError::Unknown));
}

#[test]
fn an_old_refresh_token_dies_after_an_hour_even_if_nothing_was_used() {
    let mut stage = Stage::new();
    let first = stage.open(0);
    stage.refresh(&first.refresh, 0).unwrap();
    assert_eq!(stage.refresh(&first.refresh, 3_600_000), Err(RefreshError::Unknown));
}

#[test]
fn a_sixth_session_ends_the_oldest() {
    let mut stage = Stage::new();
    let grants: Vec<_> = (0..6).map(|now_ms| stage.open(now_ms)).collect();
    assert!(!stage.valid(&grants[0], 10));
    assert!(grants[1..].iter().all(|grant| stage.valid(grant, 10)));
}

#[test]
fn tokens_expire() {
    let mut stage = Stage::new();
    let grant = stage.open(0);
    assert_eq!(stage.sessions.use_access_token(&grant.access, 3_600_000), Lookup::Expired);
    assert_eq!(stage.refresh(&grant.refresh, 604_800_000), Err(RefreshError::Expired));
}

#[test]
fn another_app_can_neither_refresh_nor_revoke() {
    let mut stage = Stage::new();
    let grant = stage.open(0);
    stage.app = App::find("sandbox-public").unwrap();
    assert_eq!(stage.refresh(&grant.refresh, 1), Err(RefreshError::Unknown));
    assert!(!stage.sessions.revoke(stage.app, &grant.access));
    assert!(stage.valid(&grant, 1));
}

#[test]
fn revoking_either_token_ends_the_session() {
    for pick in [|grant: &Grant| grant.access.clone(), |grant: &Grant| grant.refresh.clone()] {
        let mut stage = Stage::new();
        let grant = stage.open(0);
        assert!(stage.sessions.revoke(stage.app, &pick(&grant)));
        assert!(!stage.valid(&grant, 1));
        assert_eq!(stage.refresh(&grant.refresh, 1), Err(RefreshError::Unknown));
    }
}
