//! The recordings that RingCentral holds here: the shipped ones and those of `--media`.
//!
//! The shipped ones are read from the crate's `media` folder where that exists, so that a change to a words file
//! needs no build; a copy inside the program serves everywhere else.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use axum::body::Bytes;

use crate::words::{Meeting, Words};
use audio::{Listen, Sound};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/media");

/// File name and contents of what is compiled in.
const EMBEDDED: &[(&str, &[u8])] = &[
    ("planning-1.mp4", include_bytes!("../media/planning-1.mp4")),
    ("planning-1.words.json", include_bytes!("../media/planning-1.words.json")),
    ("planning-2.mp4", include_bytes!("../media/planning-2.mp4")),
    ("planning-2.words.json", include_bytes!("../media/planning-2.words.json")),
    ("silence.mp3", include_bytes!("../media/silence.mp3")),
    ("silence.words.json", include_bytes!("../media/silence.words.json")),
    ("stocktaking.mp3", include_bytes!("../media/stocktaking.mp3")),
    ("stocktaking.words.json", include_bytes!("../media/stocktaking.words.json")),
    ("support-call.mp3", include_bytes!("../media/support-call.mp3")),
    ("support-call.words.json", include_bytes!("../media/support-call.words.json")),
    ("voicemail.wav", include_bytes!("../media/voicemail.wav")),
    ("voicemail.words.json", include_bytes!("../media/voicemail.words.json")),
];

/// What RingCentral Video records.
const MEETING_TYPE: &str = "video/mp4";

/// One recording.
#[derive(Debug)]
pub struct Recording {
    /// RingCentral's id of it: digits, the same at every start.
    pub id: String,
    /// File name without its ending.
    pub name: String,
    /// `audio/mpeg`, `audio/wav` or `video/mp4`.
    pub content_type: &'static str,
    /// The file.
    pub bytes: Bytes,
    /// What is spoken, where that is known.
    pub words: Option<Arc<Words>>,
    sound: OnceLock<Result<Sound, String>>,
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
            for name in read_folder(own, &mut files)? {
                eprintln!("media: {name} is left out: recordings end in .wav, .mp3 or .mp4, their words in .words.json");
            }
        }
        let audio = files.iter().filter_map(|(file, bytes)| Some((stem(file)?, bytes)));
        let recordings: Vec<_> = audio.map(|(stem, bytes)| recording(stem, bytes, &files)).collect::<Result<_, String>>()?;
        std::thread::scope(|scope| {
            let own_names: Vec<_> = recordings.iter().filter(|recording| is_in(own, recording)).collect();
            let readers: Vec<_> = own_names.into_iter().map(|recording| scope.spawn(|| recording.check())).collect();
            readers.into_iter().try_for_each(|reader| reader.join().map_err(|_| "a recording broke the decoder".to_owned())?)
        })?;
        Ok(Self { recordings })
    }

    /// The recordings of calls.
    pub fn calls(&self) -> impl Iterator<Item = &Recording> {
        self.recordings.iter().filter(|recording| recording.content_type != MEETING_TYPE)
    }

    /// The files of meetings.
    pub fn meetings(&self) -> impl Iterator<Item = (&Recording, Meeting)> {
        self.recordings.iter().filter(|recording| recording.content_type == MEETING_TYPE).map(|recording| {
            let told = recording.words.as_ref().and_then(|words| words.meeting.clone());
            let own = || Meeting { title: recording.name.clone(), minutes_ago: 60, part: 1 };
            (recording, told.unwrap_or_else(own))
        })
    }

    /// The voicemails.
    pub fn voicemails(&self) -> impl Iterator<Item = (&Recording, &Arc<Words>)> {
        let told = self.recordings.iter().filter_map(|recording| Some((recording, recording.words.as_ref()?)));
        told.filter(|(_, words)| words.voicemail)
    }

    /// The recording with this id.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<&Recording> {
        self.recordings.iter().find(|recording| recording.id == id)
    }

    /// What is spoken in a sound, wherever it was fetched from, if it is that of a recording whose words are known.
    #[must_use]
    pub fn recognise(&self, sound: &Sound) -> Option<Arc<Words>> {
        let told = self.recordings.iter().filter_map(|recording| Some((recording, recording.words.as_ref()?)));
        // A long recording is not decoded to find that a short one is another.
        let mut fitting = told.filter(|(_, words)| words.end() < sound.duration_s + 1.0);
        fitting.find(|(recording, _)| recording.sound().is_same_as(sound)).map(|(_, words)| Arc::clone(words))
    }
}

impl Recording {
    /// What the decoder hears in it. It is decoded when somebody first asks, so that the sandbox is up at once.
    #[must_use]
    pub fn sound(&self) -> &Sound {
        static NOTHING: Sound = Sound { duration_s: 0.0, channels: Vec::new() };
        self.heard().as_ref().unwrap_or(&NOTHING)
    }

    fn heard(&self) -> &Result<Sound, String> {
        self.sound.get_or_init(|| audio::hear(self.bytes.clone(), Listen::ForSpeech))
    }

    fn check(&self) -> Result<(), String> {
        self.heard().as_ref().map(|_| ()).map_err(|error| format!("recording {}: {error}", self.name))
    }
}

/// Whether a recording comes from the user's folder, where a file may be anything.
fn is_in(own: Option<&Path>, recording: &Recording) -> bool {
    let endings = ["mp3", "wav", "mp4", "MP3", "WAV", "MP4"];
    own.is_some_and(|own| endings.iter().any(|ending| own.join(format!("{}.{ending}", recording.name)).is_file()))
}

/// Adds the files that belong to recordings, and gives the names of the others.
fn read_folder(folder: &Path, files: &mut BTreeMap<String, Bytes>) -> Result<Vec<String>, String> {
    let mut others = Vec::new();
    let cannot = |path: &Path, error: &std::io::Error| format!("cannot read {}: {error}", path.display());
    for entry in fs::read_dir(folder).map_err(|error| cannot(folder, &error))? {
        let path = entry.map_err(|error| cannot(folder, &error))?.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
        if stem(name).is_some() || name.ends_with(".words.json") {
            let bytes = fs::read(&path).map_err(|error| cannot(&path, &error))?;
            files.insert(name.to_owned(), bytes.into());
        } else {
            others.push(name.to_owned());
        }
    }
    Ok(others)
}

/// The name and content type of a file that a recording can be.
fn stem(file: &str) -> Option<(&str, &'static str)> {
    let (name, ending) = file.rsplit_once('.')?;
    match ending.to_ascii_lowercase().as_str() {
        "mp3" => Some((name, "audio/mpeg")),
        "wav" => Some((name, "audio/wav")),
        "mp4" => Some((name, MEETING_TYPE)),
        _ => None,
    }
}

fn recording(
    (name, content_type): (&str, &'static str),
    bytes: &Bytes,
    files: &BTreeMap<String, Bytes>,
) -> Result<Recording, String> {
    let words_file = format!("{name}.words.json");
    let words = files.get(&words_file).map(|json| Words::parse(json)).transpose();
    let words = words.map_err(|error| format!("{words_file}: {error}"))?.map(Arc::new);
    Ok(Recording { id: id_of(name), name: name.to_owned(), content_type, bytes: bytes.clone(), words, sound: OnceLock::new() })
}

/// A number made of the name (FNV-1a), so that a recording keeps its id when the sandbox starts again.
pub(crate) fn id_of(name: &str) -> String {
    let hash = name.bytes().fold(0xCBF2_9CE4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01B3));
    format!("{:010}", 1_000_000_000 + hash % 9_000_000_000)
}
