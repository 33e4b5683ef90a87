//! One setting: how it is found, and what every kind of it has to be.

use crate::problem::Problem;
use ringcentral_ai::error::{Code, Error};
use ringcentral_ai::http::Url;
use ringcentral_ai::secret::Secret;

/// Finds a setting; everything is a secret until its name says that it is none.
pub(crate) type Lookup<'a> = &'a dyn Fn(&str) -> Option<Secret>;

/// What is missing or wrong, all of it, as settings are read.
#[derive(Debug, Default)]
pub(crate) struct Wrong(Vec<Problem>);

impl Wrong {
    /// A setting that was read; what is wrong with it is noted.
    pub(crate) fn note<T>(&mut self, read: Result<T, Problem>) -> Option<T> {
        read.map_err(|problem| self.0.push(problem)).ok()
    }

    /// One problem that names them all; none where nothing is wrong.
    pub(crate) fn told(&self) -> Option<Problem> {
        let causes: Vec<_> = self.0.iter().filter_map(Problem::cause).collect();
        (!causes.is_empty()).then(|| Problem::new(Code::NotConfigured, causes.join(". Also ")))
    }
}

/// A secret that has to be there.
///
/// # Errors
/// `not_configured`, naming it.
pub(crate) fn secret(value: Lookup<'_>, name: &str) -> Result<Secret, Problem> {
    optional_secret(value, name).ok_or_else(|| missing(name))
}

/// A secret that may be there.
pub(crate) fn optional_secret(value: Lookup<'_>, name: &str) -> Option<Secret> {
    value(name).filter(|secret| !secret.is_empty())
}

/// A setting that is no secret.
pub(crate) fn plain(value: Lookup<'_>, name: &str) -> Option<String> {
    // A setting that is no secret: it goes into the configuration as it stands.
    secret(value, name).ok().map(|text| text.expose().to_owned())
}

/// What is said where a setting is missing.
pub(crate) fn missing(name: &str) -> Problem {
    Problem::not_configured(name, "it is missing; secrets are set with `wrangler secret put`, on this machine in .dev.vars")
}

/// A setting that is on or off.
///
/// # Errors
/// `not_configured`, naming it.
pub(crate) fn flag(value: Lookup<'_>, name: &str) -> Result<bool, Problem> {
    match plain(value, name).as_deref() {
        None | Some("0" | "false") => Ok(false),
        Some("1" | "true") => Ok(true),
        Some(_) => Err(Problem::not_configured(name, "it must be 1 or 0")),
    }
}

/// An address of which nothing but scheme, host and port is given.
///
/// # Errors
/// `not_configured`, naming it.
pub(crate) fn origin(name: &str, text: &str) -> Result<String, Problem> {
    let url = Url::parse(text, name).map_err(|error| named(name, &error))?;
    if url.path() != "/" || url.query().is_some() || url.has_userinfo() {
        return Err(Problem::not_configured(name, "it must be scheme, host and port alone, as in https://jobs.example"));
    }
    Ok(url.origin())
}

/// What the core says of a value, under the setting's name.
pub(crate) fn named(name: &str, error: &Error) -> Problem {
    let text = error.to_string();
    let reason = if let Error::InvalidField { reason, .. } = error { reason } else { &text };
    Problem::not_configured(name, reason)
}
