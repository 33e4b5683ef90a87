//! What reads the results that came.

mod callback;
mod transcript;
