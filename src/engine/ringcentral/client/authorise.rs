//! The way to a token: the one in hand, somebody else's login under way, or a login of our own.

use super::Client;
use crate::call::{Io, Lost, Turn, Wait, WaitsFor};
use crate::engine::ringcentral::auth::{Login, Token, Want};
use crate::error::Result;
use crate::http::HttpResponse;
use crate::pace::{Group, Rank};

/// Where a token goes, and with it how long no refresh may kill it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenUse {
    /// Into the header of a request that is sent now.
    Header,
    /// Into the content URI of a job that is submitted now: RingCentral may fetch it for a while.
    Submitted,
    /// Into a content URI that is given out: nobody knows when it will be used, so the token is held to its end.
    GivenOut,
}

/// A token that carries the permissions.
pub(super) async fn authorise(client: &Client, io: &Io, permissions: &[&'static str], goes: TokenUse) -> Result<Token> {
    let mut retry = io.retry();
    loop {
        let want = client.session().want(client.site(), permissions, io.now().ms)?;
        match want {
            Want::Token(token) => {
                hold(client, goes, io.now().ms);
                return Ok(token);
            }
            // Somebody else's login; nobody knows how long it takes.
            Want::Wait(ms) => io.wait(Wait { what: WaitsFor::Login, until_ms: None }, ms).await,
            Want::Login(login, request) => {
                let begun = Begun { client, login };
                Turn::join(&client.pacer, Group::Auth, Rank::Submit, 1, 0).come(io, WaitsFor::Login).await;
                // Somebody else may have taken over while we waited for our turn.
                if client.session().leaves(login, io.now().ms)
                    && let Err(error) = begun.end(io.send(request).await, io)
                {
                    io.wait_for(WaitsFor::Login, retry.after(error, io.now())?).await;
                }
            }
        }
    }
}

fn hold(client: &Client, goes: TokenUse, now_ms: u64) {
    match goes {
        TokenUse::Header => {}
        TokenUse::Submitted => client.session().hold(now_ms),
        TokenUse::GivenOut => client.session().hold_to_its_end(),
    }
}

/// A login that was begun; dropped, it is given up unless it has ended.
struct Begun<'a> {
    client: &'a Client,
    login: Login,
}

impl Begun<'_> {
    /// Takes what came of it.
    fn end(self, answer: core::result::Result<HttpResponse, Lost>, io: &Io) -> Result<()> {
        let response = self.client.heard(Group::Auth, io, answer)?;
        self.client.session().logged_in(self.login, &response, io.now().ms)
    }
}

impl Drop for Begun<'_> {
    fn drop(&mut self) {
        self.client.session().release(self.login);
    }
}
