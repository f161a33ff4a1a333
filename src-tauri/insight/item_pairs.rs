//! How often two items go together, counted one item after the other: the counts of one item stay near the processor,
//! where a map of all pairs would be somewhere else with every one of them.

use std::ops::Range;

/// Partners held at a time; where baskets are large, items are counted in several stretches.
const MOST: u64 = 16_000_000;

/// Every pair that is counted at least so often, and how often; by item, of one in no stated order. `room` says how many
/// partners each item is given at most. `each` counts every pair, once for each stretch of items.
pub(crate) fn often(least: u32, room: &[u32], each: impl FnMut(&mut ItemPairs)) -> Vec<((u32, u32), u32)> {
    often_within(MOST, least, room, each)
}

fn often_within(most: u64, least: u32, room: &[u32], mut each: impl FnMut(&mut ItemPairs)) -> Vec<((u32, u32), u32)> {
    let (mut found, mut counts) = (Vec::new(), vec![0; room.len()]);
    let mut begin = 0;
    while begin < room.len() {
        let mut held = 0;
        let fits = |room: &&u32| {
            held += u64::from(**room);
            held <= most
        };
        let items = begin..begin + room[begin..].iter().take_while(fits).count().max(1);
        begin = items.end;
        let mut pairs = ItemPairs::of(items, room);
        each(&mut pairs);
        pairs.at_least(least, &mut counts, &mut found);
    }
    found
}

/// The partners of a stretch of items.
pub(crate) struct ItemPairs {
    items: Range<usize>,
    /// Where the partners of each item begin, and where the next one goes.
    places: Vec<(usize, usize)>,
    partners: Vec<u32>,
}

impl ItemPairs {
    fn of(items: Range<usize>, room: &[u32]) -> ItemPairs {
        let mut all = 0;
        let begin = |room: &u32| {
            let begin = all;
            all += *room as usize;
            (begin, begin)
        };
        let places = room[items.clone()].iter().map(begin).collect();
        ItemPairs { items, places, partners: vec![0; all] }
    }

    /// Counts the pair once more.
    pub fn add(&mut self, item: u32, partner: u32) {
        if !self.items.contains(&(item as usize)) {
            return;
        }
        let (_, next) = &mut self.places[item as usize - self.items.start];
        self.partners[*next] = partner;
        *next += 1;
    }

    /// `counts` is zero for every item, and is again afterwards.
    fn at_least(&self, least: u32, counts: &mut [u32], found: &mut Vec<((u32, u32), u32)>) {
        for (item, &(begin, end)) in self.items.clone().zip(&self.places) {
            let partners = &self.partners[begin..end];
            if partners.len() < least as usize {
                continue;
            }
            partners.iter().for_each(|&partner| counts[partner as usize] += 1);
            for &partner in partners {
                let count = std::mem::take(&mut counts[partner as usize]);
                if count >= least {
                    found.push(((item as u32, partner), count));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pair_is_counted_in_its_direction_and_as_often_as_it_came() {
        // Item 0 has room for four and uses three, item 1 has none, item 2 uses all its three.
        let room = [4, 0, 3];
        let came = [(2, 0), (0, 2), (0, 1), (2, 0), (0, 2), (2, 1)];
        // All at a time, and so few that each item is a stretch of its own.
        for most in [100, 4, 1] {
            let sorted = |least: u32| {
                let mut stretches = 0;
                let mut found = often_within(most, least, &room, |pairs| {
                    stretches += 1;
                    came.into_iter().for_each(|(item, with)| pairs.add(item, with));
                });
                found.sort_unstable();
                (found, stretches)
            };
            // 4 + 0 + 3 fit into 100; 4 + 0 into 4, then 3; into 1 only item 1 fits, and the others stand alone.
            let stretches = match most {
                100 => 1,
                4 => 2,
                _ => 3,
            };
            assert_eq!(sorted(2), (vec![((0, 2), 2), ((2, 0), 2)], stretches));
            assert_eq!(sorted(1).0, [((0, 1), 1), ((0, 2), 2), ((2, 0), 2), ((2, 1), 1)]);
            assert_eq!(sorted(3).0, [], "no pair came three times");
        }
    }
}
