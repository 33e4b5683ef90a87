//! A form with a file in it (`multipart/form-data`).

use axum::body::{Body, Bytes};
use axum::extract::rejection::BytesRejection;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::{HeaderMap, header};

use super::refusal::Refused;

/// A body may not be larger.
const MAX_BYTES: usize = 26_214_400;
/// How the name of a file that is taken may end.
const ENDINGS: [&str; 10] = ["flac", "m4a", "mp3", "mp4", "mpeg", "mpga", "oga", "ogg", "wav", "webm"];

/// The fields of a form, and its file.
#[derive(Debug)]
pub struct Form {
    /// The file.
    pub file: Bytes,
    fields: Vec<(String, String)>,
}

impl Form {
    /// Reads a form.
    ///
    /// # Errors
    /// 413 for one that is too large; 400 for one that cannot be read, has no file or one with another ending.
    pub async fn read(headers: &HeaderMap, body: Result<Bytes, BytesRejection>) -> Result<Self, Refused> {
        let body = body.map_err(|_| Refused::too_large(MAX_BYTES, crate::fetch::MAX_BYTES))?;
        if body.len() > MAX_BYTES {
            return Err(Refused::too_large(MAX_BYTES, body.len()));
        }
        let unreadable = || Refused::request("Could not parse multipart form");
        let mut request = Request::new(Body::from(body));
        if let Some(kind) = headers.get(header::CONTENT_TYPE) {
            request.headers_mut().insert(header::CONTENT_TYPE, kind.clone());
        }
        let mut parts = Multipart::from_request(request, &()).await.map_err(|_| unreadable())?;
        let (mut file, mut fields) = (None, Vec::new());
        while let Some(part) = parts.next_field().await.map_err(|_| unreadable())? {
            let name = part.name().unwrap_or_default().to_owned();
            if name == "file" {
                check_name(part.file_name().unwrap_or_default())?;
                file = Some(part.bytes().await.map_err(|_| unreadable())?);
            } else {
                fields.push((name, part.text().await.map_err(|_| unreadable())?));
            }
        }
        let file = file.ok_or_else(|| Refused::parameter("file", None, "you must provide a file"))?;
        Ok(Self { file, fields })
    }

    /// The first value of a field; an empty one counts as absent.
    #[must_use]
    pub fn get<'a>(&'a self, name: &'a str) -> Option<&'a str> {
        self.all(name).next()
    }

    /// Every value of a field.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.fields.iter().filter(move |(key, value)| key == name && !value.is_empty()).map(|(_, value)| value.as_str())
    }
}

fn check_name(name: &str) -> Result<(), Refused> {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    if ENDINGS.contains(&ending.as_str()) {
        return Ok(());
    }
    let known = ENDINGS.map(|ending| format!("'{ending}'")).join(", ");
    Err(Refused::parameter("file", None, format!("Unrecognized file format. Supported formats: [{known}]")))
}
