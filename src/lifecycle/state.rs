//! Where a job stands, and how its result came.

/// Where a job stands; the names are the API's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// Its caller submits it; the callback's address is given out.
    Reserved,
    /// Waits for its turn.
    Queued,
    /// Sent; whether it runs is not known yet.
    Unconfirmed,
    /// The engine has it.
    Submitted,
    /// There is a result.
    Succeeded,
    /// It ended without a result.
    Failed,
    /// Nothing came before the engine forgot it.
    Expired,
}

impl State {
    /// All of them.
    pub const ALL: [Self; 7] =
        [Self::Reserved, Self::Queued, Self::Unconfirmed, Self::Submitted, Self::Succeeded, Self::Failed, Self::Expired];

    /// Its name in the API and in the store.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Reserved => "reserved",
            Self::Queued => "queued",
            Self::Unconfirmed => "unconfirmed",
            Self::Submitted => "submitted",
            Self::Succeeded => "succeeded",
            Self::Failed => "failed",
            Self::Expired => "expired",
        }
    }

    /// The state of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }

    /// Whether whoever waits for the job's end is told.
    #[must_use]
    pub const fn is_finished(self) -> bool {
        matches!(self, Self::Succeeded | Self::Failed | Self::Expired)
    }
}

/// How a job's result came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Via {
    /// The engine delivered it.
    Callback,
    /// The engine was asked.
    Status,
}

impl Via {
    /// Both of them.
    pub const ALL: [Self; 2] = [Self::Callback, Self::Status];

    /// Its name in the API and in the store.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Callback => "callback",
            Self::Status => "status",
        }
    }

    /// The way of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|via| via.name() == name)
    }
}
