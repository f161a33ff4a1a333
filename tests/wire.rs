//! Each command's answer on three shops, recorded in `tests/golden/wire`; the screens' tests read the same files.
//!
//! `usual` is the sample shop with 1,500 orders, `few` the one with 24, `empty` a new ledger. The sample's bytes are
//! the same on every run of one system; another mathematics library may round a last bit otherwise, so these goldens
//! are compared on Linux.
#![cfg(target_os = "linux")]

#[path = "wire/files.rs"]
mod files;
#[path = "support/shops.rs"]
mod shops;
#[path = "identity/town.rs"]
mod town;

use otokui_lib::app::comparison::{Compared, ComparisonQuery};
use otokui_lib::app::screens::{
    CustomersQuery, EventSwitch, GroupsQuery, NewContactEntry, NewEventRule, NewSetting, NewTakenAction, OrdersPage,
    OrdersPart, OrdersQuery, ProfitOrders, RulesDraft,
};
use otokui_lib::app::{
    Language, Session, Watch, basis, cohorts, coming_back, comparison, contacts, customers, event_calendar, groups,
    growth_map, identity, imports, items, lifetime_value, maps, nameless, next_items, notes, order_list, orders,
    overview, points, profit, radar, reconciliation, settings, sold_items, start, stores, taken, this_week,
};
use otokui_lib::insight::Scope;
use otokui_lib::insight::acquired::By;
use otokui_lib::insight::calendar::When;
use otokui_lib::insight::cohort::Measure;
use otokui_lib::insight::history::Compare;
use otokui_lib::insight::margin::Step;
use otokui_lib::insight::rfm::CpmPreset;
use otokui_lib::shop::{ContactKind, CustomerId, Mall, OrderStatus};
use serde::Serialize;
use serde_json::Value;
use std::path::{Path, PathBuf};

/// Compares one answer with its record; moments of the test's own running are set to a fixed one.
fn check(name: &str, answer: &impl Serialize) {
    let mut answer = serde_json::to_value(answer).expect("an answer is JSON");
    still(&mut answer);
    let text = serde_json::to_string_pretty(&answer).expect("JSON") + "\n";
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/wire").join(format!("{name}.json"));
    if std::env::var_os("OTOKUI_BLESS").is_some() {
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder to write to");
        std::fs::write(&path, &text).expect("a folder to write to");
    }
    let recorded = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(text == recorded, "{name} differs; look at it, then rewrite it with OTOKUI_BLESS=1");
    let sent = serde_json::to_string(&answer).expect("JSON").len();
    assert!(sent <= 200 * 1024, "{name} has {sent} bytes, too many for one answer");
}

fn still(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields.iter_mut() {
                match &**name {
                    "recorded_at" | "changed_at" | "decided_at" | "written_at" | "remembered_at" | "undone_at"
                        if value.is_string() =>
                    {
                        *value = "2026-11-01T09:00:00".into()
                    }
                    "token" => *value = 1.into(),
                    _ => still(value),
                }
            }
        }
        Value::Array(values) => values.iter_mut().for_each(still),
        _ => {}
    }
}

fn screens(case: &str, session: &Session) {
    let scope = Scope::default();
    check(&format!("{case}.start"), &start::start(session).expect("an answer"));
    check(&format!("{case}.overview"), &overview::screen(session, &scope).expect("an answer"));
    check(&format!("{case}.groups"), &groups::screen(session, &scope).expect("an answer"));
    let curves = |by, chosen: &[String]| lifetime_value::screen_by(session, &scope, by, chosen).expect("an answer");
    check(&format!("{case}.lifetime_value"), &curves(By::Month, &[]));
    check(&format!("{case}.growth_map"), &growth_map::screen(session, &scope).expect("an answer"));
    check(&format!("{case}.gaps"), &coming_back::screen(session, &scope, 2, 10).expect("an answer"));
    let listed = items::screen(session, &scope).expect("an answer");
    check(&format!("{case}.items"), &listed);
    let of_most = listed
        .answer
        .items
        .iter()
        .max_by_key(|row| row.buyer_count)
        .map(|row| format!("{}:{}", row.mall, row.item_code));
    let one = Scope { item: of_most, ..Scope::default() };
    check(&format!("{case}.next_items"), &next_items::screen(session, &one, None).expect("an answer"));
    check(&format!("{case}.radar"), &radar::screen(session, &scope, 0).expect("an answer"));
    check(&format!("{case}.points"), &points::screen(session, &scope, None).expect("an answer"));
    check(&format!("{case}.event_rules"), &event_calendar::answer(session).expect("an answer"));
    check(&format!("{case}.actions"), &this_week::screen(session, &scope).expect("an answer"));
    let measures: &[Measure] = if case == "usual" { &Measure::ALL } else { &[Measure::Retention] };
    for measure in measures {
        let answer = cohorts::screen(session, &scope, *measure).expect("an answer");
        check(&format!("{case}.cohorts.{}", measure.word()), &answer);
    }
    if case == "usual" {
        let rates = |by, chosen: &[String]| {
            cohorts::screen_by(session, &scope, Measure::Retention, by, chosen).expect("an answer")
        };
        for by in [By::Quarter, By::Week, By::FirstMall, By::FirstItem, By::FirstCategory, By::Incentive] {
            check(&format!("{case}.cohorts.{}", by.word()), &rates(by, &[]));
            check(&format!("{case}.lifetime_value.{}", by.word()), &curves(by, &[]));
        }
        let months = ["2024-11".to_owned(), "2025-06".to_owned()];
        check(&format!("{case}.cohorts.chosen"), &rates(By::Month, &months));
        check(&format!("{case}.lifetime_value.chosen"), &curves(By::Month, &months));
    }
    let page = customers::page(session, &CustomersQuery::default()).expect("an answer");
    check(&format!("{case}.customers"), &page);
    if let Some(regular) = page.rows.iter().max_by_key(|row| row.order_count) {
        let answer = customers::customer(session, regular.customer_id, &scope).expect("an answer");
        check(&format!("{case}.customer"), &answer);
    }
    check(&format!("{case}.contacts"), &contacts::answer(session).expect("an answer"));
    check(&format!("{case}.basis"), &basis::answer(session, &scope).expect("an answer"));
    check(&format!("{case}.orders"), &listed_orders(session, OrdersPart::Sales));
    check(&format!("{case}.orders.left_out"), &listed_orders(session, OrdersPart::LeftOut));
    check(&format!("{case}.profit"), &profit::screen(session, &scope, None).expect("an answer"));
    check(&format!("{case}.filter_choices"), &sold_items::choices(session, "").expect("an answer"));
    if case == "usual" {
        let last_year = Scope { compare: Some(Compare::PreviousYear), ..Scope::default() };
        for (name, of) in [
            ("overview", Compared::Overview),
            ("profit", Compared::Profit),
            ("groups", Compared::Groups),
            ("ltv", Compared::Ltv),
            ("items", Compared::Items),
            ("coming_back", Compared::ComingBack),
            ("growth_map", Compared::GrowthMap),
            ("points", Compared::Points),
            ("orders", Compared::Orders),
        ] {
            let answer = comparison::answer(session, &ComparisonQuery::of(&last_year, of)).expect("an answer");
            check(&format!("usual.comparison.{name}"), &answer);
        }
        let query = ComparisonQuery::of(&Scope { item: one.item.clone(), ..last_year }, Compared::Item);
        check("usual.comparison.item", &comparison::answer(session, &query).expect("an answer"));
    }
    check(&format!("{case}.settings"), &settings::answer(session).expect("an answer"));
    check(&format!("{case}.imports"), &imports::imports(session).expect("an answer"));
    if case != "usual" {
        check(&format!("{case}.reconciliation"), &reconciliation::answer(session).expect("an answer"));
    }
    check(&format!("{case}.identity"), &identity::screen(session).expect("an answer"));
    if case == "usual" {
        let months = GroupsQuery { from: "2026-03".parse().ok(), to: "2026-06".parse().ok(), ..GroupsQuery::default() };
        check("usual.groups.moves", &groups::drawn(session, &months).expect("an answer"));
        let rules = RulesDraft { recency: Some("30/90/180/365".to_owned()), ..RulesDraft::default() };
        let tried = GroupsQuery { rules: Some(rules), ..GroupsQuery::default() };
        check("usual.groups.tried", &groups::drawn(session, &tried).expect("an answer"));
        let rules = RulesDraft { cpm: Some(CpmPreset::Classic), ..RulesDraft::default() };
        let classic = GroupsQuery { rules: Some(rules), ..GroupsQuery::default() };
        check("usual.groups.classic", &groups::drawn(session, &classic).expect("an answer"));
        check("usual.problems", &imports::problems(session, 1).expect("an answer"));
    }
}

/// The first twenty rows: enough to draw a list with.
fn listed_orders(session: &Session, part: OrdersPart) -> OrdersPage {
    let mut page = order_list::page(session, &OrdersQuery { part, ..OrdersQuery::default() }).expect("an answer");
    page.rows.truncate(20);
    page
}

fn shop(orders: u32) -> (Session, tempfile::TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    let files = shops::sample(orders, folder.path());
    let mut session = shops::empty();
    session.today = "2026-11-21".parse().expect("a day");
    if orders > 100 {
        check("usual.preview", &imports::preview(&session, &files, &Watch::silent()).expect("a preview"));
        check("usual.record", &shops::import(&mut session, &files));
    } else {
        shops::import(&mut session, &files);
    }
    (session, folder)
}

/// A file in which the mall counts what Otokui counts, but for some months: one hidden, one before the orders begin,
/// in the last one three more, in the one before two fewer.
fn counts_of_the_mall(session: &mut Session, folder: &Path) {
    let write = |name: &str, rows: &[String]| {
        let path = folder.join(name);
        let head = "日付,新規購入者数,新規購入 売上,リピート購入者数,リピート購入 売上\n";
        std::fs::write(&path, format!("{head}{}\n", rows.join("\n"))).expect("written");
        path
    };
    let last = start::start(session).expect("an answer").last_day.expect("orders").month();
    let month = |back: i32| {
        let (year, month) = last.plus(-back).ym();
        format!("{year}年{month:02}月")
    };
    let hidden: Vec<String> = (0..=36).map(|back| format!("{},2未満,1,2未満,1", month(back))).collect();
    let first = imports::record(session, &[write("hidden.csv", &hidden)], &Watch::silent()).expect("recorded");
    let ours = reconciliation::answer(session).expect("an answer").months;
    imports::undo(session, first[0].batch_id.expect("a batch")).expect("undone");
    let rows: Vec<String> = (0..=14)
        .chain([36])
        .zip([3, -2, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, -1, 0, 0])
        .map(|(back, more)| {
            let row = ours.iter().find(|row| row.month == last.plus(-back)).expect("every month was asked for");
            let (new, repeat) = (row.new_customer_count, i64::from(row.repeat_customer_count) + more);
            match back {
                3 => format!("{},2未満,1,{repeat},1", month(back)),
                36 => format!("{},12,1,4,1", month(back)),
                _ => format!("{},{new},1,{},1", month(back), repeat.max(0)),
            }
        })
        .collect();
    imports::record(session, &[write("counts.csv", &rows)], &Watch::silent()).expect("recorded");
}

#[test]
fn an_empty_ledger_answers_everything() {
    let mut session = shops::empty();
    session.today = "2026-11-21".parse().expect("a day");
    screens("empty", &session);
}

#[test]
fn a_shop_with_few_orders_answers_everything() {
    screens("few", &shop(24).0);
}

#[test]
fn a_usual_shop_answers_everything() {
    let (mut session, folder) = shop(1_500);
    screens("usual", &session);
    // Last, so that the history of imports above is that of the order files alone.
    counts_of_the_mall(&mut session, folder.path());
    check("usual.gaps.3.30", &coming_back::screen(&session, &Scope::default(), 3, 30).expect("an answer"));
    check("usual.reconciliation", &reconciliation::answer(&session).expect("an answer"));
}

#[test]
fn a_shop_that_knows_its_costs_answers_with_margin() {
    let (mut session, folder) = shop(1_500);
    shops::import(&mut session, &[folder.path().join("item_costs.csv")]);
    let set = |key: &str, value: &str, from: &str| NewSetting {
        key: key.into(),
        value: Some(value.into()),
        holds_from: from.parse().ok(),
        confirm: false,
    };
    let new = [set("rakuten.plan", "standard", ""), set("postage", "580", ""), set("postage.hokkaido", "1100", "")];
    settings::change(&mut session, &new).expect("settings");
    settings::change(&mut session, &[set("rakuten.payment_fee", "2.8", "2025-10-01")]).expect("settings");
    settings::change(&mut session, &[set("goods.cost_rate", "60", "")]).expect("settings");
    settings::undo(&mut session, None).expect("settings");
    let scope = Scope::default();
    write_down_who_has_not_bought(&mut session);
    check("costs.contacts", &contacts::answer(&session).expect("an answer"));
    check("costs.settings", &settings::answer(&session).expect("an answer"));
    check("costs.profit", &profit::screen(&session, &scope, None).expect("an answer"));
    check("costs.profit.event", &profit::screen(&session, &scope, Some("rakuten-5-0")).expect("an answer"));
    check("costs.profit_orders", &few(profit::orders(&session, &scope, None, Step::Points).expect("an answer")));
    check("costs.groups", &groups::screen(&session, &scope).expect("an answer"));
    check("costs.overview", &overview::screen(&session, &scope).expect("an answer"));
    check("costs.gaps", &coming_back::screen(&session, &scope, 2, 30).expect("an answer"));
    settings::change(&mut session, &[set("acquisition_cost", "1200", "")]).expect("settings");
    let curves = lifetime_value::screen_by(&session, &scope, By::Month, &[]).expect("an answer");
    assert!(curves.answer.payback_day.is_some(), "the cost is earned back");
    check("costs.lifetime_value", &curves);
    let value = cohorts::screen(&session, &scope, Measure::CumulativeValue).expect("an answer");
    check("costs.cohorts.cumulative_value", &value);
    check("costs.growth_map", &growth_map::screen(&session, &scope).expect("an answer"));
    // Somebody with a review and a note, and what is left of their orders.
    let rows = customers::all(&session, &scope, None).expect("an answer");
    let at_rakuten = rows.iter().filter(|row| row.malls.contains(&Mall::Rakuten));
    let regular = at_rakuten.max_by_key(|row| row.order_count).expect("somebody").customer_id;
    let review = review_of(regular, &session, folder.path());
    shops::import(&mut session, &[review]);
    notes::add(&mut session, regular, "贈り物用の包装をいつも希望。\n次は新しい豆を勧める。").expect("a note");
    do_what_two_cards_say(&mut session);
    check("costs.actions", &this_week::screen(&session, &scope).expect("an answer"));
    check("costs.customer", &customers::customer(&session, regular, &scope).expect("an answer"));
    check("costs.basis", &basis::answer(&session, &scope).expect("an answer"));
}

/// Three people, one of whom has become a customer, and one who was met elsewhere.
fn write_down_who_has_not_bought(session: &mut Session) {
    let mut add = |kind, on: &str, mall, name: &str, note: &str| {
        let entry = NewContactEntry { mall, kind, on: on.parse().ok(), name: name.into(), note: note.into() };
        contacts::add(session, &entry).expect("a contact")
    };
    add(ContactKind::Asked, "2026-10-12", Mall::Rakuten, "熨斗の方", "名入れの熨斗ができるかという問い合わせ");
    add(ContactKind::Reviewed, "2026-10-20", Mall::Yahoo, "", "");
    let bought = add(ContactKind::Favourited, "2026-10-03", Mall::Rakuten, "青い箱の方", "");
    add(ContactKind::Other, "2026-09-28", Mall::Own, "朝市でお会いした方", "");
    let somebody = customers::all(session, &Scope::default(), None).expect("an answer")[0].customer_id;
    contacts::tie(session, bought, somebody).expect("a customer");
}

/// Nuts for who runs out of them, by mail, and thanks to those of the best customers who are at Yahoo.
fn do_what_two_cards_say(session: &mut Session) {
    let mut done = |key: &str, on: &str, channel: &str, mall| {
        let (key, channel) = (key.to_owned(), Some(channel.to_owned()));
        let new = NewTakenAction { key, on: on.parse().ok(), channel, mall: Some(mall), ..NewTakenAction::default() };
        taken::record(session, &new).expect("a card with people at that mall")
    };
    done("replenishment:rakuten:sn-001", "2026-11-02", "r-mail", Mall::Rakuten);
    done("best_cooling", "2026-11-04", "store-newsletter", Mall::Yahoo);
}

/// A review of the customer's newest order at Rakuten, two weeks later.
fn review_of(customer: CustomerId, session: &Session, folder: &Path) -> PathBuf {
    let mut all = orders::all(session).expect("orders").into_iter();
    let order = all.find(|order| order.customer_id == customer && order.mall == Mall::Rakuten).expect("an order");
    let (year, month, day) = (order.ordered_at.day() + 14).ymd();
    let file = folder.join("review.csv");
    let text = format!(
        "\u{feff}レビュータイプ,商品名,評価,投稿時間,タイトル,レビュー本文,注文番号\n\
         商品レビュー,{},4,{year}/{month}/{day} 9:05:00,また買います,香りがよく、包装もきれいでした。,{}\n",
        order.lines[0].item_name, order.order_number
    );
    std::fs::write(&file, text).expect("written");
    file
}

/// The first twenty rows: enough to draw a list with.
fn few(mut orders: ProfitOrders) -> ProfitOrders {
    orders.orders.truncate(20);
    orders
}

#[test]
fn an_item_file_adds_categories() {
    let (mut session, _folder) = shop(1_500);
    let file = shops::fixtures().join("shops/categories/rakuten-normal-item.csv");
    shops::import(&mut session, &[file]);
    let scope = Scope::default();
    let answer = items::screen(&session, &scope).expect("an answer").answer;
    check("categories.involvement", &answer.involvement.expect("categories are known now"));
    let pairs = next_items::screen(&session, &scope, None).expect("an answer");
    check("categories.pairs", &pairs);
    let tea = next_items::screen(&session, &scope, Some("お茶")).expect("an answer");
    check("categories.next_items", &tea);
}

#[test]
fn a_changed_calendar_changes_every_figure_and_an_undone_change_none() {
    let (mut session, _folder) = shop(1_500);
    let scope = Scope::default();
    let campaigns = shops::fixtures().join("malls/rakuten-dd-campaigns/usual/export.csv");
    shops::import(&mut session, &[campaigns]);
    let before = points::screen(&session, &scope, Some(3)).expect("an answer");
    check("usual.points.lowered", &before);
    let rule = NewEventRule {
        key: None,
        mall: Mall::Rakuten,
        name: "店の感謝デー".into(),
        when: When::DaysOfMonth(vec![7, 8]),
        from: "2025-06-01".parse().ok(),
        until: None,
    };
    event_calendar::set(&mut session, &rule).expect("a rule");
    let gone = NewEventRule { key: Some("rakuten-5-0".into()), name: "5のつく日".into(), ..rule };
    event_calendar::set(&mut session, &gone).expect("a rule");
    event_calendar::switch(&mut session, "yahoo-premium-sunday", EventSwitch::Off).expect("a rule");
    let changed = event_calendar::answer(&session).expect("an answer");
    check("changed.event_rules", &changed);
    let after = points::screen(&session, &scope, Some(3)).expect("an answer");
    assert_ne!(before.answer.repeat, after.answer.repeat, "the calendar is another one");
    let customers = |session: &Session| customers::page(session, &CustomersQuery::default()).expect("an answer").rows;
    let with_changes = customers(&session);
    for _ in &changed.changes {
        event_calendar::undo(&mut session, None).expect("a change to undo");
    }
    assert!(event_calendar::undo(&mut session, None).is_err(), "nothing is left to undo");
    assert_eq!(points::screen(&session, &scope, Some(3)).expect("an answer"), before);
    assert_ne!(customers(&session), with_changes, "lists are worked out anew as well");
}

#[test]
fn people_in_doubt_are_answered() {
    let folder = tempfile::tempdir().expect("a folder");
    let (files, _) = town::write(22, 1_200, folder.path());
    let mut session = shops::empty();
    shops::import(&mut session, &files);
    let pairs = identity::screen(&session).expect("an answer").answer.likely_pairs;
    assert!(pairs.len() >= 5, "{} pairs", pairs.len());
    identity::join(&mut session, pairs[0].a, pairs[0].b).expect("a decision");
    identity::apart(&mut session, pairs[1].a, pairs[1].b).expect("a decision");
    let order = pairs[2].left.orders[0].order_number.clone();
    identity::separate(&mut session, &order).expect("a decision");
    check("doubt.identity", &identity::screen(&session).expect("an answer"));
}
