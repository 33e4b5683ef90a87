//! `…/ai/audio/v1/enrollments`: voices that speaker-identify can name; made at once, without a job.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde_json::{Value, json};

use crate::ai::enrolling::{Enrollment, sample};
use crate::ai::input::Input;
use crate::errors::{Refusal, json_response};
use crate::query::Query;
use crate::server::Sandbox;
use audio::voice::Voice;

const LIST: &str = "/ai/audio/v1/enrollments";

/// The enrolled voices of the account, by speaker id. A deleted one leaves its id behind: it answers 410.
#[derive(Debug, Default)]
pub struct Enrollments(BTreeMap<String, Option<Enrollment>>);

/// The routes of this room.
pub fn routes() -> Router<Arc<Sandbox>> {
    Router::new()
        .route(LIST, get(list).post(create))
        .route("/ai/audio/v1/enrollments/{id}", get(single).patch(update).delete(remove))
}

impl Enrollments {
    /// The voices with these ids.
    ///
    /// # Errors
    /// 400: one of them does not exist, or has too little speech yet.
    pub fn named(&self, ids: &[&str]) -> Result<Vec<(String, Voice)>, Refusal> {
        let voice = |id: &&str| {
            let enrolled = self.0.get(*id).and_then(Option::as_ref).and_then(Enrollment::voice);
            let voice = enrolled.map(|voice| ((*id).to_owned(), voice));
            voice.ok_or_else(|| Refusal::ai("speakerIds", &format!("The speaker {id} is not enrolled completely")))
        };
        ids.iter().map(voice).collect()
    }

    /// The voice with this id. Assumption: 404 for one that never was; 410 for one that is gone is documented for a
    /// deletion only, and nothing for reading and changing it, which get 404.
    fn find(&mut self, id: &str) -> Result<&mut Option<Enrollment>, Refusal> {
        self.0.get_mut(id).filter(|one| one.is_some()).ok_or_else(|| not_enrolled(id))
    }
}

fn refused(status: StatusCode, message: &str) -> Refusal {
    Refusal { status, body: json!({"errors": [{"errorCode": "CAI-101", "message": message, "parameterName": "speakerId"}]}) }
}

fn not_enrolled(id: &str) -> Refusal {
    refused(StatusCode::NOT_FOUND, &format!("The {id} wasn't enrolled"))
}

/// Assumption: although the specification requires `partial`, `page` and `perPage`, absent ones get the defaults of
/// other lists, as the guide shows a list without them.
async fn list(State(sandbox): State<Arc<Sandbox>>, uri: Uri) -> Result<Response, Refusal> {
    let query = Query::of(&uri);
    let number = |name: &str, default: usize, most: usize| match query.get(name).map_or(Ok(default), str::parse) {
        Ok(number) if (1..=most).contains(&number) => Ok(number),
        _ => Err(Refusal::ai(name, "It should be of type Integer")),
    };
    let partial = match query.get("partial") {
        None | Some("false" | "False") => false,
        Some("true" | "True") => true,
        Some(_) => return Err(Refusal::ai("partial", "It should be of type Boolean")),
    };
    let (page, per_page) = (number("page", 1, usize::MAX / 1000)?, number("perPage", 100, 1000)?);
    let enrollments = sandbox.enrollments();
    let shown = enrollments.0.iter().filter_map(|(id, one)| Some((id, one.as_ref()?)));
    let shown: Vec<_> = shown.filter(|(_, one)| partial || one.is_complete()).map(|(id, one)| one.status(id)).collect();
    let total_pages = shown.len().div_ceil(per_page);
    let records: Vec<_> = shown.into_iter().skip((page - 1) * per_page).take(per_page).collect();
    let paging = json!({"page": page, "perPage": per_page, "totalPages": total_pages});
    Ok(json_response(StatusCode::OK, &json!({"paging": paging, "records": records})))
}

async fn create(State(sandbox): State<Arc<Sandbox>>, body: Bytes) -> Result<Response, Refusal> {
    let input = Input::parse(&body)?;
    // The name of the field until 2023 is read as well.
    let id = input.text("speakerId").or(input.text("enrollmentId")).unwrap_or_default().to_owned();
    if id.is_empty() || !id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
        return Err(Refusal::ai("speakerId", "It should match [a-zA-Z0-9_]+"));
    }
    let enrollment = Enrollment::of(sample(input).await?);
    let mut enrollments = sandbox.enrollments();
    let place = enrollments.0.entry(id.clone()).or_default();
    if place.is_some() {
        return Err(refused(StatusCode::CONFLICT, &format!("The {id} is already enrolled")));
    }
    let status = place.insert(enrollment).status(&id);
    Ok(json_response(StatusCode::CREATED, &status))
}

async fn single(State(sandbox): State<Arc<Sandbox>>, Path(id): Path<String>) -> Result<Response, Refusal> {
    let status = sandbox.enrollments().find(&id)?.as_ref().map_or(Value::Null, |one| one.status(&id));
    Ok(json_response(StatusCode::OK, &status))
}

/// Adds audio to a voice; answers 201, as the specification has it.
async fn update(State(sandbox): State<Arc<Sandbox>>, Path(id): Path<String>, body: Bytes) -> Result<Response, Refusal> {
    sandbox.enrollments().find(&id)?;
    let more = sample(Input::parse(&body)?).await?;
    let mut enrollments = sandbox.enrollments();
    let Some(enrollment) = enrollments.find(&id)? else { return Err(not_enrolled(&id)) };
    enrollment.add(more);
    Ok(json_response(StatusCode::CREATED, &enrollment.status(&id)))
}

async fn remove(State(sandbox): State<Arc<Sandbox>>, Path(id): Path<String>) -> Result<Response, Refusal> {
    match sandbox.enrollments().0.get_mut(&id).map(Option::take) {
        Some(Some(_)) => Ok(StatusCode::NO_CONTENT.into_response()),
        Some(None) => Err(refused(StatusCode::GONE, &format!("The {id} doesn't exist, already deleted"))),
        None => Err(not_enrolled(&id)),
    }
}
