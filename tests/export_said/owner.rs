//! A shop whose owner has said everything there is to say.

use super::shops::{self, fixtures, import};
use otokui_lib::app::screens::{EventSwitch, NewContactEntry, NewEventRule, NewSetting, NewTakenAction};
use otokui_lib::app::{
    Language, Session, Watch, contacts, event_calendar, identity, imports, maps, notes, orders, settings, stores,
    taken, this_week,
};
use otokui_lib::insight::Scope;
use otokui_lib::insight::calendar::When;
use otokui_lib::shop::{ContactKind, CustomerId, Mall};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A list whose columns the owner points at, and a table whose columns they describe.
pub fn described(name: &str) -> PathBuf {
    match name {
        "list" => fixtures().join("malls/item-costs/asked-about/export.csv"),
        _ => fixtures().join("shops/own-cart/orders.csv"),
    }
}

pub fn set(session: &mut Session, key: &str, value: Option<&str>, from: Option<&str>) {
    let holds_from = from.map(|day| day.parse().expect("a day"));
    let new = NewSetting { key: key.to_owned(), value: value.map(str::to_owned), holds_from, confirm: false };
    settings::change(session, &[new]).expect("a change");
}

fn rule(name: &str, mall: Mall, day: u32) -> NewEventRule {
    NewEventRule {
        key: None,
        mall,
        name: name.to_owned(),
        when: When::DaysOfMonth(vec![day]),
        from: Some("2025-01-01".parse().expect("a day")),
        until: None,
    }
}

fn contact(session: &mut Session, kind: ContactKind, name: &str, note: &str) -> i64 {
    let entry = NewContactEntry { mall: Mall::Rakuten, kind, on: None, name: name.to_owned(), note: note.to_owned() };
    contacts::add(session, &entry).expect("a contact")
}

/// Everything an owner can say, of customers with several orders: what stands, and what was taken back.
fn say_everything(session: &mut Session) {
    let mut of: BTreeMap<CustomerId, Vec<String>> = BTreeMap::new();
    for order in orders::all(session).expect("orders") {
        of.entry(order.customer_id).or_default().push(order.order_number);
    }
    let often: Vec<CustomerId> = of.iter().filter(|(_, numbers)| numbers.len() > 1).map(|(id, _)| *id).collect();
    assert!(often.len() > 7, "customers to decide about");
    let order_of = |place: usize| of[&often[place]][0].clone();
    identity::join(session, often[0], often[1]).expect("a decision");
    identity::apart(session, often[2], often[3]).expect("a decision");
    identity::separate(session, &order_of(4)).expect("a decision");
    let undone = identity::join(session, often[5], often[6]).expect("a decision");
    identity::undo(session, undone).expect("undone");
    // The order of somebody else turns out to be a third person's.
    let alone = orders::all(session).expect("orders");
    let alone = alone.iter().find(|order| order.order_number == order_of(4)).expect("the order").customer_id;
    identity::join(session, alone, often[5]).expect("a decision");
    let pair = identity::screen(session).expect("identity").answer.likely_pairs.first().map(|pair| (pair.a, pair.b));
    let (a, b) = pair.expect("a likely pair");
    identity::apart(session, a, b).expect("a decision");

    notes::add(session, often[2], "熨斗は外のし。\n電話は午前に。").expect("a note");
    let second = notes::add(session, often[2], "=合計").expect("a note");
    notes::change(session, second, "'=合計ではない").expect("changed");
    let removed = notes::add(session, often[3], "消したメモ").expect("a note");
    notes::remove(session, removed).expect("removed");

    let card = this_week::answer(session, &Scope::default()).expect("cards").cards.remove(0).key;
    let done = NewTakenAction { key: card, channel: Some("other".to_owned()), ..NewTakenAction::default() };
    // Recorded, taken back, and recorded again in the same second.
    let first = taken::record(session, &done).expect("a record");
    taken::remove(session, first).expect("removed");
    taken::record(session, &done).expect("a record");
    contact(session, ContactKind::Asked, "リボンの方", "=ギフト包装について\n電話で");
    let fair = contact(session, ContactKind::Other, "", "");
    contacts::tie(session, fair, often[2]).expect("tied");
    let removed = contact(session, ContactKind::Reviewed, "消した方", "");
    contacts::remove(session, removed).expect("removed");

    set(session, "rakuten.system_fee", Some("4%"), None);
    set(session, "rakuten.system_fee", Some("5%"), Some("2026-04-01"));
    set(session, "rakuten.payment_fee", Some("3"), None);
    set(session, "rakuten.payment_fee", None, None);
    let two = ["postage.hokkaido", "postage.kanto"].map(|key| NewSetting {
        key: key.to_owned(),
        value: Some("700".to_owned()),
        ..NewSetting::default()
    });
    settings::change(session, &two).expect("two in one change");
    set(session, "rakuten.system_fee", Some("9%"), Some("2026-05-01"));
    settings::undo(session, None).expect("undone");

    event_calendar::set(session, &rule("店の記念日", Mall::Rakuten, 3)).expect("a rule");
    event_calendar::set(session, &rule("猫の日", Mall::Yahoo, 22)).expect("a rule");
    event_calendar::switch(session, "rakuten-5-0", EventSwitch::Off).expect("off");
    event_calendar::switch(session, "own-2", EventSwitch::Off).expect("off");
    event_calendar::undo(session, None).expect("undone");

    stores::name(session, "mihon-store").expect("an account");
    let list = [described("list")];
    imports::choose_columns(session, &list, Some(0), "うちの番号", "原価").expect("both columns are there");
    let table = [described("table")];
    let preview = imports::preview(session, &table, &Watch::silent()).expect("a preview");
    let mut map = preview.files[0].map.clone().expect("an offer").map;
    map.statuses.insert("お届け待ち".to_owned(), otokui_lib::shop::OrderStatus::Placed);
    maps::accept(session, &table, 0, 0, &map).expect("accepted");
}

/// The sample shop, and a file of people who may be one: the same first name and telephone, another family and home.
pub fn orders_of_the_shop(folder: &Path) -> Vec<PathBuf> {
    let mut files = shops::sample(150, folder);
    let mut text = String::from(
        "\u{feff}注文番号,ステータス,注文日時,商品管理番号,個数,単価,注文者姓,注文者名,注文者姓カナ,注文者名カナ,注文者電話番号1,\
         注文者郵便番号1,注文者住所郡市区,注文者住所それ以降の住所\n",
    );
    let people = [("花子,ミホン,ハナコ", "090-0246-1357"), ("次郎,ミホン,ジロウ", "080-0999-8887")];
    for (at, (name, phone)) in (1..).step_by(2).zip(people) {
        let line = "700,2026-03-01 10:00:00,a,1,1000";
        text += &format!("400001-20260301-{at:010},{line},見本,{name},{phone},1540001,世田谷区,池尻3-4-5\n");
        let name = name.replace("ミホン", "レイジ");
        text += &format!("400001-20260301-{:010},{line},例示,{name},{phone},5300001,大阪市北区,梅田1-2-3\n", at + 1);
    }
    let path = folder.join("alike.csv");
    std::fs::write(&path, text).expect("written");
    files.push(path);
    files
}

/// A shop at `path` whose owner has said everything there is to say.
pub fn shop(path: &Path, folder: &Path) -> Session {
    let mut session = Session::open(path, Language::Japanese).expect("a ledger");
    import(&mut session, &orders_of_the_shop(folder));
    say_everything(&mut session);
    session
}
