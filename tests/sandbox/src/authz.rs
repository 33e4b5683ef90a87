//! `GET …/authz-profile/check`: whether the user has a permission, under an address that names account and extension by their ids.

use std::sync::Arc;

use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::Response;
use axum::routing::get;
use axum::{Extension, Router};
use serde_json::json;

use crate::errors::{Refusal, json_response};
use crate::gate::{Caller, Terms, guard};
use crate::limits::Group;
use crate::oauth::apps::{ACCOUNT_ID, NONE, OWNER_ID};
use crate::query::Query;
use crate::server::{Sandbox, base_url};

/// No app needs a permission for it.
const TERMS: Terms = Terms { group: Group::Light, permission: NONE, token_in_query: false };

/// The route of this room.
pub fn routes(sandbox: &Arc<Sandbox>) -> Router<Arc<Sandbox>> {
    let path = "/restapi/v1.0/account/{account}/extension/{extension}/authz-profile/check";
    guard(Router::new().route(path, get(check)), sandbox, TERMS)
}

async fn check(Extension(caller): Extension<Caller>, uri: Uri, headers: HeaderMap) -> Result<Response, Refusal> {
    let query = Query::of(&uri);
    let id = query.get("permissionId").ok_or_else(|| Refusal::invalid_parameter("permissionId"))?;
    let profile = format!("{}/restapi/v1.0/account/{ACCOUNT_ID}/extension/{OWNER_ID}/authz-profile", base_url(&headers));
    let body = json!({
        "uri": format!("{profile}/check?permissionId={id}"),
        "successful": caller.app.users_may(id),
        "details": {"permission": {"id": id}, "effectiveRole": {"id": "1"}, "scopes": ["Self"]},
    });
    Ok(json_response(StatusCode::OK, &body))
}
