//! Enrolled speakers, whose voices speaker-identify tells apart; answered at once, without a webhook.
//!
//! RingCentral removed them from its public description on 2026-03-25; what is here follows the one before.

mod create_enrollment;
mod delete_enrollment;
mod enrollment;
mod enrollment_request;
mod list_enrollments;
mod read_enrollment;
mod sample;
mod speaker_id;
mod update_enrollment;

pub use create_enrollment::CreateEnrollment;
pub use delete_enrollment::DeleteEnrollment;
pub use enrollment::Enrollment;
pub use enrollment_request::EnrollmentRequest;
pub use list_enrollments::{EnrollmentPage, ListEnrollments};
pub use read_enrollment::ReadEnrollment;
pub use speaker_id::SpeakerId;
pub use update_enrollment::UpdateEnrollment;

/// The collection's path; one enrollment's is this and its id.
const PATH: &str = "/ai/audio/v1/enrollments";
