//! The API's own description says what there is, and nothing else: routes and who they are for, codes, the engine's rules, the Job.

mod document;
mod errors;
mod jobs;
mod recordings;
mod routes;
mod rules;
mod transcripts;

pub(crate) use document::document;

use document::{Document, Names, fits, keys, named, names};

#[test]
fn the_document_is_of_this_version_and_whole() {
    let document = document();
    assert_eq!(document.0["info"]["version"], env!("CARGO_PKG_VERSION"));
    assert!(document.0["openapi"].as_str().unwrap().starts_with("3.1."));
    let mut references = Names::new();
    let mut waiting = vec![&document.0];
    while let Some(value) = waiting.pop() {
        if let Some(place) = value["$ref"].as_str() {
            references.insert(place.to_owned());
            document.at(value);
        }
        waiting.extend(value.as_object().into_iter().flat_map(|object| object.values()));
        waiting.extend(value.as_array().into_iter().flatten());
    }
    for kind in ["schemas", "responses", "parameters", "headers"] {
        for name in keys(&document.0["components"][kind]) {
            assert!(references.contains(&format!("#/components/{kind}/{name}")), "nobody uses {kind}/{name}");
        }
    }
}
