//! The envelope of a job that has another id here than at whoever did it: while it runs, when it has failed, and around its result.

use crate::engine::Task;
use crate::engine::ringcentral::jobs::path_of;
use crate::error::ApiError;
use crate::json::{Object, pick, push_text};
use crate::time::iso;
use alloc::string::String;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// What an envelope says beside the result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// The job's id, as its caller knows it.
    pub job_id: String,
    /// The task's name.
    pub task: String,
    /// When the job was asked for, milliseconds since 1970.
    pub created_ms: u64,
    /// When it ended.
    pub completed_ms: Option<u64>,
    /// When it is forgotten.
    pub expires_ms: u64,
}

/// The fields that an envelope has, and the two that tell it from a result without one.
const FIELDS: [&str; 7] = ["jobId", "api", "creationTime", "completionTime", "expirationTime", "status", "response"];

impl Head {
    /// The envelope of a job that runs.
    #[must_use]
    pub fn running(&self) -> String {
        self.object(&|_| true).text("status", "InProgress").write()
    }

    /// The envelope of one that ended without a result.
    #[must_use]
    pub fn failed(&self, errors: &[ApiError]) -> String {
        let response = Object::new().list("errors", errors.iter().map(ApiError::write)).write();
        self.object(&|_| true).text("status", "Fail").json("response", &response).write()
    }

    /// What was delivered, byte for byte, but that the job has its id here, and whatever an envelope lacks.
    #[must_use]
    pub fn around(&self, delivered: &[u8]) -> Vec<u8> {
        let Some(found) = pick(delivered, FIELDS) else { return delivered.to_vec() };
        let [job_id, .., word, response] = found;
        if word.is_none() && response.is_none() {
            let whole = self.object(&|_| true).text("status", "Success").json("response", "").write();
            return [&whole.as_bytes()[..whole.len() - 1], delivered, b"}"].concat();
        }
        let lacks = |name: &str| FIELDS.iter().zip(found).any(|(field, value)| *field == name && value.is_none());
        let added = self.object(&lacks).write();
        // What is added comes first, whatever white space stands before.
        let added = added.trim_matches(['{', '}']);
        let comma = if added.is_empty() { "" } else { "," };
        let inside = delivered.iter().position(|byte| *byte == b'{').map_or(0, |at| at + 1);
        let (start, end) = job_id.map_or((inside, inside), |value| {
            let start = value.as_ptr().addr() - delivered.as_ptr().addr();
            (start, start + value.len())
        });
        let mut own = String::new();
        if job_id.is_some() {
            push_text(&mut own, &self.job_id);
        }
        let [first, second, last] = [&delivered[..inside], &delivered[inside..start], &delivered[end..]];
        [first, added.as_bytes(), comma.as_bytes(), second, own.as_bytes(), last].concat()
    }

    /// The fields that are wanted, but for the status.
    fn object(&self, wants: &dyn Fn(&str) -> bool) -> Object {
        let text =
            |object: Object, name: &'static str, text: Option<&str>| object.optional_text(name, text.filter(|_| wants(name)));
        let object = text(Object::new(), "jobId", Some(&self.job_id));
        let object = text(object, "api", Task::named(&self.task).map(path_of));
        let object = text(object, "creationTime", Some(&iso(self.created_ms)));
        let object = text(object, "completionTime", self.completed_ms.map(iso).as_deref());
        text(object, "expirationTime", Some(&iso(self.expires_ms)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn head() -> Head {
        let (job_id, task) = ("0199c0de".into(), "punctuate".into());
        Head { job_id, task, created_ms: 1_000, completed_ms: Some(2_500), expires_ms: 604_801_000 }
    }

    fn around(delivered: &str) -> String {
        String::from_utf8(head().around(delivered.as_bytes())).unwrap()
    }

    fn whole() -> Value {
        json!({
            "jobId": "0199c0de", "api": "/ai/text/v1/async/punctuate", "creationTime": "1970-01-01T00:00:01.000Z",
            "completionTime": "1970-01-01T00:00:02.500Z", "expirationTime": "1970-01-08T00:00:01.000Z",
        })
    }

    fn with(more: &Value) -> Value {
        let mut value = whole();
        value.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        value
    }

    #[test]
    fn of_a_whole_envelope_the_id_alone_is_another() {
        let delivered = " {\"a\":{\"jobId\":\"rc\"}, \"jobId\" : \"rc\", \"api\":\"/x\",\"creationTime\":1,\"completionTime\":null,\
             \"expirationTime\":\"\",\"status\":\"Success\",\"response\":{\"texts\":[\"\u{e9}\",4.800000000000001]}} ";
        assert_eq!(around(delivered), delivered.replace("\"jobId\" : \"rc\"", "\"jobId\" : \"0199c0de\""));
        assert_eq!(around(r#"{"jobId":null,"status":"Success","response":{}}"#).matches("jobId").count(), 1);
    }

    #[test]
    fn what_an_envelope_lacks_is_added() {
        let response = json!({"status": "Success", "response": {"texts": []}});
        assert_eq!(serde_json::from_str::<Value>(&around(&response.to_string())).unwrap(), with(&response));
        let bare = json!({"utterances": [{"start": 1}]});
        let expected = with(&json!({"status": "Success", "response": bare}));
        assert_eq!(serde_json::from_str::<Value>(&around(&bare.to_string())).unwrap(), expected);
        assert_eq!(around("no JSON"), "no JSON");
    }

    #[test]
    fn a_job_that_runs_and_one_that_failed_have_an_envelope() {
        let mut running = with(&json!({"status": "InProgress"}));
        running.as_object_mut().unwrap().remove("completionTime");
        let head = Head { completed_ms: None, ..head() };
        assert_eq!(serde_json::from_str::<Value>(&head.running()).unwrap(), running);
        let error = ApiError { error_code: "expired".into(), message: "nothing came".into(), parameter_name: None };
        let failed: Value = serde_json::from_str(&self::head().failed(&[error])).unwrap();
        let errors = json!([{"errorCode": "expired", "message": "nothing came"}]);
        assert_eq!(failed, with(&json!({"status": "Fail", "response": {"errors": errors}})));
    }
}
