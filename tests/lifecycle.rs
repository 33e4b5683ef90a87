//! A job's life: every state with every event, stories, and random histories with crashes, all with a virtual clock and a store in
//! memory.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

#[path = "lifecycle/histories.rs"]
mod histories;
#[path = "lifecycle/promises.rs"]
mod promises;
#[path = "lifecycle/shell.rs"]
mod shell;
#[path = "lifecycle/stories.rs"]
mod stories;
#[path = "lifecycle/table.rs"]
mod table;
#[path = "lifecycle/tries.rs"]
mod tries;
#[path = "lifecycle/world.rs"]
mod world;
