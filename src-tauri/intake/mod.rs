//! Export files become orders and problems.
//!
//! In comes a path; out come whole `Order`s, one after the other, and a `Tally` of what was read. A file is known
//! by its headers, never by its name or the place of a column. This room never writes, never decides what is new,
//! and never hands out a part of an order: an order with an unreadable line is reported, not returned.
//!
//! The rule that every file keeps: `rows = used + skipped + problem_rows`.

mod assemble;
mod cell;
mod claims;
mod compound;
mod copies;
mod coupon;
mod course;
mod damage;
mod differ;
mod encoding;
mod error;
mod fit;
mod flaw;
mod guess;
mod line;
mod map;
mod mapped;
mod merged;
mod number;
mod ods;
mod opening;
mod ordered;
pub mod own_export;
mod packed;
mod pair;
mod payment;
mod person;
mod problem;
mod profile;
mod record;
mod rows;
mod saved;
mod sheet;
pub mod side;
mod sink;
mod spoken;
mod stretches;
mod survey;
mod table;
mod tax;
mod text;
mod unfold;
mod workbook;
mod xlsb_merged;

pub use encoding::Encoding;
pub use error::{Error, ReadError};
pub use guess::{DateReading, Guessed, GuessedColumn};
pub use map::{Layouts, MapError, fingerprint, usual_status};
pub use opening::Opening;
pub use pair::order_keys;
pub use problem::{KEPT_PROBLEMS, Problem, ProblemKind};
pub use profile::{Field, LineForm, MomentForm, Part, Price, Profile, StatusRow, UnitPriceTax};
pub use sink::Sink;
pub use table::{MAX_BYTES, MAX_ROW_BYTES};
pub use unfold::{Refused, Table, tables};

use crate::shop::{Mall, Moment, Order, Stretch};
use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

/// Names how this program reads files: another name, and the same bytes may be other orders.
pub const READING: &str = env!("OTOKUI_READING");

/// What a file is, by its head.
#[derive(Clone, Debug)]
pub struct Inspection {
    /// Its layout.
    pub profile: &'static Profile,
    /// Whether it holds whole orders or half of them.
    pub part: Part,
    /// How it writes text.
    pub encoding: Encoding,
    /// Its size.
    pub bytes: u64,
    /// Its headers in file order, as it writes them.
    pub headers: Vec<String>,
    /// Headers of the profile that this file does not have, in the profile's order: what Otokui could know and will not.
    pub absent: Vec<&'static str>,
}

impl Inspection {
    /// Whether it has a column that says how orders were paid, or whether an affiliate sent them.
    pub fn says_how_paid(&self) -> bool {
        let first_names = [Field::PaymentName, Field::PaymentCode, Field::Affiliate]
            .into_iter()
            .filter_map(|field| self.profile.columns.get(&field)?.first());
        first_names.into_iter().any(|name| !self.absent.contains(&name.as_str()))
    }
}

/// Finds out what a file is. Reads at most its first mebibyte.
pub fn inspect(path: &Path) -> Result<Inspection, Error> {
    Layouts::default().inspect(path)
}

fn inspect_as(path: &Path, layouts: Layouts) -> Result<Inspection, Error> {
    let layout = table::layout(path, layouts)?;
    let absent = layout.profile.columns.iter().filter(|(field, _)| layout.columns.place(**field).is_none());
    Ok(Inspection {
        profile: layout.profile,
        part: layout.profile.part,
        encoding: layout.encoding,
        bytes: layout.bytes,
        absent: absent.filter_map(|(_, names)| names.first()).map(|name| &**name).collect(),
        headers: layout.columns.headers,
    })
}

/// The file, or the files that belong together, of one reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Parts {
    /// A file of whole orders.
    Complete(PathBuf),
    /// Two halves; read the other way round when they were given so.
    Pair {
        /// One row per order.
        orders: PathBuf,
        /// One row per line.
        lines: PathBuf,
    },
    /// Halves of which only all together hold whole orders; at least one of each kind.
    Halves {
        /// One row per order. One that stands in several counts as the newest of them states it.
        orders: Vec<PathBuf>,
        /// One row per line.
        lines: Vec<PathBuf>,
    },
}

/// What was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// One per file; of a pair the orders half first, of several halves all of the orders.
    pub files: Vec<FileTally>,
    /// Orders handed to the sink.
    pub orders: u64,
    /// The earliest moment of an order handed out.
    pub first_at: Option<Moment>,
    /// The latest moment of an order handed out.
    pub last_at: Option<Moment>,
    /// The latest event (ordered, confirmed, shipped, paid …; no wish, no deadline) of an order handed out: of two
    /// exports the one with the later is the newer.
    pub newest_at: Option<Moment>,
    /// When a table that no mall writes was saved, in milliseconds since 1970 UTC: nothing in it tells which of two is
    /// the newer. 0 for all others.
    pub saved_ms: i64,
    /// Stores the orders are of; an empty name when a Yahoo export states bare numbers only.
    pub stores: BTreeSet<String>,
    /// Whether the table of a mall has no column for the status: then cancelled orders cannot be told from others, and
    /// each counts as placed.
    pub is_status_unknown: bool,
    /// Whether it has no columns for points or none for coupons: then each counts as 0.
    pub are_means_unknown: bool,
}

/// The rows of one file: `rows = used + skipped + problem_rows`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileTally {
    /// Which file.
    pub path: PathBuf,
    /// Rows under the header, blank ones too.
    pub rows: u64,
    /// Rows of orders handed out.
    pub used: u64,
    /// Blank rows, the header repeated, and older copies of an order that the file holds twice.
    pub skipped: u64,
    /// Rows that could not be used; each has one problem.
    pub problem_rows: u64,
    /// The first `KEPT_PROBLEMS` of them, by row.
    pub problems: Vec<Problem>,
    /// Used rows in which something is damaged that an order can do without.
    pub warning_rows: u64,
    /// The first `KEPT_PROBLEMS` of them, by row.
    pub warnings: Vec<Problem>,
}

/// Reads every order of these files and hands each, whole and once, to the sink.
///
/// Orders come in the order of their first row; orders whose rows do not stand together come last. Rakuten:
/// memory does not grow with the file, except by eight bytes an order and by the orders whose rows do not stand
/// together. A Yahoo pair keeps its lines in memory. `tick` hears bytes read (of all files together) and rows about
/// every 4,096 rows and may stop the reading; what the sink took before that is its own business to undo.
pub fn read<E>(
    parts: &Parts,
    sink: &mut dyn FnMut(Order) -> Result<(), E>,
    tick: &mut dyn FnMut(u64, u64) -> ControlFlow<()>,
) -> Result<Tally, ReadError<E>> {
    Layouts::default().read(parts, sink, tick)
}

impl Tally {
    /// Of a file of which nothing has been read but its header.
    fn of(layout: &table::Layout) -> Tally {
        let are_means_unknown =
            !layout.profile.is_mapped() && !layout.profile.is_own_export() && !layout.states_means();
        Tally { is_status_unknown: layout.states_no_status(), are_means_unknown, ..Tally::default() }
    }

    /// Whether orders state no store: two stores can have the same number, so the owner must say whose they are
    /// (`Order::name_store`).
    pub fn is_store_unknown(&self) -> bool {
        self.stores.contains("")
    }

    /// Counts the orders of a stretch that the sink knows.
    fn repeat(&mut self, stretch: &Stretch) {
        self.orders += stretch.orders;
        self.span(stretch.first_at, stretch.last_at, stretch.newest_at);
        if !self.stores.contains(stretch.store.as_str()) {
            self.stores.insert(stretch.store.to_string());
        }
    }

    fn span(&mut self, first_at: Moment, last_at: Moment, newest_at: Moment) {
        self.first_at = Some(self.first_at.map_or(first_at, |at| at.min(first_at)));
        self.last_at = self.last_at.max(Some(last_at));
        self.newest_at = self.newest_at.max(Some(newest_at));
    }

    /// Counts an order that goes to the sink.
    fn count(&mut self, order: &Order) {
        self.orders += 1;
        self.span(order.ordered_at, order.ordered_at, order.newest_at);
        // A shop of its own has no other beside it.
        if order.mall == Mall::Own && order.store.is_empty() {
            return;
        }
        if !self.stores.contains(order.store.as_str()) {
            self.stores.insert(order.store.to_string());
        }
    }
}

impl FileTally {
    fn new(path: &Path) -> FileTally {
        FileTally { path: path.to_owned(), ..FileTally::default() }
    }

    /// Counts a row that could not be used.
    fn problem(&mut self, problem: Problem) {
        self.problem_rows += 1;
        // Rows that stand apart come late; the list is sorted and cut at the end.
        if self.problems.len() < 2 * KEPT_PROBLEMS {
            self.problems.push(problem);
        }
    }

    /// Counts a used row with something damaged in it.
    fn warn(&mut self, warning: Problem) {
        self.warning_rows += 1;
        if self.warnings.len() < 2 * KEPT_PROBLEMS {
            self.warnings.push(warning);
        }
    }

    /// Puts the problems in the order of their rows.
    fn finish(&mut self) {
        self.problems.sort_by_key(|problem| problem.row);
        self.problems.truncate(KEPT_PROBLEMS);
        self.warnings.sort_by_key(|warning| warning.row);
        self.warnings.truncate(KEPT_PROBLEMS);
    }
}
