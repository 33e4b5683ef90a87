//! Results in a KV as it really is, under a clock that is set.

mod histories;
mod places;
mod small_desk;
mod stories;
mod world;
