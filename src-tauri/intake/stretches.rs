//! Where a file of orders is cut into stretches.
//!
//! A cut stands where an order begins whose number says so, about one of thirty: two exports that share rows then share
//! the cuts between them, wherever each begins. What stands before the first cut and behind the last is no stretch.

use crate::shop::{self, Moment, Order, StretchHash};
use xxhash_rust::xxh3::Xxh3;

/// One order of so many begins a stretch.
const ORDERS: u64 = 32;

/// The bytes between two cuts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stretch {
    /// Where it begins in the file.
    pub(crate) at: u64,
    /// How many bytes it has.
    pub(crate) length: u64,
    /// Of the bytes, and of what decides how they are read.
    pub(crate) hash: StretchHash,
}

/// Finds the stretches of a file whose bytes pass by.
pub(crate) struct Stretches {
    seed: u64,
    /// Where the last cut was, the day of its order, and what has passed since.
    open: Option<(u64, [u8; 4], Box<Xxh3>)>,
}

impl Stretches {
    /// `seed` stands for what decides how the bytes are read.
    pub(crate) fn new(seed: u64) -> Stretches {
        Stretches { seed, open: None }
    }

    /// Whether the order with this hash of its number begins a stretch.
    pub(crate) fn begins(number_hash: u64) -> bool {
        number_hash.is_multiple_of(ORDERS)
    }

    /// Bytes of the file, in its order, none left out once the first cut has been.
    pub(crate) fn pass(&mut self, bytes: &[u8]) {
        if let Some((.., hasher)) = &mut self.open {
            hasher.update(bytes);
        }
    }

    /// A cut at this place of the file, up to which the bytes have passed, before an order of this day; the stretch that
    /// ends there. A hash begins with the day, so that those of a month lie together wherever they are kept.
    pub(crate) fn cut(&mut self, at: u64, day: [u8; 4]) -> Option<Stretch> {
        let Some((from, of, hasher)) = &mut self.open else {
            self.open = Some((at, day, Box::new(Xxh3::with_seed(self.seed))));
            return None;
        };
        let mut hash = hasher.digest128().to_le_bytes();
        hash[..4].copy_from_slice(of);
        let over = Stretch { at: *from, length: at - *from, hash };
        hasher.reset();
        (*from, *of) = (at, day);
        Some(over)
    }
}

/// The stretches of a file beside the rows that are read of it.
pub(crate) struct Along<'s> {
    stretches: &'s [Stretch],
    known: &'s [Option<shop::Stretch>],
    /// The first stretch that does not lie behind.
    next: usize,
    /// The stretch in which all rows so far were of orders.
    open: Option<usize>,
}

impl<'s> Along<'s> {
    /// `known` is as long as `stretches`, or empty.
    pub(crate) fn new(stretches: &'s [Stretch], known: &'s [Option<shop::Stretch>]) -> Along<'s> {
        Along { stretches, known, next: 0, open: None }
    }

    /// The stretch that begins at this place.
    fn here(&mut self, at: u64) -> Option<usize> {
        while self.stretches.get(self.next).is_some_and(|stretch| stretch.at < at) {
            self.next += 1;
        }
        self.stretches.get(self.next).filter(|stretch| stretch.at == at).map(|_| self.next)
    }

    /// The known stretch that begins at this place: which, how many bytes it has and how many rows.
    pub(crate) fn known(&mut self, at: u64) -> Option<(usize, u64, u64)> {
        let place = self.here(at)?;
        let known = self.known.get(place)?.as_ref()?;
        Some((place, self.stretches[place].length, known.rows))
    }

    /// A row with an order of its own begins at this place; whether a stretch does.
    pub(crate) fn begin(&mut self, at: u64) -> bool {
        self.open = self.here(at).or(self.open);
        self.open == Some(self.next)
    }

    /// The stretch at hand, when an order begins at this place and it ends there.
    pub(crate) fn end(&mut self, at: u64) -> Option<StretchHash> {
        let stretch = &self.stretches[self.open?];
        let end = stretch.at + stretch.length;
        if end <= at {
            self.open = None;
        }
        (end == at).then_some(stretch.hash)
    }

    /// Something else than an order stands in the stretch at hand.
    pub(crate) fn leave(&mut self) {
        self.open = None;
    }
}

/// What has been read of the stretch at hand.
#[derive(Default)]
pub(crate) struct AtHand {
    stretch: Option<shop::Stretch>,
    is_spoilt: bool,
}

impl AtHand {
    pub(crate) fn begin(&mut self) {
        *self = AtHand::default();
    }

    /// Takes an order of so many rows, which is like any other, or says why it is not.
    pub(crate) fn add(&mut self, order: &Order, rows: u64, is_plain: bool) {
        self.is_spoilt |= !is_plain || order.store.is_empty();
        let stretch = self.stretch.get_or_insert_with(|| shop::Stretch {
            rows: 0,
            orders: 0,
            first_at: order.ordered_at,
            last_at: order.ordered_at,
            newest_at: Moment(i64::MIN),
            store: order.store.clone(),
        });
        self.is_spoilt |= stretch.store != order.store;
        stretch.rows += rows;
        stretch.orders += 1;
        stretch.first_at = stretch.first_at.min(order.ordered_at);
        stretch.last_at = stretch.last_at.max(order.ordered_at);
        stretch.newest_at = stretch.newest_at.max(order.newest_at);
    }

    /// An order could not be read.
    pub(crate) fn spoil(&mut self) {
        self.is_spoilt = true;
    }

    /// What it was, when every row of it was used.
    pub(crate) fn end(&mut self) -> Option<shop::Stretch> {
        self.stretch.take().filter(|_| !self.is_spoilt)
    }
}
