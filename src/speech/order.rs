//! Lists in an order: by one sort of numbers, since a sort for each kind of list weighs 6,000 bytes.

use alloc::vec::Vec;

/// The places of a list in the order of their keys; of equal ones the first stays first.
pub(super) fn order(keys: Vec<u64>) -> Vec<usize> {
    let mut keys: Vec<(u64, usize)> = keys.into_iter().zip(0..).collect();
    if !keys.is_sorted() {
        keys.sort_unstable();
    }
    keys.into_iter().map(|(_, place)| place).collect()
}

/// A list in the order of its times; of equal ones the first stays first.
pub(crate) fn in_time<T>(list: Vec<T>, start_ms: impl Fn(&T) -> u64) -> Vec<T> {
    if list.is_sorted_by_key(&start_ms) {
        return list;
    }
    let order = order(list.iter().map(start_ms).collect());
    let mut list: Vec<Option<T>> = list.into_iter().map(Some).collect();
    order.into_iter().filter_map(|place| list[place].take()).collect()
}

/// A number for a list of numbers: the same for the same, and as good as never for others (FNV-1a).
pub(super) fn hash(numbers: impl Iterator<Item = u64>) -> u64 {
    numbers.fold(0xCBF2_9CE4_8422_2325, |hash, number| (hash ^ number).wrapping_mul(0x100_0000_01B3))
}
