//! Whoever shows an access token of RingCentral's in the place of one of ours: RingCentral is asked once whose it is, and that is
//! remembered for a while, by a digest of the token, in memory alone.

use super::Desk;
use super::awaited::{Answer, Patience, asked};
use super::in_flight::Purpose;
use super::minute::Minute;
use crate::limits::{MAX_UNKNOWN_TOKENS_A_MINUTE, TOKEN_KNOWN_MS, TOKEN_PATIENCE_S};
use crate::problem::{Problem, failure_of};
use crate::question::{FindUser, User};
use crate::tokens::digest;
use ringcentral_ai::engine::ringcentral::served;
use ringcentral_ai::error::{Code, Error};
use ringcentral_ai::pace::Group;
use ringcentral_ai::secret::Secret;
use std::cell::RefCell;
use std::time::Duration;
use worker::{Delay, Result};

const UNKNOWN: &str = "the token is none of API_TOKENS (it is sent without the scope before it), no job's read token, and no access \
     token that RingCentral takes";
const FOREIGN: &str = "the access token is of another RingCentral account than the one that this Worker logs in to";
const TOO_MANY: &str = "too many tokens that nobody knows were shown within a minute: try again later";
/// Who finds the same token asked for looks again after so long.
const LOOK_AGAIN: Duration = Duration::from_millis(20);

/// What is known of tokens. More than is asked for within its time is not there.
#[derive(Debug, Default)]
pub(super) struct Users {
    known: RefCell<Vec<Known>>,
    asked: RefCell<Minute>,
    under_way: RefCell<Vec<[u8; 32]>>,
}

#[derive(Debug)]
struct Known {
    token: [u8; 32],
    until_ms: u64,
    answer: Answer<User>,
}

impl Users {
    /// What is known of a token now.
    fn known(&self, token: &[u8; 32], now_ms: u64) -> Option<Answer<User>> {
        let mut known = self.known.borrow_mut();
        known.retain(|known| known.until_ms > now_ms);
        known.iter().find(|known| known.token == *token).map(|known| known.answer.clone())
    }

    /// Begins to ask for a token, unless somebody does.
    fn begin(&self, token: [u8; 32]) -> Option<UnderWay<'_>> {
        let mut under_way = self.under_way.borrow_mut();
        let is_new = !under_way.contains(&token);
        is_new.then(|| {
            under_way.push(token);
            UnderWay { users: self, token }
        })
    }
}

/// A question for a token; over when it is dropped.
struct UnderWay<'a> {
    users: &'a Users,
    token: [u8; 32],
}

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        self.users.under_way.borrow_mut().retain(|token| *token != self.token);
    }
}

/// Whose a token is.
pub(super) async fn find(desk: &Desk, FindUser { token }: FindUser) -> Result<Answer<User>> {
    let shown = Secret::new(token);
    let token = digest(&shown);
    let mut has_waited = false;
    let _under_way = loop {
        if let Some(answer) = desk.users.known(&token, desk.now_ms()) {
            return Ok(answer);
        }
        match desk.users.begin(token) {
            Some(under_way) if !has_waited => break under_way,
            // It was asked for in vain just now.
            Some(_) => return Ok(Err(failure_of(&Error::Network))),
            None => has_waited = true,
        }
        Delay::from(LOOK_AGAIN).await;
    };
    if let Err(retry_after_s) = desk.users.asked.borrow_mut().take(MAX_UNKNOWN_TOKENS_A_MINUTE, desk.now_ms()) {
        return Ok(Err(Problem::new(Code::RateLimited, TOO_MANY).retry_after(retry_after_s).failure().clone()));
    }
    let patience = Patience { seconds: TOKEN_PATIENCE_S, group: Group::Light };
    let answer = judged(asked(desk, patience, Purpose::User, desk.engines()?.users(shown)).await?);
    let is_final = answer.as_ref().map_or_else(|failure| matches!(failure.code, Code::Unauthorized | Code::Forbidden), |_| true);
    if is_final {
        let until_ms = desk.now_ms().saturating_add(TOKEN_KNOWN_MS);
        desk.users.known.borrow_mut().push(Known { token, until_ms, answer: answer.clone() });
    }
    Ok(answer)
}

/// What RingCentral's answer means.
fn judged(answer: Answer<[served::User; 2]>) -> Answer<User> {
    let refused = |code, message| Err(Problem::new(code, message).failure().clone());
    match answer {
        Ok([own, theirs]) if own.account_id == theirs.account_id => {
            let is_own = own.extension_id == theirs.extension_id;
            Ok(User { digest: digest(&Secret::new(theirs.extension_id)), is_own })
        }
        Ok(_) => refused(Code::Forbidden, FOREIGN),
        Err(failure) if failure.code == Code::RingcentralTokenRejected => refused(Code::Unauthorized, UNKNOWN),
        Err(failure) => Err(failure),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn user(account_id: &str, extension_id: &str) -> served::User {
        served::User { account_id: account_id.into(), extension_id: extension_id.into() }
    }

    #[test]
    fn a_user_of_the_same_account_is_known_and_no_other() {
        let of = |account: &str, extension: &str| judged(Ok([user("1", "10"), user(account, extension)]));
        let own = of("1", "10").unwrap();
        let other = of("1", "11").unwrap();
        assert!(own.is_own && !other.is_own && own.digest != other.digest);
        assert_eq!(of("2", "10").unwrap_err().code, Code::Forbidden);
        assert_eq!(judged(Err(failure_of(&Error::TokenRejected))).unwrap_err().code, Code::Unauthorized);
        assert_eq!(judged(Err(failure_of(&Error::Network))).unwrap_err().code, Code::NetworkOrCors);
    }

    #[test]
    fn what_is_known_of_a_token_ends_and_a_token_is_asked_for_once_at_a_time() {
        let users = Users::default();
        let answer = judged(Ok([user("1", "10"), user("1", "10")]));
        users.known.borrow_mut().push(Known { token: [1; 32], until_ms: 10, answer: answer.clone() });
        assert_eq!(users.known(&[1; 32], 9).map(Result::ok), Some(answer.ok()));
        assert!(users.known(&[2; 32], 9).is_none() && users.known(&[1; 32], 10).is_none());
        let under_way = users.begin([1; 32]);
        assert!(users.begin([1; 32]).is_none() && users.begin([2; 32]).is_some());
        drop(under_way);
        assert!(users.begin([1; 32]).is_some());
    }
}
