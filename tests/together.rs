//! Files dropped together are recorded in one transaction: what that comes to is what recording them one after the other
//! comes to, one that cannot be read takes none of the others with it, and each can be taken back by itself.

#[path = "support/downloads.rs"]
mod downloads;
#[path = "support/shops.rs"]
mod shops;

use downloads::{Download, counts, downloads};
use otokui_lib::app::screens::{FileAnswer, FileState};
use otokui_lib::app::{Error, Language, Session, Watch, imports};
use proptest::prelude::*;
use shops::{rows_of, said, values_of_people};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use tempfile::TempDir;

/// A shop in a folder of its own.
struct Shop {
    folder: TempDir,
    session: Session,
}

impl Shop {
    fn new() -> Shop {
        let folder = tempfile::tempdir().expect("a folder");
        let session = Session::open(&folder.path().join("shop.ledger"), Language::Japanese).expect("a new ledger");
        Shop { folder, session }
    }

    fn record(&mut self, files: &[PathBuf]) -> Vec<FileAnswer> {
        imports::record(&mut self.session, files, &Watch::silent()).expect("an import")
    }

    fn execute(&self, sql: &str) {
        let ledger = rusqlite::Connection::open(self.folder.path().join("shop.ledger")).expect("the ledger");
        ledger.execute_batch(sql).expect("a statement");
    }

    fn undo(&mut self, batch: i64) {
        imports::undo(&mut self.session, batch).expect("undo");
    }

    /// What every table says, but for the numbers of orders, which are others when an import was the first, for where later
    /// people wait, and for when it was recorded.
    fn dump(&self) -> BTreeMap<&'static str, Vec<String>> {
        let connection = rusqlite::Connection::open(self.folder.path().join("shop.ledger")).expect("the ledger");
        let batches = "batch_id, profile, newest_at, first_at, last_at, orders_new, orders_updated, orders_unchanged";
        let seen = "sightings s join order_rows o on o.order_id >> 5 = s.block and s.orders >> (o.order_id & 31) & 1";
        let lines = "order_lines l join order_rows o using (order_id) join products p using (product_id)";
        [
            ("order_rows", "store_id, number, content_hash, is_current, batch_id, buyer_id, newest_after, goods"),
            (lines, "o.number, o.content_hash, l.position, l.quantity, l.unit_price, p.product_hash"),
            (seen, "o.number, o.content_hash, s.batch_id"),
            ("stretches", "stretch_hash, batch_id, row_count, number_from, number_to, newest_after"),
            ("buyer_rows", "buyer_id, buyer_hash, person_key, customer_id"),
            ("people_count", "*"),
            ("habits", "*"),
            ("likely_pairs", "*"),
            ("products", "product_hash, name"),
            ("order_states", "status, status_code, phase, coverage, payment, point_multiplier, is_gift"),
            ("places", "mall, prefecture, city"),
            ("mail_ends", "mail_end"),
            ("batches", batches),
            ("batch_files", "*"),
            ("problems", "*"),
        ]
        .map(|(table, columns)| (table, rows_of(&connection, table, columns)))
        .into_iter()
        .chain([("values", values_of_people(&connection).iter().map(|value| format!("{value:?}")).collect())])
        .collect()
    }
}

/// Writes the downloads; the one at `bad`, if it is one of them, ends in a cell without end, after all its orders.
fn written(folder: &Path, downloads: &[Download], bad: usize) -> Vec<PathBuf> {
    let write = |(at, download): (usize, &Download)| {
        let mut text = download.text();
        if at == bad {
            text.extend_from_slice(b"\"");
            // More than a row may hold.
            text.resize(text.len() + (2 << 20), b'9');
        }
        let path = folder.join(format!("{at:02}.csv"));
        std::fs::write(&path, text).expect("a folder to write to");
        path
    };
    downloads.iter().enumerate().map(write).collect()
}

/// So many downloads of forty orders: each repeats twenty of the one before, of which some have been sent since.
fn months(count: usize) -> Vec<Download> {
    let download = |at: usize| Download {
        from: 20 * at,
        orders: 40,
        changed: 3 + at % 7,
        odd: None,
        is_bare: false,
        is_scattered: false,
    };
    (0..count).map(download).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]
    #[test]
    fn together_is_one_after_the_other(downloads in downloads(), bad in 0usize..8, before in 0usize..3, order in any::<u64>()) {
        let (mut together, mut apart) = (Shop::new(), Shop::new());
        let files = written(together.folder.path(), &downloads, bad);
        // None, one or two of them come before the drop.
        let (first, rest) = files.split_at(before.min(files.len() - 1));
        let mut answers = first.iter().flat_map(|file| together.record(std::slice::from_ref(file))).collect::<Vec<_>>();
        answers.extend(together.record(rest));
        let one_by_one: Vec<FileAnswer> =
            files.iter().flat_map(|file| apart.record(std::slice::from_ref(file))).collect();
        prop_assert_eq!(counts(&answers), counts(&one_by_one));
        prop_assert_eq!(answers.get(bad).map(|answer| answer.state), files.get(bad).map(|_| FileState::Refused));
        prop_assert_eq!(together.dump(), apart.dump());
        prop_assert_eq!(said(&together.session), said(&apart.session));
        let mut batches: Vec<i64> = answers.iter().filter_map(|answer| answer.batch_id).collect();
        let mut is_again = false;
        while !batches.is_empty() {
            let batch = batches.remove((order % batches.len() as u64) as usize);
            together.undo(batch);
            // Who does not know where an import began looks at everything.
            apart.execute("delete from batch_marks");
            apart.undo(batch);
            prop_assert_eq!(together.dump(), apart.dump());
            // One of them once more: it gets numbers of those who have gone.
            let file = files.iter().zip(&answers).find(|(_, answer)| answer.batch_id == Some(batch)).map(|(file, _)| file);
            if let Some(file) = file.filter(|_| !std::mem::replace(&mut is_again, true)) {
                batches.extend(together.record(std::slice::from_ref(file))[0].batch_id);
                apart.record(std::slice::from_ref(file));
            }
        }
        prop_assert!(said(&together.session).is_empty());
        for (table, rows) in together.dump() {
            let counts_nobody = table == "people_count" || table == "habits" && rows.iter().all(|row| row.ends_with("Integer(0)"));
            prop_assert!(rows.is_empty() || counts_nobody, "{}: {:?}", table, rows);
        }
    }
}

#[test]
fn one_bad_file_among_many_is_left_out() {
    let (mut shop, mut without) = (Shop::new(), Shop::new());
    let downloads = months(36);
    let mut files = written(shop.folder.path(), &downloads, 5);
    let answers = shop.record(&files);
    for (at, answer) in answers.iter().enumerate() {
        let expected = if at == 5 { FileState::Refused } else { FileState::Recorded };
        assert_eq!(answer.state, expected, "{at}: {}", answer.message);
        assert_eq!(answer.batch_id.is_some(), at != 5);
    }
    assert!(answers[5].message.contains("引用符"), "{}", answers[5].message);
    files.remove(5);
    without.record(&files);
    assert_eq!(shop.dump(), without.dump());
    // Mended, it says what it would have said.
    let [mended] = &written(shop.folder.path(), &downloads[5..6], 1)[..] else { panic!("one file") };
    let mended = std::slice::from_ref(mended);
    shop.record(mended);
    without.record(mended);
    assert_eq!(said(&shop.session), said(&without.session));
}

#[test]
fn the_middle_file_of_a_drop_can_be_taken_back() {
    let downloads = months(7);
    for at in [0, 3, 6] {
        let (mut shop, mut without) = (Shop::new(), Shop::new());
        let mut files = written(shop.folder.path(), &downloads, 7);
        let batch = shop.record(&files)[at].batch_id.expect("a batch");
        shop.undo(batch);
        files.remove(at);
        without.record(&files);
        assert_eq!(said(&shop.session), said(&without.session), "without file {at}");
        let batches = imports::imports(&shop.session).expect("imports").imports;
        assert_eq!((batches.len(), batches.iter().any(|other| other.batch_id == batch)), (6, false));
    }
}

#[test]
fn a_drop_that_is_stopped_amid_its_files_leaves_nothing() {
    for before in [0, 1] {
        let mut shop = Shop::new();
        let files = written(shop.folder.path(), &months(6), 6);
        let (first, rest) = files.split_at(before);
        if before > 0 {
            shop.record(first);
        }
        let (dump, batches) = (shop.dump(), imports::imports(&shop.session).expect("imports").imports.len());
        // The second half of the bytes begins after the third file.
        let watch = Arc::new(OnceLock::<Watch>::new());
        let stopped = watch.clone();
        let stop = move |progress: otokui_lib::app::screens::Progress| {
            if progress.done * 2 > progress.total
                && let Some(watch) = stopped.get()
            {
                watch.cancel();
            }
        };
        let watch = watch.get_or_init(|| Watch::new(Box::new(stop)));
        let answer = imports::record(&mut shop.session, rest, watch);
        assert!(matches!(answer, Err(Error::Cancelled)), "{answer:?}");
        assert_eq!(shop.dump(), dump);
        assert_eq!(imports::imports(&shop.session).expect("imports").imports.len(), batches);
        // Nothing is in the way of the same drop once more.
        let mut other = Shop::new();
        shop.record(rest);
        if before > 0 {
            other.record(first);
        }
        other.record(rest);
        assert_eq!(shop.dump(), other.dump());
    }
}
