//! The bucket `MEDIA`: R2, which no other file knows. It is optional.

use crate::upload::{Part, Upload};
use ringcentral_ai::http::hex;
use ringcentral_ai::json::Object;
use worker::Env;
use worker::js_sys::{JSON, Promise, Reflect, Uint8Array};
use worker::wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use worker::wasm_bindgen_futures::JsFuture;
use worker::web_sys::{ReadableStream, Response, WritableStream};

#[wasm_bindgen]
extern "C" {
    /// A bucket of R2's.
    #[derive(Debug)]
    type R2;
    #[wasm_bindgen(method, catch, js_name = createMultipartUpload)]
    fn begin(this: &R2, key: &str) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch, js_name = resumeMultipartUpload)]
    fn resume(this: &R2, key: &str, id: &str) -> Result<Multipart, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn get(this: &R2, key: &str, options: &JsValue) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch, js_name = put)]
    fn keep(this: &R2, key: &str, bytes: &ReadableStream) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn head(this: &R2, key: &str) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn delete(this: &R2, key: &str) -> Result<Promise, JsValue>;

    /// A file that comes in parts.
    type Multipart;
    #[wasm_bindgen(method, getter, js_name = uploadId)]
    fn id(this: &Multipart) -> String;
    #[wasm_bindgen(method, catch, js_name = uploadPart)]
    fn put(this: &Multipart, number: u32, bytes: &ReadableStream) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn complete(this: &Multipart, parts: &JsValue) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn abort(this: &Multipart) -> Result<Promise, JsValue>;

    /// What it says of a part or a file.
    type Said;
    #[wasm_bindgen(method, getter)]
    fn etag(this: &Said) -> String;
    #[wasm_bindgen(method, getter)]
    fn body(this: &Said) -> ReadableStream;

    /// The platform's digest of a stream.
    #[wasm_bindgen(js_namespace = crypto, extends = WritableStream)]
    type DigestStream;
    #[wasm_bindgen(constructor, js_namespace = crypto)]
    fn new(algorithm: &str) -> DigestStream;
    #[wasm_bindgen(method, getter)]
    fn digest(this: &DigestStream) -> Promise;
}

/// What the bucket has not done, or may not have; it can be asked again.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Trouble;

impl From<JsValue> for Trouble {
    /// Its sentence may name a key.
    fn from(_: JsValue) -> Self {
        Self
    }
}

/// The bucket.
#[derive(Debug)]
pub(crate) struct Bucket(R2);

impl Bucket {
    /// The one that is bound, if there is any.
    pub(crate) fn of(env: &Env) -> Option<Self> {
        let bound = Reflect::get(env, &"MEDIA".into()).ok().filter(|bucket| !bucket.is_undefined())?;
        Some(Self(bound.unchecked_into()))
    }

    /// Begins a file, and says what it is called until it is complete.
    pub(crate) async fn begin(&self, key: &str) -> Result<String, Trouble> {
        let multipart: Multipart = JsFuture::from(self.0.begin(key)?).await?.unchecked_into();
        Ok(multipart.id())
    }

    /// Takes a part's bytes as they come, and says what it calls them.
    pub(crate) async fn put(&self, upload: &Upload, number: u32, bytes: &ReadableStream) -> Result<String, Trouble> {
        let put = self.0.resume(&upload.key(), &upload.bucket_id)?.put(number, bytes)?;
        Ok(JsFuture::from(put).await?.unchecked_into::<Said>().etag())
    }

    /// Makes one file of all parts; one that is made already is as good.
    pub(crate) async fn complete(&self, upload: &Upload) -> Result<(), Trouble> {
        let part = |part: &Part| Object::new().number("partNumber", part.number.into()).text("etag", &part.etag).write();
        let parts: Vec<String> = upload.parts.iter().map(part).collect();
        let parts = JSON::parse(&["[", &parts.join(","), "]"].concat())?;
        let completed = self.0.resume(&upload.key(), &upload.bucket_id)?.complete(&parts)?;
        if JsFuture::from(completed).await.is_ok() {
            return Ok(());
        }
        let said = JsFuture::from(self.0.head(&upload.key())?).await?;
        if said.is_null() { Err(Trouble) } else { Ok(()) }
    }

    /// Keeps bytes as they come, whose number is known, as a file.
    pub(crate) async fn keep(&self, key: &str, bytes: &ReadableStream) -> Result<(), Trouble> {
        JsFuture::from(self.0.keep(key, bytes)?).await?;
        Ok(())
    }

    /// So many bytes of a file, from there on.
    pub(crate) async fn read(&self, key: &str, offset: u64, length: u64) -> Result<ReadableStream, Trouble> {
        let range = Object::new().number("offset", offset).number("length", length).write();
        let options = JSON::parse(&Object::new().json("range", &range).write())?;
        let said = JsFuture::from(self.0.get(key, &options)?).await?;
        if said.is_null() { Err(Trouble) } else { Ok(said.unchecked_into::<Said>().body()) }
    }

    /// The first bytes of a file, so many at most.
    pub(crate) async fn beginning(&self, upload: &Upload, length: usize) -> Result<Vec<u8>, Trouble> {
        let body = self.read(&upload.key(), 0, upload.bytes.min(length as u64)).await?;
        let response = Response::new_with_opt_readable_stream(Some(&body))?;
        Ok(Uint8Array::new(&JsFuture::from(response.array_buffer()?).await?).to_vec())
    }

    /// The SHA-256 of a whole file in hexadecimal digits: computed by the platform while it is read.
    pub(crate) async fn sha256(&self, upload: &Upload) -> Result<String, Trouble> {
        let digest = DigestStream::new("SHA-256");
        JsFuture::from(self.read(&upload.key(), 0, upload.bytes).await?.pipe_to(&digest)).await?;
        Ok(hex(&Uint8Array::new(&JsFuture::from(digest.digest()).await?).to_vec()))
    }

    /// Lets go of a file, whatever of it is there.
    pub(crate) async fn delete(&self, key: &str) -> Result<(), Trouble> {
        JsFuture::from(self.0.delete(key)?).await?;
        Ok(())
    }

    /// Lets go of the parts of a file that was never completed.
    pub(crate) async fn abort(&self, key: &str, bucket_id: &str) -> Result<(), Trouble> {
        JsFuture::from(self.0.resume(key, bucket_id)?.abort()?).await?;
        Ok(())
    }
}
