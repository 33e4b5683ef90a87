//! Requests made from the rule tables themselves: whole ones, and each of them with one thing wrong, so that a new field is
//! tried without a word about it here.

use super::rule::{Kind, Need, Rule, Rules};
use crate::json::Value;
use serde_json::{Map, Value as Json, json};

/// A list that may be longer is not tried beyond its limit.
const LONGEST: usize = 1_000;

/// One value or two of each type of JSON.
fn each_type() -> Vec<Json> {
    vec![
        json!(null),
        json!(true),
        json!(7),
        json!(-0.5),
        json!("en-US"),
        json!("UklGRg=="),
        json!("ext_7"),
        json!(["a"]),
        json!({"a": 1}),
    ]
}

/// The type of a value, as JSON has it.
fn type_of(value: &Json) -> u8 {
    match value {
        Json::Null => 0,
        Json::Bool(_) => 1,
        Json::Number(_) => 2,
        Json::String(_) => 3,
        Json::Array(_) => 4,
        Json::Object(_) => 5,
    }
}

/// A value that a kind takes, and values that it does not.
pub(super) fn values(kind: &Kind) -> (Json, Vec<Json>) {
    match kind {
        Kind::Plain(fits, reason) => plain(*fits, reason),
        Kind::OneOf(names) => {
            let mut wrong: Vec<Json> = each_type();
            let first = names[0];
            wrong.extend([
                json!(""),
                json!(first.to_uppercase()),
                json!(format!(" {first}")),
                json!([first]),
                json!({ first: 1 }),
            ]);
            wrong.retain(|value| value.as_str().is_none_or(|text| !names.contains(&text)));
            (json!(first), wrong)
        }
        Kind::List { of, least, most, .. } => {
            let (right, wrong_entries) = values(of);
            let list = |count: usize| Json::Array(vec![right.clone(); count]);
            let mut wrong: Vec<Json> = each_type().into_iter().filter(|value| !value.is_array()).collect();
            wrong.push(right.clone());
            wrong.extend(wrong_entries.into_iter().map(|entry| json!([right, entry])));
            wrong.extend((0..*least).map(list));
            wrong.extend((*most <= LONGEST).then(|| list(most + 1)));
            (list(2.min(*most)), wrong)
        }
        Kind::Fields(_, rules) => {
            let mut wrong: Vec<Json> = each_type();
            wrong.extend(every_wrong(rules).into_iter().map(|(_, fields)| fields));
            (whole(rules), wrong)
        }
    }
}

/// A plain kind takes values of one type alone: one that takes two would let a mistake through.
fn plain(fits: fn(&Value<'_>) -> bool, reason: &str) -> (Json, Vec<Json>) {
    let takes = |value: &Json| fits(&Value::parse(value.to_string().as_bytes()).unwrap());
    let (right, mut wrong): (Vec<Json>, Vec<Json>) = each_type().into_iter().partition(takes);
    let mut types: Vec<u8> = right.iter().map(type_of).collect();
    types.dedup();
    assert_eq!(types.len(), 1, "{reason}: it takes {right:?}");
    if types != [3] {
        wrong.push(json!(right[0].to_string())); // As a text it is another thing.
    }
    wrong.push(json!([right[0]]));
    (right[0].clone(), wrong)
}

/// An object with every field.
pub(super) fn whole(rules: &Rules) -> Json {
    let fields: Map<String, Json> = rules.each().map(|rule| (rule.name.to_owned(), values(&rule.kind).0)).collect();
    fields.into()
}

/// That object with one thing wrong, and the name of the field that it is about.
pub(super) fn every_wrong(rules: &Rules) -> Vec<(String, Json)> {
    let mut found = Vec::new();
    for rule in rules.each() {
        for value in values(&rule.kind).1 {
            let mut fields = whole(rules);
            fields[rule.name] = value;
            found.push((rule.name.to_owned(), fields));
        }
        if rule.need == Need::Required {
            let mut fields = whole(rules);
            fields.as_object_mut().unwrap().remove(rule.name);
            found.push((rule.name.to_owned(), fields));
        }
        for other in [rule.name.to_uppercase(), format!("{}s", rule.name), format!("{} ", rule.name)] {
            if rules.each().all(|known| known.name != other) {
                let mut fields = whole(rules);
                fields[&other] = fields[rule.name].clone();
                found.push((other, fields));
            }
        }
    }
    found
}

/// That object with one field of it twice, which no map can hold.
pub(super) fn every_double(rules: &Rules) -> Vec<(&'static str, String)> {
    let fields = whole(rules);
    let text = fields.to_string();
    let doubled = |rule: &'static Rule| {
        let once = format!("{}:{}", json!(rule.name), fields[rule.name]);
        (rule.name, format!("{},{once}}}", text.strip_suffix('}').unwrap()))
    };
    rules.each().map(doubled).collect()
}
