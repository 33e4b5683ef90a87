//! What JavaScript gives with a call: JSON that its half writes.

use super::fault::Result;
use crate::endpoint::Site;
use crate::error::Error;
use crate::json::Value;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::slice;

/// The arguments of a call, which the JavaScript half writes itself.
pub(in crate::browser) fn arguments(json: &str) -> Result<Value<'_>> {
    let read = Value::parse(json.as_bytes()).filter(Value::is_object);
    Ok(read.ok_or_else(|| Error::invalid("options", "they must be an object"))?)
}

/// Filters as they stand in a query; JavaScript's `Date` comes as text, an invalid one as `null`.
pub(in crate::browser) fn pairs(query: &Value<'_>) -> crate::error::Result<Vec<(String, String)>> {
    let mut pairs = Vec::new();
    for (name, value) in query.fields() {
        let is_list = matches!(value, Value::List(_));
        for value in if is_list { value.entries() } else { slice::from_ref(value) } {
            let text = match value {
                Value::Text(text) => text.to_string(),
                Value::Number(_) | Value::Flag(_) => value.write(),
                _ => return Err(Error::invalid(&**name, "it must be a text, a number, a flag, a valid date, or a list of such")),
            };
            pairs.push((name.to_string(), text));
        }
    }
    Ok(pairs)
}

/// Where RingCentral is: `{server?, mediaHosts?}`.
pub(in crate::browser) fn site(options: &Value<'_>) -> crate::error::Result<Site> {
    // What is no address must not lead to RingCentral's own server, with somebody's credentials.
    let is_given = |name: &str| *options.get(name) != Value::Null;
    let server = options.get("server").text().or((!is_given("server")).then_some(Site::SERVER));
    let server = server.ok_or_else(|| Error::invalid("server", "it must be an address"))?;
    let hosts = options.get("mediaHosts");
    let names: Vec<&str> = hosts.entries().iter().filter_map(Value::text).collect();
    if is_given("mediaHosts") && (!matches!(hosts, Value::List(_)) || names.len() < hosts.entries().len()) {
        return Err(Error::invalid("mediaHosts", "it must be a list of names"));
    }
    Site::new(server, &names)
}
