//! What a service's answer without success means: whose fault it is, and the service's own words, whichever of the usual forms
//! they come in.

use crate::error::{ApiError, Code, Error};
use crate::http::HttpResponse;
use crate::json::Value;
use crate::secret::find;
use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

/// What OpenAI's code, Deepgram's and AssemblyAI's sentence have in them when an account has no credit. Assumption: AssemblyAI's
/// status for it is not known, its sentence is.
const NO_CREDIT: [&str; 3] = ["insufficient_quota", "PAYMENT_REQUIRED", "balance is negative"];

/// Why a service did not do what it was asked.
pub(super) fn refusal(engine: &'static str, response: &HttpResponse) -> Error {
    let status = response.status;
    let said = said(&Value::parse(&response.body).unwrap_or_default());
    let has_no_credit = said.iter().any(|said| {
        NO_CREDIT.iter().any(|words| find(&said.error_code, words).is_some() || find(&said.message, words).is_some())
    });
    let code = match status {
        _ if has_no_credit => Code::EngineCreditExhausted,
        401 | 403 => Code::EngineKeyRefused,
        402 => Code::EngineCreditExhausted,
        408 | 425 | 429 | 500.. => Code::EngineUnavailable,
        _ => Code::EngineRefused,
    };
    Error::Engine { engine, code, status, said }
}

/// What a body says of an error: Deepgram's `err_code` and `err_msg` (or `category`), AssemblyAI's `error` as a sentence, OpenAI's
/// `error` as an object, `errors` as a list, `detail` as some servers of OpenAI's API write it, as a text or as a list with the place of
/// each mistake. None where it says nothing.
pub(in crate::engine) fn said(body: &Value<'_>) -> Vec<ApiError> {
    let error = match (body.get("error"), body.get("errors").entries(), body.get("detail").entries()) {
        (error @ Value::Object(_), ..) | (_, [error @ Value::Object(_), ..], _) | (.., [error @ Value::Object(_), ..]) => error,
        _ => body,
    };
    let first = |names: &[&str]| names.iter().find_map(|name| error.id_of(name)).map(ToOwned::to_owned);
    let message = first(&["err_msg", "message", "msg", "error", "detail", "details"]);
    let error_code = first(&["err_code", "category", "code", "type"]);
    if message.is_none() && error_code.is_none() {
        return Vec::new();
    }
    let place = || error.get("loc").entries().last()?.text().map(ToOwned::to_owned);
    let parameter_name = error.text_of("param").or_else(place);
    let text = |text: Option<String>| text.unwrap_or_default();
    [ApiError { error_code: text(error_code), message: text(message), parameter_name }.masked()].into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(status: u16, body: &str) -> (Code, String) {
        let response = HttpResponse { status, headers: Vec::new(), body: body.into() };
        match refusal("deepgram", &response) {
            Error::Engine { code, said, .. } => {
                let words = said.iter().map(|said| [&said.error_code, " ", &said.message].concat());
                (code, words.collect())
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn each_services_words_are_read() {
        let table = [
            (400, r#"{"err_code":"Bad Request","err_msg":"no such model","request_id":"7"}"#, "Bad Request no such model"),
            (
                400,
                r#"{"category":"INVALID_JSON","message":"Invalid JSON submitted.","details":"x"}"#,
                "INVALID_JSON Invalid JSON submitted.",
            ),
            (400, r#"{"error":"\"audio_url\" is required."}"#, " \"audio_url\" is required."),
            (
                404,
                r#"{"error":{"message":"no such model","type":"invalid_request_error","code":"model_not_found"}}"#,
                "model_not_found no such model",
            ),
            (
                400,
                r#"{"error":{"message":"bad","type":"invalid_request_error","param":"file","code":null}}"#,
                "invalid_request_error bad",
            ),
            (400, r#"{"object":"error","message":"bad","type":"BadRequestError","code":400}"#, "400 bad"),
            (400, r#"{"detail":"Model 'x' is not supported"}"#, " Model 'x' is not supported"),
            (400, r#"{"errors":[{"code":7009,"message":"No such model"}],"success":false}"#, "7009 No such model"),
            (422, r#"{"detail":[{"loc":["body","response_format"],"msg":"bad","type":"enum"}]}"#, "enum bad"),
            (413, "<html>", ""),
            (302, "", ""),
        ];
        for (status, body, words) in table {
            assert_eq!(of(status, body), (Code::EngineRefused, words.to_owned()), "{body}");
        }
    }

    #[test]
    fn the_code_says_whose_fault_it_is() {
        let quota = r#"{"error":{"message":"You exceeded your current quota","code":"insufficient_quota"}}"#;
        let negative = r#"{"error":"Your current account balance is negative. Please top up to continue using the API."}"#;
        for (status, body, code) in [
            (401, "", Code::EngineKeyRefused),
            (403, "{}", Code::EngineKeyRefused),
            (402, "", Code::EngineCreditExhausted),
            (429, quota, Code::EngineCreditExhausted),
            (400, negative, Code::EngineCreditExhausted),
            (429, "", Code::EngineUnavailable),
            (408, "", Code::EngineUnavailable),
            (503, "<html>", Code::EngineUnavailable),
            (413, "", Code::EngineRefused),
        ] {
            assert_eq!(of(status, body).0, code, "{status} {body}");
        }
    }
}
