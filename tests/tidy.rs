//! Keeps house: how long a file is, what may stand in it, where secrets are read, what the deployment must not log.
#![allow(clippy::unwrap_used, missing_docs)]

mod house;

use house::{code, files, is_test, root};
use std::fs;

/// Where hand-written code lives; tests may be longer.
const CODE: &[&str] = &["src", "worker", "xtask", "tests/sandbox/src", "tests/sandbox/audio/src", "www"];
const MAX_LINES: usize = 250;

#[test]
fn no_file_holds_more_than_250_lines() {
    for dir in CODE {
        for (name, text) in files(dir, &["rs", "mjs", "js", "ts", "css", "html"]) {
            assert!(is_test(&name) || text.lines().count() <= MAX_LINES, "{name} has {} lines", text.lines().count());
        }
    }
}

#[test]
fn every_file_says_what_it_is() {
    for dir in CODE {
        for (name, text) in files(dir, &["rs"]) {
            assert!(text.starts_with("//!") || is_test(&name), "{name} does not start with a sentence");
        }
    }
}

#[test]
fn no_room_but_the_shells_knows_a_platform() {
    let platform = ["wasm_bindgen::", "js_sys::", "web_sys::", "wasm_bindgen_futures::", "worker::"];
    let foreign = ["SystemTime", "std::time::Instant", "std::thread", "std::net::Tcp", "std::fs", "println!", "getrandom"];
    for (name, text) in files("src", &["rs"]) {
        let is_shell = name.starts_with("src/browser");
        let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
        for line in code {
            let names_platform = !is_shell && platform.iter().any(|path| line.contains(path));
            assert!(!names_platform && !foreign.iter().any(|path| line.contains(path)), "{name}: {line}");
        }
    }
}

#[test]
fn no_shell_knows_a_path_of_ringcentrals() {
    for dir in ["worker/src", "src/browser", "www"] {
        for (name, text) in files(dir, &["rs", "mjs", "js", "ts"]) {
            let code: String = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
            assert!(!code.contains("/restapi/") && !code.contains("/ai/"), "{name}");
        }
    }
}

/// The names of RingCentral's request fields, out of the table of their rules.
fn request_fields() -> Vec<String> {
    let table = fs::read_to_string(root().join("src/engine/ringcentral/jobs/field_rules.rs")).unwrap();
    let begins = ["name: \"", "required(\"", "optional(\""];
    let fields =
        begins.iter().flat_map(|begin| table.split(begin).skip(1)).map(|rest| rest.split('"').next().unwrap().to_owned());
    fields.collect()
}

#[test]
fn no_request_field_of_ringcentrals_is_named_outside_its_engine() {
    let fields = request_fields();
    assert!(fields.iter().any(|field| field == "encoding") && fields.len() > 15, "{fields:?}");
    let rooms = ["src/lifecycle", "src/call", "src/endpoint", "src/signing", "src/error", "worker/src"];
    for (name, text) in code(&rooms) {
        for line in text.lines().filter(|line| !line.trim_start().starts_with("//")) {
            let named =
                fields.iter().find(|field| line.contains(&format!("\"{field}\"")) || line.contains(&format!("input.{field}")));
            assert_eq!(named, None, "{name}: {line}");
        }
    }
}

#[test]
fn all_sql_is_in_two_files() {
    let begins = ["SELECT ", "INSERT ", "UPDATE ", "DELETE FROM ", "CREATE TABLE "];
    let has_sql = |text: &str| text.split('"').any(|part| begins.iter().any(|begin| part.trim_start().starts_with(begin)));
    let mut places: Vec<String> =
        code(&["src", "worker/src"]).into_iter().filter(|(_, text)| has_sql(text)).map(|(name, _)| name).collect();
    places.sort_unstable();
    assert_eq!(places, ["worker/src/desk/store/schema.rs", "worker/src/desk/store/sql.rs"]);
}

#[test]
fn the_exports_of_the_page_are_no_default() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    assert!(manifest.contains("\nclient = [") && manifest.contains("\nresults = [") && !manifest.contains("\ndefault = "));
}

/// A comment on a secret that is read stands at most so many lines above.
const COMMENT_WITHIN: usize = 5;

/// How often each file reads a secret; a new place is a decision, and a comment above it says where the text goes.
const EXPOSED: &[(&str, usize)] = &[
    ("src/engine/assemblyai/order.rs", 2),
    ("src/engine/deepgram/listen.rs", 2),
    ("src/engine/keyed/service.rs", 4),
    ("src/engine/media.rs", 3),
    ("src/engine/openai/form.rs", 1),
    ("src/engine/opening_headers.rs", 1),
    ("src/engine/ringcentral/auth/code_login.rs", 2),
    ("src/engine/ringcentral/auth/jwt_login.rs", 1),
    ("src/engine/ringcentral/auth/login_url.rs", 1),
    ("src/engine/ringcentral/auth/refresh_login.rs", 1),
    ("src/engine/ringcentral/auth/revoke.rs", 1),
    ("src/engine/ringcentral/auth/token_request.rs", 1),
    ("src/browser/client/exchange.rs", 3),
    ("src/browser/client/ringcentral.rs", 1),
    ("src/browser/client/sign_in.rs", 2),
    ("src/signing/keys.rs", 1),
    ("src/error/api_error.rs", 1),
    ("src/http/mod.rs", 1),
    ("src/inbox/mod.rs", 1),
    ("src/engine/ringcentral/engine.rs", 1),
    ("src/engine/ringcentral/enrollments/create_enrollment.rs", 1),
    ("src/engine/ringcentral/enrollments/enrollment_request.rs", 1),
    ("src/engine/ringcentral/enrollments/update_enrollment.rs", 1),
    ("src/engine/ringcentral/jobs/submission.rs", 1),
    ("src/engine/ringcentral/jobs/submit_job.rs", 2),
    ("src/engine/ringcentral/media/content.rs", 4),
    ("src/engine/ringcentral/media/content_uri.rs", 1),
    ("src/engine/ringcentral/media/fetch_content.rs", 1),
    ("src/engine/ringcentral/media/find_encoding.rs", 1),
    ("src/engine/ringcentral/state.rs", 5),
    ("src/secret.rs", 2),
    ("worker/src/engine_settings.rs", 1),
    ("worker/src/setting.rs", 1),
    ("worker/src/weakness.rs", 2),
    ("worker/src/desk/create.rs", 1),
    ("worker/src/desk/notices.rs", 1),
    ("worker/src/desk/notify.rs", 1),
    ("worker/src/desk/relay.rs", 7),
    ("worker/src/desk/seal.rs", 1),
    ("worker/src/desk/send.rs", 3),
    ("worker/src/desk/streaming.rs", 1),
    ("worker/src/desk/submit.rs", 1),
    ("worker/src/desk/uploads.rs", 1),
    ("worker/src/edge/access.rs", 1),
    ("worker/src/edge/context.rs", 1),
    ("worker/src/edge/probe.rs", 2),
    ("worker/src/edge/users.rs", 1),
    ("worker/src/edge/routes/get_notify_keys.rs", 1),
    ("worker/src/edge/routes/submit_job.rs", 1),
    ("worker/src/tokens.rs", 3),
];

/// The lines that read a secret, by their place in the file.
fn exposing(text: &str) -> Vec<usize> {
    let lines = text.lines().enumerate();
    lines.filter(|(_, line)| line.contains(".expose()") || line.contains("::expose")).map(|(at, _)| at).collect()
}

#[test]
fn secrets_are_read_where_we_know_it() {
    let mut found = Vec::new();
    for (name, text) in code(&["src", "worker/src"]) {
        let count = text.matches(".expose()").count() + text.matches("::expose").count();
        if count > 0 {
            found.push((name, count));
        }
    }
    found.sort();
    let mut known: Vec<(String, usize)> = EXPOSED.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect();
    known.sort();
    assert_eq!(found, known);
}

#[test]
fn a_comment_says_where_a_secret_goes() {
    let mut bare = Vec::new();
    for (name, text) in code(&["src", "worker/src"]) {
        let lines: Vec<&str> = text.lines().collect();
        for at in exposing(&text) {
            // The comment stands above the statement, or above one of the same block that reads it too.
            let above = lines[..at].iter().rev().take(COMMENT_WITHIN).take_while(|line| !line.trim().is_empty());
            let is_said = name == "src/secret.rs" || lines[at].contains("// ") || above.into_iter().any(|line| is_comment(line));
            if !is_said {
                bare.push(format!("{name}:{}: {}", at + 1, lines[at].trim()));
            }
        }
    }
    assert!(bare.is_empty(), "no comment says where the text goes:\n{}", bare.join("\n"));
}

fn is_comment(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with("// ") || line.starts_with("/// ")
}

#[test]
fn a_callbacks_address_is_made_in_one_place() {
    let places: Vec<String> = code(&["src", "worker/src", "www"])
        .into_iter()
        .filter(|(_, text)| text.contains("/callbacks/") && text.lines().any(makes_a_callback_path))
        .map(|(name, _)| name)
        .collect();
    assert_eq!(places, ["src/signing/address.rs"]);
}

/// A text that begins a callback's path, and no pattern of one (`/callbacks/{id}/…`).
fn makes_a_callback_path(line: &str) -> bool {
    !line.trim_start().starts_with("//")
        && line.contains("\"/callbacks/")
        && !line.contains("/callbacks/{id}/{attempt}/{signature}")
}

/// Where a request is made, and the test in `tests/wire.rs` that holds it, whole, against its text.
const REQUESTS: &[(&str, &str)] = &[
    ("src/engine/ringcentral/auth/token_request.rs", "jwt_login"),
    ("src/engine/ace/record_insights.rs", "insights_of_a_recording"),
    ("src/engine/keyed/service.rs", "deepgram_listens"),
    ("src/inbox/mod.rs", "the_worker_is_asked"),
    ("src/engine/ringcentral/enrollments/create_enrollment.rs", "enrollments"),
    ("src/engine/ringcentral/enrollments/delete_enrollment.rs", "enrollments"),
    ("src/engine/ringcentral/enrollments/enrollment_request.rs", "enrollments_as_javascript_writes_them"),
    ("src/engine/ringcentral/enrollments/list_enrollments.rs", "enrollments"),
    ("src/engine/ringcentral/enrollments/read_enrollment.rs", "enrollments"),
    ("src/engine/ringcentral/enrollments/update_enrollment.rs", "enrollments"),
    ("src/engine/ringcentral/jobs/job_status.rs", "job_status"),
    ("src/engine/ringcentral/jobs/submit_job.rs", "speech_to_text"),
    ("src/engine/ringcentral/media/fetch_content.rs", "media_that_somebody_else_fetches"),
    ("src/engine/ringcentral/media/find_encoding.rs", "a_look_at_media"),
    ("src/engine/ringcentral/media/place.rs", "every_list_of_recordings_with_dates"),
    ("src/engine/ringcentral/media/read_recording.rs", "one_recording_of_each_source"),
    ("src/engine/ringcentral/served/user.rs", "the_users_of_two_tokens"),
];

#[test]
fn every_request_stands_in_the_wire_tests() {
    let mut found: Vec<String> = files("src", &["rs"])
        .into_iter()
        .filter(|(name, text)| !is_test(name) && text.split("#[cfg(test)]").next().unwrap().contains("HttpRequest::new("))
        .map(|(name, _)| name)
        .collect();
    found.sort();
    let mut known: Vec<&str> = REQUESTS.iter().map(|(name, _)| *name).collect();
    known.sort_unstable();
    assert_eq!(found, known);
    let wire = fs::read_to_string(root().join("tests/wire.rs")).unwrap();
    for (name, test) in REQUESTS {
        assert!(wire.contains(&format!("#[test]\nfn {test}() {{")), "{name}: {test} is no test");
    }
}

#[test]
fn the_deployment_logs_no_paths_and_holds_no_secret() {
    let settings = fs::read_to_string(root().join("wrangler.toml")).unwrap();
    let (_, logs) = settings.split_once("[observability.logs]").unwrap();
    assert!(logs.split("\n[").next().unwrap().contains("invocation_logs = false"));
    for secret in ["RC_CLIENT_ID", "RC_CLIENT_SECRET", "RC_JWT", "API_TOKENS", "SIGNING_KEYS"] {
        let is_set = settings.lines().any(|line| line.trim_start().starts_with(secret));
        assert!(!is_set, "{secret} is set in wrangler.toml");
    }
}

#[test]
fn no_lock_file_names_a_registry_host() {
    let lock = fs::read_to_string(root().join("package-lock.json")).unwrap();
    assert!(!lock.contains("\"resolved\": \"http"));
}
