//! A page of recordings for somebody who waits.

use super::Desk;
use super::awaited::{Answer, Patience, asked, busy};
use super::in_flight::Purpose;
use crate::limits::{LIST_PATIENCE_S, MAX_LISTS_WAITING};
use crate::problem::failure_of;
use crate::question::Page;
use worker::Result;

/// Asks for a page and waits for it.
pub(super) async fn page(desk: &Desk, query: &[(String, String)]) -> Result<Answer<Page>> {
    let (call, group) = match desk.engines()?.recordings(query) {
        Ok(found) => found,
        Err(error) => return Ok(Err(failure_of(&error))),
    };
    if desk.calls.count(|purpose| matches!(purpose, Purpose::List)) >= MAX_LISTS_WAITING {
        return Ok(Err(busy(LIST_PATIENCE_S)));
    }
    let patience = Patience { seconds: LIST_PATIENCE_S, group };
    let page = asked(desk, patience, Purpose::List, call).await?;
    Ok(page.map(|page| Page { json: page.write().into_bytes() }))
}
