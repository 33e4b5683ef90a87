//! `GET /v1/engines`: the engines that are configured, each with the tasks that it does and the fields that it honours.

use crate::edge::context::RequestContext;
use crate::edge::reply::Reply;
use crate::engines::Engines;
use crate::problem::Problem;
use ringcentral_ai::engine::{Engine, Task};
use ringcentral_ai::json::{Object, push_text};
use ringcentral_ai::signing::events_path;
use std::future::{Ready, ready};

/// Answers 200 with the list; the usual one is marked.
pub(crate) fn answer(RequestContext { config, .. }: RequestContext<'_>) -> Ready<Result<Reply, Problem>> {
    let engines = Engines::of(config);
    let usual = engines.usual().name();
    let items = engines.all().map(|engine| {
        let events_path = engine.has_news().then(|| events_path(&config.keys, engine.name()));
        shown(engine, engine.name() == usual, events_path.as_deref())
    });
    ready(Ok(Reply::json(200, Object::new().list("items", items).write())))
}

fn shown(engine: &dyn Engine, is_default: bool, events_path: Option<&str>) -> String {
    let tasks = Task::ALL.into_iter().filter_map(|task| Some((task, engine.fields(task)?)));
    let tasks = tasks.fold(Object::new(), |tasks, (task, fields)| {
        tasks.json(task.name(), &Object::new().list("fields", fields.into_iter().map(quoted)).write())
    });
    let engine = Object::new().text("engine", engine.name()).flag("isDefault", is_default).json("tasks", &tasks.write());
    engine.optional_text("eventsPath", events_path).write()
}

fn quoted(text: &str) -> String {
    let mut json = String::new();
    push_text(&mut json, text);
    json
}
