//! Lists in an order: by one sort of numbers, since the library's weighs 6,000 bytes for each kind of list.

use alloc::vec::Vec;

/// The places of a list in the order of their keys; of equal ones the first stays first.
pub(super) fn order(keys: Vec<u64>) -> Vec<usize> {
    let mut keys: Vec<(u64, usize)> = keys.into_iter().zip(0..).collect();
    sort(&mut keys, &mut |_, _| ());
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

/// Sorts keys, and tells which two change places.
///
/// This is Shell's: small, and as fast as it has to be.
pub(crate) fn sort(keys: &mut [(u64, usize)], swap: &mut dyn FnMut(usize, usize)) {
    if keys.is_sorted() {
        return;
    }
    let mut gap = 1;
    while gap < keys.len() {
        gap = gap * 3 + 1;
    }
    while gap > 1 {
        gap /= 3;
        for at in gap..keys.len() {
            let mut to = at;
            while to >= gap && keys[to - gap] > keys[to] {
                keys.swap(to - gap, to);
                swap(to - gap, to);
                to -= gap;
            }
        }
    }
}

/// A number for a list of numbers: the same for the same, and as good as never for others (FNV-1a).
pub(super) fn hash(numbers: impl Iterator<Item = u64>) -> u64 {
    numbers.fold(0xCBF2_9CE4_8422_2325, |hash, number| (hash ^ number).wrapping_mul(0x100_0000_01B3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_list_is_sorted_and_another_with_it() {
        let keys = (0..1000_u64).map(|at| at * 7919 % 1009 / 2).zip(0..);
        let mut sorted: Vec<(u64, usize)> = keys.collect();
        let mut list = sorted.clone();
        sort(&mut sorted, &mut |one, other| list.swap(one, other));
        assert!(sorted.is_sorted() && list == sorted);
    }

    #[test]
    fn of_equal_ones_the_first_stays_first() {
        assert_eq!(order(Vec::from([5, 1, 5, 1, 0])), [4, 1, 3, 0, 2]);
        let list = Vec::from([(2, 'a'), (1, 'b'), (2, 'c'), (1, 'd')]);
        assert_eq!(in_time(list, |(ms, _)| *ms), [(1, 'b'), (1, 'd'), (2, 'a'), (2, 'c')]);
    }
}
