//! What the holders of a job want of it: it is called otherwise, bound to its engine's id, or deleted.

use super::{Desk, life};
use crate::failure::Failure;
use crate::job::Job;
use crate::limits::MAX_NAMED_SPEAKERS;
use crate::problem::Problem;
use crate::question::{BindJob, CallJob, Patch};
use ringcentral_ai::json::{Object, Value};
use ringcentral_ai::lifecycle::{Effect, Event, NOT_RESERVED};
use std::collections::BTreeMap;
use worker::Result;

/// The job that was changed, or why it was not; none where there is none.
type Changed = std::result::Result<Option<Job>, Failure>;

/// Has a job, or its speakers, called otherwise.
pub(super) fn call(desk: &Desk, question: CallJob) -> Result<Changed> {
    let CallJob { id, label, speakers } = question;
    let Some(asked) = desk.store.asked(&id)? else { return Ok(Ok(None)) };
    let label = match label {
        Patch::Keep => asked.label,
        Patch::Clear => None,
        Patch::Set(label) => Some(label),
    };
    let names = patched(asked.speakers.as_deref(), speakers);
    if names.len() > MAX_NAMED_SPEAKERS {
        let reason = format!("a job has {MAX_NAMED_SPEAKERS} names of speakers and turns at most");
        return Ok(Err(Problem::field("speakers", &reason).failure().clone()));
    }
    desk.store.call(&id, label, written(&names))?;
    life::tell_who_watches(desk, &id)?;
    life::job(desk, &id).map(Ok)
}

/// The names of speakers after a change of some.
fn patched(known: Option<&str>, patch: Patch<BTreeMap<String, Patch<String>>>) -> BTreeMap<String, String> {
    let known = known.and_then(|text| Value::parse(text.as_bytes())).unwrap_or_default();
    let known = known.fields().iter().filter_map(|(id, name)| Some((id.to_string(), name.text()?.to_owned())));
    let mut names: BTreeMap<String, String> = known.collect();
    match patch {
        Patch::Keep => {}
        Patch::Clear => names.clear(),
        Patch::Set(changes) => {
            for (id, change) in changes {
                match change {
                    Patch::Keep => {}
                    Patch::Clear => _ = names.remove(&id),
                    Patch::Set(name) => _ = names.insert(id, name),
                }
            }
        }
    }
    names
}

fn written(names: &BTreeMap<String, String>) -> Option<String> {
    let object = names.iter().fold(Object::new(), |object, (id, name)| object.text(id, name));
    (!names.is_empty()).then(|| object.write())
}

/// Notes the engine's id of a job that its caller has submitted.
pub(super) fn bind(desk: &Desk, question: BindJob, now_ms: u64) -> Result<Changed> {
    let BindJob { id, engine_job_id } = question;
    if desk.store.asked(&id)?.is_some_and(|asked| asked.input.is_some()) {
        return Ok(Err(Problem::field("ringcentralJobId", NOT_RESERVED).failure().clone()));
    }
    for effect in life::tell(desk, &id, Event::Bound { engine_job_id }, now_ms)? {
        if let Effect::Refuse { reason, .. } = effect {
            return Ok(Err(Problem::field("ringcentralJobId", &reason).failure().clone()));
        }
    }
    life::job(desk, &id).map(Ok)
}

/// Deletes a job; what KV holds of it is written down to go.
pub(super) fn delete(desk: &Desk, id: &str, now_ms: u64) -> Result<bool> {
    if desk.store.record(id)?.is_none() {
        return Ok(false);
    }
    for effect in life::tell(desk, id, Event::Deleted, now_ms)? {
        if let Effect::DropKey { key } = effect {
            desk.store.doom(&key, now_ms)?;
            desk.store.drop_letter(&key)?;
        }
    }
    desk.calls.forget(id);
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_changed_one_by_one() {
        let change = |known: Option<&str>, changes: &[(&str, Patch<&str>)]| {
            let changes = changes.iter().map(|(id, patch)| {
                let patch = match patch {
                    Patch::Set(name) => Patch::Set((*name).to_owned()),
                    Patch::Clear => Patch::Clear,
                    Patch::Keep => Patch::Keep,
                };
                ((*id).to_owned(), patch)
            });
            written(&patched(known, Patch::Set(changes.collect())))
        };
        assert_eq!(change(None, &[("0", Patch::Set("Ann \"A\""))]).as_deref(), Some(r#"{"0":"Ann \"A\""}"#));
        let known = Some(r#"{"0":"Ann","1":"Bob"}"#);
        assert_eq!(change(known, &[("1", Patch::Set("Eve")), ("2", Patch::Clear)]).as_deref(), Some(r#"{"0":"Ann","1":"Eve"}"#));
        assert_eq!(change(known, &[("0", Patch::Clear), ("1", Patch::Clear)]), None);
        assert_eq!(written(&patched(known, Patch::Keep)).as_deref(), known);
        assert_eq!(written(&patched(known, Patch::Clear)), None);
    }
}
