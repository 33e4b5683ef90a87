//! The order of numbers: how a list is sorted by them, and the longest run in it that is in order already.

use alloc::vec::Vec;

/// The places of a list, those with the smallest keys first; equal ones stay as they stand.
pub(super) fn by_key(keys: impl Iterator<Item = u64>) -> Vec<(u64, usize)> {
    sorted(keys.zip(0..).collect())
}

fn sorted(mut places: Vec<(u64, usize)>) -> Vec<(u64, usize)> {
    if !places.is_sorted() {
        places.sort_unstable();
    }
    places
}

/// The places of a list in the order of time; those without a time stay with the one before.
pub(super) fn by_time(times: impl Iterator<Item = Option<u64>> + Clone) -> Vec<usize> {
    let mut latest_ms = times.clone().flatten().next().unwrap_or(0);
    let keys = times.map(|time| {
        latest_ms = time.unwrap_or(latest_ms);
        latest_ms
    });
    by_key(keys).into_iter().map(|(_, place)| place).collect()
}

/// A list with its entries at other places.
pub(super) fn moved<T>(list: Vec<T>, places: &[usize]) -> Vec<T> {
    if places.is_sorted() {
        return list;
    }
    let mut list: Vec<Option<T>> = list.into_iter().map(Some).collect();
    places.iter().filter_map(|place| list.get_mut(*place)?.take()).collect()
}

/// The places of the longest run of values none of which is smaller than the one before; of two such runs the lower one.
pub(super) fn rising(values: &[u64]) -> Vec<usize> {
    // The last place of the lowest run of each length, and for every place the one before it in its run.
    let mut tails: Vec<usize> = Vec::new();
    let mut before = Vec::with_capacity(values.len());
    for (place, value) in values.iter().enumerate() {
        let length = tails.partition_point(|tail| values[*tail] <= *value);
        before.push(length.checked_sub(1).map(|shorter| tails[shorter]));
        match tails.get_mut(length) {
            Some(tail) => *tail = place,
            None => tails.push(place),
        }
    }
    let mut run: Vec<usize> = core::iter::successors(tails.last().copied(), |place| before[*place]).collect();
    run.reverse();
    run
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_run_in_order_is_found() {
        let table: [(&[u64], &[usize]); 6] = [
            (&[], &[]),
            (&[1, 1, 2], &[0, 1, 2]),
            (&[1, 9, 2, 3], &[0, 2, 3]),
            (&[9, 1], &[1]),
            (&[5, 6, 1, 2, 3], &[2, 3, 4]),
            (&[3, 1, 2, 9, 4], &[1, 2, 4]),
        ];
        for (values, run) in table {
            assert_eq!(rising(values), run, "{values:?}");
        }
    }

    #[test]
    fn who_has_no_time_stays_with_the_one_before() {
        let times = [None, Some(9), None, Some(2), None, Some(9)];
        assert_eq!(by_time(times.into_iter()), [3, 4, 0, 1, 2, 5]);
        assert_eq!(moved(vec!['a', 'b', 'c'], &[2, 0, 1]), ['c', 'a', 'b']);
    }
}
