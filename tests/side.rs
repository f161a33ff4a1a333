//! Files besides orders: every profile on its fixtures, and what the ledger promises of each.

#[path = "side/lists.rs"]
mod lists;
#[path = "side/profiles.rs"]
mod profiles;
#[path = "support/shops.rs"]
mod shops;
#[path = "side/unused.rs"]
mod unused;

use otokui_lib::app::screens::FileState;
use otokui_lib::app::{Session, Watch, events, imports, orders, reconciliation};
use otokui_lib::intake::side::{Kind, SideProfile};
use otokui_lib::ledger::Ledger;
use otokui_lib::shop::beside::Campaign;
use otokui_lib::shop::{Day, Mall, Yen};
use shops::{empty, fixtures, import, one_file};
use std::path::{Path, PathBuf};

fn fixture(profile: &str, case: &str) -> PathBuf {
    fixtures().join("malls").join(profile).join(case).join("export.csv")
}

/// Everything the ledger file says beside orders, as text.
fn said(ledger: &Path) -> String {
    let ledger = Ledger::open(ledger).expect("the ledger");
    format!(
        "{:#?}",
        (
            ledger
                .item_costs()
                .expect("costs")
                .into_iter()
                .map(|c| (c.code, c.sku, c.cost, c.from))
                .collect::<Vec<_>>(),
            ledger.item_catalogue().expect("catalogue"),
            ledger.reviews().expect("reviews"),
            ledger.campaigns().expect("campaigns"),
            ledger.mall_counts().expect("counts"),
            ledger.fees().expect("fees").into_iter().map(|f| f.fee).collect::<Vec<_>>(),
            ledger.favourites().expect("favourites"),
            ledger.everything_said().expect("what the owner said"),
        )
    )
}

fn opened(path: &Path) -> Session {
    Session::open(path, otokui_lib::app::Language::Japanese).expect("a ledger")
}

#[test]
fn each_kind_is_taken_once_changed_by_a_newer_file_and_given_back_exactly() {
    let folder = tempfile::tempdir().expect("a folder");
    let cases = [
        ("item-costs", "usual", "480", "490"),
        ("rakuten-normal-item", "parent-and-skus", "飲み物", "食べ物"),
        ("rakuten-review", "usual", "香りがよい", "香りがうすい"),
        ("yahoo-review", "usual", "ふかふか", "ごわごわ"),
        ("rakuten-dd-campaigns", "usual", "2026/06/11 01:59:59", "2026/06/10 01:59:59"),
        ("rakuten-dd-store", "seventy-columns", "12,800", "12,900"),
        ("rakuten-dd-purchaser-monthly", "usual", "120000", "130000"),
        ("rakuten-settlement-journal", "usual", "カード決済", "カード払い"),
        ("yahoo-receivable", "usual", "備考あり", "備考なし"),
        ("rakuten-item-analysis", "usual", "2,345", "2,346"),
        ("yahoo-item-report", "usual", "15", "16"),
        ("yahoo-catalogue", "usual", "湯のみ", "茶わん"),
        ("otokui-item-costs", "usual", "480", "490"),
        ("otokui-item-categories", "usual", "飲み物", "食べ物"),
        ("otokui-reviews", "usual", "よい", "うすい"),
        ("otokui-campaigns", "usual", "2026-06-11 01:59:00", "2026-06-10 01:59:59"),
        ("otokui-mall-counts", "usual", "600000", "700000"),
        ("otokui-fees", "usual", "備考", "備考あり"),
        ("otokui-favourites", "usual", "2345", "2346"),
        ("otokui-setting-changes", "usual", "3.0", "2.5"),
        ("otokui-event-changes", "usual", "店の記念日", "店の誕生日"),
        ("otokui-decisions", "usual", "#0000000000000010", "#0000000000000011"),
        ("otokui-notes", "usual", "外のし", "内のし"),
        ("otokui-taken", "usual", "2026-02-28,\"r-mail\"", "2026-02-27,\"r-mail\""),
        ("otokui-contacts", "usual", "リボンの方", "帯の方"),
        ("otokui-readings", "usual", "値段", "うちの原価"),
    ];
    let used = SideProfile::all().iter().filter(|profile| profile.kind != Kind::Unused);
    assert_eq!(cases.len(), used.count(), "every profile is tried");
    for (profile, case, before, after) in cases {
        let ledger = folder.path().join(format!("{profile}.ledger"));
        let first = fixture(profile, case);
        let untouched = said(&ledger);
        let mut session = opened(&ledger);
        let answers = import(&mut session, std::slice::from_ref(&first));
        let answer = &answers[0];
        assert_eq!(answer.state, FileState::Recorded, "{profile}: {}", answer.message);
        assert!(answer.entries > 0 && !answer.message.contains("side-"), "{profile}: {}", answer.message);
        assert_eq!(answer.rows, answer.used + answer.skipped + answer.problem_rows, "{profile}");
        drop(session);
        let once = said(&ledger);
        assert_ne!(once, untouched, "{profile}");

        let mut session = opened(&ledger);
        let again = import(&mut session, std::slice::from_ref(&first));
        assert_eq!(again[0].state, FileState::AlreadyImported, "{profile}");
        // The same rows in other bytes: another batch, nothing new.
        let bytes = std::fs::read(&first).expect("the fixture");
        let padded = folder.path().join(format!("{profile}-padded.csv"));
        std::fs::write(&padded, [&bytes[..], b"\r\n"].concat()).expect("written");
        let same = import(&mut session, &[padded]);
        assert_eq!(same[0].entries, answer.entries, "{profile}");
        drop(session);
        assert_eq!(said(&ledger), once, "{profile}: twice is once");

        // Another value for the same thing: the newer file counts, until it is taken back.
        let japanese = |text: &str| match std::str::from_utf8(&bytes) {
            Ok(_) => text.as_bytes().to_vec(),
            Err(_) => encoding_rs::SHIFT_JIS.encode(text).0.into_owned(),
        };
        let other = folder.path().join(format!("{profile}-other.csv"));
        std::fs::write(&other, replaced(&bytes, &japanese(before), &japanese(after))).expect("written");
        let mut session = opened(&ledger);
        let newer = import(&mut session, &[other]);
        drop(session);
        let twice = said(&ledger);
        assert_ne!(twice, once, "{profile}: {}", newer[0].message);

        // The older batch goes first: undo does not have to run backwards.
        let mut session = opened(&ledger);
        imports::undo(&mut session, same[0].batch_id.expect("a batch")).expect("undone");
        imports::undo(&mut session, newer[0].batch_id.expect("a batch")).expect("undone");
        drop(session);
        assert_eq!(said(&ledger), once, "{profile}: what it replaced is back");
        let mut session = opened(&ledger);
        let listed = imports::imports(&session).expect("imports").imports;
        assert_eq!(listed.len(), 1, "{profile}");
        assert!(listed[0].kind.is_some() && listed[0].entries == answer.entries, "{profile}");
        imports::undo(&mut session, listed[0].batch_id).expect("undone");
        drop(session);
        assert_eq!(said(&ledger), untouched, "{profile}: nothing stays");
    }
}

fn replaced(bytes: &[u8], before: &[u8], after: &[u8]) -> Vec<u8> {
    let at = bytes.windows(before.len()).position(|window| window == before).expect("the text to replace");
    [&bytes[..at], after, &bytes[at + before.len()..]].concat()
}

#[test]
fn an_owner_points_at_the_columns_once() {
    let mut session = empty();
    let list = fixture("item-costs", "asked-about");
    let preview = imports::preview(&session, std::slice::from_ref(&list), &Watch::silent()).expect("a preview");
    let file = &preview.files[0];
    assert_eq!(file.state, FileState::NeedsColumns);
    assert!(!preview.can_record);
    let columns = file.columns.as_ref().expect("columns to choose from");
    assert_eq!((columns.headers.len(), &*columns.code, &*columns.cost), (3, "", "原価"));
    assert_eq!(columns.rows, [["a-1", "あ", "100"]]);
    assert!(
        imports::choose_columns(&mut session, std::slice::from_ref(&list), Some(0), "うちの番号", "うちの番号")
            .is_err(),
        "two columns, not one"
    );
    assert!(
        imports::choose_columns(&mut session, std::slice::from_ref(&list), Some(0), "うちの番号", "どこか").is_err()
    );
    imports::choose_columns(&mut session, std::slice::from_ref(&list), Some(0), "うちの番号", "原価")
        .expect("both columns are there");
    assert_eq!(import(&mut session, &[list])[0].state, FileState::Recorded);
    // Next month's list has the same header row.
    let folder = tempfile::tempdir().expect("a folder");
    let next = folder.path().join("next.csv");
    std::fs::write(&next, "うちの番号,品名,原価\na-1,あ,120\n").expect("written");
    let answers = import(&mut session, &[next]);
    assert_eq!(answers[0].state, FileState::Recorded, "{}", answers[0].message);
    assert!(answers[0].message.contains("うちの番号"), "{}", answers[0].message);
}

#[test]
fn a_cost_holds_from_the_beginning_or_from_the_day_of_a_later_list() {
    let folder = tempfile::tempdir().expect("a folder");
    let ledger = folder.path().join("shop.ledger");
    let mut session = opened(&ledger);
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).expect("written");
        path
    };
    import(&mut session, &[write("1.csv", "商品コード,原価\na,100\nb,\n")]);
    import(&mut session, &[write("2.csv", "商品コード,原価,適用日\na,110,2026-04-01\n")]);
    let last = import(&mut session, &[write("3.csv", "商品コード,原価\na,120\nb,50\n")]);
    let today = session.today;
    drop(session);
    let costs = |ledger: &Path| -> Vec<(String, Yen, Option<String>)> {
        let ledger = Ledger::open(ledger).expect("the ledger");
        let costs = ledger.item_costs().expect("costs").into_iter();
        costs.map(|c| (c.code, c.cost, c.from.map(|day| day.to_string()))).collect()
    };
    let a = |cost, from: Option<&str>| ("a".to_owned(), Yen(cost), from.map(String::from));
    let b = ("b".to_owned(), Yen(50), None);
    assert_eq!(
        costs(&ledger),
        [a(100, None), a(110, Some("2026-04-01")), a(120, Some(&today.to_string())), b],
        "an empty cost says nothing, so b is first known now and holds from the beginning"
    );
    let mut session = opened(&ledger);
    imports::undo(&mut session, last[0].batch_id.expect("a batch")).expect("undone");
    drop(session);
    assert_eq!(costs(&ledger), [a(100, None), a(110, Some("2026-04-01"))]);
}

#[test]
fn reviews_meet_their_orders_whichever_came_first() {
    let folder = tempfile::tempdir().expect("a folder");
    let ledger = folder.path().join("shop.ledger");
    let mut session = opened(&ledger);
    import(&mut session, &one_file());
    let all = orders::all(&session).expect("orders");
    let number = |mall: &str| {
        let order = all.iter().find(|order| order.mall.word() == mall).expect("an order");
        (order.order_number.clone(), order.customer_id)
    };
    let (rakuten, yahoo) = (number("rakuten"), number("yahoo"));
    let bare = yahoo.0.rsplit_once('-').expect("a store and digits").1;
    let head = "評価日,評価点数,商品名,商品コード,注文ID,コメントタイトル,コメント内容\n";
    let reviews = folder.path().join("reviews.csv");
    std::fs::write(&reviews, format!("{head}20250701,5,x,x,{},,\n20250702,5,x,x,{bare},,\n", yahoo.0))
        .expect("written");
    let rakuten_head = "レビュータイプ,商品名,評価,投稿時間,タイトル,レビュー本文,注文番号\n";
    let more = folder.path().join("more.csv");
    let rows = format!(
        "商品レビュー,x,5,2025/7/3 1:00:00,,,{}\n商品レビュー,x,5,2025/7/4 1:00:00,,,999999-20200101-1\n",
        rakuten.0
    );
    std::fs::write(&more, format!("{rakuten_head}{rows}")).expect("written");
    import(&mut session, &[reviews, more]);
    drop(session);
    let found: Vec<_> = Ledger::open(&ledger)
        .expect("the ledger")
        .reviews()
        .expect("reviews")
        .into_iter()
        .map(|r| r.customer_id)
        .collect();
    assert_eq!(found, [Some(yahoo.1), Some(yahoo.1), Some(rakuten.1), None], "oldest first");
}

#[test]
fn an_imported_campaign_changes_what_an_event_day_is() {
    let mut session = empty();
    import(&mut session, &one_file());
    let plain =
        orders::all(&session).expect("orders").into_iter().find(|order| order.event == Some(false)).expect("one");
    assert_eq!(plain.mall.word(), "rakuten", "the newest plain order; else choose another");
    let at = plain.ordered_at.to_string().replace('-', "/").replace('T', " ");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("campaigns.csv");
    let text = format!("キャンペーン種類,キャンペーン名,開始日時,終了日時\n店舗,一瞬,{at},{at}\n");
    std::fs::write(&path, text).expect("written");
    let batch = import(&mut session, &[path])[0].batch_id.expect("a batch");
    let event = |session: &Session| {
        let all = orders::all(session).expect("orders");
        all.into_iter().find(|order| order.order_number == plain.order_number).and_then(|order| order.event)
    };
    assert_eq!(event(&session), Some(true));
    imports::undo(&mut session, batch).expect("undone");
    assert_eq!(event(&session), Some(false));
}

#[test]
fn the_malls_counts_stand_beside_ours_and_the_difference_is_explained() {
    let mut session = empty();
    let nothing = reconciliation::answer(&session).expect("an answer");
    assert!(nothing.months.is_empty() && !nothing.finding.is_empty());
    import(&mut session, &one_file());
    let all = orders::all(&session).expect("orders");
    let first = all.iter().filter(|o| o.mall.word() == "rakuten" && o.is_sale).map(|o| o.ordered_at.day()).min();
    let first = first.expect("an order").month();
    // A later month in which somebody bought for the first time.
    let mut firsts = std::collections::BTreeMap::new();
    for order in all.iter().filter(|o| o.mall.word() == "rakuten" && o.is_sale) {
        let month = order.ordered_at.day().month();
        firsts.entry(order.customer_id).and_modify(|of: &mut _| *of = month.min(*of)).or_insert(month);
    }
    let later = *firsts.values().filter(|month| **month > first).min().expect("a later newcomer");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("monthly.csv");
    let month = |month: otokui_lib::shop::Month| {
        let text = month.to_string();
        format!("{}年{}月", &text[..4], &text[5..])
    };
    let head = "日付,新規購入者数,新規購入 売上,リピート購入者数,リピート購入 売上\n";
    let text =
        format!("{head}{},9999,1,0,1\n{},2未満,1,3,1\n{},0,1,0,1\n", month(first.plus(-1)), month(first), month(later));
    std::fs::write(&path, text).expect("written");
    import(&mut session, &[path]);
    let answer = reconciliation::answer(&session).expect("an answer");
    let rows: Vec<_> = answer.months.iter().map(|row| (row.month, &*row.explanation)).collect();
    assert_eq!(rows.len(), 3);
    assert!(rows[0].1.contains("古い受注データ"), "{rows:?}");
    assert!(rows[1].1.contains("小さい数を隠している"), "{rows:?}");
    assert!(rows[2].1.contains("まだ取り込まれていません"), "{rows:?}");
    let second = &answer.months[0];
    assert!(second.new_customer_count > 0 && second.mall_new_count == Some(0));
    assert!(answer.finding.contains("モールの数は新規"), "{}", answer.finding);

    // A newer month whose numbers are hidden does not become the headline; it is one only when there is no other.
    let path = folder.path().join("hidden.csv");
    std::fs::write(&path, format!("{head}{},2未満,1,2未満,1\n", month(later.plus(1)))).expect("written");
    import(&mut session, std::slice::from_ref(&path));
    let again = reconciliation::answer(&session).expect("an answer");
    assert_eq!((again.months.len(), again.months[0].mall_new_count), (4, None));
    assert_eq!(again.finding, answer.finding);
    let mut young = empty();
    import(&mut young, &[path]);
    let hidden = reconciliation::answer(&young).expect("an answer").finding;
    assert!(hidden.contains("小さい数を隠している") && !hidden.contains('–'), "{hidden}");
}

#[test]
fn a_failed_import_leaves_nothing_of_side_files() {
    let mut session = empty();
    let watch = Watch::silent();
    watch.cancel();
    let stopped = imports::record(&mut session, &[fixture("item-costs", "usual")], &watch);
    assert!(stopped.is_err());
    assert!(imports::imports(&session).expect("imports").imports.is_empty());
}

fn campaign(name: &str, from: &str, to: &str) -> Campaign {
    Campaign {
        mall: Mall::Rakuten,
        kind: "楽天市場".into(),
        name: name.into(),
        begins_at: from.parse().expect("a moment"),
        ends_at: to.parse().expect("a moment"),
    }
}

#[test]
fn an_imported_window_takes_the_place_of_the_built_in_one() {
    let sale = campaign("2026年6月楽天スーパーＳＡＬＥ", "2026-06-04T20:00:00", "2026-06-09T09:59:59");
    let calendar = events::with_campaigns(events::calendar(), &[sale], Day(20_000));
    let at = |text: &str| calendar.is_event(Mall::Rakuten, text.parse().expect("a moment"), true);
    assert_eq!(at("2026-06-08T12:00:00"), Some(true));
    assert_eq!(at("2026-06-09T12:00:00"), Some(false), "the built-in rule says until the 11th, the mall knows");
    assert_eq!(at("2026-09-09T12:00:00"), Some(true), "the next sale is the built-in one still");
    assert_eq!(at("2026-06-10T12:00:00"), Some(true), "0のつく日 is another event");
    let names = calendar.names_on(Mall::Rakuten, "2026-06-06".parse().expect("a day"));
    assert_eq!(names, ["2026年6月楽天スーパーＳＡＬＥ"], "one event, named once");
}

#[test]
fn a_campaign_of_weeks_makes_no_event_days() {
    let long = campaign("春のポイントまつり", "2026-04-06T00:00:00", "2026-04-28T23:59:59");
    let short = campaign("夜だけセール", "2026-04-07T20:00:00", "2026-04-08T01:59:59");
    let calendar = events::with_campaigns(events::calendar(), &[long, short], Day(20_000));
    let at = |text: &str| calendar.is_event(Mall::Rakuten, text.parse().expect("a moment"), true);
    assert_eq!(at("2026-04-14T12:00:00"), Some(false));
    assert_eq!(at("2026-04-08T01:00:00"), Some(true), "a sale the built-in rules do not know");
    assert_eq!(at("2026-04-08T12:00:00"), Some(false));
}

#[test]
fn a_cost_list_in_a_workbook_and_reviews_in_an_archive_are_taken() {
    let folder = tempfile::tempdir().expect("a folder");
    let book = folder.path().join("costs.xlsx");
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    let day = rust_xlsxwriter::Format::new().set_num_format("yyyy/mm/dd");
    sheet.write(0, 0, "2026年度の原価").expect("a title");
    for (column, header) in ["商品コード", "備考", "原価（税込）", "適用日"].into_iter().enumerate() {
        sheet.write(2, column as u16, header).expect("a header");
    }
    sheet.write(3, 0, "coffee").expect("a code");
    sheet.write(3, 2, 480.5).expect("a cost");
    let from = rust_xlsxwriter::ExcelDateTime::from_ymd(2026, 4, 1).expect("a day");
    sheet.write_with_format(3, 3, &from, &day).expect("a day");
    workbook.save(&book).expect("written");
    let archive = folder.path().join("reviews.zip");
    let mut zip = zip::ZipWriter::new(std::fs::File::create(&archive).expect("a file"));
    zip.start_file("review.csv", zip::write::SimpleFileOptions::default()).expect("a member");
    std::io::Write::write_all(&mut zip, &std::fs::read(fixture("yahoo-review", "usual")).expect("the fixture"))
        .expect("written");
    zip.finish().expect("written");
    let ledger = folder.path().join("shop.ledger");
    let mut session = opened(&ledger);
    let answers = import(&mut session, &[book, archive]);
    assert_eq!([answers[0].state, answers[1].state], [FileState::Recorded; 2], "{}", answers[0].message);
    drop(session);
    let ledger = Ledger::open(&ledger).expect("the ledger");
    let costs = ledger.item_costs().expect("costs");
    let [cost] = &costs[..] else { panic!("one cost: {costs:?}") };
    assert_eq!((cost.cost, cost.tax_included), (Yen(481), Some(true)));
    assert_eq!(cost.from.map(|day| day.to_string()).as_deref(), Some("2026-04-01"));
    assert_eq!(ledger.reviews().expect("reviews").len(), 1);
}
