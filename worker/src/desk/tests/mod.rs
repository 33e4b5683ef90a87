//! The Desk's parts without the platform: results in a KV as it really is, under a clock that is set; requests that are held.

mod held;
mod histories;
mod places;
mod small_desk;
mod stories;
mod world;
