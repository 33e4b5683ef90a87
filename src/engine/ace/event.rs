//! RingCentral's word that it has analysed a recording, as its subscriptions send it: the record's insights in an envelope.
//! <https://developers.ringcentral.com/guide/ai/ace>

use super::record::Record;
use crate::json::{Value, pick};

const BEFORE_DOMAIN: &str = "/domains/";

/// The record that a notification is about; none where it is about none of ours.
///
/// Assumption: a notification whose body names no domain is of the one in its event filter.
pub(super) fn record(notification: &[u8]) -> Option<Record> {
    let [event, body] = pick(notification, ["event", "body"])?;
    let [domain, id] = pick(body?, ["domain", "sourceRecordId"])?;
    let id = match Value::parse(id?)? {
        Value::Text(id) => id,
        Value::Number(digits) => digits.into(),
        _ => return None,
    };
    let [domain, event] = [domain, event].map(|text| text.and_then(Value::parse));
    let filtered = || event.as_ref()?.text()?.split_once(BEFORE_DOMAIN)?.1.split('/').next();
    let domain = domain.as_ref().and_then(Value::text).or_else(filtered)?;
    Record::parse(&[domain, "/", &id].concat())
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::String;
    use serde_json::{Value as Json, json};

    fn told(notification: &Json) -> Option<String> {
        record(notification.to_string().as_bytes()).map(|record| record.write())
    }

    #[test]
    fn a_notification_names_its_record() {
        let event = "/ai/ringsense/v1/public/accounts/809646016/domains/pbx/insights";
        let of = |body: Json| json!({"uuid": "1", "event": event, "subscriptionId": "2", "ownerId": "3", "body": body});
        let insights = json!({"Transcript": [{"text": "sourceRecordId"}]});
        for body in [
            json!({"eventType": "Create", "insights": insights, "domain": "pbx", "sourceRecordId": "2728084995017"}),
            json!({"sourceRecordId": "2728084995017"}),
            json!({"domain": "pbx", "sourceRecordId": 2_728_084_995_017_u64}),
        ] {
            assert_eq!(told(&of(body.clone())).as_deref(), Some("pbx/2728084995017"), "{body}");
        }
        let meeting = of(json!({"domain": "rcv", "sourceRecordId": "0fd2-7461!us-11-pdx10@us-11"}));
        assert_eq!(told(&meeting).as_deref(), Some("rcv/0fd2-7461!us-11-pdx10@us-11"));
    }

    #[test]
    fn what_is_about_no_record_of_ours_is_nothing() {
        let event = "/restapi/v1.0/account/~/telephony/sessions";
        for notification in [
            json!({}),
            json!([]),
            json!({"event": event, "body": {"sourceRecordId": "1"}}),
            json!({"event": event, "body": {"domain": "ms-teams", "sourceRecordId": "1"}}),
            json!({"event": event, "body": {"domain": "pbx", "sourceRecordId": "../x"}}),
            json!({"event": event, "body": {"domain": "pbx", "sourceRecordId": {}}}),
            json!({"event": event, "body": {"domain": "pbx"}}),
            json!({"event": event, "body": "pbx"}),
            json!({"event": event, "body": null}),
        ] {
            assert_eq!(told(&notification), None, "{notification}");
        }
        for bytes in ["", "{", "{\"body\":{\"domain\":\"pbx\",\"sourceRecordId\":\"1", "\u{0}"] {
            assert_eq!(record(bytes.as_bytes()), None);
        }
    }
}
