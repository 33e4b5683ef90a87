//! The tables of an MP4 say how many entries they have, and the decoder makes room for all of them before it reads one:
//! a table that says more than the file can hold is refused, as no program gets so much memory.

/// Name, where the number of entries stands behind it, and the bytes of an entry.
const TABLES: [(&[u8; 4], usize, u64); 5] =
    [(b"stts", 8, 8), (b"stsc", 8, 12), (b"stsz", 12, 4), (b"stco", 8, 4), (b"co64", 8, 8)];
/// The version and flags behind the name of each of them, by which a name is told from sound that looks like one.
const PLAIN: [u8; 4] = [0; 4];

/// Whether every table of an MP4 can be as long as it says; what is no MP4 has none.
#[must_use]
pub fn fit(file: &[u8]) -> bool {
    file.get(4..8) != Some(b"ftyp") || (0..file.len()).all(|at| fits(&file[at..]))
}

fn fits(rest: &[u8]) -> bool {
    let is_table = |(name, ..): &&(&[u8; 4], usize, u64)| rest.starts_with(*name) && rest[4..].starts_with(&PLAIN);
    let Some((name, count_at, entry_bytes)) = TABLES.iter().find(is_table) else { return true };
    // Samples that are all of one size need no entries.
    let is_even = *name == b"stsz" && rest.get(8..12).is_some_and(|size| size != PLAIN);
    let count = rest.get(*count_at..count_at + 4).and_then(|count| count.try_into().ok()).map_or(0, u32::from_be_bytes);
    is_even || u64::from(count) * entry_bytes <= rest.len() as u64
}

#[cfg(test)]
mod tests {
    use super::fit;

    fn mp4(table: &[u8]) -> Vec<u8> {
        [b"\0\0\0\x0cftypisom\0\0\0\x20", table, &[0; 64]].concat()
    }

    #[test]
    fn a_table_that_the_file_cannot_hold_is_seen() {
        for name in [b"stts", b"stsc", b"stco", b"co64"] {
            assert!(fit(&mp4(&[name, &[0, 0, 0, 0, 0, 0, 0, 5][..]].concat())), "{name:?}");
            assert!(!fit(&mp4(&[name, &[0, 0, 0, 0, 0xFF, 0, 0, 5][..]].concat())), "{name:?}");
        }
        assert!(!fit(&mp4(b"stsz\0\0\0\0\0\0\0\0\xff\xff\xff\xff")));
        assert!(fit(&mp4(b"stsz\0\0\0\0\0\0\0\x02\xff\xff\xff\xff")), "all of one size");
        assert!(fit(b"RIFF\xff\xff\xff\xffstts\0\0\0\0\xff\xff\xff\xff"));
        assert!(fit(&mp4(b"stts")[..20]));
    }
}
