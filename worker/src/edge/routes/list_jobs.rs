//! `GET /v1/jobs`: jobs page by page, the newest first.

use super::paging;
use crate::edge::ask::ask;
use crate::edge::context::RequestContext;
use crate::edge::reply::Reply;
use crate::problem::Problem;
use crate::question::ListJobs;
use ringcentral_ai::engine::Task;
use ringcentral_ai::json::Object;
use ringcentral_ai::lifecycle::State;

const PARAMETERS: [&str; 4] = ["cursor", "limit", "status", "task"];

/// Answers 200 with `{"items":[Job],"nextCursor"?}`.
pub(crate) async fn answer(context: RequestContext<'_>) -> Result<Reply, Problem> {
    let question = question(&context.address.query)?;
    let page = ask(context.env, question).await?;
    let next = page.items.last().filter(|_| page.has_more).map(|job| job.id.clone());
    let disclosure = context.disclosure();
    let items = page.items.into_iter().map(|job| disclosure.show(job).write());
    let page = Object::new().list("items", items).optional_text("nextCursor", next.as_deref());
    Ok(Reply::json(200, page.write()))
}

/// What the query asks for; a cursor is the last id of the page before.
fn question(query: &[(String, String)]) -> Result<ListJobs, Problem> {
    paging::known(query, &PARAMETERS)?;
    let value = |name: &str| paging::value(query, name);
    let named = |name: &str, is_one: fn(&str) -> bool, all: &[&str]| match value(name) {
        Some(text) if !is_one(text) => Err(Problem::field(name, &["it must be one of: ", &all.join(", ")].concat())),
        text => Ok(text.map(str::to_owned)),
    };
    Ok(ListJobs {
        before: paging::cursor(query)?,
        status: named("status", |text| State::named(text).is_some(), &State::ALL.map(State::name))?,
        task: named("task", |text| Task::named(text).is_some(), &Task::ALL.map(Task::name))?,
        limit: paging::limit(query)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(query: &[(&str, &str)]) -> Result<ListJobs, Option<String>> {
        let query: Vec<_> = query.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        question(&query).map_err(|problem| problem.failure().field.clone())
    }

    #[test]
    fn a_page_may_be_asked_for_by_state_task_and_length() {
        let all = asked(&[]).unwrap();
        assert_eq!((all.before, all.status, all.task, all.limit), (None, None, None, 50));
        let id = "01960e0a-7c1e-7b52-9a2b-3d1c5f6a7b8c";
        let some = asked(&[("cursor", id), ("limit", "7"), ("status", "failed"), ("task", "punctuate")]).unwrap();
        assert_eq!((some.before.as_deref(), some.limit), (Some(id), 7));
        assert_eq!((some.status.as_deref(), some.task.as_deref()), (Some("failed"), Some("punctuate")));
        assert_eq!(asked(&[("status", ""), ("limit", "")]).unwrap().limit, 50);
    }

    #[test]
    fn what_cannot_be_asked_for_is_named() {
        for (name, value) in [
            ("cursor", "x"),
            ("limit", "0"),
            ("limit", "101"),
            ("limit", "-1"),
            ("status", "running"),
            ("task", "sing"),
            ("state", "failed"),
        ] {
            assert_eq!(asked(&[(name, value)]).unwrap_err().as_deref(), Some(name), "{value}");
        }
    }
}
