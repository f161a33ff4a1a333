//! Sharing yen out so that the parts add up to the whole.

/// Shares `total` out in proportion to `weights` by largest remainder (Hamilton): each part is the exact share rounded
/// down or up to the yen, the parts add up to `total`. Equal remainders go to the smaller place; a negative total is
/// shared out like its opposite. Weights below zero count as zero; when all are zero, everybody weighs the same.
/// Nobody takes nothing: without weights the answer is empty.
pub fn share_out(total: i64, weights: &[i64]) -> Vec<i64> {
    let mut parts = Vec::new();
    share_into(total, weights, |place| place, &mut parts);
    parts
}

/// As [`share_out`], into a list that is emptied first; equal remainders go to the smaller `tie` of their places.
pub(crate) fn share_into<K: Ord>(total: i64, weights: &[i64], tie: impl Fn(usize) -> K, parts: &mut Vec<i64>) {
    parts.clear();
    if let [_] = weights {
        parts.push(total);
        return;
    }
    if total == 0 || weights.len() == 1 {
        parts.resize(weights.len(), total);
        return;
    }
    let sum: i128 = weights.iter().map(|&weight| i128::from(weight.max(0))).sum();
    let weight = |place: usize| if sum == 0 { 1 } else { i128::from(weights[place].max(0)) };
    let sum = if sum == 0 { weights.len() as i128 } else { sum };
    let (sign, size) = (total.signum(), i128::from(total.unsigned_abs()));
    let mut left = size;
    for place in 0..weights.len() {
        let part = size * weight(place) / sum;
        left -= part;
        parts.push(part as i64);
    }
    if left > 0 {
        let mut order: Vec<usize> = (0..weights.len()).collect();
        order.sort_by_cached_key(|&place| (-(size * weight(place) % sum), tie(place)));
        order.iter().take(left as usize).for_each(|&place| parts[place] += 1);
    }
    parts.iter_mut().for_each(|part| *part *= sign);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_add_up_and_the_largest_remainder_goes_first() {
        let check = |total, weights: &[i64], expected: &[i64]| {
            assert_eq!(share_out(total, weights), expected, "{total} by {weights:?}");
        };
        check(100, &[1, 1, 1], &[34, 33, 33]);
        // 10 by 3:5:2 of 7 yen: 2.1, 3.5, 1.4 → the half goes up.
        check(7, &[3, 5, 2], &[2, 4, 1]);
        check(-7, &[3, 5, 2], &[-2, -4, -1]);
        check(5, &[0, 0], &[3, 2]);
        check(5, &[-10, 10], &[0, 5]);
        check(5, &[9], &[5]);
        check(5, &[], &[]);
    }
}
