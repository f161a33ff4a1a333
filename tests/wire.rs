//! Each command's answer on three shops, recorded in `tests/golden/wire`; the screens' tests read the same files.
//!
//! `usual` is the sample shop with 1,500 orders, `few` the one with 24, `empty` a new ledger. The sample's bytes are
//! the same on every run of one system; another mathematics library may round a last bit otherwise, so these goldens
//! are compared on Linux.
#![cfg(target_os = "linux")]

#[path = "support/shops.rs"]
mod shops;

use otokui_lib::app::screens::{CustomersQuery, NewSetting, ProfitOrders};
use otokui_lib::app::{
    Session, Watch, cohorts, customers, groups, identity, imports, lifetime_value, overview, profit, reconciliation,
    settings, sold_items, start, this_week,
};
use otokui_lib::insight::Scope;
use otokui_lib::insight::cohort::Measure;
use otokui_lib::insight::margin::Step;
use serde::Serialize;
use serde_json::Value;
use std::path::Path;

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
                    "recorded_at" | "changed_at" | "undone_at" | "decided_at" if value.is_string() => {
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
    check(&format!("{case}.lifetime_value"), &lifetime_value::screen(session, &scope).expect("an answer"));
    check(&format!("{case}.actions"), &this_week::screen(session, &scope).expect("an answer"));
    let measures: &[Measure] = if case == "usual" { &Measure::ALL } else { &[Measure::Retention] };
    for measure in measures {
        let answer = cohorts::screen(session, &scope, *measure).expect("an answer");
        check(&format!("{case}.cohorts.{}", measure.word()), &answer);
    }
    let page = customers::page(session, &CustomersQuery::default()).expect("an answer");
    check(&format!("{case}.customers"), &page);
    if let Some(regular) = page.rows.iter().max_by_key(|row| row.order_count) {
        let answer = customers::customer(session, regular.customer_id, &scope).expect("an answer");
        check(&format!("{case}.customer"), &answer);
    }
    check(&format!("{case}.profit"), &profit::screen(session, &scope, None).expect("an answer"));
    check(&format!("{case}.profit_items"), &sold_items::answer(session, &scope).expect("an answer"));
    check(&format!("{case}.settings"), &settings::answer(session).expect("an answer"));
    check(&format!("{case}.identity"), &identity::screen(session).expect("an answer"));
    check(&format!("{case}.imports"), &imports::imports(session).expect("an answer"));
    if case == "usual" {
        check("usual.problems", &imports::problems(session, 1).expect("an answer"));
    }
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
    screens("usual", &shop(1_500).0);
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
    check("costs.settings", &settings::answer(&session).expect("an answer"));
    check("costs.profit", &profit::screen(&session, &scope, None).expect("an answer"));
    check("costs.profit.event", &profit::screen(&session, &scope, Some("rakuten-5-0")).expect("an answer"));
    check("costs.profit_orders", &few(profit::orders(&session, &scope, None, Step::Points).expect("an answer")));
    check("costs.overview", &overview::screen(&session, &scope).expect("an answer"));
    check("costs.lifetime_value", &lifetime_value::screen(&session, &scope).expect("an answer"));
}

#[test]
fn the_owners_decisions_about_who_is_who_are_answered() {
    let (mut session, folder) = shop(1_500);
    let married = folder.path().join("married.csv");
    std::fs::write(&married, people_in_doubt()).expect("a folder to write to");
    shops::import(&mut session, &[married]);
    let screen = identity::screen(&session).expect("an answer");
    check("doubt.identity", &screen);
    let pairs = screen.answer.likely_pairs;
    assert_eq!(pairs.len(), MARRIED.len(), "each of them is in doubt");
    identity::join(&mut session, pairs[0].a, pairs[0].b).expect("a decision");
    identity::apart(&mut session, pairs[1].a, pairs[1].b).expect("a decision");
    identity::separate(&mut session, &pairs[2].left.orders[0].order_number).expect("a decision");
    check("decided.identity", &identity::screen(&session).expect("an answer"));
}

/// Given name, kana, telephone, and the family name with its kana before and after the wedding.
const MARRIED: [[&str; 7]; 6] = [
    ["花子", "ハナコ", "090-0246-1357", "見本", "ミホン", "例示", "レイジ"],
    ["蛍", "ホタル", "090-0246-2468", "試作", "シサク", "雛形", "ヒナガタ"],
    ["すみれ", "スミレ", "090-0246-3579", "下書", "シタガキ", "手本", "テホン"],
    ["つばき", "ツバキ", "090-0246-4680", "仮名", "カメイ", "写本", "シャホン"],
    ["かえで", "カエデ", "090-0246-5791", "架空", "カクウ", "模型", "モケイ"],
    ["ひまり", "ヒマリ", "090-0246-6802", "見取", "ミトリ", "図面", "ズメン"],
];

/// Invented people who married and moved: another family name, home and mask, the same given name and telephone.
/// The masks and homes are made of their place in the list.
fn people_in_doubt() -> String {
    let mut text = String::from(
        "\u{feff}注文番号,ステータス,注文日時,商品管理番号,商品名,個数,単価,注文者姓,注文者名,注文者姓カナ,注文者名カナ,注文者郵便番号1,\
         注文者郵便番号2,注文者住所都道府県,注文者住所郡市区,注文者住所それ以降の住所,注文者電話番号1,注文者メールアドレス\n",
    );
    for (at, [given, given_kana, phone, maiden, maiden_kana, family, family_kana]) in MARRIED.into_iter().enumerate() {
        let day = at + 1;
        let item = "cf-001,こもれび珈琲 おうちブレンド 200g,1,1380";
        let homes = ["154,0001,東京都,世田谷区,池尻", "530,0001,大阪府,大阪市北区,梅田"];
        for (when, name, home) in [
            ("2026-03", [maiden, given, maiden_kana, given_kana], homes[0]),
            ("2026-09", [family, given, family_kana, given_kana], homes[1]),
        ] {
            let (number, year_month) = (format!("{}{day:02}-{:010}", when.replace('-', ""), 200_000 + at), when);
            let name = name.join(",");
            text +=
                &format!("999901-{number},700,{year_month}-{day:02} 10:00:00,{item},{name},{home}{day}-2-3,{phone},");
            text += &format!("{year_month}{at}s1@pc.fw.rakuten.ne.jp\n");
        }
    }
    text
}

/// The first twenty rows: enough to draw a list with.
fn few(mut orders: ProfitOrders) -> ProfitOrders {
    orders.orders.truncate(20);
    orders
}

#[test]
fn files_besides_orders_are_answered() {
    let malls = shops::fixtures().join("malls");
    let file = |profile: &str, case: &str| malls.join(profile).join(case).join("export.csv");
    let files = [
        file("item-costs", "usual"),
        file("item-costs", "asked-about"),
        file("rakuten-review", "usual"),
        file("rakuten-dd-store", "sixty-eight-columns"),
        file("yahoo-item-report", "usual"),
    ];
    let (mut session, _folder) = shop(24);
    check("beside.preview", &imports::preview(&session, &files, &Watch::silent()).expect("a preview"));
    imports::record(&mut session, &files, &Watch::silent()).expect("recorded");
    check("beside.imports", &imports::imports(&session).expect("an answer"));
    check("beside.reconciliation", &reconciliation::answer(&session).expect("an answer"));
}
