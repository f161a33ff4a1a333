//! Promises of the ledger as properties: random histories of imports and undos, random texts, damaged rows.
//!
//! `OTOKUI_CASES` sets how many cases are tried (256 without it; each is a ledger of its own).

#[path = "support/shops.rs"]
mod shops;

use otokui_lib::app::screens::FileState;
use otokui_lib::app::{
    Language, Session, Watch, customers, export, groups, imports, orders, overview, screens::ExportFormat,
};
use otokui_lib::insight::Scope;
use otokui_lib::shop::{CustomerId, Yen};
use proptest::prelude::*;
use proptest::sample::subsequence;
use shops::{empty, import};
use std::collections::BTreeMap;
use std::path::PathBuf;

fn cases() -> ProptestConfig {
    let cases = std::env::var("OTOKUI_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(256);
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

/// What the ledger says, without its own numbers: every order with the orders of the same person.
type Said = BTreeMap<String, (String, Vec<String>)>;

fn said(session: &Session) -> Said {
    let all = orders::all(session).expect("orders");
    let mut of_customer: BTreeMap<CustomerId, Vec<String>> = BTreeMap::new();
    for order in &all {
        of_customer.entry(order.customer_id).or_default().push(order.order_number.clone());
    }
    of_customer.values_mut().for_each(|numbers| numbers.sort());
    all.into_iter()
        .map(|mut order| {
            let together = of_customer[&order.customer_id].clone();
            order.customer_id = CustomerId(0);
            (order.order_number.clone(), (format!("{order:?}"), together))
        })
        .collect()
}

/// The months of the fixture that are recorded alone: Rakuten files, each overlapping its neighbours.
fn months() -> Vec<PathBuf> {
    let is = |file: &PathBuf| file.to_string_lossy().contains("rakuten_orders");
    shops::monthly().into_iter().filter(is).take(6).collect()
}

/// The two halves of a Yahoo month, recorded together.
fn pair() -> Vec<PathBuf> {
    let halves = |word: &str| shops::monthly().into_iter().find(|file| file.to_string_lossy().contains(word));
    [halves("yahoo_order_"), halves("yahoo_item_")].into_iter().flatten().collect()
}

/// Files that are recorded together, one entry for each import.
fn imports_of_the_shop() -> Vec<Vec<PathBuf>> {
    months().into_iter().map(|file| vec![file]).chain([pair()]).collect()
}

/// Records an import, or takes it back if it stands.
fn toggle(session: &mut Session, standing: &mut BTreeMap<usize, i64>, which: usize, files: &[PathBuf]) {
    match standing.remove(&which) {
        Some(batch) => imports::undo(session, batch).expect("undo"),
        None => {
            let answer = import(session, files).remove(0);
            standing.insert(which, answer.batch_id.expect("a batch"));
        }
    }
}

/// Every sum that a screen shows, from the drill-down behind it.
fn assert_sums_agree(session: &Session) {
    let scope = Scope { from: "2000-01-01".parse().ok(), ..Scope::default() };
    let all = orders::all(session).expect("orders");
    let sales: Yen = all.iter().filter(|order| order.is_sale).map(|order| order.net_sales).sum();
    let overview = overview::answer(session, &scope).expect("overview");
    assert_eq!(overview.net_sales, sales, "overview and orders");
    assert_eq!(overview.months.iter().map(|month| month.net_sales).sum::<Yen>(), sales, "months");
    let halves = |month: &otokui_lib::insight::overview::MonthRow| month.new_net_sales + month.existing_net_sales;
    assert_eq!(overview.months.iter().map(halves).sum::<Yen>(), sales, "new and existing");
    let rows = customers::all(session, &scope, None).expect("customers");
    assert_eq!(rows.iter().map(|row| row.net_sales).sum::<Yen>(), sales, "customers");
    let groups = groups::screen(session, &scope).expect("groups").answer.groups;
    assert_eq!(groups.iter().map(|group| group.value).sum::<Yen>(), sales, "groups");
    assert_eq!(groups.iter().map(|group| group.customer_count as usize).sum::<usize>(), rows.len(), "people");
    for row in &rows {
        let own = all.iter().filter(|order| order.is_sale && order.customer_id == row.customer_id);
        assert_eq!(own.map(|order| order.net_sales).sum::<Yen>(), row.net_sales, "{}", row.customer_id);
    }
    for order in &all {
        assert_eq!(order.lines.iter().map(|line| line.goods).sum::<Yen>(), order.goods, "{}", order.order_number);
    }
}

/// Texts as owners, buyers and attackers write them.
fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[=+@'\"-][ -~]{0,12}",
        "\\PC{0,20}",
        "[ぁ-んァ-ヶ一-龠ｱ-ﾝ髙﨑𠮷]{1,8}",
        "[a-z,;\"'\n\r\t]{0,16}",
        Just("'=1+1".to_owned()),
        Just("00123".to_owned()),
        Just("1.23E+11".to_owned()),
        Just("合計".to_owned()),
    ]
}

proptest! {
    #![proptest_config(cases())]

    /// Whatever was imported and taken back, in whatever order: what stands is what the remaining files alone give.
    #[test]
    fn imports_and_undos_give_what_the_remaining_files_give(steps in prop::collection::vec(0usize..7, 1..9)) {
        let files = imports_of_the_shop();
        let (mut session, mut standing) = (empty(), BTreeMap::new());
        for step in steps {
            toggle(&mut session, &mut standing, step, &files[step]);
        }
        let mut alone = empty();
        for which in standing.keys() {
            import(&mut alone, &files[*which]);
        }
        prop_assert_eq!(said(&session), said(&alone));
        prop_assert_eq!(imports::imports(&session).expect("imports").imports.len(), standing.len());
    }

    /// Any order of imports, each once or twice, gives one ledger, and its sums agree to the yen.
    #[test]
    fn order_and_repetition_make_no_difference(
        order in subsequence((0..7).collect::<Vec<usize>>(), 1..=4).prop_shuffle(),
        again in 0usize..4,
    ) {
        let files = imports_of_the_shop();
        let (mut session, mut sorted) = (empty(), empty());
        for which in &order {
            import(&mut session, &files[*which]);
        }
        let repeated = import(&mut session, &files[order[again % order.len()]]);
        prop_assert!(repeated.iter().all(|answer| answer.state == FileState::AlreadyImported));
        let mut in_order = order.clone();
        in_order.sort_unstable();
        for which in in_order {
            import(&mut sorted, &files[which]);
        }
        prop_assert_eq!(said(&session), said(&sorted));
        assert_sums_agree(&session);
    }

    /// Any text stays text: from an export into the ledger, out as CSV, and in again.
    #[test]
    fn any_text_stays_text(name in any_text(), code in any_text(), variation in any_text(), street in any_text()) {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("orders.csv");
        let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
        let head = "注文番号,ステータス,注文日時,商品管理番号,商品名,項目・選択肢,個数,単価,税込別,注文者姓,注文者住所それ以降の住所";
        let row = [&name, &code, &variation, &street].map(|text| quoted(text));
        let rows = format!(
            "{head}\r\n400001-20260301-0000000001,700,2026-03-01 10:00:00,{},{},{},2,1500,1,{},{}\r\n",
            row[1], row[0], row[2], row[0], row[3]
        );
        std::fs::write(&file, format!("\u{feff}{rows}")).expect("a folder to write to");
        let mut session = empty();
        let answer = import(&mut session, &[file]).remove(0);
        prop_assert_eq!(answer.rows, answer.used + answer.skipped + answer.problem_rows);
        let lines = |session: &Session| {
            let all = orders::all(session).expect("orders");
            all.into_iter().flat_map(|order| order.lines).map(|line| (line.item_code, line.item_name)).collect::<Vec<_>>()
        };
        prop_assert_eq!(lines(&session), vec![(code.trim().to_owned(), name.trim().to_owned())]);
        let out = folder.path().join("out");
        let (_, paths) =
            export::write(&mut session, &out, ExportFormat::Csv, true, &Watch::silent()).expect("an export");
        let exported: Vec<PathBuf> =
            paths.into_iter().filter(|path| path.parent() == Some(&*out)).collect();
        // No cell of it is a formula to a spreadsheet.
        let mut reader = csv::Reader::from_path(&exported[0]).expect("a file");
        for row in reader.records() {
            for cell in &row.expect("a row") {
                prop_assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell:?}");
            }
        }
        let mut again = empty();
        let answer = import(&mut again, &exported).remove(0);
        prop_assert_eq!((answer.problem_rows, answer.skipped), (0, 0));
        prop_assert_eq!(said(&again), said(&session));
        prop_assert_eq!(lines(&again), lines(&session));
        let out = folder.path().join("workbook");
        let (_, workbook) =
            export::write(&mut session, &out, ExportFormat::Xlsx, true, &Watch::silent()).expect("an export");
        let mut again = empty();
        let answer = import(&mut again, &workbook).remove(0);
        prop_assert_eq!((answer.problem_rows, answer.skipped), (0, 0));
        prop_assert_eq!(said(&again), said(&session));
        // Into the ledger it came from: nothing new.
        let answer = import(&mut session, &exported).remove(0);
        prop_assert_eq!((answer.orders_new, answer.orders_updated), (0, 0));
    }

    /// No row is lost, whatever stands in it.
    #[test]
    fn rows_are_used_skipped_or_told(cells in prop::collection::vec((any_text(), any_text(), any_text()), 1..12)) {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("orders.csv");
        let mut text = String::from("\u{feff}注文番号,ステータス,注文日時,商品管理番号,個数,単価\r\n");
        for (at, (date, count, price)) in cells.iter().enumerate() {
            let number = format!("400001-20260301-{:010}", at % 5);
            let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
            // Every third row is sound, so that orders are withheld and taken side by side.
            text += &match at % 3 {
                0 => format!("{number},700,2026-03-01 10:00:00,a,1,1500\r\n"),
                _ => format!("{number},700,{},a,{},{}\r\n", quoted(date), quoted(count), quoted(price)),
            };
        }
        std::fs::write(&file, text).expect("a folder to write to");
        let mut session = Session::in_memory(Language::Japanese).expect("memory");
        let answer = imports::record(&mut session, &[file], &Watch::silent()).expect("answers").remove(0);
        prop_assert_eq!(answer.rows, answer.used + answer.skipped + answer.problem_rows);
        prop_assert_eq!(answer.problems.len() as u64, answer.problem_rows);
        prop_assert_eq!(answer.rows, cells.len() as u64);
        if let Some(batch) = answer.batch_id {
            let kept = imports::problems(&session, batch).expect("problems");
            prop_assert_eq!(kept.problems.len() as u64, answer.problem_rows);
        }
    }
}
