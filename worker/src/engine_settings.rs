//! What the settings say of the engines beside RingCentral's AI: their keys, where they are, and their models.

use crate::problem::Problem;
use crate::setting::{Lookup, flag, optional_secret, plain};
use ringcentral_ai::http::Url;
use ringcentral_ai::secret::Secret;

/// The names that engines have, whether they are configured or not.
pub(crate) const NAMES: [&str; 5] = ["ringcentral", "ace", "assemblyai", "deepgram", "openai"];

/// The engines that jobs may name beside `ringcentral`, and what each of them needs to be there.
const NEEDS: &[(&str, &str)] = &[
    ("ace", "the setting ACE, \"1\""),
    ("assemblyai", "the secret ASSEMBLYAI_API_KEY"),
    ("deepgram", "the secret DEEPGRAM_API_KEY"),
    ("openai", "the secret OPENAI_API_KEY, or OPENAI_BASE_URL of a server that takes none"),
];

/// Settings that do nothing without another.
const IDLE: [(&str, &str); 6] = [
    ("ASSEMBLYAI_BASE_URL", "ASSEMBLYAI_API_KEY"),
    ("ASSEMBLYAI_MODEL", "ASSEMBLYAI_API_KEY"),
    ("DEEPGRAM_BASE_URL", "DEEPGRAM_API_KEY"),
    ("DEEPGRAM_MODEL", "DEEPGRAM_API_KEY"),
    ("OPENAI_SPEECH_MODEL", "OPENAI_API_KEY or OPENAI_BASE_URL"),
    ("OPENAI_CHAT_MODEL", "OPENAI_API_KEY or OPENAI_BASE_URL"),
];

/// The settings of all of them; what is not set is not there.
#[derive(Debug, Clone, Default)]
pub(crate) struct EngineSettings {
    /// The engine of a job that names none; RingCentral where nothing is set.
    pub(crate) usual: Option<String>,
    /// RingCentral's AI Conversation Expert.
    pub(crate) ace: bool,
    /// AssemblyAI.
    pub(crate) assemblyai: Option<Service>,
    /// Deepgram.
    pub(crate) deepgram: Option<Service>,
    /// A server that speaks OpenAI's API.
    pub(crate) openai: Option<Service>,
    /// The model there that writes texts.
    pub(crate) chat_model: Option<String>,
    /// Settings of no effect, each with what it needs beside it.
    pub(crate) idle: Vec<(&'static str, &'static str)>,
}

/// A speech service.
#[derive(Debug, Clone, Default)]
pub(crate) struct Service {
    /// What opens it.
    pub(crate) key: Option<Secret>,
    /// Where it is, where that is not its own address.
    pub(crate) base_url: Option<String>,
    /// The model that hears, where it is not the engine's own choice.
    pub(crate) model: Option<String>,
}

impl EngineSettings {
    /// The settings that `value` finds.
    ///
    /// # Errors
    /// `not_configured`, naming the first that is wrong.
    pub(crate) fn read(value: Lookup<'_>) -> Result<Self, Problem> {
        let keyed = |service: Service| Some(service).filter(|service| service.key.is_some());
        let openai = service(value, ["OPENAI_API_KEY", "OPENAI_BASE_URL", "OPENAI_SPEECH_MODEL"])?;
        let settings = Self {
            usual: plain(value, "DEFAULT_ENGINE"),
            ace: flag(value, "ACE")?,
            assemblyai: keyed(service(value, ["ASSEMBLYAI_API_KEY", "ASSEMBLYAI_BASE_URL", "ASSEMBLYAI_MODEL"])?),
            deepgram: keyed(service(value, ["DEEPGRAM_API_KEY", "DEEPGRAM_BASE_URL", "DEEPGRAM_MODEL"])?),
            openai: Some(openai).filter(|service| service.key.is_some() || service.base_url.is_some()),
            chat_model: model(value, "OPENAI_CHAT_MODEL")?,
            idle: IDLE.into_iter().filter(|(name, needs)| is_idle(value, name, needs)).collect(),
        };
        match settings.usual.as_deref().filter(|name| !settings.has(name)) {
            Some(name) => Err(Problem::not_configured("DEFAULT_ENGINE", &unknown(name))),
            None => Ok(settings),
        }
    }

    fn has(&self, name: &str) -> bool {
        match name {
            "ringcentral" => true,
            "ace" => self.ace,
            "assemblyai" => self.assemblyai.is_some(),
            "deepgram" => self.deepgram.is_some(),
            "openai" => self.openai.is_some(),
            _ => false,
        }
    }
}

/// Whether a setting is there, and none of what it needs.
fn is_idle(value: Lookup<'_>, name: &str, needs: &str) -> bool {
    let is_set = |name: &str| optional_secret(value, name).is_some();
    is_set(name) && !needs.split(" or ").any(is_set)
}

/// Why there is no engine of that name.
pub(crate) fn unknown(name: &str) -> String {
    match NEEDS.iter().find(|(known, _)| *known == name) {
        Some((known, needs)) => [known, " is not configured: it needs ", needs].concat(),
        None => ["there is no such engine; there are: ", &NAMES.join(", ")].concat(),
    }
}

fn service(value: Lookup<'_>, [key, base_url, model_name]: [&str; 3]) -> Result<Service, Problem> {
    let base = plain(value, base_url).map(|url| server(base_url, &url)).transpose()?;
    Ok(Service { key: unspaced(value, key)?, base_url: base, model: model(value, model_name)? })
}

/// The name of a model.
fn model(value: Lookup<'_>, name: &str) -> Result<Option<String>, Problem> {
    unspaced(value, name)?;
    Ok(plain(value, name))
}

/// What goes into a header, or is a name.
fn unspaced(value: Lookup<'_>, name: &str) -> Result<Option<Secret>, Problem> {
    let text = optional_secret(value, name);
    // It is looked at for what no header and no name holds.
    if text.as_ref().is_some_and(|text| !text.expose().bytes().all(|byte| byte.is_ascii_graphic())) {
        return Err(Problem::not_configured(name, "it must be visible ASCII characters, without spaces"));
    }
    Ok(text)
}

/// The address of a server that is sent a key: nobody may read along.
fn server(name: &str, text: &str) -> Result<String, Problem> {
    let wrong = |reason| Problem::not_configured(name, reason);
    let url = Url::parse(text, name).map_err(|_| wrong("it must be an address, as in https://api.example.com"))?;
    if !text.starts_with("https://") && !url.is_loopback() {
        return Err(wrong("it must be https, unless it is on this machine"));
    }
    if url.query().is_some() || url.has_userinfo() {
        return Err(wrong("it must be scheme, host, port and path alone"));
    }
    Ok(text.trim_end_matches('/').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(set: &[(&str, &str)]) -> Result<EngineSettings, Problem> {
        EngineSettings::read(&|name| set.iter().find(|(known, _)| *known == name).map(|(_, value)| Secret::new(*value)))
    }

    #[test]
    fn an_engine_is_there_when_what_it_needs_is_set() {
        let settings = read(&[]).unwrap();
        assert!(["ace", "assemblyai", "deepgram", "openai", "whisper"].iter().all(|name| !settings.has(name)));
        let settings =
            read(&[("DEEPGRAM_API_KEY", "S3CRET"), ("OPENAI_BASE_URL", "http://127.0.0.1:9/v1/"), ("ACE", "1")]).unwrap();
        assert_eq!(["ace", "assemblyai", "deepgram", "openai"].map(|name| settings.has(name)), [true, false, true, true]);
        assert_eq!(settings.openai.as_ref().unwrap().base_url.as_deref(), Some("http://127.0.0.1:9/v1"));
        assert!(!format!("{settings:?}").contains("S3CRET"));
    }

    #[test]
    fn what_does_nothing_without_another_setting_is_named() {
        let idle = |set: &[(&str, &str)]| read(set).unwrap().idle.into_iter().map(|(name, _)| name).collect::<Vec<_>>();
        assert_eq!(idle(&[("DEEPGRAM_MODEL", "nova-3"), ("OPENAI_CHAT_MODEL", "m")]), ["DEEPGRAM_MODEL", "OPENAI_CHAT_MODEL"]);
        assert!(idle(&[("OPENAI_CHAT_MODEL", "m"), ("OPENAI_BASE_URL", "https://h.example")]).is_empty());
        assert!(idle(&[("DEEPGRAM_MODEL", "nova-3"), ("DEEPGRAM_API_KEY", "k")]).is_empty());
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (name, value, part) in [
            ("DEFAULT_ENGINE", "deepgram", "deepgram is not configured: it needs the secret DEEPGRAM_API_KEY"),
            ("DEFAULT_ENGINE", "whisper", "there is no such engine"),
            ("DEEPGRAM_BASE_URL", "http://api.deepgram.com", "it must be https"),
            ("OPENAI_BASE_URL", "api.openai.com/v1", "it must be an address"),
            ("OPENAI_BASE_URL", "https://h.example.com/v1?key=1", "path alone"),
            ("ACE", "yes", "it must be 1 or 0"),
            ("DEEPGRAM_API_KEY", "S3 CRET", "without spaces"),
            ("OPENAI_SPEECH_MODEL", "whisper 1", "without spaces"),
            ("OPENAI_CHAT_MODEL", "gpt 6", "without spaces"),
        ] {
            let problem = read(&[(name, value)]).unwrap_err();
            assert_eq!(problem.code(), "not_configured");
            let message = &problem.failure().message;
            assert!(message.contains(name) && message.contains(part), "{message}");
        }
        assert!(read(&[("DEFAULT_ENGINE", "deepgram"), ("DEEPGRAM_API_KEY", "k")]).is_ok());
    }
}
