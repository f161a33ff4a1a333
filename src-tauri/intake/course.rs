//! What is known of a file while its rows are read: of one that was looked through before, and of one that was not.

use super::stretches::{Along, Stretches};
use super::survey::{Numbers, Surveyed, begins_with_number, cut_day};
use super::table::{Layout, Table};
use crate::shop::{Stretch, StretchHash};

/// How far a file has been looked through before its first order is handed out.
pub(crate) enum Looked<'s> {
    /// To its end; what is known of its stretches is as long as those, or empty.
    Through(&'s Surveyed, &'s [Option<Stretch>]),
    /// Not at all.
    Nowhere {
        /// Whether its stretches are wanted.
        wants_stretches: bool,
    },
}

/// The same while it is read.
pub(crate) enum Course<'s> {
    Surveyed(Along<'s>),
    Unseen(Unseen),
}

/// Rows of one order do not stand together.
pub(crate) struct Scattered;

/// What an order means that begins here.
#[derive(Default)]
pub(crate) struct Turn {
    /// A stretch is over, and nothing but orders stood in it.
    pub(crate) over: Option<StretchHash>,
    /// Another begins.
    pub(crate) begins: bool,
}

/// A file nobody has looked through: its order numbers so far tell whether rows stand together.
pub(crate) struct Unseen {
    numbers: Numbers,
    has_stretches: bool,
    /// Since the last cut all rows were of orders.
    is_open: bool,
}

impl<'s> Course<'s> {
    /// Of a file that is about to be read.
    pub(crate) fn new(looked: &Looked<'s>, layout: &Layout, table: &mut Table) -> Course<'s> {
        match *looked {
            Looked::Through(surveyed, known) => Course::Surveyed(Along::new(&surveyed.stretches, known)),
            Looked::Nowhere { wants_stretches } => {
                let has_stretches = wants_stretches && begins_with_number(layout);
                if has_stretches {
                    table.find_stretches(layout);
                }
                Course::Unseen(Unseen { numbers: Numbers::default(), has_stretches, is_open: false })
            }
        }
    }

    /// The known stretch that begins at this place of the file: which, how many bytes it has and how many rows.
    pub(crate) fn known(&mut self, at: u64) -> Option<(usize, u64, u64)> {
        match self {
            Course::Surveyed(along) => along.known(at),
            Course::Unseen(_) => None,
        }
    }

    /// A known stretch begins at this place, which is not read; the one at hand, if it ends there.
    pub(crate) fn end(&mut self, at: u64) -> Option<StretchHash> {
        match self {
            Course::Surveyed(along) => along.end(at),
            Course::Unseen(_) => None,
        }
    }

    /// The row read last begins an order of this number; where in the file, unless blank lines stand before it.
    pub(crate) fn order(&mut self, number: &[u8], at: Option<u64>, table: &mut Table) -> Result<Turn, Scattered> {
        match self {
            Course::Surveyed(along) => {
                let over = at.and_then(|at| along.end(at));
                Ok(Turn { over, begins: at.is_some_and(|at| along.begin(at)) })
            }
            Course::Unseen(unseen) => unseen.order(number, at, table),
        }
    }

    /// Something else than an order stands in the stretch at hand.
    pub(crate) fn leave(&mut self) {
        match self {
            Course::Surveyed(along) => along.leave(),
            Course::Unseen(unseen) => unseen.is_open = false,
        }
    }
}

impl Unseen {
    fn order(&mut self, number: &[u8], at: Option<u64>, table: &mut Table) -> Result<Turn, Scattered> {
        let hash = self.numbers.row_of(number);
        if !self.numbers.scattered.is_empty() {
            return Err(Scattered);
        }
        let cut = hash.filter(|hash| self.has_stretches && Stretches::begins(*hash)).and_then(|_| cut_day(number));
        let (Some(at), Some(day)) = (at, cut) else { return Ok(Turn::default()) };
        let over = table.cut(at, day).filter(|_| self.is_open);
        self.is_open = true;
        Ok(Turn { over, begins: true })
    }
}
