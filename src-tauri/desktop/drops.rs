//! Dropped or chosen files wait here for a yes, by token.

use std::collections::BTreeMap;
use std::path::PathBuf;

/// Drops that are kept for recording; older ones are forgotten.
const DROPS_KEPT: usize = 4;

/// The files of each drop by its token, ascending.
#[derive(Default)]
pub struct Drops {
    newest: u64,
    paths: BTreeMap<u64, Vec<PathBuf>>,
}

impl Drops {
    /// Keeps the files of a drop; answers its token.
    pub fn keep(&mut self, paths: Vec<PathBuf>) -> u64 {
        self.newest += 1;
        self.paths.insert(self.newest, paths);
        while self.paths.len() > DROPS_KEPT {
            self.paths.pop_first();
        }
        self.newest
    }

    /// The files of a drop that has not been forgotten.
    pub fn paths(&self, token: u64) -> Option<Vec<PathBuf>> {
        self.paths.get(&token).cloned()
    }

    /// Forgets a drop; whether it was the newest.
    pub fn forget(&mut self, token: u64) -> bool {
        self.paths.remove(&token).is_some() && token == self.newest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn later_drops_push_out_the_oldest() {
        let mut drops = Drops::default();
        let tokens: Vec<u64> = (0..6).map(|number| drops.keep(vec![PathBuf::from(format!("{number}.csv"))])).collect();
        assert_eq!(tokens, [1, 2, 3, 4, 5, 6], "each drop has a token of its own");
        assert_eq!(drops.paths.keys().copied().collect::<Vec<_>>(), [3, 4, 5, 6], "four drops are kept");
        assert_eq!(drops.paths(6), Some(vec![PathBuf::from("5.csv")]));
        assert!(!drops.forget(5), "another one came after it");
        assert!(drops.forget(6));
        assert_eq!((drops.paths(6), drops.forget(6)), (None, false));
    }
}
