//! What is set so that something does not work, or is open to others, while the rest does: for whoever runs this Worker.

use crate::config::Config;
use crate::engines::{Engines, visitor};
use crate::problem::Problem;
use crate::tokens::Scope;
use ringcentral_ai::error::Code;
use ringcentral_ai::http::Url;
use ringcentral_ai::json::Object;

/// A setting, and a sentence about it; never its value where that is secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Advice {
    /// The setting's name.
    pub(crate) setting: &'static str,
    /// What does not work, and what to do.
    pub(crate) message: String,
}

impl Advice {
    /// As it is shown, JSON.
    pub(crate) fn write(&self) -> String {
        Object::new().text("setting", self.setting).text("message", &self.message).write()
    }
}

/// All that there is to say of settings that can be used; `base` is where this Worker is.
pub(crate) fn advice(config: &Config, base: &str, has_bucket: bool) -> Vec<Advice> {
    let mut all = Vec::new();
    let mut say = |setting, message: &str| all.push(Advice { setting, message: message.to_owned() });
    if let Some(problem) = out_of_reach(config, base) {
        say("PUBLIC_URL", told(&problem, "PUBLIC_URL: "));
    } else if let Err(problem) = config.check_relay(None, base) {
        say("CONTENT_ACCESS", told(&problem, "contentAccess: "));
    }
    for (setting, needs) in &config.engines.idle {
        say(setting, &["it is of no effect without ", needs].concat());
    }
    let reserves = config.tokens.iter().any(|token| token.scope == Scope::Reserve);
    if reserves && config.allowed_origins.is_empty() {
        say("ALLOWED_ORIGINS", "it is empty, so the tokens of scope reserve open nothing: they are for its pages alone");
    }
    if reserves && config.allowed_origins.iter().any(|origin| origin == "*") {
        say(
            "ALLOWED_ORIGINS",
            "with * any page that shows a token of scope reserve reserves callbacks here: name the origins of yours",
        );
    }
    if config.allow_private_media && Url::parse(base, "").is_ok_and(|url| url.is_public()) {
        say(
            "ALLOW_PRIVATE_MEDIA",
            "it is on, and this Worker is on the internet: whoever submits jobs has it fetch from private addresses",
        );
    }
    if !has_bucket {
        say("MEDIA", Code::UploadsNotConfigured.sentence());
    }
    all
}

/// Why an engine cannot come to this Worker.
fn out_of_reach(config: &Config, base: &str) -> Option<Problem> {
    let engines = Engines::of(config);
    engines.all().filter_map(|engine| visitor(engine, config)).find_map(|from| Config::check_reach(base, &from).err())
}

/// A problem's sentence without the name before it.
fn told<'p>(problem: &'p Problem, name: &str) -> &'p str {
    let message = &problem.failure().message;
    message.strip_prefix(name).unwrap_or(message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::tests::read;

    const INTERNET: &str = "https://jobs.example.com";

    fn named(changed: &[(&str, &str)], base: &str, has_bucket: bool) -> Vec<&'static str> {
        let said = advice(&read(changed).unwrap(), base, has_bucket);
        assert!(said.iter().all(|one| !one.message.contains("S3CRET") && !one.message.starts_with(one.setting)), "{said:?}");
        said.iter().map(|one| one.setting).collect()
    }

    #[test]
    fn where_all_is_well_nothing_is_said() {
        assert!(named(&[], INTERNET, true).is_empty());
        assert!(
            named(&[("RC_SERVER", "http://127.0.0.1:8790"), ("ALLOW_PRIVATE_MEDIA", "1")], "http://127.0.0.1:8787", true)
                .is_empty()
        );
    }

    #[test]
    fn each_setting_that_keeps_something_from_working_is_named() {
        let reserve = ("API_TOKENS", "S3CRET-token-of-enough-characters,reserve:S3CRET-another-long-token");
        let table: [(&[_], _, _, &[&str]); 7] = [
            (&[], "http://127.0.0.1:8787", true, &["PUBLIC_URL"]),
            (&[("RESULTS_BY", "polling")], "http://127.0.0.1:8787", true, &[]),
            (&[("RESULTS_BY", "polling"), ("CONTENT_ACCESS", "relay")], "http://127.0.0.1:8787", true, &["CONTENT_ACCESS"]),
            (
                &[("DEEPGRAM_MODEL", "S3CRET"), ("OPENAI_CHAT_MODEL", "S3CRET")],
                INTERNET,
                true,
                &["DEEPGRAM_MODEL", "OPENAI_CHAT_MODEL"],
            ),
            (&[reserve], INTERNET, true, &["ALLOWED_ORIGINS"]),
            (&[reserve, ("ALLOWED_ORIGINS", "*")], INTERNET, true, &["ALLOWED_ORIGINS"]),
            (&[("ALLOW_PRIVATE_MEDIA", "1")], INTERNET, false, &["ALLOW_PRIVATE_MEDIA", "MEDIA"]),
        ];
        for (changed, base, has_bucket, expected) in table {
            assert_eq!(named(changed, base, has_bucket), expected, "{changed:?} {base}");
        }
    }
}
