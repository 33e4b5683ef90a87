//! `GET /v1/jobs/{id}/raw`: what the job's engine said, byte for byte, in its own format; RingCentral's is the result.

use super::get_result::given;
use super::stored::raw;
use crate::edge::context::RequestContext;
use crate::edge::reply::Reply;
use crate::problem::Problem;

/// Answers 200 with the body, or 304.
pub(crate) async fn answer(context: RequestContext<'_>) -> Result<Reply, Problem> {
    Ok(given(&context, raw(&context).await?))
}
