//! What asks: RingCentral and the Worker, and the one loop that drives a call.

mod clock;
mod drive;
mod enrollments;
mod exchange;
mod how;
mod inbox;
mod race;
mod ringcentral;
mod sign_in;
