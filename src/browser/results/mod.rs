//! What reads the results that came.

mod transcript;
