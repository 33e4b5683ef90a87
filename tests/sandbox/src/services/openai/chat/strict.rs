//! What OpenAI asks of a schema that is `strict`: objects that take no other fields and need all of their own.

use serde_json::Value;

/// Checks a schema and all schemas in it.
///
/// # Errors
/// What is wrong, and where.
pub fn check(schema: &Value) -> Result<(), String> {
    if schema["type"] != "object" {
        return Err(format!("schema must be a JSON Schema of 'type: \"object\"', got 'type: {}'.", schema["type"]));
    }
    walk(schema, &mut Vec::new())
}

fn walk(schema: &Value, place: &mut Vec<String>) -> Result<(), String> {
    let context = |place: &[String]| place.iter().map(|name| format!("'{name}'")).collect::<Vec<_>>().join(", ");
    if let Some(properties) = schema["properties"].as_object() {
        if schema["additionalProperties"] != false {
            let place = context(place);
            return Err(format!("In context=({place}), 'additionalProperties' is required to be supplied and to be false."));
        }
        let required: Vec<_> = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        if let Some(name) = properties.keys().find(|name| !required.contains(&name.as_str())) {
            let place = context(place);
            return Err(format!(
                "In context=({place}), 'required' is required to be supplied and to be an array including every key in properties. \
                 Missing '{name}'."
            ));
        }
    }
    for (name, inner) in inner(schema) {
        place.push(name);
        walk(inner, place)?;
        place.pop();
    }
    Ok(())
}

/// The schemas that stand in a schema.
fn inner(schema: &Value) -> Vec<(String, &Value)> {
    let named =
        ["properties", "$defs", "definitions"].into_iter().flat_map(|group| schema[group].as_object().into_iter().flatten());
    let named = named.map(|(name, inner)| (name.clone(), inner));
    let listed = ["anyOf", "oneOf", "allOf"].into_iter().flat_map(|group| schema[group].as_array().into_iter().flatten());
    let items = schema.get("items").filter(|items| items.is_object());
    named.chain(listed.map(|inner| ("anyOf".to_owned(), inner))).chain(items.map(|inner| ("items".to_owned(), inner))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_object_takes_its_own_fields_alone_and_needs_them_all() {
        let good = json!({"type": "object", "additionalProperties": false, "required": ["a"],
            "properties": {"a": {"type": "array", "items": {"type": "object", "additionalProperties": false, "required": [], "properties": {}}}}});
        assert_eq!(check(&good), Ok(()));
        let mut lax = good.clone();
        lax["properties"]["a"]["items"]["additionalProperties"] = json!(true);
        assert!(check(&lax).unwrap_err().starts_with("In context=('a', 'items'), 'additionalProperties'"));
        let mut optional = good;
        optional["required"] = json!([]);
        assert!(check(&optional).unwrap_err().ends_with("Missing 'a'."));
        assert!(check(&json!({"type": "array"})).unwrap_err().contains("'type: \"array\"'"));
    }
}
