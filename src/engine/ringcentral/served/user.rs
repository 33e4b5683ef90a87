//! GET /restapi/v1.0/account/~/extension/~/authz-profile/check: whose an access token is.
//! <https://developers.ringcentral.com/api-reference/User-Permissions/checkUserPermission>
//!
//! It takes no permission of any app, and is counted as Light. Its answer's `uri` names account and extension, which stand as `~` in the
//! request, as RingCentral's guide shows (the page on ACE); whether the user has the permission is of no interest.

use crate::call::Operation;
use crate::endpoint::{Endpoint, Needs, Site};
use crate::engine::ringcentral::auth::{Credentials, Token};
use crate::engine::ringcentral::client::Client;
use crate::error::{Error, Result};
use crate::http::{HttpRequest, HttpResponse, Method};
use crate::pace::{Group, Rank};
use crate::secret::Secret;
use alloc::borrow::ToOwned;
use alloc::rc::Rc;
use alloc::string::String;
use core::cell::OnceCell;

const PATH: &str = "/restapi/v1.0/account/~/extension/~/authz-profile/check?permissionId=ReadMessages";
const WHAT: &str = "the user of an access token";

/// A user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// The id of the account.
    pub account_id: String,
    /// The user's own id.
    pub extension_id: String,
}

/// Who logs in here, once that was asked for.
pub type Known = Rc<OnceCell<User>>;

/// A question after the user of the token that it is asked with.
#[derive(Debug)]
struct ReadUser;

impl Endpoint for ReadUser {
    type Output = User;

    fn needs(&self) -> Needs {
        Needs::repeatable(WHAT, Group::Light, Rank::List, &[])
    }

    fn request(&self, site: &Site, _token: &Secret) -> Result<HttpRequest> {
        Ok(HttpRequest::new(Method::Get, site.at(PATH)))
    }

    fn read(&self, response: &HttpResponse) -> Result<User> {
        let body = response.object(WHAT)?;
        let uri = body.get("uri").text().unwrap_or_default();
        let user = || Some(User { account_id: part(uri, "/account/")?, extension_id: part(uri, "/extension/")? });
        user().ok_or(Error::UnexpectedAnswer { what: WHAT })
    }
}

/// The id behind a word in an address.
fn part(address: &str, word: &str) -> Option<String> {
    let (_, rest) = address.split_once(word)?;
    let id = rest.split(['/', '?']).next().filter(|id| !id.is_empty() && *id != "~")?;
    Some(id.to_owned())
}

/// The call that finds out who logs in here, and whose `token` is. That one is asked with a rate limit of its own: it is counted as its
/// user's and app's.
#[must_use]
pub fn users(client: &Client, own: &Known, token: Secret) -> Operation<[User; 2]> {
    let (client, own) = (client.clone(), Rc::clone(own));
    let theirs = Client::new(client.site().clone(), Credentials::Token(Token::foreign(token)));
    Operation::new("the user of a token", |io| async move {
        // A token that is none costs one question.
        let their_user = theirs.exchange(&io, &ReadUser).await?;
        let own_user = if let Some(user) = own.get() {
            user.clone()
        } else {
            let user = client.exchange(&io, &ReadUser).await?;
            own.get_or_init(|| user).clone()
        };
        Ok([own_user, their_user])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_user_is_read_off_the_address_that_names_them() {
        let read = |uri: &str| {
            let body = ["{\"uri\":\"", uri, "\",\"successful\":false}"].concat().into_bytes();
            ReadUser.read(&HttpResponse { status: 200, headers: alloc::vec![], body })
        };
        let user = User { account_id: "809646016".into(), extension_id: "62288329".into() };
        for rest in ["/authz-profile/check?permissionId=ReadMessages", "", "?a=/account/1/extension/2"] {
            let uri = ["https://p.example/restapi/v1.0/account/809646016/extension/62288329", rest].concat();
            assert_eq!(read(&uri).as_ref(), Ok(&user), "{uri}");
        }
        for uri in ["", "/account/~/extension/~/authz-profile", "/account/1/extension/", "/extension/1", "/account//extension/1"]
        {
            assert_eq!(read(uri), Err(Error::UnexpectedAnswer { what: WHAT }), "{uri}");
        }
    }
}
