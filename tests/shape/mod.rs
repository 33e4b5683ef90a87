//! The schemas of RingCentral's results, one for each job: what comes of any service has to have that shape.
#![allow(clippy::unwrap_used, dead_code, missing_docs, unreachable_pub)]

use boon::{Compiler, SchemaIndex, Schemas};
use ringcentral_ai::engine::Task;
use serde_json::Value;
use std::sync::LazyLock;

/// The compiled schemas, by the names of their files.
pub struct Shapes {
    schemas: Schemas,
    named: Vec<(String, SchemaIndex)>,
}

impl Shapes {
    fn read() -> Self {
        let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
        let shapes = Task::ALL.map(Task::name).into_iter().chain(["fail", "whole"]);
        let named = shapes.map(|name| {
            let file = format!("{}/tests/schemas/{name}.json", env!("CARGO_MANIFEST_DIR"));
            (name.to_owned(), compiler.compile(&file, &mut schemas).unwrap())
        });
        Self { named: named.collect(), schemas }
    }

    /// What is wrong with a payload, in words; none where it has the shape.
    pub fn wrong(&self, shape: &str, payload: &[u8]) -> Option<String> {
        let payload: Value = serde_json::from_slice(payload).unwrap();
        let (_, schema) = self.named.iter().find(|(name, _)| name == shape).unwrap();
        self.schemas.validate(&payload, *schema).err().map(|error| format!("{error:#}"))
    }
}

/// The schemas, compiled once.
pub static SHAPES: LazyLock<Shapes> = LazyLock::new(Shapes::read);

#[track_caller]
pub fn assert_shape(shape: &str, payload: &[u8]) {
    assert_eq!(SHAPES.wrong(shape, payload), None, "{}", String::from_utf8_lossy(payload));
}
