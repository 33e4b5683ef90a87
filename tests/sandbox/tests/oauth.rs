//! Tokens over HTTP: what clients send, and what they get for it.

mod stage;

use std::time::Duration;

use reqwest::Method;
use ringcentral_sandbox::Options;
use stage::{CALL_LOG, JWT_GRANT, Stage, quick, read};
use tokio::time::sleep;

#[tokio::test]
async fn a_login_answers_what_clients_need() {
    let stage = Stage::new(quick()).await;
    let token = stage.login("sandbox-client").await;
    assert!(token["expires_in"].is_u64() && token["refresh_token_expires_in"].is_u64(), "{token}");
    assert_eq!((&token["expires_in"], &token["token_type"]), (&3600.into(), &"bearer".into()));
    assert_eq!(token["scope"], "AI ReadAccounts ReadCallLog ReadCallRecording ReadMessages RingSense SubscriptionWebhook Video");
    for name in ["access_token", "refresh_token", "session_id", "endpoint_id", "owner_id"] {
        assert!(token[name].is_string(), "{name}");
    }
    assert_eq!(stage.login("sandbox-public").await["token_type"], "bearer");
}

#[tokio::test]
async fn a_refused_login_says_why_in_oauths_form() {
    let stage = Stage::new(quick()).await;
    for (client, form, error, code) in [
        ("sandbox-client", vec![("grant_type", JWT_GRANT), ("assertion", "wrong")], "invalid_grant", "OAU-149"),
        ("nobody", vec![("grant_type", JWT_GRANT), ("assertion", "sandbox-jwt")], "invalid_client", "OAU-123"),
        ("sandbox-client", vec![("grant_type", "password")], "unsupported_grant_type", "OAU-250"),
        ("sandbox-client", vec![("grant_type", "refresh_token"), ("refresh_token", "x")], "invalid_grant", "OAU-213"),
        ("sandbox-client", vec![], "invalid_request", "CMN-101"),
    ] {
        let (status, body) = stage.token_request(client, &form).await;
        assert_eq!(status, 400);
        assert_eq!((&body["error"], &body["errors"][0]["errorCode"]), (&error.into(), &code.into()), "{body}");
        assert_eq!(body["error_description"], body["errors"][0]["message"]);
    }
}

#[tokio::test]
async fn lives_out_of_range_are_moved_into_it() {
    let stage = Stage::new(quick()).await;
    for (asked, given) in [("-1", 600), ("5", 600), ("700", 700), ("99999", 3600)] {
        let form = [("grant_type", JWT_GRANT), ("assertion", "sandbox-jwt"), ("access_token_ttl", asked)];
        assert_eq!(stage.token_request("sandbox-client", &form).await.1["expires_in"], given, "{asked}");
    }
}

fn refreshing(token: &str) -> [(&str, &str); 2] {
    [("grant_type", "refresh_token"), ("refresh_token", token)]
}

#[tokio::test]
async fn a_refresh_has_its_real_consequences() {
    let mut stage = Stage::new(Options { refresh_grace: Duration::from_millis(300), ..quick() }).await;
    let login = stage.login("sandbox-client").await;
    let old = login["refresh_token"].as_str().unwrap();
    let (status, second) = stage.token_request("sandbox-client", &refreshing(old)).await;
    assert_eq!(status, 200);

    stage.token = login["access_token"].as_str().unwrap().to_owned();
    let (status, body) = stage.get(CALL_LOG).await;
    assert_eq!((status, &body["errors"][0]["errorCode"]), (401, &"OAU-213".into()));
    assert_eq!((&body["errorCode"], &body["message"]), (&"TokenInvalid".into(), &"Token not found".into()));

    let again = stage.token_request("sandbox-client", &refreshing(old)).await.1;
    assert_eq!(again["access_token"], second["access_token"]);
    stage.token = second["access_token"].as_str().unwrap().to_owned();
    assert_eq!(stage.get(CALL_LOG).await.0, 200);
    sleep(Duration::from_millis(350)).await;
    assert_eq!(stage.token_request("sandbox-client", &refreshing(old)).await.0, 400);
    let newest = second["refresh_token"].as_str().unwrap();
    assert_eq!(stage.token_request("sandbox-client", &refreshing(newest)).await.0, 200);
}

#[tokio::test]
async fn a_sixth_login_ends_the_first_and_revoking_ends_at_once() {
    let mut stage = Stage::new(quick()).await;
    let first = stage.token.clone();
    for _ in 0..5 {
        stage.sign_in("sandbox-client").await;
    }
    let newest = std::mem::replace(&mut stage.token, first);
    assert_eq!(stage.get(CALL_LOG).await.0, 401);
    stage.token = newest;
    assert_eq!(stage.get(CALL_LOG).await.0, 200);

    let request = stage.http.post(format!("{}/restapi/oauth/revoke", stage.base));
    let request = request.basic_auth("sandbox-client", Some("sandbox-secret")).form(&[("token", &stage.token)]);
    assert_eq!(request.send().await.unwrap().status(), 200);
    assert_eq!(stage.get(CALL_LOG).await.0, 401);
}

#[tokio::test]
async fn a_missing_permission_is_named() {
    let mut stage = Stage::new(quick()).await;
    for (client, method, path, permission) in [
        ("sandbox-noai", Method::POST, stage::SPEECH_TO_TEXT, "AI"),
        ("sandbox-nocalllog", Method::GET, CALL_LOG, "ReadCallLog"),
        ("sandbox-norecording", Method::GET, "/restapi/v1.0/account/~/recording/1/content", "ReadCallRecording"),
    ] {
        let scope = stage.login(client).await["scope"].clone();
        assert!(!scope.as_str().unwrap().split(' ').any(|name| name == permission));
        stage.sign_in(client).await;
        let (status, body) = read(stage.request(method, path).send().await.unwrap()).await;
        assert_eq!((status, &body["errorCode"]), (403, &"InsufficientPermissions".into()));
        assert_eq!(body["errors"][0]["errorCode"], "CMN-401");
        assert_eq!((&body["permissionName"], &body["errors"][0]["permissionName"]), (&permission.into(), &permission.into()));
    }
}

/// Opens the authorize page without following it back, and reads what is in the address that it leads to.
async fn authorized(stage: &Stage, method: Method, query: &str) -> (u16, Vec<(String, String)>) {
    let client = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let response = client.request(method, format!("{}/restapi/oauth/authorize?{query}", stage.base)).send().await.unwrap();
    let location = response.headers().get("location").map(|uri| uri.to_str().unwrap().to_owned()).unwrap_or_default();
    let pairs = form_urlencoded::parse(location.split_once('?').map_or("", |(_, query)| query).as_bytes()).into_owned();
    (response.status().as_u16(), pairs.collect())
}

#[tokio::test]
async fn a_code_with_pkce_opens_a_session_once() {
    let stage = Stage::new(quick()).await;
    let back = "http://127.0.0.1:1/app?x=1";
    // The verifier and challenge of RFC 7636, appendix B.
    let (verifier, s256) = ("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    let query = |challenge: &str, more: &str| {
        let back = stage::encoded("redirect_uri", back);
        format!(
            "response_type=code&client_id=sandbox-public&{back}&state=s%261&brand_id=&display=&code_challenge={challenge}{more}"
        )
    };
    let grant = |code: &str, verifier: &str, back: &str| {
        [("grant_type", "authorization_code"), ("code", code), ("redirect_uri", back), ("code_verifier", verifier)]
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
    };
    let trade = async |code: &str, verifier: &str, back: &str| {
        let form = grant(code, verifier, back);
        let form: Vec<_> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        stage.token_request("sandbox-public", &form).await
    };
    let code = async |challenge: &str, more: &str| {
        let (status, pairs) = authorized(&stage, Method::GET, &query(challenge, &format!("{more}&prompt=none"))).await;
        assert_eq!(status, 302);
        assert_eq!(pairs[0], ("x".to_owned(), "1".to_owned()));
        assert!(
            pairs.contains(&("state".to_owned(), "s&1".to_owned()))
                && pairs.contains(&("expires_in".to_owned(), "60".to_owned()))
        );
        pairs.into_iter().find(|(name, _)| name == "code").unwrap().1
    };
    let s256_method = "&code_challenge_method=S256";
    assert_eq!(authorized(&stage, Method::GET, &query(s256, s256_method)).await.0, 200, "a page");
    assert_eq!(authorized(&stage, Method::POST, &query(s256, s256_method)).await.0, 302, "its button");

    let first = code(s256, s256_method).await;
    let (status, token) = trade(&first, verifier, back).await;
    assert_eq!((status, token["access_token"].is_string()), (200, true), "{token}");
    assert_eq!(trade(&first, verifier, back).await.1["error"], "invalid_grant");
    assert_eq!(trade(&code("plain-text", "").await, "plain-text", back).await.0, 200);
    for (verifier, back) in [("wrong", back), (verifier, "http://127.0.0.1:1/app"), ("", back)] {
        assert_eq!(trade(&code(s256, s256_method).await, verifier, back).await.0, 400);
    }
    let (_, pairs) = authorized(&stage, Method::POST, &query("", "")).await;
    assert!(pairs.contains(&("error".to_owned(), "invalid_request".to_owned())), "a public app must use PKCE");
    assert_eq!(authorized(&stage, Method::GET, "client_id=nobody&response_type=code").await.0, 400);
}

#[tokio::test]
async fn the_configuration_names_endpoints_that_answer_on_the_host_that_was_asked() {
    let stage = Stage::new(quick()).await;
    let port = stage.base.rsplit_once(':').unwrap().1;
    let base = format!("http://localhost:{port}");
    let asked = stage.http.get(format!("{base}/.well-known/openid-configuration")).send().await.unwrap();
    assert!(asked.headers().get("x-rate-limit-group").is_none(), "RingCentral does not count it");
    let (status, found) = read(asked).await;
    assert_eq!((status, &found["issuer"]), (200, &base.as_str().into()));
    for (name, method, answers) in [
        ("authorization_endpoint", Method::GET, "CMN-101"), // no client_id
        ("token_endpoint", Method::POST, "OAU-123"),
        ("revocation_endpoint", Method::POST, "OAU-123"),
    ] {
        let endpoint = found[name].as_str().unwrap();
        assert!(endpoint.starts_with(&base), "{endpoint}");
        let (_, body) = read(stage.http.request(method, endpoint).send().await.unwrap()).await;
        assert_eq!(body["errors"][0]["errorCode"], answers, "{name}");
    }
    for grant in found["grant_types_supported"].as_array().unwrap() {
        let form = [("grant_type", grant.as_str().unwrap()), ("assertion", "x"), ("code", "x"), ("refresh_token", "x")];
        let (_, body) = stage.token_request("sandbox-client", &form).await;
        assert_eq!(body["error"], "invalid_grant", "{grant}: known, and the rest of the form is wrong");
    }
}

#[tokio::test]
async fn whose_a_token_is_stands_in_an_address_that_no_app_needs_a_permission_for() {
    let path = "/restapi/v1.0/account/~/extension/~/authz-profile/check";
    let mut stage = Stage::new(quick()).await;
    for app in ["sandbox-client", "sandbox-noai"] {
        stage.sign_in(app).await;
        let (status, body) = stage.get(&format!("{path}?permissionId=ReadMessages")).await;
        assert_eq!((status, &body["successful"]), (200, &true.into()), "{body}");
        let uri = body["uri"].as_str().unwrap();
        assert!(uri.contains("/account/809646016/extension/256440016/authz-profile/check?"), "{uri}");
    }
    assert_eq!(stage.get(path).await.0, 400);
}
