//! The apps that RingCentral knows here, and the one user who may log in to them.

/// The JWT credential of the user.
pub const JWT: &str = "sandbox-jwt";

/// The user's extension id.
pub const OWNER_ID: &str = "256440016";

/// The user's account id.
pub const ACCOUNT_ID: &str = "809646016";

/// In the place of a permission: none is needed.
pub const NONE: &str = "";

const SECRET: &str = "sandbox-secret";
const ALL: &[&str] =
    &["AI", "ReadAccounts", "ReadCallLog", "ReadCallRecording", "ReadMessages", "RingSense", "SubscriptionWebhook", "Video"];

/// One registered app.
#[derive(Debug, PartialEq, Eq)]
pub struct App {
    /// Its client id.
    pub client_id: &'static str,
    /// Its secret; a public app has none.
    pub secret: Option<&'static str>,
    lacks: &'static str,
}

/// Every app; one that lacks a permission is one more line.
static APPS: [App; 10] = [
    App { client_id: "sandbox-client", secret: Some(SECRET), lacks: "" },
    App { client_id: "sandbox-public", secret: None, lacks: "" },
    App { client_id: "sandbox-noai", secret: Some(SECRET), lacks: "AI" },
    App { client_id: "sandbox-nocalllog", secret: Some(SECRET), lacks: "ReadCallLog" },
    App { client_id: "sandbox-norecording", secret: Some(SECRET), lacks: "ReadCallRecording" },
    App { client_id: "sandbox-novideo", secret: Some(SECRET), lacks: "Video" },
    App { client_id: "sandbox-nomessages", secret: Some(SECRET), lacks: "ReadMessages" },
    App { client_id: "sandbox-noace", secret: Some(SECRET), lacks: "RingSense" },
    App { client_id: "sandbox-noinsights", secret: Some(SECRET), lacks: "ReadRingSenseInsights" },
    App { client_id: "sandbox-nocompany", secret: Some(SECRET), lacks: "FullCompanyCallLog" },
];

impl App {
    /// The app with this client id.
    #[must_use]
    pub fn find(client_id: &str) -> Option<&'static Self> {
        APPS.iter().find(|app| app.client_id == client_id)
    }

    /// Whether it has a permission.
    #[must_use]
    pub fn may(&self, permission: &str) -> bool {
        permission == NONE || permission != self.lacks && ALL.contains(&permission)
    }

    /// Whether the one who logs in to it has a user permission: an administrator has all but what the app stands for.
    #[must_use]
    pub fn users_may(&self, permission: &str) -> bool {
        permission != self.lacks
    }

    /// Its permissions as the `scope` of a token.
    #[must_use]
    pub fn scope(&self) -> String {
        let held: Vec<_> = ALL.iter().copied().filter(|name| self.may(name)).collect();
        held.join(" ")
    }
}
