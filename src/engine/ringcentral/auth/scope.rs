//! The token's scope against what a request needs, so that a missing permission is named before anything is sent.

use crate::error::{Error, Holder, Result};
use alloc::borrow::ToOwned;

/// Checks a scope (names parted by spaces); one that RingCentral did not name passes.
///
/// Assumption: RingCentral's guide shows scopes with `CallLog` where the permission is `ReadCallLog`, so a name without
/// its `Read` is taken for the same permission.
pub(super) fn check(scope: Option<&str>, permissions: &[&'static str]) -> Result<()> {
    let Some(scope) = scope.filter(|scope| !scope.trim().is_empty()) else {
        return Ok(());
    };
    let has = |permission: &str| {
        let short = permission.strip_prefix("Read").unwrap_or(permission);
        scope.split([' ', ',']).any(|name| name == permission || name == short)
    };
    match permissions.iter().find(|permission| !has(permission)) {
        Some(missing) => Err(Error::PermissionMissing { permission: (*missing).to_owned(), holder: Holder::App }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_missing_permission_is_named() {
        let missing = check(Some("CallLog ReadCallRecording"), &["ReadCallLog", "ReadCallRecording", "AI"]);
        assert_eq!(missing, Err(Error::PermissionMissing { permission: "AI".into(), holder: Holder::App }));
    }

    #[test]
    fn a_scope_that_is_not_known_passes() {
        assert_eq!(check(None, &["AI"]), Ok(()));
        assert_eq!(check(Some(" "), &["AI"]), Ok(()));
        assert_eq!(check(Some("AI"), &["AI"]), Ok(()));
    }

    #[test]
    fn a_longer_name_is_another_permission() {
        assert!(check(Some("AIX Video"), &["AI"]).is_err());
    }
}
