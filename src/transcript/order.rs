//! The order of time, and the longest run of numbers that is in order already.

use super::node::Said;
use crate::speech::order::sort;
use alloc::vec::Vec;

/// Puts a list in the order of time; those without a time stay with the one before.
pub(super) fn by_time(list: &mut [Said<'_>]) {
    let mut latest_ms = list.iter().find_map(|said| said.times.start_ms).unwrap_or(0);
    let mut keys = Vec::with_capacity(list.len());
    for (place, said) in list.iter().enumerate() {
        latest_ms = said.times.start_ms.unwrap_or(latest_ms);
        keys.push((latest_ms, place));
    }
    sort(&mut keys, &mut |one, other| list.swap(one, other));
}

/// The places of the longest run of values none of which is smaller than the one before; of two such runs the lower one.
pub(super) fn rising(values: &[u64]) -> Vec<usize> {
    // The last place of the lowest run of each length, and for every place the one before it in its run.
    let mut tails: Vec<usize> = Vec::new();
    let mut before = Vec::with_capacity(values.len());
    for (place, value) in values.iter().enumerate() {
        let length = tails.partition_point(|tail| values[*tail] <= *value);
        before.push(if length > 0 { tails[length - 1] } else { 0 });
        if length < tails.len() {
            tails[length] = place;
        } else {
            tails.push(place);
        }
    }
    for length in (1..tails.len()).rev() {
        tails[length - 1] = before[tails[length]];
    }
    tails
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transcript::node::Times;

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
        let said = |start_ms| Said { speaker: None, times: Times { start_ms, end_ms: None }, text: "".into(), words: Vec::new() };
        let mut list = [None, Some(9), None, Some(2), None, Some(9)].map(said);
        by_time(&mut list);
        assert_eq!(list.map(|said| said.times.start_ms), [Some(2), None, None, Some(9), None, Some(9)]);
    }
}
