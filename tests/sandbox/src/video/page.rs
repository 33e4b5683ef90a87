//! Paging by `pageToken`, as RingCentral Video has it: a token for the next page, none on the last.

use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Value, json};

use crate::errors::{Refusal, json_response};
use crate::query::Query;

const DEFAULT_PER_PAGE: usize = 25;
const MAX_PER_PAGE: usize = 100;
/// What a token begins with: clients must take it as it is.
const TOKEN: &str = "pt-";

/// A page of a list.
#[derive(Debug, Clone, Copy)]
pub struct Page {
    start: usize,
    per_page: usize,
}

impl Page {
    /// Reads `pageToken` and `perPage`. Assumption: fewer than the documented ten are allowed on every list.
    ///
    /// # Errors
    /// 400 that names the parameter.
    pub fn read(query: &Query) -> Result<Self, Refusal> {
        let token = query.get("pageToken");
        let start = token.map_or(Some(0), |token| token.strip_prefix(TOKEN)?.parse().ok());
        let per_page = query.get("perPage").map_or(Some(DEFAULT_PER_PAGE), |text| text.parse().ok());
        Ok(Self {
            start: start.ok_or_else(|| Refusal::invalid_parameter("pageToken"))?,
            per_page: per_page
                .filter(|per_page| (1..=MAX_PER_PAGE).contains(per_page))
                .ok_or_else(|| Refusal::invalid_parameter("perPage"))?,
        })
    }

    /// The answer with this page of a list.
    #[must_use]
    pub fn cut(self, name: &str, list: Vec<Value>) -> Response {
        let end = self.start.saturating_add(self.per_page);
        let mut paging = json!({"currentPageToken": format!("{TOKEN}{}", self.start)});
        if end < list.len() {
            paging["nextPageToken"] = json!(format!("{TOKEN}{end}"));
        }
        let shown: Vec<_> = list.into_iter().skip(self.start).take(self.per_page).collect();
        json_response(StatusCode::OK, &json!({name: shown, "paging": paging}))
    }
}
