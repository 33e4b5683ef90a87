//! What a job is asked with is what the rules of its task take.

use super::{Document, document, fits, keys, named, names};
use ringcentral_ai::engine::Task;
use ringcentral_ai::engine::ringcentral::jobs::rules;
use ringcentral_ai::engine::rule::{Kind, Need, Rules};
use ringcentral_ai::json;
use serde_json::{Value, json};

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
            named(["task", "engine", "input", "label", "notify"].into_iter().chain(media).chain(media.map(|_| "contentAccess"))),
            "{task:?}"
        );
        let needs_input = rules(task).each().any(|rule| rule.need == Need::Required).then_some("input");
        assert_eq!(names(&request["required"]), named(["task"].into_iter().chain(media).chain(needs_input)), "{task:?}");
        same_rules(&document, &request["properties"]["input"], &rules(task), task.name());
    }
}
