//! How an engine reaches media that only our token opens.

/// The two ways.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ContentAccess {
    /// Through this Worker, which holds the token.
    Relay,
    /// By itself, with the token in the address.
    AccessToken,
}

impl ContentAccess {
    /// The one of that name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        [Self::Relay, Self::AccessToken].into_iter().find(|access| access.name() == name)
    }

    /// Its name.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Relay => "relay",
            Self::AccessToken => "access-token",
        }
    }
}
