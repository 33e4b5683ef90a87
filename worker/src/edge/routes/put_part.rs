//! `PUT /v1/uploads/{id}/parts/{part}`: a part of a file, which goes into the bucket as it comes.

use super::uploads::{bucket, upload};
use crate::edge::context::RequestContext;
use crate::edge::reply::Reply;
use crate::problem::Problem;
use crate::question::UploadChange;
use crate::upload::{COMPLETE, Part, Upload};
use ringcentral_ai::error::Code;

/// Answers with the upload, of which that part is there now.
pub(crate) async fn answer(context: RequestContext<'_>) -> Result<Reply, Problem> {
    let known = upload(&context, UploadChange::Nothing).await?;
    let number = number(&known, context.part(1), context.header("content-length").as_deref())?;
    if known.whole.is_some() {
        return Err(Problem::new(Code::UploadConflict, COMPLETE));
    }
    let body = context.request.inner().body().ok_or_else(|| Problem::field("part", "its bytes are missing"))?;
    let etag = bucket(&context)?.put(&known, number, &body).await?;
    Ok(Reply::json(200, upload(&context, UploadChange::Part(Part { number, etag })).await?.shown()))
}

/// The part's number, if so many bytes are that part.
fn number(upload: &Upload, part: &str, length: Option<&str>) -> Result<u32, Problem> {
    let number = part.parse().ok().filter(|number: &u32| upload.part_bytes((*number).into()).is_some());
    let number = number
        .ok_or_else(|| Problem::field("part", &format!("there is no such part: this file has 1 to {}", upload.part_count())))?;
    let bytes = upload.part_bytes(number.into()).unwrap_or_default();
    let is_as_long = length.and_then(|length| length.trim().parse().ok()) == Some(bytes);
    let wrong = || Problem::field("Content-Length", &format!("part {number} of this file has {bytes} bytes"));
    is_as_long.then_some(number).ok_or_else(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::PART_BYTES;
    use crate::upload::tests::upload;

    #[test]
    fn a_part_is_as_long_as_it_must_be() {
        let upload = upload(PART_BYTES + 7, &[]);
        let number = |part: &str, length: Option<&str>| {
            number(&upload, part, length).map_err(|problem| problem.failure().field.clone().unwrap())
        };
        let part_bytes = PART_BYTES.to_string();
        assert_eq!(number("1", Some(&part_bytes)), Ok(1));
        assert_eq!(number("2", Some("7")), Ok(2));
        for part in ["0", "3", "-1", "a", "", "4294967297"] {
            assert_eq!(number(part, Some("7")), Err("part".into()), "{part}");
        }
        for length in [None, Some(""), Some("8"), Some(&*part_bytes), Some("7, 7")] {
            assert_eq!(number("2", length), Err("Content-Length".into()), "{length:?}");
        }
    }
}
