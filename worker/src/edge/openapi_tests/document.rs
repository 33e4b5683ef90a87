//! The description, and what it says of a value.

use serde_json::{Value, json};
use std::collections::BTreeSet;

/// What is named in one place.
pub(super) type Names = BTreeSet<String>;

/// The document.
pub(crate) struct Document(pub(super) Value);

pub(crate) fn document() -> Document {
    Document(serde_json::from_str(include_str!("../../../openapi.json")).unwrap())
}

impl Document {
    /// What stands there, or where it refers to.
    pub(super) fn at<'a>(&'a self, value: &'a Value) -> &'a Value {
        let Some(place) = value["$ref"].as_str() else { return value };
        self.0.pointer(place.strip_prefix('#').unwrap()).unwrap_or_else(|| panic!("{place} is not there"))
    }

    /// The schema of that name.
    pub(super) fn schema(&self, name: &str) -> &Value {
        let schema = &self.0["components"]["schemas"][name];
        assert!(schema.is_object(), "there is no schema {name}");
        schema
    }

    /// The values that the schema of that name takes.
    pub(crate) fn values(&self, name: &str) -> Names {
        names(&self.schema(name)["enum"])
    }

    /// Method, path and description of each operation.
    pub(super) fn operations(&self) -> impl Iterator<Item = (String, &str, &Value)> {
        self.0["paths"].as_object().unwrap().iter().flat_map(|(path, item)| {
            item.as_object().unwrap().iter().map(move |(method, operation)| (method.to_uppercase(), path.as_str(), operation))
        })
    }

    pub(super) fn operation(&self, name: &str) -> &Value {
        self.operations().map(|(_, _, operation)| operation).find(|operation| operation["operationId"] == name).unwrap()
    }

    /// The statuses that an operation may answer with, and each answer.
    pub(super) fn answers<'a>(&'a self, operation: &'a Value) -> impl Iterator<Item = (u16, &'a Value)> {
        let responses = operation["responses"].as_object().unwrap();
        responses.iter().map(|(status, response)| (status.parse().unwrap(), self.at(response)))
    }

    /// The codes that an operation may answer with.
    pub(super) fn codes<'a>(&'a self, operation: &'a Value) -> Names {
        self.answers(operation).flat_map(|(_, response)| names(&response["x-codes"])).collect()
    }

    pub(super) fn parameters<'a>(&'a self, operation: &'a Value) -> Vec<&'a Value> {
        operation["parameters"].as_array().into_iter().flatten().map(|parameter| self.at(parameter)).collect()
    }

    /// What is wrong with a value; unlike a client it takes no field that is not described.
    pub(super) fn wrong(&self, schema: &Value, value: &Value) -> Option<String> {
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
pub(super) fn fits(schema: &Value, value: &Value) -> bool {
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
pub(super) fn names(list: &Value) -> Names {
    let alone = list.as_str().into_iter();
    alone.chain(list.as_array().into_iter().flatten().filter_map(Value::as_str)).map(str::to_owned).collect()
}

pub(super) fn keys(object: &Value) -> Names {
    object.as_object().into_iter().flatten().map(|(name, _)| name.clone()).collect()
}

pub(super) fn named<'a>(all: impl IntoIterator<Item = &'a str>) -> Names {
    all.into_iter().map(str::to_owned).collect()
}
