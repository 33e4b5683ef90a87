//! Local files: what is there of each, how long it is kept, and which job holds it. Their bytes are in the bucket, where the edge puts them.

use super::store::Held;
use super::{Desk, seal};
use crate::failure::Failure;
use crate::limits::UPLOAD_KEPT_MS;
use crate::problem::Problem;
use crate::question::{AskUpload, UploadChange};
use crate::random;
use crate::upload::{COMPLETE, Upload};
use ringcentral_ai::engine::Media;
use ringcentral_ai::error::Code;
use ringcentral_ai::json::Value;
use worker::Result;

/// The upload, or why it was not changed; none where there is none.
type Changed = std::result::Result<Option<Upload>, Failure>;

/// Looks at an upload, or changes it. What is done with it keeps it for another day.
pub(super) fn changed(desk: &Desk, AskUpload { id, change }: AskUpload, now_ms: u64) -> Result<Changed> {
    const HELD: &str = "a job that has not finished needs the upload: delete the job, or wait for its end";
    let conflict = |message| Ok(Err(Problem::new(Code::UploadConflict, message).failure().clone()));
    if let UploadChange::Begun(upload) = change {
        desk.store.put_upload(&upload)?;
        return Ok(Ok(Some(upload)));
    }
    let Some(mut upload) = desk.store.upload(&id)? else { return Ok(Ok(None)) };
    match change {
        UploadChange::Nothing | UploadChange::Begun(_) => return Ok(Ok(Some(upload))),
        UploadChange::Gone if desk.store.is_held(&id)? => return conflict(HELD),
        UploadChange::Gone => {
            drop(desk, &upload, now_ms)?;
            return Ok(Ok(Some(upload)));
        }
        UploadChange::Part(_) if upload.whole.is_some() => return conflict(COMPLETE),
        UploadChange::Part(part) => upload.take(part),
        UploadChange::Completed(whole) => upload.whole = Some(whole),
    }
    upload.until_ms = now_ms + UPLOAD_KEPT_MS;
    desk.store.put_upload(&upload)?;
    Ok(Ok(Some(upload)))
}

/// What a new job holds until it ends; none where its media needs nothing.
pub(super) fn to_hold(desk: &Desk, job_id: &str, media: &Media) -> Result<std::result::Result<Option<Held>, Problem>> {
    Ok(match media {
        Media::Upload(id) => {
            let upload = Upload::usable(desk.store.upload(id)?);
            upload.map(|upload| Some(Held::Upload(upload.id))).map_err(|reason| Problem::field("media.uploadId", reason))
        }
        Media::Guarded(..) => {
            let sealed = seal::seal(&desk.config()?.keys, job_id, &media.write(), random::bytes::<{ seal::NONCE_BYTES }>());
            Ok(Some(Held::Sealed(sealed.ok_or("media could not be sealed")?)))
        }
        Media::Recording(_) | Media::Address(_) => Ok(None),
    })
}

/// The media that a job holds, opened; none where it holds none, or where it was sealed with a key that is gone.
pub(super) fn held(desk: &Desk, job_id: &str) -> Result<Option<Media>> {
    Ok(match desk.store.held(job_id)? {
        Some(Held::Upload(id)) => Some(Media::Upload(id)),
        Some(Held::Sealed(sealed)) => {
            let opened = seal::open(&desk.config()?.keys, job_id, &sealed);
            // The address and its headers go into the request for the media.
            let value = opened.as_ref().and_then(|text| Value::parse(text.expose().as_bytes()));
            value.and_then(|value| Media::parse(&value, true).ok())
        }
        None => None,
    })
}

/// A job has ended, or is gone: what it held goes, an upload with the last job that held it.
pub(super) fn let_go(desk: &Desk, job_id: &str, now_ms: u64) -> Result<()> {
    let Some(id) = desk.store.let_go(job_id)? else { return Ok(()) };
    match desk.store.upload(&id)? {
        Some(upload) if !desk.store.is_held(&id)? => drop(desk, &upload, now_ms),
        _ => Ok(()),
    }
}

/// Lets go of every upload whose time is over.
pub(super) fn drop_over(desk: &Desk, now_ms: u64) -> Result<()> {
    while let Some(upload) = desk.store.next_over(now_ms)? {
        drop(desk, &upload, now_ms)?;
    }
    Ok(())
}

/// Forgets an upload; what the bucket has of it is written down to go.
fn drop(desk: &Desk, upload: &Upload, now_ms: u64) -> Result<()> {
    desk.store.doom(&upload.key(), now_ms)?;
    if upload.whole.is_none() {
        desk.store.doom(&[&upload.key(), "?", &upload.bucket_id].concat(), now_ms)?;
    }
    desk.store.drop_upload(&upload.id)
}
