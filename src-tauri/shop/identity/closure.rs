//! From pairs to people: who is one with whom, without chains that join two people who contradict each other.

use super::evidence::{Level, compare_names};
use super::profiles::Profiles;
use rustc_hash::FxHashMap;

/// A pair that is certain.
#[derive(Clone, Copy, Debug)]
pub struct Edge {
    /// log2 of the odds.
    pub score: f64,
    /// Places in the list of profiles.
    pub pair: (u32, u32),
}

/// Everything that decides who is one.
pub struct Question<'a> {
    /// One for each person key, with its key; their order does not matter.
    pub profiles: &'a Profiles,
    /// Said to be one by the owner or by a file: no evidence is asked for.
    pub joined: &'a [(u32, u32)],
    /// Certain by evidence, in any order.
    pub edges: &'a mut Vec<Edge>,
    /// Said by the owner to be two: nobody of the first list is one with anybody of the second.
    pub apart: &'a [(Vec<u32>, Vec<u32>)],
}

/// For every profile a representative, and the certain pairs that were not joined because their groups contradict.
pub fn people(question: Question<'_>) -> (Vec<u32>, Vec<Edge>) {
    let Question { profiles, joined, edges, apart } = question;
    let mut groups = Groups::new(profiles, apart);
    for &(a, b) in joined {
        let (a, b) = (groups.root(a), groups.root(b));
        if a != b && !groups.kept_apart(a, b) {
            groups.unite(a, b);
        }
    }
    // By strength, then by content: the same pairs in whatever order give the same people.
    let content = |edge: &Edge| {
        let (a, b) = (profiles.key(edge.pair.0), profiles.key(edge.pair.1));
        (a.min(b), a.max(b))
    };
    edges.sort_unstable_by(|x, y| y.score.total_cmp(&x.score).then_with(|| content(x).cmp(&content(y))));
    let mut refused = Vec::new();
    for edge in edges.iter() {
        let (a, b) = (groups.root(edge.pair.0), groups.root(edge.pair.1));
        if a == b {
            continue;
        }
        if groups.kept_apart(a, b) {
            continue;
        }
        if groups.contradict(a, b) {
            refused.push(*edge);
        } else {
            groups.unite(a, b);
        }
    }
    ((0..profiles.len() as u32).map(|at| groups.root(at)).collect(), refused)
}

struct Groups<'a> {
    above: Vec<u32>,
    profiles: &'a Profiles,
    /// Of groups with several ways to write their name: one profile for each way.
    names: FxHashMap<u32, Vec<u32>>,
    /// For every group the sides of the owner's "two people" that it is on.
    sides: FxHashMap<u32, Vec<(u32, u8)>>,
}

impl<'a> Groups<'a> {
    fn new(profiles: &'a Profiles, apart: &[(Vec<u32>, Vec<u32>)]) -> Groups<'a> {
        let mut sides: FxHashMap<u32, Vec<(u32, u8)>> = FxHashMap::default();
        for (number, (left, right)) in apart.iter().enumerate() {
            left.iter().for_each(|at| sides.entry(*at).or_default().push((number as u32, 0)));
            right.iter().for_each(|at| sides.entry(*at).or_default().push((number as u32, 1)));
        }
        Groups { above: (0..profiles.len() as u32).collect(), profiles, names: FxHashMap::default(), sides }
    }

    fn root(&mut self, of: u32) -> u32 {
        let mut root = of;
        while self.above[root as usize] != root {
            root = self.above[root as usize];
        }
        let mut at = of;
        while at != root {
            at = std::mem::replace(&mut self.above[at as usize], root);
        }
        root
    }

    fn kept_apart(&self, a: u32, b: u32) -> bool {
        match (self.sides.get(&a), self.sides.get(&b)) {
            (Some(a), Some(b)) => a.iter().any(|(number, side)| b.contains(&(*number, 1 - side))),
            _ => false,
        }
    }

    fn names_of(&self, group: u32) -> Vec<u32> {
        self.names.get(&group).cloned().unwrap_or_else(|| vec![group])
    }

    /// Somebody of one group has another given name than somebody of the other.
    fn contradict(&self, a: u32, b: u32) -> bool {
        let of = |at: &u32| self.profiles.get(*at).name;
        let (a, b) = (self.names_of(a), self.names_of(b));
        let differ = |x: &u32, y: &u32| compare_names(&of(x), &of(y)).1 == Level::Different;
        // A group that was told to be one in spite of its names is asked for one that fits.
        a.iter().all(|x| b.iter().any(|y| differ(x, y))) || b.iter().all(|y| a.iter().any(|x| differ(x, y)))
    }

    fn unite(&mut self, a: u32, b: u32) {
        // Which of the two stands for both is seen by nobody: what is written down is the smallest number of a row.
        let (root, other) = (a.min(b), a.max(b));
        let mut names = self.names_of(root);
        for at in self.names_of(other) {
            let name = self.profiles.get(at).name;
            if names.iter().all(|known| self.profiles.get(*known).name != name) {
                names.push(at);
            }
        }
        self.names.remove(&other);
        self.names.insert(root, names);
        if let Some(sides) = self.sides.remove(&other) {
            self.sides.entry(root).or_default().extend(sides);
        }
        self.above[other as usize] = root;
    }
}
