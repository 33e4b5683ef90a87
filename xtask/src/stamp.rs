//! Skips a step whose inputs are what they were when it last succeeded.

use crate::tools::root;
use anyhow::{Context, Result};
use std::{
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    path::{Path, PathBuf},
};

/// What a step read, as one number, and the file that remembers it.
pub(crate) struct Stamp {
    file: PathBuf,
    digest: String,
}

impl Stamp {
    /// Reads `inputs`: files and whole folders.
    pub(crate) fn of(file: &Path, inputs: &[PathBuf]) -> Result<Self> {
        let mut hasher = DefaultHasher::new();
        for input in inputs {
            add(input, &mut hasher)?;
        }
        let digest = format!("{:016x}", hasher.finish());
        Ok(Self { file: file.to_path_buf(), digest })
    }

    /// Whether `output` is there and was made from the same inputs.
    pub(crate) fn holds(&self, output: &Path) -> bool {
        output.exists() && fs::read_to_string(&self.file).is_ok_and(|text| text == self.digest)
    }

    /// Remembers that the step has succeeded.
    pub(crate) fn write(&self) -> Result<()> {
        if let Some(folder) = self.file.parent() {
            fs::create_dir_all(folder)?;
        }
        Ok(fs::write(&self.file, &self.digest)?)
    }
}

fn add(path: &Path, hasher: &mut DefaultHasher) -> Result<()> {
    path.strip_prefix(root()).unwrap_or(path).hash(hasher);
    if path.is_dir() {
        let mut entries: Vec<PathBuf> = fs::read_dir(path)?.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
        entries.sort();
        return entries.iter().try_for_each(|entry| add(entry, hasher));
    }
    let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    hasher.write(&bytes);
    Ok(())
}
