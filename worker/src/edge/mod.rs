//! The edge: a request is let in or not, asked of the Desk and KV, and answered.

mod access;
mod address;
mod answer;
mod ask;
mod body;
mod context;
mod cors;
mod headers;
#[cfg(test)]
pub(crate) mod openapi_tests;
mod probe;
mod rejections;
mod relay;
mod reply;
mod router;
mod routes;
mod served;
mod unpack;
mod users;

pub(crate) use answer::{answer, interrupted};
pub(crate) use ask::ask;
