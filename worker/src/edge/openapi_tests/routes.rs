//! Each route is described, with whom it is for.

use super::{Names, document};
use crate::edge::access::Who;
use crate::edge::router::ROUTES;
use crate::tokens::Scope;
use serde_json::{Value, json};
use std::collections::BTreeSet;

#[test]
fn every_route_is_described_and_nothing_else() {
    let document = document();
    let described: BTreeSet<_> = document
        .operations()
        .map(|(method, path, operation)| (method, path.to_owned(), operation["operationId"].as_str().unwrap().to_owned()))
        .collect();
    let itself = ["GET", "/openapi.json", "describe_api"]; // the platform serves it among the console's files
    let routes = ROUTES.iter().map(|route| [route.method, route.pattern, route.name]);
    let routes =
        routes.chain([itself]).map(|route| route.map(ToOwned::to_owned)).map(|[method, path, name]| (method, path, name));
    assert_eq!(described, routes.collect());
}

#[test]
fn a_path_is_described_with_what_it_captures() {
    let document = document();
    for (method, path, operation) in document.operations() {
        let captured: Names = path.split('{').skip(1).map(|part| part.split('}').next().unwrap().to_owned()).collect();
        let in_path = |parameter: &&Value| parameter["in"] == "path" && parameter["required"] == true;
        let described = document.parameters(operation).into_iter().filter(in_path);
        assert_eq!(
            described.map(|parameter| parameter["name"].as_str().unwrap().to_owned()).collect::<Names>(),
            captured,
            "{method} {path}"
        );
    }
}

#[test]
fn whoever_a_route_is_for_is_told() {
    let document = document();
    // An admin's token opens all; what no other opens names it.
    let or_admin = |scopes: &'static [Scope]| if scopes.is_empty() { &[Scope::Admin] } else { scopes };
    let tokens = |scopes: &[Scope]| scopes.iter().map(|scope| json!({"apiToken": [scope.name()]})).collect::<Vec<_>>();
    let (read, linked) = (json!({"readToken": []}), json!({"readTokenInLink": []}));
    for route in ROUTES {
        let expected = match route.who {
            Who::Anyone | Who::Signed | Who::Fetcher | Who::Teller => Vec::new(),
            Who::Api(scopes) => tokens(or_admin(scopes)),
            Who::Client(scopes) => [tokens(scopes), vec![json!({"ringcentralToken": []})]].concat(),
            Who::Reader => [tokens(&[Scope::Read]), vec![read.clone()]].concat(),
            Who::LinkedReader => [tokens(&[Scope::Read]), vec![read.clone(), linked.clone()]].concat(),
        };
        assert_eq!(document.operation(route.name)["security"], json!(expected), "{}", route.name);
    }
}
