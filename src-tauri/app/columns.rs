//! The columns of a history in a file beside the ledger, so that a program that has just been started need not ask
//! SQLite for each order.
//!
//! The file is good for exactly one state of one ledger and one build of the program: both are in its head. Whatever
//! else it holds (another state, half a file, a flipped bit), it is left aside without a word and made anew. It holds what
//! a history holds: numbers of customers and orders, and the names of items, but nothing of a person.

mod contents;
mod packed;

use super::rates;
use crate::insight::History;
use crate::ledger::Stamp;
use crate::shop::{Day, Mall};
use contents::Lengths;
use packed::{Packer, Unpacker};
use std::fs::File;
use std::io::{self, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use xxhash_rust::xxh3::xxh3_64;

/// Grows when the columns are written otherwise.
const FORMAT: u64 = 1;
const MARK: &[u8; 8] = b"OTKUCOLS";
/// Mark, stamp, build, lengths, first and last day, malls, hash of all these.
const HEAD: usize = 8 + 32 + 8 + Lengths::COUNT * 8 + 4 + 4 + 8 + 8;
/// Bytes asked of the system at a time.
const PIECE: usize = 1 << 18;

/// How far a history reaches.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Reach {
    pub(super) order_count: usize,
    pub(super) first_day: Option<Day>,
    pub(super) last_day: Option<Day>,
    /// With an order, in mall order.
    pub(super) malls: Vec<Mall>,
}

impl Reach {
    pub(super) fn of(history: &History) -> Reach {
        let mut sold_at = [false; 3];
        history.orders.mall.iter().for_each(|&mall| sold_at[mall as usize] = true);
        Reach {
            order_count: history.orders.order.len(),
            first_day: history.first_day(),
            last_day: history.last_day(),
            malls: [Mall::Rakuten, Mall::Yahoo, Mall::Own].into_iter().filter(|&m| sold_at[m as usize]).collect(),
        }
    }
}

/// The file beside a ledger, and the state of the ledger it would have to be of.
#[derive(Clone, Debug)]
pub(super) struct Columns {
    path: PathBuf,
    state: [u8; 40],
}

/// Where the columns of a ledger lie: behind its whole name, as SQLite names what it keeps beside it.
pub fn path_of(ledger: &Path) -> PathBuf {
    with_ending(ledger, ".columns")
}

fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

impl Columns {
    pub(super) fn of(ledger: &Path, stamp: &Stamp) -> Columns {
        let mut state = [0; 40];
        state[..32].copy_from_slice(&stamp.bytes());
        state[32..].copy_from_slice(&build().to_le_bytes());
        Columns { path: path_of(ledger), state }
    }

    /// The history as it was written; nothing when there is none of this state, or any doubt.
    pub(super) fn read(&self) -> Option<History> {
        let mut file = File::open(&self.path).ok()?;
        let head = Head::read(&mut file, &self.state)?;
        let mut columns = Unpacker::new(BufReader::with_capacity(PIECE, file));
        let history = contents::read(&mut columns, &head.lengths)?;
        columns.ends_whole().then_some(history)
    }

    /// How far the history reaches, by the head of the file alone.
    pub(super) fn reach(&self) -> Option<Reach> {
        Head::read(&mut File::open(&self.path).ok()?, &self.state).map(|head| head.reach)
    }

    /// Writes the history, whole or not at all. A folder that cannot be written to is no failure.
    pub(super) fn write(&self, history: &History) -> io::Result<()> {
        let Some(costs) = history.costs.as_deref() else { return Ok(()) };
        // Of two programs that write at once each may spoil the other's file: the hash then says so.
        let new = with_ending(&self.path, "-new");
        let written = File::create(&new).and_then(|mut file| {
            file.write_all(
                &Head { lengths: Lengths::of(history, costs), reach: Reach::of(history) }.bytes(&self.state),
            )?;
            let mut columns = Packer::new(io::BufWriter::with_capacity(PIECE, file));
            contents::write(&mut columns, history, costs)?;
            columns.finish()?.flush()
        });
        let renamed = written.and_then(|()| std::fs::rename(&new, &self.path));
        if renamed.is_err() {
            let _ = std::fs::remove_file(&new);
        }
        renamed
    }
}

/// Deletes the columns of a ledger, where there are any.
pub fn remove(ledger: &Path) {
    let path = path_of(ledger);
    let _ = std::fs::remove_file(with_ending(&path, "-new"));
    let _ = std::fs::remove_file(path);
}

/// Tells programs apart that might make other columns of the same ledger: by version, and by the rates they know.
fn build() -> u64 {
    let known = [env!("CARGO_PKG_VERSION").as_bytes(), &FORMAT.to_le_bytes(), rates::TEXT.as_bytes()];
    xxh3_64(&known.concat())
}

/// What stands before the columns.
struct Head {
    lengths: Lengths,
    reach: Reach,
}

impl Head {
    fn bytes(&self, state: &[u8; 40]) -> Vec<u8> {
        let day = |day: Option<Day>| day.map_or(i32::MIN, |day| day.0).to_le_bytes();
        let malls = self.reach.malls.iter().fold(0_u64, |malls, &mall| malls | 1 << mall as u64);
        let mut bytes = Vec::with_capacity(HEAD);
        bytes.extend_from_slice(MARK);
        bytes.extend_from_slice(state);
        self.lengths.numbers().iter().for_each(|number| bytes.extend_from_slice(&number.to_le_bytes()));
        bytes.extend_from_slice(&day(self.reach.first_day));
        bytes.extend_from_slice(&day(self.reach.last_day));
        bytes.extend_from_slice(&malls.to_le_bytes());
        bytes.extend_from_slice(&xxh3_64(&bytes).to_le_bytes());
        bytes
    }

    /// Nothing unless it is whole and of this state.
    fn read(from: &mut impl Read, state: &[u8; 40]) -> Option<Head> {
        let mut bytes = [0; HEAD];
        from.read_exact(&mut bytes).ok()?;
        let (said, hash) = bytes.split_last_chunk::<8>()?;
        if xxh3_64(said) != u64::from_le_bytes(*hash) {
            return None;
        }
        let rest = said.strip_prefix(MARK)?.strip_prefix(state)?;
        let (numbers, rest) = rest.as_chunks::<8>().0.split_at(Lengths::COUNT);
        let mut lengths = [0; Lengths::COUNT];
        lengths.iter_mut().zip(numbers).for_each(|(to, number)| *to = u64::from_le_bytes(*number));
        let [[f0, f1, f2, f3, l0, l1, l2, l3], malls] = rest else { return None };
        let day = |bytes: [u8; 4]| Some(Day(i32::from_le_bytes(bytes))).filter(|day| day.0 != i32::MIN);
        let malls = u64::from_le_bytes(*malls);
        let lengths = Lengths::of_numbers(lengths);
        let reach = Reach {
            order_count: lengths.orders,
            first_day: day([*f0, *f1, *f2, *f3]),
            last_day: day([*l0, *l1, *l2, *l3]),
            malls: [Mall::Rakuten, Mall::Yahoo, Mall::Own]
                .into_iter()
                .filter(|&m| malls >> m as u64 & 1 == 1)
                .collect(),
        };
        Some(Head { lengths, reach })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::insight::history::{HistoryBuilder, Item, LineRow, OrderRow};
    use crate::insight::margin::{LineInput, OrderInput, Step};
    use crate::insight::rates::{Amount, BEGINNING, Base, Charge, Costs, Piece, Rate, Settled, Timeline, Which};
    use crate::ledger::Ledger;
    use crate::shop::{CustomerId, Payment, Yen};
    use std::sync::Arc;

    /// Every column holds something that is not its usual value.
    fn history() -> History {
        let mut builder = HistoryBuilder::default();
        for number in 0..40_i64 {
            let odd = number % 2 == 1;
            let row = OrderRow {
                order: 1_000 - number,
                customer: CustomerId(number / 3),
                ordered_at: Day(20_000 + number as i32).at(9, 30, number as u32),
                time_known: !odd,
                mall: [Mall::Rakuten, Mall::Yahoo, Mall::Own][number as usize % 3],
                goods: Yen(3_000 + number),
                net_sales: Yen(2_900 - number),
                margin: None,
                shop_coupon: Yen(number),
                paid_by_mall: Yen(number * 2),
                mall_coupon: Yen(number * 3),
                point_multiplier: 1 + number as u16 % 10,
                split: number == 3,
                subscription: number == 4,
                gift: odd,
            };
            let order = OrderInput {
                charged: Yen(500),
                refund: Yen(number),
                postage_low: 600,
                postage_high: 900 + number as u32,
                coupon_beyond_free: number == 5,
                settled: u32::from(number == 6),
                payment: (number % 11 < 9).then(|| Payment::ALL[number as usize % 11]),
                affiliate: [None, Some(false), Some(true)][number as usize % 3],
            };
            let lines = [
                LineRow { item: number as u32 % 2, quantity: 1, goods: Yen(1_000) },
                LineRow { item: 0, quantity: 2 + number as u32, goods: Yen(2_000 + number) },
            ];
            let inputs =
                [LineInput { product: number as u32 % 2, point_multiplier: 5, tax_permille: 80 }, LineInput::default()];
            builder.push_costed(row, &lines[..1 + usize::from(odd)], order, &inputs[..1 + usize::from(odd)]);
        }
        let item = |mall, code: &str, name: &str| Item { mall, code: code.into(), name: name.into() };
        let mut history = builder.finish(vec![item(Mall::Own, "", ""), item(Mall::Yahoo, "豆-200", "コーヒー豆")]);
        let rates = Timeline::new(vec![(BEGINNING, Rate { low: 1, high: 2 }), (Day(20_010), Rate { low: 3, high: 4 })]);
        let which = Which::ALL.not_paid(Payment::Card).affiliate(Some(true));
        let per_order = Timeline::new(vec![(Day(20_020), Amount { low: Yen(150), high: Yen(300) })]);
        let charge = Charge { step: Step::PaymentFee, base: Base::Paid, raised: true, which, rates, per_order };
        history.costs = Some(Arc::new(Costs {
            charges: [vec![], vec![charge.clone(), Charge { base: Base::NetSalesBeforeTax, ..charge }], vec![]],
            coupon_fee: std::array::from_fn(|at| Timeline::always(Amount { low: Yen(at as i64), high: Yen(9) })),
            products: vec![Timeline::default(), Timeline::always(Piece { cost: Yen(321), before_tax: true })],
            cost_rate: Timeline::always(Rate { low: 300_000, high: 400_000 }),
            settled: vec![Settled([Some(Yen(-7)), None, Some(Yen(0)), None, Some(Yen(i64::MAX))])],
        }));
        history.work_margins_out();
        history
    }

    fn written(folder: &Path, history: &History) -> Columns {
        let stamp = Ledger::open_in_memory().and_then(|ledger| ledger.stamp()).expect("memory");
        let columns = Columns::of(&folder.join("shop.ledger"), &stamp);
        columns.write(history).expect("a folder to write to");
        columns
    }

    #[test]
    fn a_history_comes_back_as_it_was() {
        let folder = tempfile::tempdir().expect("a folder");
        let history = history();
        let columns = written(folder.path(), &history);
        assert_eq!(columns.read().as_ref(), Some(&history));
        assert_eq!(columns.reach(), Some(Reach::of(&history)));
        assert_eq!(Reach::of(&history).malls, [Mall::Rakuten, Mall::Yahoo, Mall::Own]);
        let another = written(folder.path(), &history);
        assert!(columns.read().is_none(), "they are of another ledger now");
        assert!(another.read().is_some());
    }

    #[test]
    fn half_a_history_and_one_with_a_flipped_bit_are_none() {
        let folder = tempfile::tempdir().expect("a folder");
        let columns = written(folder.path(), &history());
        let whole = std::fs::read(&columns.path).expect("columns");
        for at in (0..whole.len()).step_by(3) {
            std::fs::write(&columns.path, &whole[..at]).expect("a folder to write to");
            assert!(columns.read().is_none(), "cut at {at}");
            let mut flipped = whole.clone();
            flipped[at] ^= 1 << (at % 8);
            std::fs::write(&columns.path, &flipped).expect("a folder to write to");
            assert!(columns.read().is_none(), "byte {at} is another one");
        }
    }
}
