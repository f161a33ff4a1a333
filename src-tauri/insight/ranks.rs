//! Numbers at places of their ascending order, without sorting them.
//!
//! Numbers are counted in buckets that are a 32nd of them wide: only the buckets of the places need sorting. Small numbers have
//! each their own, so zeros stand alone. No step hangs on the number by a branch that cannot be foreseen.

use super::rfm::GroupRules;

/// Below 0 all are in the first one; then 64 to 63, and for each further power of two the upper half of 64.
pub(crate) const BUCKETS: usize = 1 + 64 * 59;

/// Ascending with the number.
pub(crate) fn bucket_of(number: i64) -> usize {
    let shift = 58 - ((number as u64) | 63).leading_zeros().min(58);
    let bucket = 1 + 64 * shift as usize + ((number as u64) >> shift & 63) as usize;
    if number < 0 { 0 } else { bucket }
}

/// The bucket of the number at each of these places, from 0, and its place among those of that bucket.
pub(crate) fn buckets_at(counts: &[u32], places: [usize; 4]) -> [(usize, usize); 4] {
    places.map(|place| {
        let mut before = 0;
        let holds = |count: &u32| {
            before += *count as usize;
            before > place
        };
        let bucket = counts.iter().position(holds).unwrap_or(0);
        (bucket, place - (before - counts[bucket] as usize))
    })
}

/// Where the scores of value begin among so many customers in ascending order of value, from 0: for the shares of the rules
/// ⌊n × pₖ ÷ 100⌋.
pub(crate) fn places(customers: usize, rules: &GroupRules) -> [usize; 4] {
    let mut places = rules.monetary_percent.map(|percent| customers * percent as usize / 100);
    // A lower score never begins above a higher one.
    let mut most = customers.saturating_sub(1);
    for place in places.iter_mut().rev() {
        most = most.min(*place);
        *place = most;
    }
    places
}

/// The numbers at these places, from 0, of their ascending order, when so many zeros are left out; each place must be below
/// how many there are then.
pub(crate) fn numbers_at(numbers: impl Iterator<Item = i64> + Clone, zeros: usize, places: [usize; 4]) -> [i64; 4] {
    let mut counts = vec![0_u32; BUCKETS];
    numbers.clone().for_each(|number| counts[bucket_of(number)] += 1);
    counts[bucket_of(0)] -= zeros as u32;
    let found = buckets_at(&counts, places);
    let mut list_of = vec![u8::MAX; BUCKETS];
    (0..).zip(&found).for_each(|(list, (bucket, _))| list_of[*bucket] = list);
    let mut lists: [Vec<i64>; 4] = Default::default();
    for number in numbers {
        if let Some(list) = lists.get_mut(usize::from(list_of[bucket_of(number)])) {
            list.push(number);
        }
    }
    found.map(|(bucket, place)| *lists[usize::from(list_of[bucket])].select_nth_unstable(place).1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_at_places_are_those_of_the_sorted_list() {
        let mut state = 7_u64;
        let mut draw = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 20) as i64
        };
        let many: Vec<i64> = (0..5_000).map(|_| draw() >> (draw() % 44) as u32).collect();
        let cases = [vec![5], vec![-3, -3, 0, i64::MAX, i64::MIN], vec![63, 64, 65, 127, 128, 129], many];
        for numbers in cases {
            let mut sorted = numbers.clone();
            sorted.sort_unstable();
            let n = numbers.len();
            for places in [[0, n / 5, n / 2, n - 1], [n - 1; 4], [n * 2 / 5, n / 5, 0, n * 3 / 5]] {
                assert_eq!(numbers_at(numbers.iter().copied(), 0, places), places.map(|place| sorted[place]));
                let with_zeros = numbers.iter().copied().chain([0; 7]);
                assert_eq!(numbers_at(with_zeros, 7, places), places.map(|place| sorted[place]), "zeros left out");
            }
        }
    }
}
