//! An export that repeats rows of earlier ones: what is known of them is not read again, and nothing else is different.

#[path = "support/downloads.rs"]
mod downloads;
#[path = "support/shops.rs"]
mod shops;

use downloads::{Download, EXPORT, counts, downloads};
use otokui_lib::app::screens::FileAnswer;
use otokui_lib::app::{Language, Session, imports};
use otokui_lib::intake::{Layouts, Parts, Sink, Tally};
use otokui_lib::shop::{Order, Stretch, StretchHash};
use proptest::prelude::*;
use shops::{import, rows_of};
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

/// The rows of every table that says something, but for when it was recorded.
fn dump(path: &Path) -> BTreeMap<&'static str, Vec<String>> {
    let connection = rusqlite::Connection::open(path).expect("the ledger");
    let tables = [
        ("order_rows", "*"),
        ("order_lines", "*"),
        ("parcel_rows", "*"),
        ("buyer_rows", "*"),
        ("sightings", "*"),
        ("batches", "batch_id, profile, newest_at, first_at, last_at, orders_new, orders_updated, orders_unchanged"),
        ("batch_files", "*"),
        ("problems", "*"),
    ];
    tables.map(|(table, columns)| (table, rows_of(&connection, table, columns))).into()
}

fn execute(path: &Path, sql: &str) -> usize {
    rusqlite::Connection::open(path).expect("the ledger").execute(sql, []).expect("a statement")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    #[test]
    fn what_is_known_gives_what_reading_it_would(downloads in downloads(), order in any::<u64>()) {
        let folder = tempfile::tempdir().expect("a folder");
        let file = |name: &str| folder.path().join(name);
        let [knowing, reading] = ["knowing.ledger", "reading.ledger"].map(file);
        let mut sessions = [&knowing, &reading].map(|path| Session::open(path, Language::Japanese).expect("a ledger"));
        let mut batches = Vec::new();
        for (at, download) in downloads.iter().enumerate() {
            let path: PathBuf = file(&format!("{at}.csv"));
            std::fs::write(&path, download.text()).expect("a file");
            execute(&reading, "delete from stretches");
            let answers = sessions.each_mut().map(|session| import(session, std::slice::from_ref(&path)));
            prop_assert_eq!(counts(&answers[0]), counts(&answers[1]));
            prop_assert_eq!(dump(&knowing), dump(&reading));
            batches.extend(answers[0][0].batch_id);
        }
        // Taken back in any order, and then one of them once more.
        while !batches.is_empty() {
            let batch = batches.remove((order % batches.len() as u64) as usize);
            for session in &mut sessions {
                imports::undo(session, batch).expect("undo");
            }
            prop_assert_eq!(dump(&knowing), dump(&reading));
        }
        execute(&reading, "delete from stretches");
        let again = sessions.each_mut().map(|session| import(session, &[file("0.csv")]));
        prop_assert_eq!(counts(&again[0]), counts(&again[1]));
        prop_assert_eq!(dump(&knowing), dump(&reading));
        let any_left = "delete from stretches where batch_id not in (select batch_id from batches)";
        prop_assert_eq!(execute(&knowing, any_left), 0);
    }
}

/// Knows what it has read before.
#[derive(Default)]
struct Knowing {
    known: BTreeMap<StretchHash, (Stretch, Vec<Order>)>,
    asked: Vec<StretchHash>,
    at_hand: Vec<Order>,
    orders: Vec<Order>,
    repeated: usize,
    /// The file need not be looked through first.
    may_begin_again: bool,
}

impl Sink<()> for Knowing {
    fn take(&mut self, order: Order) -> Result<(), ()> {
        self.at_hand.push(order.clone());
        self.orders.push(order);
        Ok(())
    }

    fn may_begin_again(&self) -> bool {
        self.may_begin_again
    }

    fn may_know(&self) -> bool {
        !self.may_begin_again
    }

    fn wants_stretches(&self) -> bool {
        true
    }

    fn known(&mut self, stretches: Vec<StretchHash>) -> Result<Vec<Option<Stretch>>, ()> {
        self.asked = stretches;
        Ok(self.asked.iter().map(|hash| self.known.get(hash).map(|(stretch, _)| stretch.clone())).collect())
    }

    fn repeat(&mut self, place: usize) -> Result<(), ()> {
        self.orders.extend(self.known[&self.asked[place]].1.clone());
        self.repeated += 1;
        Ok(())
    }

    fn begin(&mut self) -> Result<(), ()> {
        self.at_hand.clear();
        Ok(())
    }

    fn end(&mut self, hash: StretchHash, stretch: Stretch) -> Result<(), ()> {
        assert_eq!(stretch.orders, self.at_hand.len() as u64);
        self.known.insert(hash, (stretch, std::mem::take(&mut self.at_hand)));
        Ok(())
    }
}

/// What a sink was handed and what was counted; nothing when the file was refused.
fn read(path: &Path, sink: &mut Knowing) -> Option<(Tally, Vec<Order>)> {
    let parts = Parts::Complete(path.to_owned());
    let tally = Layouts::default().read_into(&parts, sink, &mut |_, _| ControlFlow::Continue(())).ok()?;
    Some((tally, std::mem::take(&mut sink.orders)))
}

/// A small export with bytes changed, put in or taken out.
fn damaged(changes: &[(f64, u8, usize)]) -> Vec<u8> {
    const PUT: [&[u8]; 8] = [b"\"", b"\n", b"\r", b"\r\n", b",", b"\"\"", b"\n\"999901-20240101-0000000001\",", b" "];
    let (header, orders) = &*EXPORT;
    let mut text = [header.clone(), orders[..300].concat()].concat();
    for (at, what, cut) in changes {
        let at = (text.len() as f64 * at) as usize;
        let put = PUT.get(usize::from(*what)).copied().unwrap_or_default();
        text.splice(at..(at + cut).min(text.len()), put.iter().copied());
    }
    text
}

fn changes() -> impl Strategy<Value = Vec<(f64, u8, usize)>> {
    proptest::collection::vec((0.01..1.0, 0u8..9, prop_oneof![Just(0usize), Just(1), 0usize..40]), 0..6)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]
    #[test]
    fn whatever_the_rows_are_a_known_stretch_is_what_reading_it_gives(before in changes(), now in changes()) {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("orders.csv");
        let mut knowing = Knowing::default();
        for changes in [&before, &now] {
            std::fs::write(&path, damaged(changes)).expect("a file");
            prop_assert_eq!(read(&path, &mut knowing), read(&path, &mut Knowing::default()));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn a_file_that_was_not_looked_through_reads_alike(downloads in downloads()) {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("orders.csv");
        for download in downloads {
            std::fs::write(&path, download.text()).expect("a file");
            let mut sinks = [false, true].map(|may_begin_again| Knowing { may_begin_again, ..Knowing::default() });
            let [seen, unseen] = sinks.each_mut().map(|sink| read(&path, sink));
            // More than one order: those at its end again do not stand together.
            prop_assert_eq!(unseen.is_none(), download.is_scattered);
            if !download.is_scattered {
                prop_assert_eq!(seen, unseen);
                prop_assert_eq!(&sinks[0].known, &sinks[1].known);
            }
        }
    }
}

#[test]
fn a_first_export_whose_orders_are_scattered_is_read_again_from_its_beginning() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("orders.csv");
    let whole = Download { from: 0, orders: 400, changed: 100_000, odd: None, is_bare: false, is_scattered: false };
    let answers = [whole.clone(), Download { is_scattered: true, ..whole.clone() }].map(|download| {
        std::fs::write(&path, download.text()).expect("a file");
        let ledger = folder.path().join(format!("{}.ledger", download.is_scattered));
        let mut session = Session::open(&ledger, Language::Japanese).expect("a ledger");
        let answer = import(&mut session, std::slice::from_ref(&path)).remove(0);
        (answer.orders_new, answer.orders_unchanged, dump(&ledger)["order_lines"].len(), answer.used + answer.skipped)
    });
    // The rows of the first order stand there twice: the later copy counts, and nothing is there a second time.
    let again = rows_below(&Download { orders: 1, ..whole }) as u64;
    assert_eq!(answers[0].0, 400);
    assert_eq!((answers[1].0, answers[1].1, answers[1].2), (answers[0].0, answers[0].1, answers[0].2));
    assert_eq!(answers[1].3, answers[0].3 + again);
}

#[test]
fn of_several_files_and_of_later_ones_too_one_whose_orders_are_scattered_is_read_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = |name: &str| folder.path().join(name);
    let month =
        |from| Download { from, orders: 265, changed: 100_000, odd: None, is_bare: false, is_scattered: from == 265 };
    let months = [0, 265, 530].map(|from| {
        let path = file(&format!("{from}.csv"));
        std::fs::write(&path, month(from).text()).expect("a file");
        path
    });
    // All at once; and the scattered one later, of which nothing is known and which is too long to be looked through for that.
    assert!(month(265).text().len() > 4 * (96 << 10));
    for (name, drops) in [("once", vec![&months[..]]), ("later", vec![&months[..1], &months[1..2], &months[2..]])] {
        let ledger = file(&format!("{name}.ledger"));
        let mut session = Session::open(&ledger, Language::Japanese).expect("a ledger");
        let answers: Vec<FileAnswer> = drops.into_iter().flat_map(|drop| import(&mut session, drop)).collect();
        let taken: Vec<[u64; 3]> =
            answers.iter().map(|answer| [answer.orders_new, answer.orders_unchanged, answer.problem_rows]).collect();
        assert_eq!(taken, [[265, 0, 0]; 3], "{name}");
        let rows = answers.iter().map(|answer| answer.rows).collect::<Vec<_>>();
        assert_eq!(rows, answers.iter().map(|answer| answer.used + answer.skipped).collect::<Vec<_>>(), "{name}");
        // Nothing of the first reading is left, and each order is there once with its own lines.
        let dump = dump(&ledger);
        assert_eq!((dump["order_rows"].len(), dump["batches"].len()), (795, 3), "{name}");
        let once: usize =
            [0, 265, 530].map(|from| rows_below(&Download { is_scattered: false, ..month(from) })).iter().sum();
        assert_eq!(dump["order_lines"].len(), once, "{name}");
    }
}

/// How many rows stand below its header.
fn rows_below(download: &Download) -> usize {
    csv::Reader::from_reader(&download.text()[..]).byte_records().count()
}

#[test]
fn most_of_a_damaged_export_is_known_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("orders.csv");
    let mut knowing = Knowing::default();
    std::fs::write(&path, damaged(&[])).expect("a file");
    read(&path, &mut knowing).expect("an export");
    let stretches = knowing.known.len();
    // A mark in the middle of a cell concerns the stretch it stands in, and what is read with it.
    std::fs::write(&path, damaged(&[(0.5, 0, 0)])).expect("a file");
    read(&path, &mut knowing).expect("an export");
    assert!(stretches > 4 && knowing.repeated + 2 >= stretches, "{} of {stretches}", knowing.repeated);
}

/// A shop whose export has been imported.
struct Shop {
    _folder: tempfile::TempDir,
    ledger: PathBuf,
    session: Session,
    /// What was read of it.
    read: FileAnswer,
    /// The same rows in other bytes.
    again: PathBuf,
}

impl Shop {
    fn new() -> Shop {
        let folder = tempfile::tempdir().expect("a folder");
        let ledger = folder.path().join("shop.ledger");
        let mut session = Session::open(&ledger, Language::Japanese).expect("a ledger");
        let [first, again] = two_downloads(folder.path());
        let read = import(&mut session, &[first]).remove(0);
        Shop { _folder: folder, ledger, session, read, again }
    }

    fn import_again(&mut self) -> FileAnswer {
        import(&mut self.session, std::slice::from_ref(&self.again)).remove(0)
    }
}

fn two_downloads(folder: &Path) -> [PathBuf; 2] {
    let all = Download { from: 0, orders: 2_000, changed: 100_000, odd: None, is_bare: false, is_scattered: false };
    let files = ["first.csv", "second.csv"].map(|name| folder.join(name));
    std::fs::write(&files[0], all.text()).expect("a file");
    std::fs::write(&files[1], [all.text(), b"\r\n".to_vec()].concat()).expect("the same rows in other bytes");
    files
}

#[test]
fn a_known_stretch_is_not_read() {
    let mut shop = Shop::new();
    // Of 32 orders about one begins a stretch; who does not read them takes their rows from the ledger, however many
    // it says they were.
    let stretches = execute(&shop.ledger, "update stretches set row_count = row_count + 1000") as u64;
    let orders = EXPORT.1.len() as u64;
    assert!((orders / 64..orders / 16).contains(&stretches), "{stretches} of {orders}");
    let known = shop.import_again();
    assert_eq!(known.used, shop.read.used + 1000 * stretches);
    assert_eq!((known.orders_new, known.orders_updated, known.orders_unchanged), (0, 0, orders));
}

#[test]
fn a_program_that_reads_otherwise_reads_all_anew() {
    let mut shop = Shop::new();
    execute(&shop.ledger, "update stretches set row_count = row_count + 1000");
    execute(&shop.ledger, "update stretch_reading set reading = 'of another program'");
    let anew = shop.import_again();
    assert_eq!((anew.used, anew.orders_unchanged), (shop.read.used, EXPORT.1.len() as u64));
    assert_eq!(execute(&shop.ledger, "delete from stretches where row_count >= 1000"), 0);
}

#[test]
fn damaged_numbers_of_statements_make_nothing_known() {
    let mut shop = Shop::new();
    // A run of 2^63 - 1 statements, one of none, and nothing at all.
    execute(&shop.ledger, "update stretches set orders = x'02ffffffffffffffff7f' where abs(number_from) % 3 = 0");
    execute(&shop.ledger, "update stretches set orders = x'0200' where abs(number_from) % 3 = 1");
    execute(&shop.ledger, "update stretches set orders = x'' where abs(number_from) % 3 = 2");
    let anew = shop.import_again();
    assert_eq!((anew.used, anew.orders_unchanged), (shop.read.used, EXPORT.1.len() as u64));
}
