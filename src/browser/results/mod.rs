//! What reads what came: recordings in lists, results, callbacks.

mod callback;
mod recordings;
mod transcript;
