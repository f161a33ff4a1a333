//! People the owner writes down: kept, tied to customers, counted as 見込み while they have not bought.

use super::shop::{AT, day, shop};
use super::shops;
use otokui_lib::app::screens::{ContactClass, NewContactEntry};
use otokui_lib::app::{Error, Session, contacts, customers, groups, identity, imports, nameless};
use otokui_lib::insight::Scope;
use otokui_lib::shop::{ContactKind, CustomerId, Mall};

fn asked(name: &str) -> NewContactEntry {
    NewContactEntry {
        mall: Mall::Rakuten,
        kind: ContactKind::Asked,
        on: Some(day(AT)),
        name: name.into(),
        note: String::new(),
    }
}

/// People in 見込み and in その他 on the screen グループ.
fn classes(session: &Session, scope: &Scope) -> (u32, u32) {
    let groups = groups::answer(session, scope).expect("an answer");
    let of = |key: &str| groups.classes.iter().find(|row| row.key == key).expect("a class").customer_count;
    (of("prospect"), of("other"))
}

fn now(session: &Session) -> (u32, u32) {
    classes(session, &Scope::default())
}

fn anybody(session: &Session) -> CustomerId {
    customers::all(session, &Scope::default(), None).expect("customers")[0].customer_id
}

#[test]
fn who_asked_is_a_prospect_until_they_buy() {
    let (_folder, mut session, _) = shop();
    assert_eq!(now(&session), (0, 0));
    let first = contacts::add(&mut session, &asked(" ribbon lady ")).expect("a contact");
    contacts::add(&mut session, &NewContactEntry { kind: ContactKind::Favourited, ..asked("ribbon lady") })
        .expect("her");
    contacts::add(&mut session, &asked("")).expect("somebody");
    contacts::add(&mut session, &NewContactEntry { kind: ContactKind::Other, ..asked("") }).expect("somebody met");
    // The lady twice is one; somebody without a name is another; who was only met is その他.
    assert_eq!(now(&session), (2, 1));
    let listed = contacts::answer(&session).expect("an answer").contacts;
    assert_eq!(listed[3].name, "ribbon lady", "without the space around it");
    let customer = anybody(&session);
    contacts::tie(&mut session, first, customer).expect("tied");
    // One of her two contacts is a buyer now, the other one is still somebody of that name.
    assert_eq!(now(&session), (2, 1));
    contacts::remove(&mut session, 2).expect("removed");
    assert_eq!(now(&session), (1, 1));
    let listed = contacts::answer(&session).expect("an answer").contacts;
    let lady = listed.iter().find(|contact| contact.contact_id == first).expect("hers");
    assert_eq!((lady.class, &*lady.customer_ids), (ContactClass::Bought, &[customer][..]));
    contacts::untie(&mut session, first).expect("untied");
    assert_eq!(now(&session), (2, 1));
    contacts::undo(&mut session, first).expect("taken back");
    assert_eq!(now(&session), (1, 1));
}

#[test]
fn each_change_of_a_contact_is_taken_back() {
    let (_folder, mut session, _) = shop();
    let contact = contacts::add(&mut session, &asked("a")).expect("a contact");
    let count = |session: &Session| contacts::answer(session).expect("an answer").contacts.len();
    contacts::undo(&mut session, contact).expect("writing it down is taken back");
    assert_eq!((count(&session), now(&session)), (0, (0, 0)));
    contacts::undo(&mut session, contact).expect("and that");
    assert_eq!(count(&session), 1);
    let customer = anybody(&session);
    contacts::tie(&mut session, contact, customer).expect("tied");
    assert!(matches!(contacts::tie(&mut session, contact, customer), Err(Error::NoContact(_))), "it is tied already");
    contacts::undo(&mut session, contact).expect("tying is taken back");
    assert_eq!((count(&session), now(&session)), (1, (1, 0)), "it stands, untied");
    assert!(matches!(contacts::untie(&mut session, contact), Err(Error::NoContact(_))));
    contacts::tie(&mut session, contact, customer).expect("tied");
    contacts::remove(&mut session, contact).expect("removed");
    assert!(matches!(contacts::remove(&mut session, contact), Err(Error::NoContact(_))));
    contacts::undo(&mut session, contact).expect("removing is taken back");
    assert_eq!((count(&session), now(&session)), (1, (0, 0)), "tied as before");
    assert!(matches!(contacts::tie(&mut session, 99, customer), Err(Error::NoContact(99))));
    let untied = contacts::add(&mut session, &asked("b")).expect("a contact");
    assert!(matches!(contacts::tie(&mut session, untied, CustomerId(9_999)), Err(Error::NoCustomer(9_999))));
}

#[test]
fn a_contact_counts_from_its_day_and_at_its_mall() {
    let (_folder, mut session, _) = shop();
    contacts::add(&mut session, &NewContactEntry { on: Some(day(AT + 3)), ..asked("a") }).expect("a contact");
    assert_eq!(now(&session), (1, 0), "written down after the last order day, it counts all the same");
    let on = |number| Scope { as_of: Some(day(number)), ..Scope::default() };
    assert_eq!((classes(&session, &on(AT)), classes(&session, &on(AT + 3))), ((0, 0), (1, 0)));
    let at = |mall| Scope { mall: Some(mall), ..Scope::default() };
    assert_eq!(classes(&session, &at(Mall::Rakuten)), (1, 0));
    let tomorrow = session.today + 1;
    let ahead = NewContactEntry { on: Some(tomorrow), ..asked("b") };
    assert!(matches!(contacts::add(&mut session, &ahead), Err(Error::DayAhead(_))));
    let long = asked(&"あ".repeat(contacts::LONGEST_NAME + 1));
    assert!(matches!(contacts::add(&mut session, &long), Err(Error::BadContact)));
}

#[test]
fn a_tie_outlives_imports_and_follows_who_is_who() {
    let (_folder, mut session, file) = shop();
    let contact = contacts::add(&mut session, &asked("a")).expect("a contact");
    let customer = anybody(&session);
    contacts::tie(&mut session, contact, customer).expect("tied");
    let customers_of =
        |session: &Session| contacts::answer(session).expect("an answer").contacts[0].customer_ids.clone();
    imports::undo(&mut session, 1).expect("undo");
    assert!(customers_of(&session).is_empty());
    shops::import(&mut session, &[file]);
    let again = customers_of(&session);
    assert_eq!(again.len(), 1);
    let page = customers::customer(&session, again[0], &Scope::default()).expect("a page").answer;
    let last = page.orders.last().expect("an order").order_number.clone();
    let decision = identity::separate(&mut session, &last).expect("a decision");
    assert_eq!(customers_of(&session).len(), 1, "with those who are left");
    identity::undo(&mut session, decision).expect("taken back");
    assert_eq!(now(&session), (0, 0), "still a buyer");
}

#[test]
fn a_ledger_without_names_keeps_kind_and_day_alone() {
    let mut session = shops::empty();
    session.today = day(AT);
    nameless::begin(&mut session).expect("an empty ledger");
    let with_note = NewContactEntry { note: "of the Sato family".into(), ..asked("") };
    for entry in [asked("Sato"), with_note] {
        assert!(matches!(contacts::add(&mut session, &entry), Err(Error::NamelessContact)));
    }
    contacts::add(&mut session, &asked(" ")).expect("nobody is named");
    let answer = contacts::answer(&session).expect("an answer");
    assert_eq!((answer.contacts.len(), answer.names_kept), (1, false));
    assert_eq!((&*answer.contacts[0].name, answer.contacts[0].contact_on), ("", day(AT)));
    // A name that was written down and removed is still in the file: none is promised then.
    let mut named = shops::empty();
    named.today = day(AT);
    let contact = contacts::add(&mut named, &asked("Sato")).expect("a contact");
    contacts::remove(&mut named, contact).expect("removed");
    assert!(matches!(nameless::begin(&mut named), Err(Error::NamesAreKept)));
}
