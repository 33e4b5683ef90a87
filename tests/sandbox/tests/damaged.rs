//! Audio files with bytes turned over: each is heard or refused in time, and none takes the whole program with it.
#![allow(missing_docs)]

use std::fs::{self, DirEntry};
use std::panic::catch_unwind;
use std::time::{Duration, Instant};

use audio::{Listen, hear};

/// How many damaged copies of each file are tried.
const COPIES: u64 = 200;
const MAX_TIME: Duration = Duration::from_secs(10);
/// Half of the damage is done here, where a file says what it is.
const HEAD_BYTES: usize = 3000;

/// A copy with one to four bytes changed; the same seed, the same copy.
fn damaged(file: &[u8], seed: u64) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut below = |end: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % end as u64).unwrap()
    };
    let mut copy = file.to_vec();
    for _ in 0..=below(4) {
        let end = if below(2) == 0 { copy.len().min(HEAD_BYTES) } else { copy.len() };
        copy[below(end)] = u8::try_from(below(256)).unwrap();
    }
    copy
}

#[test]
#[ignore = "slow: thousands of files"]
fn a_damaged_file_is_heard_or_refused_in_time() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/formats");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|file| file.as_ref().map(DirEntry::path).unwrap()).collect();
    files.sort();
    for path in files {
        let file = fs::read(&path).unwrap();
        let mut heard = 0;
        for seed in 0..COPIES {
            let began = Instant::now();
            let copy = damaged(&file, seed);
            // A decoder that panics is one that refuses: a job says so. One that aborts would end this test.
            heard += u64::from(matches!(catch_unwind(|| hear(copy.into(), Listen::ForSpeech)), Ok(Ok(_))));
            assert!(began.elapsed() < MAX_TIME, "{} with seed {seed} took {:?}", path.display(), began.elapsed());
        }
        assert!(heard > 0, "{}: not one copy was heard", path.display());
    }
}
