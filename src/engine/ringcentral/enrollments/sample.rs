//! A sample of a voice as it is sent: RingCentral's own fields, checked before.

use crate::engine::ringcentral::jobs::ENCODING;
use crate::engine::rule::{Kind, Need, Rule, Rules};
use crate::error::{Error, Result};
use crate::http::unbase64;
use crate::json::{Object, Value};
use crate::secret::Secret;
use alloc::borrow::ToOwned;
use alloc::string::String;

/// The fields of a sample; RingCentral asks for 12 to 30 seconds of speech.
pub(super) const SAMPLE: &[Rule] = &[
    Rule { name: "encoding", need: Need::Required, kind: ENCODING },
    Rule { name: "languageCode", need: Need::Optional, kind: Kind::Plain(is_text, "it must be a text that is not empty") },
    Rule { name: "content", need: Need::Required, kind: Kind::Plain(is_base64, "it must be audio in base64") },
];

/// The fields as a body; a voice is nobody else's business, so it is kept like a secret.
pub(super) fn body(rules: &Rules, fields: &Value<'_>) -> Result<Secret> {
    let named = |name: String| if name.is_empty() { "input".to_owned() } else { name };
    let checked = rules.check(fields, "an enrollment").map_err(|(name, reason)| Error::invalid(named(name), reason))?;
    let object = checked.iter().fold(Object::new(), |object, (rule, value)| object.json(rule.name, &value.write()));
    Ok(Secret::new(object.write()))
}

fn is_text(value: &Value<'_>) -> bool {
    value.text().is_some_and(|text| !text.trim().is_empty())
}

fn is_base64(value: &Value<'_>) -> bool {
    value.text().is_some_and(|text| unbase64(text).is_some_and(|bytes| !bytes.is_empty()))
}
