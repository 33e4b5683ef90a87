//! The API's own description says what there is, and nothing else: routes and who they are for, codes, the engine's rules, the Job.

use super::access::Who;
use super::router::{Handler, ROUTES, Route};
use super::routes::describe_api::DOCUMENT;
use crate::job::tests::record;
use crate::job::{Beside, Job, Waiting};
use crate::tokens::Scope;
use ringcentral_ai::engine::ringcentral::jobs::rules;
use ringcentral_ai::engine::ringcentral::media::{ListRecordings, Page, Party, Recording};
use ringcentral_ai::engine::rule::{Kind, Need, Rules};
use ringcentral_ai::engine::{Media, RecordingId, Task};
use ringcentral_ai::error::{ApiError, Code, Error};
use ringcentral_ai::json;
use ringcentral_ai::lifecycle::{Fate, JobError, Noted, Record, State, Via};
use ringcentral_ai::transcript::{Format, Options};
use serde_json::{Value, json};
use std::collections::BTreeSet;

type Names = BTreeSet<String>;

/// The document.
pub(crate) struct Document(Value);

pub(crate) fn document() -> Document {
    Document(serde_json::from_str(DOCUMENT).unwrap())
}

impl Document {
    /// What stands there, or where it refers to.
    fn at<'a>(&'a self, value: &'a Value) -> &'a Value {
        let Some(place) = value["$ref"].as_str() else { return value };
        self.0.pointer(place.strip_prefix('#').unwrap()).unwrap_or_else(|| panic!("{place} is not there"))
    }

    /// The schema of that name.
    fn schema(&self, name: &str) -> &Value {
        let schema = &self.0["components"]["schemas"][name];
        assert!(schema.is_object(), "there is no schema {name}");
        schema
    }

    /// The values that the schema of that name takes.
    pub(crate) fn values(&self, name: &str) -> Names {
        names(&self.schema(name)["enum"])
    }

    /// Method, path and description of each operation.
    fn operations(&self) -> impl Iterator<Item = (String, &str, &Value)> {
        self.0["paths"].as_object().unwrap().iter().flat_map(|(path, item)| {
            item.as_object().unwrap().iter().map(move |(method, operation)| (method.to_uppercase(), path.as_str(), operation))
        })
    }

    fn operation(&self, name: &str) -> &Value {
        self.operations().map(|(_, _, operation)| operation).find(|operation| operation["operationId"] == name).unwrap()
    }

    /// The statuses that an operation may answer with, and each answer.
    fn answers<'a>(&'a self, operation: &'a Value) -> impl Iterator<Item = (u16, &'a Value)> {
        let responses = operation["responses"].as_object().unwrap();
        responses.iter().map(|(status, response)| (status.parse().unwrap(), self.at(response)))
    }

    /// The codes that an operation may answer with.
    fn codes<'a>(&'a self, operation: &'a Value) -> Names {
        self.answers(operation).flat_map(|(_, response)| names(&response["x-codes"])).collect()
    }

    fn parameters<'a>(&'a self, operation: &'a Value) -> Vec<&'a Value> {
        operation["parameters"].as_array().into_iter().flatten().map(|parameter| self.at(parameter)).collect()
    }

    /// What is wrong with a value; unlike a client it takes no field that is not described.
    fn wrong(&self, schema: &Value, value: &Value) -> Option<String> {
        let schema = self.at(schema);
        if let Some(parts) = schema["allOf"].as_array() {
            return self.wrong(&merged(parts.iter().map(|part| self.at(part))), value);
        }
        if let Some(choices) = schema["oneOf"].as_array() {
            let fitting = choices.iter().filter(|choice| self.wrong(choice, value).is_none()).count();
            return (fitting != 1).then(|| format!("{value} fits {fitting} choices"));
        }
        self.wrong_inside(schema, value).or_else(|| (!fits(schema, value)).then(|| format!("{value} is not {schema}")))
    }

    fn wrong_inside(&self, schema: &Value, value: &Value) -> Option<String> {
        if let Some(entries) = value.as_array() {
            return entries.iter().find_map(|entry| self.wrong(&schema["items"], entry));
        }
        let fields = value.as_object()?;
        let missing = names(&schema["required"]).into_iter().find(|name| !fields.contains_key(name));
        missing.map(|name| format!("{name} is missing")).or_else(|| {
            fields.iter().find_map(|(name, value)| {
                let described = [&schema["properties"][name], &schema["additionalProperties"]];
                match described.into_iter().find(|described| described.is_object() || **described == json!(true)) {
                    Some(described) if described.is_object() => {
                        self.wrong(described, value).map(|wrong| format!("{name}: {wrong}"))
                    }
                    Some(_) => None,
                    None => Some(format!("{name} is not described")),
                }
            })
        })
    }
}

/// Objects that are one.
fn merged<'a>(parts: impl Iterator<Item = &'a Value>) -> Value {
    let (mut properties, mut required) = (json!({}), Vec::new());
    for part in parts {
        properties.as_object_mut().unwrap().extend(part["properties"].as_object().unwrap().clone());
        required.extend(names(&part["required"]));
    }
    json!({"type": "object", "properties": properties, "required": required})
}

/// Whether a value is of the kind that a schema describes, what is inside it aside.
fn fits(schema: &Value, value: &Value) -> bool {
    const SAYS_NOTHING: [&str; 7] =
        ["description", "default", "examples", "format", "properties", "additionalProperties", "required"];
    let chars = value.as_str().map(|text| text.chars().count() as u64);
    let at_least = |least: &Value| chars.is_none_or(|chars| chars >= least.as_u64().unwrap());
    let at_most = |most: &Value| chars.is_none_or(|chars| chars <= most.as_u64().unwrap());
    let entries = || value.as_array().map_or(0, Vec::len) as u64;
    schema.as_object().unwrap().iter().all(|(keyword, rule)| match keyword.as_str() {
        "type" => names(rule).iter().any(|kind| is_a(kind, value)),
        "enum" => rule.as_array().unwrap().contains(value),
        "const" => rule == value,
        "not" => !fits(rule, value),
        "minimum" => value.as_f64().is_none_or(|number| number >= rule.as_f64().unwrap()),
        "maximum" => value.as_f64().is_none_or(|number| number <= rule.as_f64().unwrap()),
        "minLength" => at_least(rule),
        "maxLength" => at_most(rule),
        "minItems" => entries() >= rule.as_u64().unwrap(),
        "maxItems" => entries() <= rule.as_u64().unwrap(),
        "pattern" if rule == "\\S" => value.as_str().is_none_or(|text| !text.trim().is_empty()),
        "pattern" if rule == "^r_[0-9a-f]{64}$" => value.as_str().is_none_or(|text| text.starts_with("r_") && text.len() == 66),
        "items" => true,
        other => SAYS_NOTHING.contains(&other) || panic!("this test does not know {other}"),
    })
}

fn is_a(kind: &str, value: &Value) -> bool {
    match kind {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "string" => value.is_string(),
        "integer" => value.is_i64(),
        "number" => value.is_number(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        other => panic!("there is no type {other}"),
    }
}

/// The texts of a list; a text alone is a list of one, and what is not there is none.
fn names(list: &Value) -> Names {
    let alone = list.as_str().into_iter();
    alone.chain(list.as_array().into_iter().flatten().filter_map(Value::as_str)).map(str::to_owned).collect()
}

fn keys(object: &Value) -> Names {
    object.as_object().into_iter().flatten().map(|(name, _)| name.clone()).collect()
}

fn named<'a>(all: impl IntoIterator<Item = &'a str>) -> Names {
    all.into_iter().map(str::to_owned).collect()
}

#[test]
fn every_route_is_described_and_nothing_else() {
    let document = document();
    let described: BTreeSet<_> = document
        .operations()
        .map(|(method, path, operation)| (method, path.to_owned(), operation["operationId"].as_str().unwrap().to_owned()))
        .collect();
    let routes = ROUTES.iter().map(|route| (route.method.to_owned(), route.pattern.to_owned(), route.name.to_owned()));
    assert_eq!(described, routes.collect());
}

#[test]
fn a_path_is_described_with_what_it_captures() {
    let document = document();
    for (method, path, operation) in document.operations() {
        let captured: Names = path.split('{').skip(1).map(|part| part.split('}').next().unwrap().to_owned()).collect();
        let in_path = |parameter: &&Value| parameter["in"] == "path" && parameter["required"] == true;
        let described = document.parameters(operation).into_iter().filter(in_path);
        assert_eq!(
            described.map(|parameter| parameter["name"].as_str().unwrap().to_owned()).collect::<Names>(),
            captured,
            "{method} {path}"
        );
    }
}

#[test]
fn whoever_a_route_is_for_is_told() {
    let document = document();
    // An admin's token opens all; what no other opens names it.
    let or_admin = |scopes: &'static [Scope]| if scopes.is_empty() { &[Scope::Admin] } else { scopes };
    let tokens = |scopes: &[Scope]| scopes.iter().map(|scope| json!({"apiToken": [scope.name()]})).collect::<Vec<_>>();
    let (read, linked) = (json!({"readToken": []}), json!({"readTokenInLink": []}));
    for route in ROUTES {
        let expected = match route.who {
            Who::Anyone | Who::Signed => Vec::new(),
            Who::Api(scopes) => tokens(or_admin(scopes)),
            Who::Reader => [tokens(&[Scope::Read]), vec![read.clone()]].concat(),
            Who::LinkedReader => [tokens(&[Scope::Read]), vec![read.clone(), linked.clone()]].concat(),
        };
        assert_eq!(document.operation(route.name)["security"], json!(expected), "{}", route.name);
    }
}

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
            let codes = names(&response["x-codes"]);
            assert!(!codes.is_empty(), "{method} {path} {status}");
            for code in &codes {
                assert_eq!(Code::named(code).and_then(Code::status), Some(status), "{method} {path} {code}");
            }
            told.extend(codes);
            assert_eq!(
                response["content"]["application/json"]["schema"]["$ref"], "#/components/schemas/Error",
                "{method} {path} {status}"
            );
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

/// The codes that a route's place in the table, and the description of its body, make possible.
fn expected(route: &Route, has_body: bool) -> Vec<Code> {
    // Any may be interrupted.
    let mut codes = vec![Code::MethodNotAllowed, Code::Busy];
    if matches!(route.handler, Handler::Admitted(_)) {
        codes.extend([Code::Internal, Code::NotConfigured]);
    }
    match route.who {
        Who::Anyone => {}
        Who::Signed => codes.push(Code::Forbidden),
        Who::Api(_) | Who::Reader | Who::LinkedReader => codes.extend([Code::Unauthorized, Code::Forbidden]),
    }
    if route.pattern.contains("{id}") && !matches!(route.who, Who::Signed) {
        codes.push(Code::NotFound);
    }
    // What has a token has headers that are too large; a delivery has a body that is.
    if !matches!(route.who, Who::Anyone) {
        codes.push(Code::TooLarge);
    }
    if has_body {
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
        assert_eq!(has_body, matches!(route.method, "PATCH" | "PUT") || route.method == "POST" && route.name != "retry_job");
        let codes = document.codes(operation);
        for code in expected(route, has_body) {
            assert!(codes.contains(code.as_str()), "{} without {}", route.name, code.as_str());
        }
        let takes_values = document.parameters(operation).iter().any(|parameter| parameter["in"] == "query");
        let refuses = codes.contains("invalid_field") || codes.contains("unreadable_callback");
        assert!(refuses || !(has_body || takes_values), "{} takes values", route.name);
        assert!(document.answers(operation).any(|(status, _)| status < 300), "{}", route.name);
    }
}

/// What values are tried out on a rule and on its description.
fn probes() -> Vec<Value> {
    let long = |chars: usize| json!("é".repeat(chars));
    let odd = [json!(null), json!(true), json!(""), json!(" \n"), json!(" a"), long(1_000), long(1_001), json!([]), json!({})];
    let numbers = [-2, -1, 0, 1, 2, 1_000, 1_001].map(|number| json!(number));
    odd.into_iter().chain(numbers).chain([json!(0.5), json!(-0.5), json!("1")]).collect()
}

fn same_rules(document: &Document, schema: &Value, rules: &Rules, place: &str) {
    let schema = document.at(schema);
    assert_eq!((&schema["type"], &schema["additionalProperties"]), (&json!("object"), &json!(false)), "{place}");
    assert_eq!(keys(&schema["properties"]), rules.each().map(|rule| rule.name.to_owned()).collect(), "{place}");
    let required = rules.each().filter(|rule| rule.need == Need::Required).map(|rule| rule.name.to_owned());
    assert_eq!(names(&schema["required"]), required.collect(), "{place}");
    for rule in rules.each() {
        let (place, field) = (format!("{place}.{}", rule.name), &schema["properties"][rule.name]);
        // As a `default`, generators would have every caller give it.
        if let Need::Default(json) = rule.need {
            let told = format!("Where it is left out: {}.", json.trim_matches('"'));
            assert!(field["description"].as_str().is_some_and(|text| text.contains(&told)), "{place} without: {told}");
        }
        assert!(field["default"].is_null(), "{place}");
        same_kind(document, field, &rule.kind, &place);
    }
}

fn same_kind(document: &Document, schema: &Value, kind: &Kind, place: &str) {
    let schema = document.at(schema);
    match kind {
        Kind::Plain(takes, _) => {
            for probe in probes() {
                let text = probe.to_string();
                let passes = takes(&json::Value::parse(text.as_bytes()).unwrap());
                assert_eq!(fits(schema, &probe), passes, "{place}: {probe}");
            }
        }
        Kind::OneOf(texts) => {
            assert_eq!(schema["type"], "string", "{place}");
            assert_eq!(names(&schema["enum"]), named(texts.iter().copied()), "{place}");
        }
        Kind::List { of, least, most, .. } => {
            assert_eq!(schema["type"], "array", "{place}");
            let bound =
                |name: &str, without: usize| schema[name].as_u64().map_or(without, |bound| usize::try_from(bound).unwrap());
            assert_eq!((bound("minItems", 0), bound("maxItems", usize::MAX)), (*least, *most), "{place}");
            same_kind(document, &schema["items"], of, &format!("{place}[]"));
        }
        Kind::Fields(_, rules) => same_rules(document, schema, rules, place),
    }
}

#[test]
fn what_a_job_is_asked_with_is_what_the_rules_of_its_task_take() {
    let document = document();
    let choices = &document.schema("JobRequest");
    let mapping = &choices["discriminator"]["mapping"];
    assert_eq!(keys(mapping), named(Task::ALL.map(Task::name)));
    assert_eq!(choices["oneOf"].as_array().unwrap().len(), Task::ALL.len());
    for task in Task::ALL {
        let request = document.at(choices["oneOf"]
            .as_array()
            .unwrap()
            .iter()
            .find(|choice| choice["$ref"] == mapping[task.name()])
            .unwrap());
        let media = task.has_media().then_some("media");
        assert_eq!(request["properties"]["task"]["const"], task.name());
        assert_eq!(
            keys(&request["properties"]),
            named(["task", "input", "label", "notify"].into_iter().chain(media)),
            "{task:?}"
        );
        let needs_input = rules(task).each().any(|rule| rule.need == Need::Required).then_some("input");
        assert_eq!(names(&request["required"]), named(["task"].into_iter().chain(media).chain(needs_input)), "{task:?}");
        same_rules(&document, &request["properties"]["input"], &rules(task), task.name());
    }
}

/// A job of which everything is shown that can be.
fn whole_job() -> Value {
    let said = ApiError { error_code: "CAI-101".into(), message: "no".into(), parameter_name: Some("contentUri".into()) };
    let error = JobError { code: "ringcentral_job_failed".into(), message: "no".into(), ringcentral: vec![said] };
    let delivery = Noted { at_ms: 1, fate: Fate::Foreign, reason: Some("no".into()), dead_key: Some("dead/7/a".into()) };
    let record =
        Record { via: Some(Via::Status), completed_ms: Some(2), error: Some(error), deliveries: vec![delivery], ..record() };
    let media = Media::Recording(RecordingId::parse("1", "").unwrap()).shown();
    let beside = Beside {
        media: Some(&media),
        input: Some(r#"{"languageCode":"en-US"}"#),
        speakers: Some(r#"{"0":"Ann"}"#),
        label: Some("first"),
        retry_of: Some("01960e0a-7c1e-7b52-9a2b-3d1c5f6a7b8c"),
    };
    let waiting = Waiting { what: "turn", place: Some(3), until_ms: Some(4) };
    let notify = r#"{"url":"https://h.example/","status":"delivered","attempts":1,"lastStatus":204}"#;
    let job = Job::of(&record, &beside).with_json("waiting", &waiting.write()).with_json("notify", notify);
    let job = job.with("readToken", &["r_", &"0".repeat(64)].concat()).with("callbackUrl", "https://h.example/");
    serde_json::from_str(&job.write()).unwrap()
}

#[test]
fn every_field_of_a_job_is_described_and_no_other() {
    let document = document();
    let whole = whole_job();
    assert_eq!(document.wrong(document.schema("ReservedJob"), &whole), None);
    let described = keys(&document.schema("Job")["properties"]);
    assert_eq!(keys(&whole), described.into_iter().chain(["callbackUrl".to_owned()]).collect());
    for (name, part) in [("Waiting", &whole["waiting"]), ("Delivery", &whole["deliveries"][0]), ("JobError", &whole["error"])] {
        assert_eq!(keys(part), keys(&document.schema(name)["properties"]), "{name}");
    }
    let bare = Record { submitted_ms: None, engine_job_id: None, attempt: 0, ..record() };
    let bare: Value = serde_json::from_str(&Job::of(&bare, &Beside::default()).write()).unwrap();
    assert_eq!(keys(&bare), names(&document.schema("Job")["required"]));
    let unknown = json!({"id": record().id, "surprise": 1});
    assert!(document.wrong(document.schema("Job"), &unknown).is_some());
}

#[test]
fn words_that_a_job_may_say_are_all_there() {
    let document = document();
    assert_eq!(document.values("Task"), named(Task::ALL.map(Task::name)));
    assert_eq!(document.values("JobStatus"), named(State::ALL.map(State::name)));
    assert_eq!(names(&document.schema("Job")["properties"]["via"]["enum"]), named(Via::ALL.map(Via::name)));
    assert_eq!(names(&document.schema("Delivery")["properties"]["outcome"]["enum"]), named(Fate::ALL.map(Fate::name)));
    for code in document.values("JobErrorCode") {
        assert!(Code::named(&code).is_some(), "{code}");
    }
}

#[test]
fn every_field_of_a_recording_is_described_and_no_other() {
    let document = document();
    let party = Party { phone_number: Some("+1".into()), name: Some("Ann".into()) };
    let whole = Recording {
        id: "1".into(),
        source: "calls",
        started_at: Some("2026-01-31T09:30:00Z".into()),
        duration_s: Some(7),
        direction: Some("Inbound".into()),
        from: Some(party.clone()),
        to: Some(party),
        content_uri: String::new(),
        content_type: Some("audio/mpeg".into()),
        bytes: Some(7),
        submittable: false,
        reason: Some("no".into()),
    };
    let (to, from) = (None, Some(Party { phone_number: None, name: None }));
    let (duration_s, bytes, direction, reason) = (None, None, None, None);
    let bare =
        Recording { started_at: None, content_type: None, duration_s, bytes, direction, reason, to, from, ..whole.clone() };
    let read = |text: String| serde_json::from_str::<Value>(&text).unwrap();
    let page = |items| read(Page { items, skipped: 1, next_cursor: Some("c".into()) }.write());
    assert_eq!(document.wrong(document.schema("RecordingPage"), &page(vec![whole.clone(), bare.clone()])), None);
    assert_eq!(keys(&page(Vec::new())), keys(&document.schema("RecordingPage")["properties"]));
    assert_eq!(keys(&read(whole.write())), keys(&document.schema("Recording")["properties"]));
    let of_bare = named(["from"]).into_iter().chain(names(&document.schema("Recording")["required"]));
    assert_eq!(keys(&read(bare.write())), of_bare.collect());
}

#[test]
fn every_filter_of_the_lists_of_recordings_is_described_and_no_other() {
    let document = document();
    let lists = [
        "calls user",
        "calls company",
        "meetings user history",
        "meetings user recordings",
        "meetings company history",
        "voicemail user",
    ];
    let mut filters = named(["source", "scope", "list", "cursor", "dateFrom", "dateTo"]);
    for list in lists {
        let names = ["source", "scope", "list"].into_iter().zip(list.split(' '));
        let query = names.chain([("surprise", "1")]).map(|(name, value)| (name.to_owned(), value.to_owned()));
        // Whoever asks with a filter that there is not is told those that there are.
        let Err(Error::InvalidField { reason, .. }) = ListRecordings::parse(&query.collect::<Vec<_>>()) else { panic!("{list}") };
        filters.extend(named(reason.split_once("it has: ").unwrap().1.split(", ")));
    }
    let mut described = document.parameters(document.operation("list_recordings"));
    described.retain(|parameter| parameter["in"] == "query");
    assert_eq!(described.iter().map(|parameter| parameter["name"].as_str().unwrap().to_owned()).collect::<Names>(), filters);
    let taken = |name: &str, value: &Value| {
        let source = if name == "text" || name == "list" { "meetings" } else { "calls" };
        let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        ListRecordings::parse(&[("source".to_owned(), source.to_owned()), (name.to_owned(), value)]).is_ok()
    };
    for parameter in
        described.iter().filter(|parameter| !["source", "scope", "cursor"].map(Value::from).contains(&parameter["name"]))
    {
        let (name, schema) = (parameter["name"].as_str().unwrap(), &parameter["schema"]);
        let schema = if schema["type"] == "array" { &schema["items"] } else { schema };
        for value in schema["enum"].as_array().into_iter().flatten().chain([&schema["minimum"], &schema["maximum"]]) {
            assert!(value.is_null() || taken(name, value), "{name}={value}");
        }
        assert!(!taken(name, &json!(" ")), "{name}");
    }
}

#[test]
fn a_transcripts_forms_and_options_are_described_with_their_limits() {
    let document = document();
    let operation = document.operation("get_transcript");
    let content = keys(&operation["responses"]["200"]["content"]);
    for parameter in document.parameters(operation) {
        let (name, schema) = (parameter["name"].as_str().unwrap(), &parameter["schema"]);
        let with = |value: String| Options::default().with(&[(name.to_owned(), value)]);
        match (name, parameter["in"].as_str().unwrap()) {
            ("id", _) | (_, "header") => {}
            ("format", _) => {
                let formats = names(&schema["enum"]).into_iter().map(|name| Format::named(&name).unwrap().content_type());
                assert_eq!(named(formats.map(|kind| kind.split(';').next().unwrap())), content);
                assert_eq!(content.len(), 4);
            }
            _ if schema["type"] == "boolean" => assert!(with("true".into()).is_ok() && with("1".into()).is_err()),
            _ => {
                let [least, most] = ["minimum", "maximum"].map(|bound| schema[bound].as_i64().unwrap());
                assert!(with(least.to_string()).is_ok() && with(most.to_string()).is_ok(), "{name}");
                assert!(with((least - 1).to_string()).is_err() && with((most + 1).to_string()).is_err(), "{name}");
            }
        }
    }
    let names = document.parameters(operation).len();
    let told = Options::default().with(&[("surprise".into(), String::new())]).unwrap_err().to_string();
    let known = document.parameters(operation).iter().filter(|known| told.contains(known["name"].as_str().unwrap())).count();
    assert_eq!((names, known), (7, 4), "{told}"); // and id, format, X-Request-Id
}

#[test]
fn the_document_is_of_this_version_and_whole() {
    let document = document();
    assert_eq!(document.0["info"]["version"], env!("CARGO_PKG_VERSION"));
    assert!(document.0["openapi"].as_str().unwrap().starts_with("3.1."));
    let mut references = Names::new();
    let mut waiting = vec![&document.0];
    while let Some(value) = waiting.pop() {
        if let Some(place) = value["$ref"].as_str() {
            references.insert(place.to_owned());
            document.at(value);
        }
        waiting.extend(value.as_object().into_iter().flat_map(|object| object.values()));
        waiting.extend(value.as_array().into_iter().flatten());
    }
    for kind in ["schemas", "responses", "parameters", "headers"] {
        for name in keys(&document.0["components"][kind]) {
            assert!(references.contains(&format!("#/components/{kind}/{name}")), "nobody uses {kind}/{name}");
        }
    }
}
