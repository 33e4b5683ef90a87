//! `TextRank` (Mihalcea and Tarau, 2004) over sentences, in whole numbers: the same order on every machine.
//!
//! Two sentences are as near as they have words in common, divided by the logarithms of their lengths. A sentence ranks high that
//! is near to many, and most so to those that rank high. Logarithms are counted from a length of one more, so that a sentence of
//! one word has one too.

use alloc::vec;
use alloc::vec::Vec;

/// How much of a rank comes from the neighbours, in 256ths: 0.85, as in the paper.
const DAMPING: u64 = 218;
/// So often the ranks are passed on; the paper's graphs settle within thirty times.
const ROUNDS: usize = 30;
/// What one is.
const ONE: u64 = 1 << 16;

/// The rank of each sentence, given as its words in numbers that rise. Costs the square of their count.
pub(super) fn ranks(sentences: &[Vec<usize>]) -> Vec<u64> {
    let count = sentences.len();
    let mut shares = vec![0u32; count * count];
    for (at, one) in sentences.iter().enumerate() {
        for (behind, other) in sentences.iter().enumerate().skip(at + 1) {
            let nearness = nearness(one, other);
            shares[at * count + behind] = nearness;
            shares[behind * count + at] = nearness;
        }
    }
    // What a sentence passes on is shared out among its neighbours.
    for row in shares.chunks_mut(count.max(1)) {
        let all: u64 = row.iter().map(|nearness| u64::from(*nearness)).sum();
        for nearness in row.iter_mut().filter(|nearness| **nearness > 0) {
            *nearness = u32::try_from(u64::from(*nearness) * ONE / all).unwrap_or(u32::MAX);
        }
    }
    let mut ranks = vec![ONE; count];
    for _ in 0..ROUNDS {
        let mut next = vec![0; count];
        for (rank, row) in ranks.iter().zip(shares.chunks(count.max(1))) {
            for (next, share) in next.iter_mut().zip(row) {
                *next += rank * u64::from(*share) / ONE;
            }
        }
        ranks = next.into_iter().map(|passed| (ONE * (256 - DAMPING) + passed * DAMPING) / 256).collect();
    }
    ranks
}

/// How near two sentences are, in 65,536ths.
fn nearness(one: &[usize], other: &[usize]) -> u32 {
    let (mut common, mut left, mut right) = (0u64, 0, 0);
    while let (Some(word), Some(counterpart)) = (one.get(left), other.get(right)) {
        common += u64::from(word == counterpart);
        left += usize::from(word <= counterpart);
        right += usize::from(counterpart <= word);
    }
    let lengths = logarithm(one.len() + 1) + logarithm(other.len() + 1);
    u32::try_from(common * ONE * 256 / lengths.max(1)).unwrap_or(u32::MAX)
}

/// The binary logarithm in 256ths, straight between powers of two.
fn logarithm(number: usize) -> u64 {
    let number = number.max(1) as u64;
    let whole = u64::from(number.ilog2());
    whole * 256 + (number << 8 >> whole) - 256
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_is_near_to_all_ranks_first() {
        let sentences = [vec![1, 2, 3], vec![1, 4, 5], vec![2, 6, 7], vec![3, 8, 9], vec![10, 11]];
        let ranks = ranks(&sentences);
        assert!((1..4).all(|at| ranks[0] > ranks[at]), "{ranks:?}");
        assert!(ranks[1] == ranks[2] && ranks[3] > ranks[4], "{ranks:?}");
        assert_eq!(super::ranks(&[]), [] as [u64; 0]);
    }

    #[test]
    fn logarithms_grow() {
        assert_eq!([1, 2, 3, 4, 8].map(logarithm), [0, 256, 384, 512, 768]);
        assert!((1..200).all(|number| logarithm(number) < logarithm(number + 1)));
    }
}
