//! Pages of what has ids in the order in which it was made: a cursor is the last id of the page before.

use crate::limits::{MAX_ITEMS_A_PAGE, USUAL_ITEMS_A_PAGE};
use crate::problem::Problem;

/// A query, decoded.
type Query = [(String, String)];

/// None of the parameters may be unknown.
///
/// # Errors
/// `invalid_field` with the unknown one's name.
pub(super) fn known(query: &Query, names: &[&str]) -> Result<(), Problem> {
    match query.iter().find(|(name, _)| !names.contains(&name.as_str())) {
        Some((name, _)) => Err(Problem::field(name, &["there is no such parameter; there are: ", &names.join(", ")].concat())),
        None => Ok(()),
    }
}

/// The value of a parameter; an empty one is none.
pub(super) fn value<'a>(query: &'a Query, name: &str) -> Option<&'a str> {
    query.iter().find(|(key, value)| key == name && !value.is_empty()).map(|(_, value)| value.as_str())
}

/// The id that the page before ended with.
///
/// # Errors
/// `invalid_field` when it is no id.
pub(super) fn cursor(query: &Query) -> Result<Option<String>, Problem> {
    match value(query, "cursor") {
        Some(text) if uuid::Uuid::try_parse(text).is_err() => {
            Err(Problem::field("cursor", "it must be the nextCursor of a page"))
        }
        cursor => Ok(cursor.map(str::to_owned)),
    }
}

/// How many are asked for.
///
/// # Errors
/// `invalid_field` when that is no number, or too many.
pub(super) fn limit(query: &Query) -> Result<usize, Problem> {
    let Some(text) = value(query, "limit") else { return Ok(USUAL_ITEMS_A_PAGE) };
    let limit = text.parse().ok().filter(|limit| (1..=MAX_ITEMS_A_PAGE).contains(limit));
    limit.ok_or_else(|| Problem::field("limit", &format!("it must be a whole number from 1 to {MAX_ITEMS_A_PAGE}")))
}
