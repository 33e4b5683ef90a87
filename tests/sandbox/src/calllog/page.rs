//! Paging by number, as the call log and the message store have it: which part a caller sees, and where the others are.

use serde_json::{Map, Value, json};

use crate::calllog::period::Period;
use crate::errors::Refusal;
use crate::query::Query;

const DEFAULT_PER_PAGE: usize = 100;
const MAX_PER_PAGE: usize = 1000;

/// A page of a list.
#[derive(Debug, Clone, Copy)]
pub struct Page {
    number: usize,
    size: usize,
    period: Period,
}

impl Page {
    /// Reads `page` and `perPage` (a number, or `max`); the addresses of all pages keep the same `period`.
    ///
    /// # Errors
    /// 400 that names the parameter.
    pub fn read(query: &Query, period: Period) -> Result<Self, Refusal> {
        let number = |name: &str, default: usize, largest: usize| match query.get(name) {
            None => Ok(default),
            Some("max") if name == "perPage" => Ok(largest),
            Some(text) => match text.parse() {
                Ok(number) if (1..=largest).contains(&number) => Ok(number),
                _ => Err(Refusal::invalid_parameter(name)),
            },
        };
        let size = number("perPage", DEFAULT_PER_PAGE, MAX_PER_PAGE)?;
        Ok(Self { number: number("page", 1, usize::MAX / MAX_PER_PAGE)?, size, period })
    }

    /// The answer with this page of `records`; `address` is that of the list, without its query.
    #[must_use]
    pub fn cut(self, records: &[Value], address: &str, query: &Query) -> Value {
        let pages = records.len().div_ceil(self.size).max(1);
        let start = (self.number - 1) * self.size;
        let shown: Vec<_> = records.iter().skip(start).take(self.size).collect();
        let uri = |page: usize| {
            let mut changed = self.period.parameters().to_vec();
            changed.extend([("page", page.to_string()), ("perPage", self.size.to_string())]);
            format!("{address}?{}", query.with(&changed))
        };
        let mut navigation = Map::new();
        let mut link = |name: &str, page: usize| navigation.insert(name.to_owned(), json!({"uri": uri(page)}));
        link("firstPage", 1);
        link("lastPage", pages);
        if self.number < pages {
            link("nextPage", self.number + 1);
        }
        if self.number > 1 {
            link("previousPage", (self.number - 1).min(pages));
        }
        let mut paging = json!({
            "page": self.number,
            "perPage": self.size,
            "totalPages": pages,
            "totalElements": records.len(),
        });
        if !shown.is_empty() {
            paging["pageStart"] = json!(start);
            paging["pageEnd"] = json!(start + shown.len() - 1);
        }
        json!({"uri": uri(self.number), "records": shown, "navigation": navigation, "paging": paging})
    }
}
