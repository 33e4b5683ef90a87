//! Each error stands where it can be answered, under the status of its code.

use super::{Names, document, names};
use crate::edge::access::Who;
use crate::edge::router::{Handler, ROUTES, Route};
use ringcentral_ai::engine::ringcentral::served::{Refusal, is_served, status_of};
use ringcentral_ai::error::Code;
use serde_json::Value;

#[test]
fn every_code_that_is_answered_is_described_and_no_other() {
    let with_status = || Code::ALL.iter().filter(|code| code.status().is_some());
    assert_eq!(document().values("ErrorCode"), with_status().map(|code| code.as_str().to_owned()).collect());
}

#[test]
fn an_error_stands_under_its_codes_status_and_says_so_in_one_shape() {
    let document = document();
    let mut told = Names::new();
    for (method, path, operation) in document.operations() {
        for (status, response) in document.answers(operation).filter(|(status, _)| *status >= 400) {
            let (codes, schema) = (names(&response["x-codes"]), &response["content"]["application/json"]["schema"]["$ref"]);
            assert!(!codes.is_empty(), "{method} {path} {status}");
            for code in &codes {
                assert!(said(path).contains(&(status, code.clone())), "{method} {path} {code}");
            }
            if is_served(path) {
                assert_eq!(schema, "#/components/schemas/Refusal", "{method} {path} {status}");
            } else {
                assert_eq!(schema, "#/components/schemas/Error", "{method} {path} {status}");
                told.extend(codes);
            }
            let header = |name: &str| response["headers"][name].is_object();
            let has_headers = header("X-Request-Id")
                && (header("Allow"), header("WWW-Authenticate")) == (status == 405, status == 401)
                && (header("Retry-After") || status != 429);
            assert!(has_headers, "{method} {path} {status}: {}", response["headers"]);
        }
    }
    // How a job ends, and no answer to a request.
    told.insert(Code::SubmitUnconfirmed.as_str().to_owned());
    assert_eq!(told, document.values("ErrorCode"));
}

/// The codes that a path says, each with its status.
fn said(path: &str) -> Vec<(u16, String)> {
    let own = || Code::ALL.iter().filter_map(|code| Some((code.status()?, code.as_str().to_owned())));
    if !is_served(path) {
        return own().collect();
    }
    let fields = [None, Some("jobId")].into_iter();
    fields.flat_map(|field| Code::ALL.iter().filter_map(move |code| Some((status_of(*code)?, named_by(*code, field))))).collect()
}

/// What RingCentral calls it.
fn named_by(code: Code, field: Option<&str>) -> String {
    let body = Refusal { code, message: "no", field, permission: None }.write();
    let body: Value = serde_json::from_str(&body).unwrap();
    body["errors"][0]["errorCode"].as_str().unwrap().to_owned()
}

/// The codes that a route's place in the table, and the description of its body, make possible.
fn expected(route: &Route, has_json: bool) -> Vec<Code> {
    // Any may be interrupted.
    let mut codes = vec![Code::MethodNotAllowed, Code::Busy];
    if matches!(route.handler, Handler::Admitted(_)) {
        codes.extend([Code::Internal, Code::NotConfigured]);
    }
    match route.who {
        Who::Anyone => {}
        Who::Signed | Who::Fetcher | Who::Teller => codes.push(Code::Forbidden),
        Who::Api(_) | Who::Client(_) | Who::Reader | Who::LinkedReader => codes.extend([Code::Unauthorized, Code::Forbidden]),
    }
    if route.pattern.contains("{id}") && !matches!(route.who, Who::Signed | Who::Fetcher) {
        codes.push(Code::NotFound);
    }
    // What has a token has headers that are too large; a delivery has a body that is.
    if !matches!(route.who, Who::Anyone) {
        codes.push(Code::TooLarge);
    }
    if has_json {
        codes.push(Code::InvalidJson);
    }
    codes
}

#[test]
fn an_operation_tells_the_errors_that_it_can_end_with() {
    let document = document();
    for route in ROUTES {
        let operation = document.operation(route.name);
        let has_body = operation["requestBody"].is_object();
        let has_none = matches!(route.name, "retry_job" | "complete_upload");
        assert_eq!(has_body, matches!(route.method, "PATCH" | "PUT") || route.method == "POST" && !has_none);
        let has_json = operation["requestBody"]["content"]["application/json"].is_object();
        let codes = document.codes(operation);
        for code in expected(route, has_json) {
            let field = route.pattern.contains("{id}").then_some("jobId");
            let code = if is_served(route.pattern) { named_by(code, field) } else { code.as_str().to_owned() };
            assert!(codes.contains(&code), "{} without {code}", route.name);
        }
        let takes_values = document.parameters(operation).iter().any(|parameter| parameter["in"] == "query");
        let refuses = codes.contains("invalid_field") || codes.contains("CAI-101") || codes.contains("unreadable_callback");
        let refuses = refuses || matches!(route.who, Who::Teller); // whatever it says is heard
        assert!(refuses || !(has_body || takes_values), "{} takes values", route.name);
        assert!(document.answers(operation).any(|(status, _)| status < 300), "{}", route.name);
    }
}
