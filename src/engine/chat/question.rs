//! POST /chat/completions: one question to the model, answered with JSON of a shape that is given.

use super::{Chat, reply};
use crate::call::Io;
use crate::engine::heard::unusable;
use crate::engine::keyed::{Again, exchange};
use crate::error::{Code, Error, Result};
use crate::http::{HttpRequest, HttpResponse, Method};
use crate::json::Object;
use crate::pace::Group;
use crate::secret::find;
use alloc::string::String;

/// An answer may be so long, in tokens: some servers cut it at 256 unless they are told.
const MAX_TOKENS: u64 = 4_096;
/// A model that reasons takes a minute or two.
const PATIENCE_MS: u64 = 180_000;
/// What is added when it is asked once more.
const AGAIN: &str = "\n\nAnswer with JSON of the shape that is asked for, and with nothing else.";

/// What is asked.
#[derive(Debug, Clone, Copy)]
pub(in crate::engine) struct Question<'a> {
    /// What the model is to do.
    pub(in crate::engine) task: &'a str,
    /// What it is to do it with: words of others.
    pub(in crate::engine) material: &'a str,
    /// The fields of the answer: their names, and their JSON schemas. All of them have to be there.
    pub(in crate::engine) fields: &'a [(&'static str, &'static str)],
}

/// What is wished of a model, and that it may refuse.
#[derive(Clone, Copy)]
pub(super) enum Wish {
    /// The likeliest answer, each time the same.
    Temperature,
    /// An answer that is not cut.
    MaxTokens,
    /// An answer of that shape.
    Shape,
}

impl Wish {
    /// How many there are.
    pub(super) const COUNT: usize = 3;
    /// Each, and what a refusal calls it.
    const NAMES: [(Self, &str); 4] = [
        (Self::Temperature, "temperature"),
        (Self::MaxTokens, "max_tokens"),
        (Self::Shape, "response_format"),
        (Self::Shape, "json_schema"),
    ];
}

impl Chat {
    /// Asks, and asks once more where the answer is not of the shape; ends with the answer, a JSON object.
    ///
    /// # Errors
    /// [`Error::Engine`] where there is no answer, or none that can be used.
    pub(in crate::engine) async fn ask(&self, io: &Io, question: Question<'_>) -> Result<String> {
        for hint in ["", AGAIN] {
            let answer = self.answer(io, question, hint).await?;
            if let Some(json) = reply::read(&answer.body, question.fields) {
                return Ok(json);
            }
        }
        Err(unusable(self.service.name(), "JSON of the shape that the language model was asked for"))
    }

    /// What the server answers, asked for less where it refuses a wish.
    async fn answer(&self, io: &Io, question: Question<'_>, hint: &str) -> Result<HttpResponse> {
        loop {
            let without = self.refused.get();
            let request = self.request(question, hint, without);
            match exchange(&self.service, io, (Group::Light, Again::Freely), request).await {
                Err(error) if self.learns(&error, without) => {}
                answered => return answered,
            }
        }
    }

    fn request(&self, question: Question<'_>, hint: &str, without: [bool; Wish::COUNT]) -> HttpRequest {
        let wishes = |wish: Wish| !without[wish as usize];
        let schema = schema(question.fields);
        let shape = if wishes(Wish::Shape) { String::new() } else { ["\n\nThe JSON schema: ", &schema].concat() };
        let message = |role: &str, text: &str| Object::new().text("role", role).text("content", text).write();
        let messages =
            [message("system", &[question.task, &shape, hint].concat()), message("user", question.material)].into_iter();
        let mut body = Object::new().text("model", &self.model).list("messages", messages);
        if wishes(Wish::Temperature) {
            body = body.number("temperature", 0);
        }
        if wishes(Wish::MaxTokens) {
            body = body.number("max_tokens", MAX_TOKENS);
        }
        if wishes(Wish::Shape) {
            let named = Object::new().text("name", "answer").flag("strict", true).json("schema", &schema).write();
            body = body.json("response_format", &Object::new().text("type", "json_schema").json("json_schema", &named).write());
        }
        self.service.request(Method::Post, "/chat/completions").json(body.write()).patient(PATIENCE_MS)
    }

    /// Whether an error refuses a wish that its request had, another question may have learned it meanwhile: then it is known.
    fn learns(&self, error: &Error, without: [bool; Wish::COUNT]) -> bool {
        let Error::Engine { code: Code::EngineRefused, said, .. } = error else { return false };
        let mut named = without;
        for (wish, name) in Wish::NAMES {
            let is_named = |text: &str| find(text, name).is_some();
            named[wish as usize] |=
                said.iter().any(|said| is_named(&said.message) || said.parameter_name.as_deref().is_some_and(is_named));
        }
        let known = self.refused.get();
        self.refused.set(core::array::from_fn(|wish| known[wish] || named[wish]));
        named != without
    }
}

/// A strict schema takes the fields that it has and no others, and needs them all.
fn schema(fields: &[(&str, &str)]) -> String {
    let properties = fields.iter().fold(Object::new(), |object, (name, schema)| object.json(name, schema));
    let names = fields.iter().map(|(name, _)| ["\"", name, "\""].concat());
    let object = Object::new().text("type", "object").json("properties", &properties.write()).list("required", names);
    object.flag("additionalProperties", false).write()
}
