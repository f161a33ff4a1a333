//! Notes about customers outlive imports, their undo, and what is decided about who is who.

use super::decisions::{customer_of, number, shop};
use super::shops;
use otokui_lib::app::{Error, Session, customers, identity, imports, nameless, notes};
use otokui_lib::insight::Scope;

/// What the page of whoever has this order says.
fn on_page_of(session: &Session, at: u32) -> Vec<String> {
    let id = customer_of(session, &number(at));
    let page = customers::customer(session, id, &Scope::default()).expect("a page").answer;
    page.notes.into_iter().map(|note| note.text).collect()
}

fn add(session: &mut Session, at: u32, text: &str) -> i64 {
    let id = customer_of(session, &number(at));
    notes::add(session, id, text).expect("a note")
}

#[test]
fn a_note_is_written_changed_removed_and_each_is_taken_back() {
    let (_folder, mut session, _, _) = shop();
    let note = add(&mut session, 1, "  likes\nribbons ");
    assert_eq!(on_page_of(&session, 1), ["likes\nribbons"], "without the space around it");
    assert!(on_page_of(&session, 3).is_empty(), "nobody else has it");
    notes::change(&mut session, note, "likes red ribbons").expect("changed");
    notes::undo(&mut session, note).expect("taken back");
    assert_eq!(on_page_of(&session, 1), ["likes\nribbons"]);
    notes::remove(&mut session, note).expect("removed");
    assert!(on_page_of(&session, 1).is_empty());
    assert!(matches!(notes::remove(&mut session, note), Err(Error::NoNote(_))), "it is gone");
    notes::undo(&mut session, note).expect("taken back");
    assert_eq!(on_page_of(&session, 1), ["likes\nribbons"]);
    let second = add(&mut session, 1, "newer");
    assert_eq!(on_page_of(&session, 1), ["newer", "likes\nribbons"], "the newest first");
    notes::undo(&mut session, second).expect("writing it is taken back");
    assert_eq!(on_page_of(&session, 1), ["likes\nribbons"]);
}

#[test]
fn a_note_that_says_nothing_or_too_much_is_refused() {
    let (_folder, mut session, _, _) = shop();
    let id = customer_of(&session, &number(1));
    for text in [" \n ".to_owned(), "a".repeat(notes::LONGEST_NOTE + 1)] {
        assert!(matches!(notes::add(&mut session, id, &text), Err(Error::BadNote)));
    }
    notes::add(&mut session, id, &"あ".repeat(notes::LONGEST_NOTE)).expect("just long enough");
    let nobody = otokui_lib::shop::CustomerId(9_999);
    assert!(matches!(notes::add(&mut session, nobody, "a"), Err(Error::NoCustomer(9_999))));
    assert_eq!(notes::all(&session).expect("notes").len(), 1, "what was refused is not kept");
}

#[test]
fn a_note_outlives_the_import_its_customer_came_with() {
    let (_folder, mut session, batches, files) = shop();
    add(&mut session, 3, "rings at the back door");
    imports::undo(&mut session, batches[0]).expect("undo");
    let kept = notes::all(&session).expect("notes");
    assert_eq!((&*kept[0].text, kept[0].customer_ids.len()), ("rings at the back door", 0), "about nobody for now");
    shops::import(&mut session, &files[..1]);
    assert_eq!(on_page_of(&session, 3), ["rings at the back door"]);
}

#[test]
fn a_note_goes_with_its_people_when_customers_are_joined_and_parted() {
    let (_folder, mut session, _, _) = shop();
    add(&mut session, 3, "of Jiro");
    let (hanako, jiro) = (customer_of(&session, &number(1)), customer_of(&session, &number(3)));
    let decision = identity::join(&mut session, hanako, jiro).expect("a decision");
    assert_eq!(on_page_of(&session, 1), ["of Jiro"]);
    // Written while they are one: of both.
    add(&mut session, 1, "of both");
    identity::undo(&mut session, decision).expect("taken back");
    assert_eq!(on_page_of(&session, 1), ["of both"]);
    assert_eq!(on_page_of(&session, 3), ["of both", "of Jiro"]);
    let of_both = notes::all(&session).expect("notes").into_iter().find(|note| note.text == "of both").expect("kept");
    assert_eq!(of_both.customer_ids.len(), 2, "and it says so");
}

#[test]
fn a_note_stays_with_those_who_are_left_when_an_order_is_set_apart() {
    let (_folder, mut session, _, _) = shop();
    add(&mut session, 1, "of Hanako");
    let decision = identity::separate(&mut session, &number(2)).expect("a decision");
    assert_eq!(on_page_of(&session, 1), ["of Hanako"]);
    assert!(on_page_of(&session, 2).is_empty());
    identity::undo(&mut session, decision).expect("taken back");
    assert_eq!(on_page_of(&session, 2), ["of Hanako"]);
    // Jiro has one order: nobody is left, so the note goes along, and comes back.
    add(&mut session, 3, "of Jiro");
    let decision = identity::separate(&mut session, &number(3)).expect("a decision");
    assert_eq!(on_page_of(&session, 3), ["of Jiro"]);
    identity::undo(&mut session, decision).expect("taken back");
    assert_eq!(on_page_of(&session, 3), ["of Jiro"]);
}

#[test]
fn a_ledger_without_names_takes_notes_and_a_note_left_behind_keeps_it_from_promising_none() {
    let (_folder, mut session, batches, files) = shop();
    let mut nameless_one = shops::empty();
    nameless::begin(&mut nameless_one).expect("an empty ledger");
    shops::import(&mut nameless_one, &files);
    add(&mut nameless_one, 1, "wants a receipt");
    assert_eq!(on_page_of(&nameless_one, 1), ["wants a receipt"]);
    let id = customer_of(&nameless_one, &number(1));
    let page = customers::customer(&nameless_one, id, &Scope::default()).expect("a page").answer;
    assert!(!page.more.names_kept, "so that the page can warn");
    // A ledger that once had names and is empty again may hold one in a note.
    add(&mut session, 1, "Hanako");
    for batch in batches {
        imports::undo(&mut session, batch).expect("undo");
    }
    assert!(matches!(nameless::begin(&mut session), Err(Error::NamesAreKept)));
}
