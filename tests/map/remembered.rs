//! What an owner says once of a table, in the window: offered, tried, remembered, changed, forgotten.

use super::{Place, counts, record};
use otokui_lib::app::screens::{FileState, MapDocument, MapOffer, Preview};
use otokui_lib::app::{Error, Language, Session, Watch, imports, maps, orders};
use otokui_lib::shop::{Mall, OrderStatus, Yen};
use proptest::prelude::*;
use std::path::{Path, PathBuf};

const CART: &str = "受注番号,注文日,商品名,数量,単価,氏名,電話番号,対応状況\n\
    10021,01/03/2026,見本の茶,2,\"1,000\",見本 花子,090-0000-1111,発送済み\n\
    10021,01/03/2026,見本の湯のみ,1,1500,見本 花子,090-0000-1111,発送済み\n\
    10022,14/03/2026,見本の茶,1,1000,見本 太郎,090-0000-2222,お届け待ち\n";

fn empty() -> Session {
    Session::in_memory(Language::Japanese).expect("memory")
}

fn preview(session: &Session, files: &[PathBuf]) -> Preview {
    imports::preview(session, files, &Watch::silent()).expect("a preview")
}

fn offered(session: &Session, path: &Path) -> MapOffer {
    preview(session, &[path.to_owned()]).files.remove(0).map.expect("an offer")
}

fn numbers(session: &Session) -> Vec<String> {
    let mut numbers: Vec<_> = orders::all(session).expect("orders").into_iter().map(|o| o.order_number).collect();
    numbers.sort();
    numbers
}

#[test]
fn an_unknown_list_of_orders_is_offered_with_a_guess() {
    let place = Place::new();
    let path = place.file("cart.csv", CART);
    let session = empty();
    let answer = preview(&session, &[path]).files.remove(0);
    assert_eq!((answer.state, answer.profile.as_deref()), (FileState::NeedsMap, None));
    assert!(answer.message.contains("この表の列を教える"), "{}", answer.message);
    let offer = answer.map.expect("an offer");
    assert_eq!((offer.header_row, offer.rows.len(), offer.is_remembered), (0, 3, false));
    let columns: Vec<_> = offer.map.columns.iter().map(|(field, header)| (&**field, &**header)).collect();
    assert_eq!(
        columns,
        [
            ("buyer_name", "氏名"),
            ("item_name", "商品名"),
            ("order_number", "受注番号"),
            ("ordered_at", "注文日"),
            ("phone", "電話番号"),
            ("quantity", "数量"),
            ("status", "対応状況"),
            ("unit_price", "単価")
        ]
    );
    // The 14th can only be a day.
    assert_eq!((offer.map.mall, offer.map.date_format.as_deref()), (Mall::Own, Some("%d/%m/%Y")));
    let words: Vec<_> = offer.columns[7].words.iter().map(|word| (&*word.word, word.status)).collect();
    assert_eq!(words, [("発送済み", Some(OrderStatus::Shipped)), ("お届け待ち", None)]);
}

#[test]
fn a_reading_is_tried_before_it_is_kept() {
    let place = Place::new();
    let files = [place.file("cart.csv", CART)];
    let session = empty();
    let mut map = offered(&session, &files[0]).map;
    let tried = maps::preview(&session, &files, 0, 0, &map).expect("an answer");
    // お届け待ち has no meaning yet: one order of two rows, one problem.
    assert_eq!((tried.order_count, tried.rows, tried.used, tried.skipped, tried.problem_rows), (1, 3, 2, 0, 1));
    assert_eq!(tried.problems[0].kind, "unknown_status");
    assert!(tried.problems[0].message.contains("お届け待ち") && tried.is_whole, "{:?}", tried.problems);
    map.statuses.insert("お届け待ち".into(), OrderStatus::Placed);
    let tried = maps::preview(&session, &files, 0, 0, &map).expect("an answer");
    let seen: Vec<_> =
        tried.orders.iter().map(|o| (&*o.number, o.ordered_at.day().to_string(), &*o.customer)).collect();
    // 2 × 1000 + 1500 = 3500
    assert_eq!(seen, [("10021", "2026-03-01".into(), "見本 花子"), ("10022", "2026-03-14".into(), "見本 太郎")]);
    assert_eq!((tried.orders[0].total, tried.orders[0].pieces, tried.orders[0].items.len()), (Yen(3_500), 3, 2));
    assert_eq!((tried.orders[1].status, tried.problem_rows), (OrderStatus::Placed, 0));
    // Read otherwise, the 14th is no month.
    map.date_format = Some("%m/%d/%Y".into());
    assert_eq!(maps::preview(&session, &files, 0, 0, &map).expect("an answer").problems[0].kind, "bad_date");
    map.columns.remove("ordered_at");
    let tried = maps::preview(&session, &files, 0, 0, &map).expect("an answer");
    assert!(tried.missing.contains("日") && tried.orders.is_empty(), "{}", tried.missing);
    let refused = maps::accept(&mut empty(), &files, 0, 0, &map);
    assert!(matches!(refused, Err(Error::BadQuestion(_))), "{refused:?}");
    assert!(imports::imports(&session).expect("an answer").maps.is_empty(), "nothing is kept of a try");
}

#[test]
fn what_was_said_once_reads_every_table_with_the_same_headers() {
    let place = Place::new();
    let first = place.file("cart.csv", CART);
    let mut session = empty();
    let mut map = offered(&session, &first).map;
    map.statuses.insert("お届け待ち".into(), OrderStatus::Placed);
    maps::accept(&mut session, std::slice::from_ref(&first), 0, 0, &map).expect("accepted");
    let ready = preview(&session, std::slice::from_ref(&first)).files.remove(0);
    assert_eq!((ready.state, counts(&ready)), (FileState::Ready, (2, 0, 0)), "{}", ready.message);
    assert!(ready.message.contains("前に教わった") && ready.map.is_some_and(|offer| offer.is_remembered));
    let recorded = record(&mut session, &first);
    assert_eq!((recorded.state, counts(&recorded)), (FileState::Recorded, (2, 0, 0)));
    assert_eq!(numbers(&session), ["10021", "10022"]);
    assert_eq!(record(&mut session, &first).state, FileState::AlreadyImported);

    // The same header as a workbook under a title, with one order more.
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_string(0, 0, "四月の受注").expect("a cell");
    let rows = CART.lines().take(1).chain(["10023,02/04/2026,見本の茶,1,1000,見本 次郎,090-0000-3333,発送済み"]);
    for (row, line) in rows.enumerate() {
        for (column, cell) in line.split(',').enumerate() {
            sheet.write_string(1 + row as u32, column as u16, cell).expect("a cell");
        }
    }
    let book = place.file("april.xlsx", book.save_to_buffer().expect("a workbook"));
    let april = record(&mut session, &book);
    assert_eq!((april.state, counts(&april)), (FileState::Recorded, (1, 0, 0)), "{}", april.message);
    assert!(april.message.contains("前に教わった"), "{}", april.message);

    // Taken back, the first orders are gone and what was said is not.
    imports::undo(&mut session, recorded.batch_id.expect("recorded")).expect("taken back");
    assert_eq!(numbers(&session), ["10023"]);
    assert_eq!(counts(&record(&mut session, &first)), (2, 0, 0));

    let other = place.file("other.csv", CART.replacen("単価", "価格", 1));
    assert_eq!(preview(&session, &[other]).files[0].state, FileState::NeedsMap, "another header row is another table");
}

#[test]
fn what_was_said_can_be_changed_and_forgotten() {
    let place = Place::new();
    let first = place.file("cart.csv", CART);
    let mut session = empty();
    let map = offered(&session, &first).map;
    maps::accept(&mut session, std::slice::from_ref(&first), 0, 0, &map).expect("accepted");
    let known = imports::imports(&session).expect("an answer").maps;
    assert_eq!((known.len(), &*known[0].file, &known[0].offer.map), (1, "cart.csv", &map));
    assert_eq!((known[0].offer.columns.len(), known[0].offer.rows.len()), (8, 0), "no row of the table is kept");
    let answer = preview(&session, std::slice::from_ref(&first)).files.remove(0);
    assert_eq!((counts(&answer), answer.problem_rows), ((1, 0, 0), 1));

    let mut changed = known[0].offer.map.clone();
    changed.statuses.insert("お届け待ち".into(), OrderStatus::Cancelled);
    maps::change(&mut session, &known[0].fingerprint, &changed).expect("changed");
    assert_eq!(counts(&preview(&session, std::slice::from_ref(&first)).files[0]), (2, 0, 0));
    changed.columns.insert("postage".into(), "送料".into());
    assert!(maps::change(&mut session, &known[0].fingerprint, &changed).is_err(), "there is no such column");

    maps::forget(&mut session, &known[0].fingerprint).expect("forgotten");
    assert!(maps::forget(&mut session, &known[0].fingerprint).is_err(), "there is none any more");
    assert_eq!(preview(&session, &[first]).files[0].state, FileState::NeedsMap);
}

#[test]
fn the_owner_may_name_another_header_row() {
    let place = Place::new();
    // What looks most like a header is not.
    let text = "注文番号,注文日,金額\nA,B,C\nX-1001,2026-03-01,500\nX-1002,2026-03-02,700\n";
    let files = [place.file("own.csv", text)];
    let mut session = empty();
    assert_eq!(offered(&session, &files[0]).header_row, 0);
    let offer = maps::table(&session, &files, 0, 1).expect("an answer");
    assert_eq!(offer.columns.iter().map(|c| &*c.header).collect::<Vec<_>>(), ["A", "B", "C"]);
    assert_eq!((offer.map.columns["ordered_at"].as_str(), offer.rows.len()), ("B", 2));
    maps::accept(&mut session, &files, 0, 1, &offer.map).expect("accepted");
    let ready = preview(&session, &files).files.remove(0);
    assert_eq!((counts(&ready), ready.map.map(|offer| offer.header_row)), ((2, 0, 0), Some(1)));
    assert!(maps::table(&session, &files, 0, 9).is_err() && maps::table(&session, &files, 3, 0).is_err());
}

#[test]
fn a_workbook_of_no_mall_is_offered_and_then_read_to_its_end() {
    let place = Place::new();
    let mut book = rust_xlsxwriter::Workbook::new();
    book.add_worksheet().write_string(0, 0, "この表について").expect("a cell");
    let sheet = book.add_worksheet();
    let day = rust_xlsxwriter::Format::new().set_num_format("yyyy/m/d");
    for (column, header) in ["受注日", "合計金額"].into_iter().enumerate() {
        sheet.write_string(0, column as u16, header).expect("a cell");
    }
    // 46,082 is 2026-03-01.
    for row in 0..900u32 {
        sheet.write_number_with_format(1 + row, 0, 46_082.0 + f64::from(row % 30), &day).expect("a cell");
        sheet.write_number(1 + row, 1, 1_000.0 + f64::from(row)).expect("a cell");
    }
    let files = [place.file("own.xlsx", book.save_to_buffer().expect("a workbook"))];
    let mut session = empty();
    let offer = offered(&session, &files[0]);
    let tried = maps::preview(&session, &files, 0, 0, &offer.map).expect("an answer");
    assert!(tried.order_count > 400 && tried.problem_rows == 0, "the first rows are read: {tried:?}");
    maps::accept(&mut session, &files, 0, 0, &offer.map).expect("accepted");
    assert_eq!(counts(&record(&mut session, &files[0])), (900, 0, 0));
}

#[test]
fn an_endless_description_is_refused() {
    let place = Place::new();
    let files = [place.file("cart.csv", CART)];
    let session = empty();
    let usual = offered(&session, &files[0]).map;
    let long = MapDocument { date_format: Some("x".repeat(501)), ..usual.clone() };
    assert!(matches!(maps::preview(&session, &files, 0, 0, &long), Err(Error::BadQuestion(_))));
    let statuses = (0..101).map(|n| (n.to_string(), OrderStatus::Placed)).collect();
    let many = MapDocument { statuses, ..usual };
    assert!(matches!(maps::preview(&session, &files, 0, 0, &many), Err(Error::BadQuestion(_))));
}

#[test]
fn an_amount_of_a_row_is_shared_among_its_pieces() {
    let map = r#"{"columns": {"order_number": "order-id", "ordered_at": "purchase-date", "item_code": "sku",
        "quantity": "quantity-purchased", "line_total": "item-price", "order_total": "total"}}"#;
    let (orders, tally) = super::read_text(
        map,
        "order-id\tpurchase-date\tsku\tquantity-purchased\titem-price\ttotal\n\
         250-1\t2026-03-01T10:00:00+09:00\tS-1\t2\t2000\t9999\n250-1\t2026-03-01T10:00:00+09:00\tS-2\t3\t1000\t9999\n\
         250-2\t2026-03-02T10:00:00+09:00\tS-1\t0\t\t\n250-3\t2026-03-02T10:00:00+09:00\tS-1\t1\t\t\n",
    );
    let lines: Vec<_> = orders[0].lines.iter().map(|l| (&*l.item_code, l.quantity, l.unit_price)).collect();
    // 1000 does not part in three.
    assert_eq!(lines, [("S-1", 2, Yen(1_000)), ("S-2", 1, Yen(1_000))]);
    assert_eq!((orders[0].goods(), orders[1].goods(), orders.len()), (Yen(3_000), Yen(0), 2));
    assert_eq!((tally.files[0].problem_rows, &*tally.files[0].problems[0].column), (1, "total"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Whatever an offer proposes can be tried, and no row of it is lost.
    #[test]
    fn every_offer_can_be_tried(
        cells in proptest::collection::vec(
            "(注文日|金額|No|2026-03-01|13/04/2026|1,200|¥5|\"|\"\"|,|\t|;|a@b.jp|\u{0}|合計|||\r\n|\n|\n|x)", 0..60),
    ) {
        let place = Place::new();
        let files = [place.file("any.csv", cells.join(","))];
        let session = empty();
        let answer = preview(&session, &files).files.remove(0);
        prop_assert!(answer.state != FileState::NeedsMap || answer.map.is_some());
        if let Some(offer) = answer.map {
            for row in 0..offer.header_rows.len() {
                let table = maps::table(&session, &files, 0, row).expect("a row that may be the header");
                if let Ok(tried) = maps::preview(&session, &files, 0, row, &table.map) {
                    prop_assert_eq!(tried.rows, tried.used + tried.skipped + tried.problem_rows);
                    prop_assert!(tried.orders.len() as u64 <= tried.order_count);
                }
            }
        }
    }
}
