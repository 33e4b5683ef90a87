//! What knows what: the rooms of the core and of the Worker in one order each, and no two files in a circle.
#![allow(clippy::unwrap_used, missing_docs)]

mod house;

use house::{files, is_test};

/// The rooms of the core in their order, and those of RingCentral's engine in theirs: each knows those before it, none after.
const ROOMS: &[&str] = &[
    "secret",
    "json",
    "time",
    "error",
    "http",
    "pace",
    "endpoint",
    "call",
    "signing",
    "speech",
    "engine",
    "engine::ringcentral::refusal",
    "engine::ringcentral::auth",
    "engine::ringcentral::client",
    "engine::ringcentral::media",
    "engine::ringcentral::jobs",
    "engine::ringcentral::enrollments",
    "engine::ringcentral::delivery",
    "engine::ringcentral::served",
    "engine::ringcentral",
    "house",
    "engine::keyed",
    "engine::chat",
    "engine::write_up",
    "engine::hearing",
    "engine::deepgram",
    "engine::assemblyai",
    "engine::openai",
    "engine::ace",
    "lifecycle",
    "transcript",
    "inbox",
    "browser",
];

/// Rooms that must not know what stands before them either.
const STRANGERS: &[(&str, &str)] = &[
    ("signing", "call"),
    ("speech", "call"),
    ("house", "call"),
    ("lifecycle", "engine"),
    ("lifecycle", "call"),
    ("transcript", "engine"),
    ("inbox", "engine"),
];

/// The rooms of the Worker in their order, and those of its edge in theirs.
const WORKER_ROOMS: &[&str] = &[
    "limits",
    "instance",
    "random",
    "request_id",
    "clock",
    "failure",
    "file",
    "upload",
    "bucket",
    "problem",
    "log",
    "tokens",
    "weakness",
    "content_access",
    "setting",
    "engine_settings",
    "config",
    "job",
    "range",
    "sha256",
    "kv",
    "results",
    "share",
    "question",
    "envelope",
    "media",
    "engines",
    "advice",
    "desk",
    "edge::address",
    "edge::reply",
    "edge::access",
    "edge::cors",
    "edge::headers",
    "edge::context",
    "edge::body",
    "edge::unpack",
    "edge::probe",
    "edge::ask",
    "edge::users",
    "edge::served",
    "edge::relay",
    "edge::rejections",
    "edge::routes",
    "edge::router",
    "edge",
];

/// The room that a path of modules lies in, as its place in the order.
fn room_of(rooms: &[&str], path: &str) -> Option<usize> {
    let lies_in = |room: &&str| path == *room || path.strip_prefix(*room).is_some_and(|rest| rest.starts_with("::"));
    rooms.iter().enumerate().filter(|(_, room)| lies_in(room)).max_by_key(|(_, room)| room.len()).map(|(place, _)| place)
}

/// What a module takes from elsewhere in its crate: the paths behind `crate::` and `super::`, grouped ones one by one.
fn paths_of(module: &str, text: &str) -> Vec<String> {
    let code: Vec<&str> = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
    let code = code.join("\n");
    let is_part = |at: usize| code[..at].ends_with(|c: char| c.is_alphanumeric() || "_:".contains(c));
    let is_visibility = |at: usize| code[..at].ends_with("(in ");
    let starts = code.match_indices("crate::").chain(code.match_indices("super::"));
    let mut found = Vec::new();
    for (at, _) in starts.filter(|(at, _)| !is_part(*at) && !is_visibility(*at)) {
        let rest = &code[at..];
        let end = rest.find(|c: char| !(c.is_alphanumeric() || "_:".contains(c))).unwrap_or(rest.len());
        let path = rest[..end].trim_end_matches(':');
        match rest[end..].strip_prefix('{') {
            Some(group) => {
                let names = group.split('}').next().unwrap().split(',').map(str::trim);
                found.extend(names.filter(|name| !name.is_empty()).map(|name| absolute(module, &format!("{path}::{name}"))));
            }
            None => found.push(absolute(module, path)),
        }
    }
    found
}

/// A path from the crate's root: each `super` is one module up.
fn absolute(module: &str, path: &str) -> String {
    let mut place: Vec<&str> = module.split("::").collect();
    for part in path.split("::") {
        match part {
            "crate" => place.clear(),
            "super" => _ = place.pop(),
            name => place.push(name),
        }
    }
    place.join("::")
}

/// The module that a file is.
fn module_of(sources: &str, name: &str) -> String {
    let path = name.strip_prefix(sources).unwrap().trim_start_matches('/').trim_end_matches(".rs").trim_end_matches("/mod");
    path.replace('/', "::")
}

/// The modules of a crate, each with what it takes from elsewhere in it; the root and the tests are none.
fn modules(sources: &str) -> Vec<(String, Vec<String>)> {
    let is_module = |name: &str| name != format!("{sources}/lib.rs") && !is_test(name);
    let read = |(name, text): (String, String)| {
        let module = module_of(sources, &name);
        let paths = paths_of(&module, text.split("#[cfg(test)]").next().unwrap());
        (module, paths)
    };
    files(sources, &["rs"]).into_iter().filter(|(name, _)| is_module(name)).map(read).collect()
}

#[test]
fn arrows_between_rooms_point_one_way() {
    let mut wrong = Vec::new();
    for (sources, rooms) in [("src", ROOMS), ("worker/src", WORKER_ROOMS)] {
        for (module, paths) in modules(sources) {
            let room =
                |path: &str| room_of(rooms, path).unwrap_or_else(|| panic!("{sources}: {path} is in no room of the order"));
            let own = room(&module);
            wrong.extend(paths.iter().filter(|path| room(path) > own).map(|path| format!("{sources}: {module} knows {path}")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn strangers_stay_strangers() {
    let lies_in = |path: &str, room: &str| room_of(&[room], path).is_some();
    for (module, paths) in modules("src") {
        for (_, other) in STRANGERS.iter().filter(|(room, _)| lies_in(&module, room)) {
            let known = paths.iter().find(|path| lies_in(path, other));
            assert_eq!(known, None, "{module} is not to know {other}");
        }
    }
}

/// The files that a module's file needs, those of its parents left out: a folder's own file is its face.
fn needs(modules: &[(String, Vec<String>)], (module, paths): &(String, Vec<String>)) -> Vec<usize> {
    let lies_in = |path: &str, place: &str| path == place || path.strip_prefix(place).is_some_and(|rest| rest.starts_with("::"));
    let file = |path: &String| {
        let holders = modules.iter().enumerate().filter(|(_, (place, _))| lies_in(path, place));
        holders.max_by_key(|(_, (place, _))| place.len()).filter(|(_, (place, _))| !lies_in(module, place)).map(|(at, _)| at)
    };
    paths.iter().filter_map(file).collect()
}

#[test]
fn no_files_know_each_other_in_a_circle() {
    for sources in ["src", "worker/src"] {
        let unsettled = in_circles(&modules(sources));
        assert!(unsettled.is_empty(), "{sources}: in a circle, or in need of one: {}", unsettled.join(", "));
    }
}

fn in_circles(modules: &[(String, Vec<String>)]) -> Vec<String> {
    let needs: Vec<Vec<usize>> = modules.iter().map(|module| needs(modules, module)).collect();
    // Whoever needs only what is settled is settled; what never settles is a circle, or needs one.
    let mut is_settled = vec![false; modules.len()];
    for _ in 0..modules.len() {
        is_settled = needs.iter().map(|needs| needs.iter().all(|at| is_settled[*at])).collect();
    }
    let unsettled = modules.iter().zip(&is_settled).filter(|(_, is_settled)| !**is_settled);
    unsettled.map(|((module, _), _)| module.clone()).collect()
}
