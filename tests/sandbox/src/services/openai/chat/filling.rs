//! Filling a JSON schema: any schema gets something that satisfies it, from the pool that its names speak of.
//!
//! What it does not know: `pattern`, `format`, `not`, `if`, `contains`, tuples.

use serde_json::{Map, Value, json};

use super::numbers;
use super::pools::{Item, Pool, Pools};

/// A schema that stands in itself is left off at this depth, where it may be.
const MAX_DEPTH: usize = 20;
/// Where it may not, nothing satisfies it.
const TOO_DEEP: usize = 28;
/// No list is longer, unless it must be.
const MAX_ITEMS: usize = 8;

/// What of a name says which pool it is filled from; the first that fits.
const NAMES: &[(&str, Pool)] = &[
    ("punctuat", Pool::Punctuated),
    ("question", Pool::Questions),
    ("phrase", Pool::Phrases),
    ("keyword", Pool::Phrases),
    ("topic", Pool::Topics),
    ("theme", Pool::Topics),
    ("task", Pool::Tasks),
    ("action", Pool::Tasks),
    ("step", Pool::Tasks),
    ("todo", Pool::Tasks),
    ("title", Pool::Title),
    ("extract", Pool::Sentences),
    ("highlight", Pool::Sentences),
    ("long", Pool::Long),
    ("paragraph", Pool::Long),
    ("short", Pool::Short),
    ("summary", Pool::Short),
    ("abstract", Pool::Short),
];
/// Names of what was said, as it was said.
const QUOTES: [&str; 5] = ["quote", "quotation", "evidence", "sentence", "excerpt"];

/// A schema, and what it is filled with.
#[derive(Debug)]
pub struct Filling<'a> {
    /// The schema.
    pub root: &'a Value,
    /// What there is to say.
    pub pools: &'a Pools<'a>,
}

/// Where in a schema we are.
#[derive(Clone)]
struct Place<'a> {
    /// The name of this field.
    name: &'a str,
    /// What it is filled from.
    pool: Pool,
    /// The one of a list that this is a part of.
    item: Option<&'a Item>,
    depth: usize,
}

impl Filling<'_> {
    /// Something that satisfies the schema.
    #[must_use]
    pub fn fill(&self) -> Value {
        let pool = if self.pools.is_for_punctuation() { Pool::Punctuated } else { Pool::Sentences };
        self.value(self.root, &Place { name: "", pool, item: None, depth: 0 })
    }

    fn value(&self, schema: &Value, place: &Place<'_>) -> Value {
        if place.depth > TOO_DEEP {
            return Value::Null;
        }
        if let Some(reference) = schema["$ref"].as_str() {
            let pointed = self.root.pointer(reference.trim_start_matches('#')).unwrap_or(&Value::Null);
            return self.value(pointed, &Place { depth: place.depth + 1, ..place.clone() });
        }
        if let Some(only) = schema.get("const") {
            return only.clone();
        }
        if let Some(options) = schema["enum"].as_array() {
            return self.option(options, place);
        }
        if let Some(options) = schema["anyOf"].as_array().or(schema["oneOf"].as_array()) {
            return self.one_of(options, place);
        }
        if let Some(parts) = schema["allOf"].as_array() {
            return self.value(&merged(schema, parts), place);
        }
        match kind(schema, place) {
            "object" => self.object(schema, place),
            "array" => self.array(schema, place),
            "integer" => json!(numbers::whole(schema, place.name, place.item)),
            "number" => json!(numbers::number(schema, place.name, place.item)),
            "boolean" => json!(true),
            "null" => Value::Null,
            _ => json!(self.text(schema, place)),
        }
    }

    fn object(&self, schema: &Value, place: &Place<'_>) -> Value {
        let mut object = Map::new();
        for (name, inner) in schema["properties"].as_object().into_iter().flatten() {
            let is_required = schema["required"].as_array().is_some_and(|names| names.contains(&json!(name)));
            if is_required || place.depth < MAX_DEPTH {
                object.insert(name.clone(), self.value(inner, &place.inside(name)));
            }
        }
        Value::Object(object)
    }

    fn array(&self, schema: &Value, place: &Place<'_>) -> Value {
        let count = |name: &str| schema[name].as_u64().and_then(|count| usize::try_from(count).ok());
        let least = count("minItems").unwrap_or(0);
        // A list for each of the texts is as long as they are many.
        let usual = if place.pool == Pool::Punctuated { usize::MAX } else { MAX_ITEMS };
        let most = count("maxItems").unwrap_or(usual.max(least));
        let mut items = match place.item {
            _ if place.depth > MAX_DEPTH => Vec::new(),
            // A list in one of a list is of that one.
            Some(item) => vec![item.clone()],
            None => self.pools.items(place.pool),
        };
        items.truncate(most);
        while items.len() < least {
            let again = items.len() + 1;
            let text = format!("Nothing else is said ({again}).");
            items.push(Item { quote: text.clone(), text, speaker: String::new(), span: [0.0; 2], number: again as u64 });
        }
        let inner = schema.get("items").unwrap_or(&Value::Null);
        let value = |item: &Item| self.value(inner, &Place { item: Some(item), depth: place.depth + 1, ..place.clone() });
        items.iter().map(value).collect()
    }

    fn option(&self, options: &[Value], place: &Place<'_>) -> Value {
        let is = |option: &&Value, text: &str| option.as_str().is_some_and(|option| option.eq_ignore_ascii_case(text));
        let speaker = place.item.map(|item| item.speaker.as_str()).unwrap_or_default();
        let fitting = options.iter().find(|option| is(option, self.pools.sentiment()) || is(option, speaker));
        fitting.or(options.first()).cloned().unwrap_or_default()
    }

    /// The first that is not null; deep inside, one that ends.
    fn one_of(&self, options: &[Value], place: &Place<'_>) -> Value {
        let is_null = |option: &&Value| option["type"] == "null" || option["const"].is_null() && option.get("const").is_some();
        let null = options.iter().find(is_null).filter(|_| place.depth > MAX_DEPTH);
        let chosen = null.or_else(|| options.iter().find(|option| !is_null(option))).or(options.first());
        chosen.map_or(Value::Null, |option| self.value(option, &Place { depth: place.depth + 1, ..place.clone() }))
    }

    fn text(&self, schema: &Value, place: &Place<'_>) -> String {
        let first = || self.pools.items(place.pool).into_iter().next();
        let (item, name) = (place.item.cloned().or_else(first), place.name.to_lowercase());
        let text = item.map(|item| match name.as_str() {
            name if name.contains("speaker") => item.speaker,
            name if name.contains("sentiment") => self.pools.sentiment().to_owned(),
            name if QUOTES.iter().any(|quote| name.contains(quote)) => item.quote,
            _ => item.text,
        });
        fitted(text.unwrap_or_default(), schema)
    }
}

impl<'a> Place<'a> {
    /// A field of this object: of its own pool where its name speaks of one.
    fn inside(&self, name: &'a str) -> Self {
        let lower = name.to_lowercase();
        let named = NAMES.iter().find(|(part, _)| lower.contains(part)).map(|(_, pool)| *pool);
        let texts = (lower == "texts" && self.pool == Pool::Punctuated).then_some(Pool::Punctuated);
        match texts.or(named) {
            // Inside one of a list it is that one, unless the list is of something else.
            Some(pool) if self.item.is_none() => Place { name, pool, depth: self.depth + 1, ..self.clone() },
            _ => Place { name, depth: self.depth + 1, ..self.clone() },
        }
    }
}

/// The type that a schema is filled as.
fn kind<'a>(schema: &'a Value, place: &Place<'_>) -> &'a str {
    let listed = schema["type"].as_array().map(|kinds| kinds.iter().filter_map(Value::as_str).collect::<Vec<_>>());
    match (schema["type"].as_str(), listed) {
        (Some(kind), _) => kind,
        (None, Some(kinds)) if place.depth > MAX_DEPTH && kinds.contains(&"null") => "null",
        (None, Some(kinds)) => kinds.into_iter().find(|kind| *kind != "null").unwrap_or("null"),
        (None, None) if schema["properties"].is_object() => "object",
        (None, None) if schema["items"].is_object() => "array",
        (None, None) => "string",
    }
}

/// A text as long as it may be, and no shorter than it must.
fn fitted(mut text: String, schema: &Value) -> String {
    let length = |name: &str| schema[name].as_u64().and_then(|count| usize::try_from(count).ok());
    while text.chars().count() < length("minLength").unwrap_or(0) {
        text.push_str(if text.is_empty() { "Nothing is said." } else { " …" });
    }
    if let Some(most) = length("maxLength") {
        text = text.chars().take(most).collect();
    }
    text
}

/// A schema with those that it must satisfy as well.
fn merged(schema: &Value, parts: &[Value]) -> Value {
    let mut merged = schema.as_object().cloned().unwrap_or_default();
    merged.remove("allOf");
    for (name, value) in parts.iter().filter_map(Value::as_object).flatten() {
        match (merged.get_mut(name), value) {
            (Some(Value::Object(known)), Value::Object(more)) => known.extend(more.clone()),
            (Some(Value::Array(known)), Value::Array(more)) => known.extend(more.iter().cloned()),
            _ => _ = merged.insert(name.clone(), value.clone()),
        }
    }
    Value::Object(merged)
}
