//! What goes wrong, how often and where: `{"faults": [{"kind": "cut", "chance": 0.02, "path": "/ai/"}, …]}`.

use serde::{Deserialize, Serialize};

use crate::limits::Group;

/// No wait is longer than this.
const MAX_MS: u64 = 600_000;
const STATUSES: [u16; 4] = [500, 502, 503, 504];

/// All rules, in their order.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// Each of them is drawn for on its own.
    pub faults: Vec<Rule>,
}

/// One way in which things go wrong.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// What happens.
    pub kind: Kind,
    /// How often, from 0 to 1.
    pub chance: f64,
    /// To requests counted in this group alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<Group>,
    /// To paths that begin so; of a callback it is the path that its job was submitted to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// How long it takes, from and to, in milliseconds of the world's clock.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ms: Option<[u64; 2]>,
    /// The statuses of a `server-error`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<Vec<u16>>,
    /// The `Retry-After` of a `server-error`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retry_after_s: Option<u64>,
    /// Whether the request was done, where its answer does not say so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub taken: Option<bool>,
}

/// What can go wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "--help says what each of them does")]
pub enum Kind {
    Latency,
    RateLimit,
    ServerError,
    Cut,
    Silence,
    DeadToken,
    StalledMedia,
    Dropped,
    Doubled,
    Late,
    Reordered,
    ForgedAddress,
    ForgedBody,
    AnotherJob,
    Oversized,
    Garbage,
}

impl Kind {
    /// Whether it happens to callbacks, and not to requests.
    #[must_use]
    pub fn is_of_callbacks(self) -> bool {
        self >= Self::Dropped
    }

    /// Its name in the file.
    #[must_use]
    pub fn name(self) -> String {
        serde_json::to_value(self).ok().and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default()
    }

    /// How long it takes where its rule does not say so.
    fn usual_ms(self) -> Option<[u64; 2]> {
        match self {
            Self::Latency => Some([100, 2_000]),
            Self::Late => Some([1_000, 10_000]),
            Self::Silence | Self::StalledMedia => Some([60_000, 60_000]),
            _ => None,
        }
    }
}

impl Rules {
    /// Reads the file.
    ///
    /// # Errors
    /// What is wrong in it, with what there is instead.
    pub fn parse(text: &[u8]) -> Result<Self, String> {
        let rules: Self = serde_json::from_slice(text).map_err(|error| error.to_string())?;
        for (place, rule) in rules.faults.iter().enumerate() {
            rule.check().map_err(|problem| format!("faults[{place}], {}: {problem}", rule.kind.name()))?;
        }
        Ok(rules)
    }
}

impl Rule {
    /// From and to, in milliseconds.
    #[must_use]
    pub fn span_ms(&self) -> [u64; 2] {
        self.ms.or(self.kind.usual_ms()).unwrap_or_default()
    }

    /// The statuses of a `server-error`.
    #[must_use]
    pub fn statuses(&self) -> &[u16] {
        self.status.as_deref().unwrap_or(&STATUSES)
    }

    /// Whether a path begins as the rule has it.
    #[must_use]
    pub fn covers(&self, path: &str) -> bool {
        self.path.as_deref().is_none_or(|start| path.starts_with(start))
    }

    fn check(&self) -> Result<(), String> {
        let is_unanswered = matches!(self.kind, Kind::ServerError | Kind::Cut | Kind::Silence);
        let is_error = self.kind == Kind::ServerError;
        let of_kind = [
            ("group", self.group.is_some(), !self.kind.is_of_callbacks()),
            ("ms", self.ms.is_some(), self.kind.usual_ms().is_some()),
            ("status", self.status.is_some(), is_error),
            ("retry_after_s", self.retry_after_s.is_some(), is_error),
            ("taken", self.taken.is_some(), is_unanswered),
        ];
        if let Some((name, ..)) = of_kind.iter().find(|(_, is_given, is_taken)| *is_given && !is_taken) {
            let others = of_kind.iter().filter(|(_, _, is_taken)| *is_taken).map(|(name, ..)| *name);
            let others: Vec<_> = ["chance", "path"].into_iter().chain(others).collect();
            return Err(format!("it takes no {name}; it takes {}", others.join(", ")));
        }
        if !(0.0..=1.0).contains(&self.chance) {
            return Err(format!("chance {}: it should be a number from 0 to 1", self.chance));
        }
        if self.ms.is_some_and(|[from, to]| from > to || to > MAX_MS) {
            return Err(format!("ms: it should be [from, to], {MAX_MS} at most"));
        }
        if self.statuses().is_empty() || self.statuses().iter().any(|status| !STATUSES.contains(status)) {
            return Err(format!("status: it should be a list of some of {STATUSES:?}"));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_file_has_every_kind() {
        let rules = Rules::parse(include_bytes!("../../faults.json")).unwrap();
        let mut kinds: Vec<_> = rules.faults.iter().map(|rule| rule.kind).collect();
        kinds.sort_unstable();
        kinds.dedup();
        assert_eq!(kinds.len(), Kind::Garbage as usize + 1);
        let again = Rules::parse(serde_json::to_string(&rules).unwrap().as_bytes());
        assert_eq!(again, Ok(rules));
    }

    #[test]
    fn every_kind_is_in_the_help() {
        for rule in Rules::parse(include_bytes!("../../faults.json")).unwrap().faults {
            let line = format!("\n  {} ", rule.kind.name());
            assert!(crate::options::HELP.contains(&line), "{line}");
        }
    }

    #[test]
    fn what_is_wrong_is_named_with_what_there_is() {
        for (rule, parts) in [
            (r#"{"kind": "flood", "chance": 1}"#, ["unknown variant `flood`", "`forged-address`"]),
            (r#"{"kind": "cut", "chance": 1, "chances": 1}"#, ["unknown field `chances`", "`taken`"]),
            (r#"{"kind": "cut"}"#, ["missing field `chance`", ""]),
            (r#"{"kind": "cut", "chance": 1.5}"#, ["faults[0], cut: chance 1.5", "0 to 1"]),
            (r#"{"kind": "cut", "chance": 1, "ms": [1, 2]}"#, ["it takes no ms", "chance, path, group, taken"]),
            (r#"{"kind": "late", "chance": 1, "group": "heavy"}"#, ["it takes no group", "chance, path, ms"]),
            (r#"{"kind": "late", "chance": 1, "ms": [2, 1]}"#, ["ms: it should be", "[from, to]"]),
            (r#"{"kind": "server-error", "chance": 1, "status": [418]}"#, ["status: it should be", "500, 502"]),
            (r#"{"kind": "cut", "chance": 1, "group": "heavier"}"#, ["unknown variant `heavier`", "`heavy`"]),
        ] {
            let problem = Rules::parse(format!(r#"{{"faults": [{rule}]}}"#).as_bytes()).unwrap_err();
            assert!(parts.iter().all(|part| problem.contains(part)), "{rule}: {problem}");
        }
        assert!(Rules::parse(br#"{"fault": []}"#).unwrap_err().contains("`faults`"));
    }
}
