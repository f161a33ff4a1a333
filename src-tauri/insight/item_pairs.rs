//! How often two items go together, counted one item after the other: the counts of one item stay near the processor,
//! where a map of all pairs would be somewhere else with every one of them.

/// Pairs of items in two passes: the first says how many each item has, the second which.
pub(crate) struct ItemPairs {
    /// Where the partners of each item begin; while they are added, where the next one goes.
    next: Vec<u32>,
    partners: Vec<u32>,
}

impl ItemPairs {
    /// Empty, with room for so many partners of each item at most.
    pub fn with_room(room: &[u32]) -> ItemPairs {
        let mut all = 0;
        let begin = |room: &u32| {
            let begin = all;
            all += room;
            begin
        };
        let next = room.iter().map(begin).collect();
        ItemPairs { next, partners: vec![0; all as usize] }
    }

    /// Counts the pair once more.
    pub fn add(&mut self, item: u32, partner: u32) {
        let next = &mut self.next[item as usize];
        self.partners[*next as usize] = partner;
        *next += 1;
    }

    /// Every pair that was counted at least so often, and how often; by item, of one in no stated order. `room` is that
    /// of the beginning.
    pub fn at_least(&self, least: u32, room: &[u32]) -> Vec<((u32, u32), u32)> {
        let (mut found, mut counts) = (Vec::new(), vec![0_u32; room.len()]);
        let mut begin = 0;
        for (item, (&end, room)) in (0..).zip(self.next.iter().zip(room)) {
            let partners = &self.partners[begin..end as usize];
            begin += *room as usize;
            if partners.len() < least as usize {
                continue;
            }
            partners.iter().for_each(|&partner| counts[partner as usize] += 1);
            for &partner in partners {
                let count = std::mem::take(&mut counts[partner as usize]);
                if count >= least {
                    found.push(((item, partner), count));
                }
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pair_is_counted_in_its_direction_and_as_often_as_it_came() {
        // Item 0 has room for four and uses three, item 1 has none, item 2 uses all its three.
        let room = [4, 0, 3];
        let mut pairs = ItemPairs::with_room(&room);
        [(2, 0), (0, 2), (0, 1), (2, 0), (0, 2), (2, 1)].into_iter().for_each(|(item, with)| pairs.add(item, with));
        let sorted = |least: u32| {
            let mut found = pairs.at_least(least, &room);
            found.sort_unstable();
            found
        };
        assert_eq!(sorted(2), [((0, 2), 2), ((2, 0), 2)]);
        assert_eq!(sorted(1), [((0, 1), 1), ((0, 2), 2), ((2, 0), 2), ((2, 1), 1)]);
        assert_eq!(sorted(3), [], "no pair came three times");
    }
}
