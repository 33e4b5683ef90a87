//! What the stand-in knows of a recording: what it measures in it, and the words that it finds for it.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use tokio::task::spawn_blocking;
use tokio::time::timeout;

use crate::server::Sandbox;
use crate::words::Words;
use audio::voice::Voice;
use audio::{Listen, Sound};

/// A decoder that is still busy then is given up.
const MAX_DECODING: Duration = Duration::from_mins(2);

/// What is known of a recording.
#[derive(Debug)]
pub struct Heard {
    /// What was measured.
    pub sound: Sound,
    /// What is spoken, if the recording was recognised or a transcriber was asked.
    pub words: Option<Arc<Words>>,
    /// Why a transcriber that was asked told nothing.
    pub trouble: Option<String>,
    /// The enrolled voices that the job named.
    pub voices: Vec<(String, Voice)>,
}

/// Decodes a file, and finds its words by its sound, wherever it came from.
///
/// # Errors
/// Why there is nothing to hear, in a few words without an address.
pub async fn hear(sandbox: &Arc<Sandbox>, file: Bytes, voices: Vec<(String, Voice)>) -> Result<Heard, String> {
    let (audio, library) = (file.clone(), Arc::clone(sandbox));
    let listen = if voices.is_empty() { Listen::ForSpeech } else { Listen::ForVoices };
    let hearing = spawn_blocking(move || {
        let sound = audio::hear(audio, listen)?;
        let words = library.library.recognise(&sound);
        Ok::<_, String>(Heard { sound, words, trouble: None, voices })
    });
    let mut heard = match timeout(MAX_DECODING, hearing).await {
        Ok(Ok(heard)) => heard?,
        Ok(Err(_)) => return Err("the audio broke the decoder".to_owned()),
        Err(_) => return Err("the audio took too long to decode".to_owned()),
    };
    if heard.words.is_none() {
        ask_transcriber(sandbox, &file, &mut heard).await;
    }
    Ok(heard)
}

async fn ask_transcriber(sandbox: &Sandbox, file: &[u8], heard: &mut Heard) {
    let Some(transcriber) = &sandbox.options.transcriber else { return };
    match transcriber.words(file).await {
        Ok(words) => heard.words = Some(Arc::new(words)),
        Err(trouble) => {
            eprintln!("transcriber: {trouble}");
            heard.trouble = Some(trouble);
        }
    }
}
