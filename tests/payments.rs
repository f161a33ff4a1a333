//! How an order was paid and whether an affiliate sent the buyer: kept from the export, and only used where it says so.

#[path = "support/shops.rs"]
mod shops;

use otokui_lib::app::screens::{FileAnswer, FileState, NewSetting, OrderAnswer};
use otokui_lib::app::{Language, Session, Watch, imports, orders, profit, settings};
use otokui_lib::insight::margin::Step;
use otokui_lib::insight::profit::Profit;
use otokui_lib::insight::{Band, Scope};
use otokui_lib::intake::Layouts;
use otokui_lib::shop::{OrderStatus, Payment, Yen};
use std::path::{Path, PathBuf};

/// Five cups at Yahoo!, 10,000 yen each.
const YAHOO: &str = "\
Id,OrderTime,OrderStatus,BillName,BillPrefecture,BillMailAddress,PayMethod,PayMethodName,IsAffiliate,TotalPrice,ShipCharge
mihon-10000001,2026/03/01 10:00:00,5,見本 一,東京都,a@example.jp,payment_a1,クレジットカード決済,0,10000,0
mihon-10000002,2026/03/02 10:00:00,5,見本 二,東京都,b@example.jp,payment_a17,PayPay残高等,1,10000,0
mihon-10000003,2026/03/03 10:00:00,5,見本 三,東京都,c@example.jp,payment_x9,みらい払い,,10000,0
mihon-10000004,2026/03/04 10:00:00,5,見本 四,東京都,d@example.jp,,,0,10000,0
mihon-10000005,2026/03/05 10:00:00,5,見本 五,東京都,e@example.jp,payment_d1,商品代引,1,10000,0
";

const YAHOO_ITEMS: &str = "\
Id,LineId,ItemId,Title,OriginalPrice,UnitPrice,Quantity
mihon-10000001,1,cup,見本の湯のみ,10000,10000,1
mihon-10000002,1,cup,見本の湯のみ,10000,10000,1
mihon-10000003,1,cup,見本の湯のみ,10000,10000,1
mihon-10000004,1,cup,見本の湯のみ,10000,10000,1
mihon-10000005,1,cup,見本の湯のみ,10000,10000,1
";

const RAKUTEN: &str = "\
注文番号,ステータス,注文日時,支払方法名,注文者姓,注文者名,注文者住所都道府県,商品明細ID,商品管理番号,商品名,商品毎税込価格,個数,商品税率,ポイント倍率
123456-20260301-0000000001,500,2026-03-01 10:00:00,クレジットカード,見本,一,東京都,1,cup,見本の湯のみ,11000,1,0.1,1
";

const COSTS: &str = "商品管理番号,原価（税込）\ncup,4000\n";

/// The same table without some of its columns, as a reduced template writes it.
fn without(table: &str, columns: &[&str]) -> String {
    let heads: Vec<&str> = table.lines().next().expect("a header").split(',').collect();
    let kept = |line: &str| {
        let cells = line.split(',').zip(&heads).filter(|(_, head)| !columns.contains(head));
        cells.map(|(cell, _)| cell).collect::<Vec<_>>().join(",") + "\n"
    };
    table.lines().map(kept).collect()
}

/// As programs before this one read it.
fn before(table: &str) -> String {
    without(table, &["PayMethod", "PayMethodName", "IsAffiliate", "支払方法名"])
}

fn file(folder: &Path, name: &str, text: &str) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, text).expect("a folder to write to");
    path
}

fn import(session: &mut Session, folder: &Path, name: &str, text: &str) -> FileAnswer {
    shops::import(session, &[file(folder, name, text)]).remove(0)
}

/// A shop that sends for 600 yen a parcel; every other rate is the program's own.
fn shop(yahoo: &str, rakuten: &str) -> (Session, tempfile::TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    let mut session = shops::empty();
    session.today = "2026-11-21".parse().expect("a day");
    let files =
        [("yahoo_order.csv", yahoo), ("yahoo_item.csv", YAHOO_ITEMS), ("rakuten.csv", rakuten), ("costs.csv", COSTS)];
    let files: Vec<PathBuf> = files.iter().map(|(name, text)| file(folder.path(), name, text)).collect();
    shops::import(&mut session, &files);
    set(&mut session, "postage", "600");
    (session, folder)
}

fn set(session: &mut Session, key: &str, value: &str) {
    let setting = NewSetting { key: key.into(), value: Some(value.into()), ..NewSetting::default() };
    settings::change(session, &[setting]).expect("a setting");
}

fn order(session: &Session, ending: &str) -> OrderAnswer {
    let mut all = orders::all(session).expect("orders").into_iter();
    all.find(|order| order.order_number.ends_with(ending)).expect("the order")
}

#[track_caller]
fn check(session: &Session, ending: &str, low: i64, high: i64) {
    let order = order(session, ending);
    assert_eq!(order.contribution_margin_band, Some(Band { low: Yen(low), high: Yen(high) }), "order {ending}");
    let lines: Vec<Band> = order.lines.iter().filter_map(|line| line.contribution_margin_band).collect();
    let sum = (lines.iter().map(|b| b.low).sum::<Yen>(), lines.iter().map(|b| b.high).sum::<Yen>());
    assert_eq!(sum, (Yen(low), Yen(high)), "lines of order {ending}");
}

fn waterfall(session: &Session) -> Profit {
    let found = profit::answer(session, &Scope::default(), None).expect("an answer");
    let each = orders::all(session).expect("orders");
    let sum = |end: fn(Band) -> Yen| each.iter().filter_map(|order| order.contribution_margin_band).map(end).sum();
    let left = found.steps.last().expect("rows");
    assert_eq!((left.low, left.high), (sum(|b| b.low), sum(|b| b.high)), "the waterfall is its orders");
    found
}

fn step(found: &Profit, step: Step) -> (i64, i64) {
    let row = found.steps.iter().find(|row| row.key == step).expect("the step");
    (row.low.0, row.high.0)
}

#[test]
fn a_range_becomes_what_the_export_says() {
    // Every cup at Yahoo!: 10,000 − cost 4,000 − points and campaign 250 − payment 3.0–4.48 % (300–448) − parcel 600, and
    // affiliate 0–1.3 % with tax (0–143): 10,000 − 4,000 − 250 − 448 − 600 − 143 = 4,559, or 4,850 with none of it.
    let (session, _folder) = shop(&before(YAHOO), &before(RAKUTEN));
    for number in ["10000001", "10000002", "10000003", "10000004", "10000005"] {
        check(&session, number, 4_559, 4_850);
    }
    let found = waterfall(&session);
    assert_eq!(step(&found, Step::Affiliate), (-5 * 143 - 157, 0));
    assert_eq!((found.payment_known_share, found.affiliate_known_share), (0.0, 0.0));

    let (mut session, _folder) = shop(YAHOO, RAKUTEN);
    // By card, 3.0–3.24 %, through no affiliate: nothing is charged for one. 10,000 − 4,000 − 250 − 600 − (300–324).
    check(&session, "10000001", 4_826, 4_850);
    // PayPay costs 3.0 %; through an affiliate: 143 for sure. 10,000 − 4,000 − 250 − 600 − 300 − 143.
    check(&session, "10000002", 4_707, 4_707);
    // Neither the way of paying nor the affiliate is known: the range it was.
    check(&session, "10000003", 4_559, 4_850);
    check(&session, "10000004", 4_702, 4_850);
    // Nobody publishes what collecting cash costs: the range of all ways, and 143.
    check(&session, "10000005", 4_559, 4_707);
    let found = waterfall(&session);
    // Two of five for sure and one perhaps; at Rakuten, whose file has no such column, 0–1.43 % of 11,000 yen.
    assert_eq!(step(&found, Step::Affiliate), (-3 * 143 - 157, -2 * 143));
    // Of 61,000 yen of net sales all but the third and the fourth order say how they were paid; of the affiliate all but
    // the third and Rakuten's.
    assert!((found.payment_known_share - 41_000.0 / 61_000.0).abs() < 1e-12, "{}", found.payment_known_share);
    assert!((found.affiliate_known_share - 40_000.0 / 61_000.0).abs() < 1e-12, "{}", found.affiliate_known_share);

    // The owner knows what cards cost, and what affiliates get: 3.24 % = 324, and 3.9 % with tax = 429.
    set(&mut session, "yahoo.payment_fee.card", "3.24");
    set(&mut session, "yahoo.affiliate_order", "3.9");
    check(&session, "10000001", 4_826, 4_826);
    check(&session, "10000002", 4_421, 4_421);
    // Not known to be paid by card: the rate of all.
    check(&session, "10000004", 4_702, 4_850);
    // What is said of orders that do not say it stays as it was: 0–1.3 %.
    check(&session, "10000003", 4_559, 4_850);
    set(&mut session, "yahoo.affiliate", "0.5");
    // 0.55 % of 10,000 yen: 55.
    check(&session, "10000003", 4_647, 4_795);
    check(&session, "10000001", 4_826, 4_826);
    waterfall(&session);
}

#[test]
fn a_fee_may_be_so_many_yen_an_order() {
    // The first cup at Yahoo! once more, this time paid in a convenience store.
    let orders = YAHOO.replace("payment_a1,クレジットカード決済,0", "payment_a6,コンビニ決済,false");
    let (mut session, _folder) = shop(&orders, RAKUTEN);
    // 10,000 − 4,000 − 250 − 600 = 5,150, less the published 150–300 yen an order.
    check(&session, "10000001", 4_850, 5_000);
    assert_eq!(order(&session, "10000001").affiliate, Some(false), "the order API writes false for 0");
    set(&mut session, "yahoo.payment_fee.convenience_store", "200円");
    check(&session, "10000001", 4_950, 4_950);
    set(&mut session, "yahoo.payment_fee.convenience_store", "150-250yen");
    check(&session, "10000001", 4_900, 5_000);
    // From 1 March on 2 %, which is 200 yen: an order of before would still cost 150 to 250.
    let day = Some("2026-03-01".parse().expect("a day"));
    let key = "yahoo.payment_fee.convenience_store";
    let later = NewSetting { key: key.into(), value: Some("2".into()), holds_from: day, ..NewSetting::default() };
    settings::change(&mut session, &[later]).expect("a setting");
    check(&session, "10000001", 4_950, 4_950);
    waterfall(&session);
    settings::undo(&mut session, None).expect("undone");
    check(&session, "10000001", 4_900, 5_000);
    // Cash on delivery: what the carrier charges is the owner's to say. 5,150 − 330 − 143 for the affiliate.
    set(&mut session, "yahoo.payment_fee.cash_on_delivery", "330円");
    check(&session, "10000005", 4_677, 4_677);
    waterfall(&session);
}

#[test]
fn parts_of_a_split_order_are_paid_for_once() {
    const ORDERS: &str = "\
Id,ParentOrderId,OrderTime,OrderStatus,BillName,BillPrefecture,BillMailAddress,PayMethodName,IsAffiliate,TotalPrice,ShipCharge
mihon-10000001,,2026/03/01 10:00:00,5,見本 一,東京都,a@example.jp,コンビニ決済,0,10000,0
mihon-10000002,mihon-10000001,2026/03/01 10:00:00,5,見本 一,東京都,a@example.jp,コンビニ決済,0,10000,0
";
    let (mut session, _folder) = shop(ORDERS, RAKUTEN);
    set(&mut session, "yahoo.payment_fee.convenience_store", "200yen");
    // 5,150 − 200; the part that was split from it was paid for with it.
    check(&session, "10000001", 4_950, 4_950);
    check(&session, "10000002", 5_150, 5_150);
    waterfall(&session);
}

#[test]
fn what_the_owner_says_of_all_payments_stands_before_what_the_program_says_of_one() {
    let (mut session, _folder) = shop(YAHOO, RAKUTEN);
    let value = |session: &Session| {
        let all = settings::answer(session).expect("settings").settings;
        all.into_iter().find(|setting| setting.key == "yahoo.payment_fee.card").expect("the setting").value
    };
    assert_eq!(value(&session).as_deref(), Some("3-3.24"));
    // 3.5 % of every order: 10,000 − 4,000 − 250 − 600 − 350, and 143 for the second's affiliate.
    set(&mut session, "yahoo.payment_fee", "3.5");
    assert_eq!(value(&session), None);
    check(&session, "10000001", 4_800, 4_800);
    check(&session, "10000002", 4_657, 4_657);
    // The owner's own word about cards stands before both: 5,150 − 324.
    set(&mut session, "yahoo.payment_fee.card", "3.24");
    check(&session, "10000001", 4_826, 4_826);
    check(&session, "10000002", 4_657, 4_657);
    // Confirming what stands there says nothing else.
    settings::change(&mut session, &[NewSetting { key: "yahoo.payment_fee".into(), ..NewSetting::default() }])
        .expect("back to the default");
    settings::confirm(&mut session, &["yahoo.payment_fee".into()]).expect("confirmed");
    check(&session, "10000002", 4_707, 4_707);
}

#[test]
fn rakuten_charges_by_no_way_of_paying_that_anybody_has_published() {
    // 11,000 − cost 4,000 − points 1 % of 10,000 = 100 − parcel 600; mall 2.0–7.0 % and 0.1 % with tax: 254.1–859.1;
    // payment 2.5–3.5 % with tax: 302.5–423.5; affiliate 0–157.3.
    // 6,300 − 859 − 424 − 157 = 4,860; 6,300 − 254 − 303 = 5,743.
    for table in [before(RAKUTEN), RAKUTEN.to_owned()] {
        let (session, _folder) = shop(YAHOO, &table);
        check(&session, "0000000001", 4_860, 5_743);
        let known = table == RAKUTEN;
        assert_eq!(order(&session, "0000000001").payment, known.then_some(Payment::Card));
    }
}

#[test]
fn an_own_shops_transfer_costs_nothing_and_its_cards_two_to_five_per_cent() {
    const TABLE: &str = "\
受注番号,注文日,顧客番号,商品コード,数量,単価,支払方法
1,2026-03-01,K1,cup,1,10000,銀行振込
2,2026-03-02,K2,cup,1,10000,クレジットカード決済
3,2026-03-03,K3,cup,1,10000,みらい払い
";
    let map = r#"{"columns": {"order_number": "受注番号", "ordered_at": "注文日", "customer_key": "顧客番号",
        "item_code": "商品コード", "quantity": "数量", "unit_price": "単価", "payment": "支払方法"}}"#;
    let folder = tempfile::tempdir().expect("a folder");
    let mut session = shops::empty();
    session.layouts = Layouts::with_map(map).expect("a description");
    import(&mut session, folder.path(), "own.csv", TABLE);
    import(&mut session, folder.path(), "costs.csv", COSTS);
    set(&mut session, "postage", "600");
    set(&mut session, "own.system_fee", "0");
    // 10,000 − cost 4,000 − parcel 600 = 5,400; cards 200–500, a transfer nothing, what is not known 0–500.
    check(&session, "1", 5_400, 5_400);
    check(&session, "2", 4_900, 5_200);
    check(&session, "3", 4_900, 5_400);
    assert_eq!(order(&session, "3").payment, None, "nobody has listed the word");
    waterfall(&session);
}

/// How the first order was paid, and how far it got.
fn first(session: &Session) -> (Option<Payment>, OrderStatus) {
    let order = order(session, "0000000001");
    (order.payment, order.status)
}

#[test]
fn of_two_statements_that_agree_the_one_that_says_more_counts() {
    let folder = tempfile::tempdir().expect("a folder");
    let (plain, full) = (before(RAKUTEN), RAKUTEN);
    let mut session = shops::empty();
    import(&mut session, folder.path(), "before.csv", &plain);
    assert_eq!(first(&session).0, None);
    let answer = import(&mut session, folder.path(), "now.csv", full);
    assert_eq!((answer.orders_new, answer.orders_updated, answer.orders_unchanged), (0, 1, 0), "payment is news");
    assert_eq!(first(&session).0, Some(Payment::Card));
    imports::undo(&mut session, answer.batch_id.expect("an import")).expect("undone");
    assert_eq!(first(&session).0, None, "as if it had never been");

    // The other way round the poorer statement changes nothing.
    let mut session = shops::empty();
    import(&mut session, folder.path(), "now.csv", full);
    let answer = import(&mut session, folder.path(), "before.csv", &plain);
    assert_eq!((answer.orders_new, answer.orders_updated, answer.orders_unchanged), (0, 0, 1));
    assert_eq!(first(&session).0, Some(Payment::Card));
}

#[test]
fn an_older_export_that_agrees_still_says_how_an_order_was_paid() {
    // A program of before read a file that reaches further than the one that is read now; the order is the same in both.
    let folder = tempfile::tempdir().expect("a folder");
    let later = "123456-20260401-0000000002,500,2026-04-01 10:00:00,見本,二,東京都,1,cup,見本の湯のみ,11000,1,0.1,1\n";
    let files = [("reaches_further.csv", before(RAKUTEN) + later), ("now.csv", RAKUTEN.to_owned())];
    let mut session = shops::empty();
    import(&mut session, folder.path(), files[0].0, &files[0].1);
    let now = file(folder.path(), files[1].0, &files[1].1);
    let preview = imports::preview(&session, &[now], &Watch::silent()).expect("a preview").files.remove(0);
    let answer = import(&mut session, folder.path(), files[1].0, &files[1].1);
    for answer in [preview, answer] {
        assert_eq!(
            (answer.orders_new, answer.orders_updated, answer.orders_unchanged),
            (0, 1, 0),
            "{:?}",
            answer.state
        );
    }
    assert_eq!(first(&session), (Some(Payment::Card), OrderStatus::Shipped));
    let mut session = shops::empty();
    for (name, text) in files.iter().rev() {
        import(&mut session, folder.path(), name, text);
    }
    assert_eq!(first(&session), (Some(Payment::Card), OrderStatus::Shipped), "whichever came first");
}

#[test]
fn an_older_export_that_says_how_it_was_paid_brings_no_old_status_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let open = RAKUTEN.replace(",500,", ",300,");
    for turn in [0, 1] {
        let mut files = [("shipped.csv", before(RAKUTEN)), ("open.csv", open.clone())];
        files.rotate_left(turn);
        let mut session = shops::empty();
        for (name, text) in &files {
            import(&mut session, folder.path(), name, text);
        }
        assert_eq!(first(&session), (None, OrderStatus::Shipped), "what is further on counts, whole");
    }
}

#[test]
fn a_file_that_an_earlier_version_read_says_what_it_left_unread() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("ledger.otokui");
    let files = [file(folder.path(), "rakuten.csv", RAKUTEN)];
    let drop_it = |session: &mut Session| shops::import(session, &files).remove(0);
    let mut session = Session::open(&path, Language::Japanese).expect("a ledger");
    drop_it(&mut session);
    let again = drop_it(&mut session);
    assert!(again.message.ends_with("取り込み済みです。変更はありません。"), "{}", again.message);
    drop(session);
    // As a program without these columns has recorded it.
    let connection = rusqlite::Connection::open(&path).expect("the ledger");
    connection.execute("update order_states set payment = null, affiliate = null", []).expect("an older ledger");
    drop(connection);
    let mut session = Session::open(&path, Language::Japanese).expect("a ledger");
    let again = drop_it(&mut session);
    assert_eq!(again.state, FileState::AlreadyImported);
    assert!(again.message.contains("支払方法とアフィリエイトは1件も読めていません"), "{}", again.message);
    // What the sentence says to do does it.
    let batch = imports::imports(&session).expect("imports").imports[0].batch_id;
    imports::undo(&mut session, batch).expect("undone");
    drop_it(&mut session);
    assert_eq!(first(&session).0, Some(Payment::Card));
    assert!(drop_it(&mut session).message.ends_with("変更はありません。"));
}

#[test]
fn an_order_that_says_nothing_of_it_is_the_order_it_was() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("ledger.otokui");
    let table = "\
注文番号,ステータス,注文日時,商品明細ID,商品管理番号,商品名,商品毎税込価格,個数,ポイント利用額,店舗発行クーポン利用額
123456-20260301-0000000001,500,2026-03-01 10:00:00,1,cup,見本の湯のみ,1000,1,0,0
";
    let mut session = Session::open(&path, Language::Japanese).expect("a ledger");
    imports::record(&mut session, &[file(folder.path(), "plain.csv", table)], &Watch::silent()).expect("an import");
    drop(session);
    let connection = rusqlite::Connection::open(&path).expect("the ledger");
    let stored: (i64, Option<i64>, Option<i64>) = connection
        .query_row("select content_hash, payment, affiliate from orders", [], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })
        .expect("one order");
    // The hash a program without these columns (schema 11) has recorded of this very file: what it recorded is known again.
    assert_eq!(stored, (-9_056_866_468_118_889_231, None, None));
}
