//! What asks: RingCentral and the Worker, and the one loop that drives a call.

mod clock;
mod drive;
mod exchange;
mod inbox;
mod race;
mod ringcentral;
