//! The recordings that RingCentral holds here: the shipped ones and those of `--media`.
//!
//! The shipped ones are read from the crate's `media` folder where that exists, so that a change to a words file
//! needs no build; a copy inside the program serves everywhere else.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use axum::body::Bytes;

use crate::audio::{self, Sound};
use crate::words::Words;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/media");

/// File name and contents of what is compiled in.
const EMBEDDED: &[(&str, &[u8])] = &[
    ("support-call.mp3", include_bytes!("../media/support-call.mp3")),
    ("support-call.words.json", include_bytes!("../media/support-call.words.json")),
    ("voicemail.wav", include_bytes!("../media/voicemail.wav")),
    ("voicemail.words.json", include_bytes!("../media/voicemail.words.json")),
];

/// One recording.
#[derive(Debug)]
pub struct Recording {
    /// RingCentral's id of it: digits, the same at every start.
    pub id: String,
    /// File name without its ending.
    pub name: String,
    /// `audio/mpeg` or `audio/wav`.
    pub content_type: &'static str,
    /// The file.
    pub bytes: Bytes,
    /// What the decoder heard in it.
    pub sound: Sound,
    /// What is spoken, where that is known.
    pub words: Option<Arc<Words>>,
}

/// All recordings, by name.
#[derive(Debug)]
pub struct Library {
    recordings: Vec<Recording>,
}

impl Library {
    /// Reads the shipped recordings and those in `own`.
    ///
    /// # Errors
    /// A sentence naming the file that cannot be read, decoded or understood.
    pub fn load(own: Option<&Path>) -> Result<Self, String> {
        let mut files: BTreeMap<String, Bytes> = BTreeMap::new();
        let shipped = Path::new(FOLDER);
        if shipped.is_dir() {
            read_folder(shipped, &mut files)?;
        } else {
            files.extend(EMBEDDED.iter().map(|(name, bytes)| ((*name).to_owned(), Bytes::from_static(bytes))));
        }
        if let Some(own) = own {
            read_folder(own, &mut files)?;
        }
        let audio: Vec<_> = files.iter().filter_map(|(file, bytes)| Some((stem(file)?, bytes))).collect();
        let recordings = std::thread::scope(|scope| {
            let readers: Vec<_> = audio.iter().map(|(stem, bytes)| scope.spawn(|| recording(*stem, bytes, &files))).collect();
            let read = readers.into_iter().map(|reader| reader.join().map_err(|_| "a recording broke the decoder".to_owned())?);
            read.collect::<Result<Vec<_>, String>>()
        })?;
        Ok(Self { recordings })
    }

    /// Every recording.
    pub fn iter(&self) -> impl Iterator<Item = &Recording> {
        self.recordings.iter()
    }

    /// The recording with this id.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<&Recording> {
        self.recordings.iter().find(|recording| recording.id == id)
    }

    /// What is spoken in a sound, wherever it was fetched from, if it is that of a recording whose words are known.
    #[must_use]
    pub fn recognise(&self, sound: &Sound) -> Option<Arc<Words>> {
        let known = self.recordings.iter().filter(|recording| recording.words.is_some());
        known.into_iter().find(|recording| recording.sound.is_same_as(sound))?.words.clone()
    }
}

fn read_folder(folder: &Path, files: &mut BTreeMap<String, Bytes>) -> Result<(), String> {
    let cannot = |path: &Path, error: &std::io::Error| format!("cannot read {}: {error}", path.display());
    for entry in fs::read_dir(folder).map_err(|error| cannot(folder, &error))? {
        let path = entry.map_err(|error| cannot(folder, &error))?.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
        if stem(name).is_some() || name.ends_with(".words.json") {
            let bytes = fs::read(&path).map_err(|error| cannot(&path, &error))?;
            files.insert(name.to_owned(), bytes.into());
        }
    }
    Ok(())
}

/// The name and content type of an audio file that a call recording can be.
fn stem(file: &str) -> Option<(&str, &'static str)> {
    let (name, ending) = file.rsplit_once('.')?;
    match ending.to_ascii_lowercase().as_str() {
        "mp3" => Some((name, "audio/mpeg")),
        "wav" => Some((name, "audio/wav")),
        _ => None,
    }
}

fn recording(
    (name, content_type): (&str, &'static str),
    bytes: &Bytes,
    files: &BTreeMap<String, Bytes>,
) -> Result<Recording, String> {
    let sound = audio::hear(bytes.clone()).map_err(|error| format!("recording {name}: {error}"))?;
    let words_file = format!("{name}.words.json");
    let words = files.get(&words_file).map(|json| Words::parse(json)).transpose();
    let words = words.map_err(|error| format!("{words_file}: {error}"))?.map(Arc::new);
    Ok(Recording { id: id_of(name), name: name.to_owned(), content_type, bytes: bytes.clone(), sound, words })
}

/// A number made of the name (FNV-1a), so that a recording keeps its id when the sandbox starts again.
fn id_of(name: &str) -> String {
    let hash = name.bytes().fold(0xCBF2_9CE4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01B3));
    format!("{:010}", 1_000_000_000 + hash % 9_000_000_000)
}
