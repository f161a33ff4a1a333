//! Actions that were carried out, and people who have not bought: kept, taken back, and what follows from them.

#[path = "taken/contacts.rs"]
mod contacts;
#[path = "taken/shop.rs"]
mod shop;
#[path = "support/shops.rs"]
mod shops;

use otokui_lib::app::screens::{Actions, CustomersQuery, NewTakenAction};
use otokui_lib::app::{Error, Session, customers, identity, imports, taken, this_week};
use otokui_lib::insight::Scope;
use otokui_lib::shop::{CustomerId, Day, Mall};
use shop::{AT, day, shop};

fn week(session: &Session) -> Actions {
    this_week::answer(session, &Scope::default()).expect("an answer")
}

/// People of the card for who bought once, ascending; none when there is no such card.
fn on_card(session: &Session) -> Vec<CustomerId> {
    let card = week(session).cards.into_iter().find(|card| card.key == "f2_window");
    card.map(|card| card.customer_ids).unwrap_or_default()
}

fn done(on: i32) -> NewTakenAction {
    NewTakenAction { key: "f2_window".into(), on: Some(day(on)), ..NewTakenAction::default() }
}

/// Titles, days and tools on a customer's page.
fn on_page(session: &Session, customer: CustomerId) -> Vec<(String, Day, String)> {
    let page = customers::customer(session, customer, &Scope::default()).expect("a page").answer;
    page.more.taken.into_iter().map(|row| (row.key, row.taken_on, row.channel_name)).collect()
}

#[test]
fn whoever_was_reached_is_on_no_card_until_the_result_is_in() {
    let (_folder, mut session, _) = shop();
    let people = on_card(&session);
    assert_eq!(people.len(), 5, "the five who bought on day 355");
    let taken_id = taken::record(&mut session, &done(AT)).expect("a record");
    let after = week(&session);
    assert!(after.cards.iter().all(|card| card.key != "f2_window"), "nobody is left on it");
    assert_eq!((after.so_far.resting_count, after.so_far.taken_count), (5, 1));
    let row = &after.so_far.taken[0];
    // The window of the rule has 30 days: day 400 + 30.
    assert_eq!((row.taken_on, row.free_on, row.people_count, row.customer_count), (day(400), day(430), 5, 5));
    assert_eq!(row.channel_name, session.catalogue.word("taken-channel-unsaid"), "nobody said by which tool");
    // Taken back they are on the card again; that undone, they are not.
    taken::undo(&mut session, taken_id).expect("taken back");
    assert_eq!(on_card(&session), people);
    assert_eq!(week(&session).so_far.taken_count, 0);
    taken::undo(&mut session, taken_id).expect("that taken back");
    assert!(on_card(&session).is_empty());
    taken::remove(&mut session, taken_id).expect("removed");
    assert_eq!(on_card(&session), people);
    assert!(matches!(taken::remove(&mut session, taken_id), Err(Error::NoTaken(_))), "it is gone");
    assert!(matches!(taken::undo(&mut session, 99), Err(Error::NoTaken(99))));
}

#[test]
fn the_list_of_a_card_is_that_of_now() {
    // What is recorded leaves figures and their version as they are, but not who stands on a card.
    let (_folder, mut session, _) = shop();
    let listed = |session: &Session, people: &str| {
        let query = CustomersQuery { people: Some(people.to_owned()), ..CustomersQuery::default() };
        customers::page(session, &query).expect("a page").total
    };
    assert_eq!(listed(&session, "action:f2_window"), 5);
    let taken_id = taken::record(&mut session, &done(AT)).expect("a record");
    assert_eq!(listed(&session, "action:f2_window"), 0);
    let reached = format!("taken:{taken_id}");
    assert_eq!(listed(&session, &reached), 5);
    taken::remove(&mut session, taken_id).expect("removed");
    assert_eq!((listed(&session, &reached), listed(&session, "action:f2_window")), (0, 5));
}

#[test]
fn people_come_back_to_the_cards_when_the_window_is_over() {
    // Recorded on day 371 with a window of 30 days: free on day 401, so at the end of day 400 they still rest.
    let (_folder, mut session, _) = shop();
    let people = on_card(&session);
    taken::record(&mut session, &done(AT - 29)).expect("a record");
    assert!(on_card(&session).is_empty());
    let (_folder, mut session, _) = shop();
    taken::record(&mut session, &done(AT - 30)).expect("a record");
    assert_eq!(on_card(&session), people, "day 370 + 30 = day 400");
    assert_eq!(week(&session).so_far.resting_count, 0);
}

#[test]
fn what_was_done_later_says_nothing_about_an_earlier_day() {
    let (_folder, mut session, _) = shop();
    // Two days after the last order: the owner reads the cards and acts on them.
    taken::record(&mut session, &done(AT + 2)).expect("a record");
    assert!(on_card(&session).is_empty(), "they have been reached by now");
    let then = Scope { as_of: Some(day(AT)), ..Scope::default() };
    let answer = this_week::answer(&session, &then).expect("an answer");
    assert_eq!((answer.so_far.taken_count, answer.so_far.resting_count), (0, 0), "as it stood at the end of day 400");
    assert!(answer.cards.iter().any(|card| card.key == "f2_window"));
}

#[test]
fn a_record_keeps_what_was_proposed() {
    let (_folder, mut session, _) = shop();
    let card = week(&session).cards.into_iter().find(|card| card.key == "f2_window").expect("a card");
    let reached = card.customer_ids[1..3].to_vec();
    let new = NewTakenAction {
        channel: Some("r-mail".into()),
        mall: Some(Mall::Rakuten),
        customer_ids: Some(reached.clone()),
        ..done(AT)
    };
    taken::record(&mut session, &new).expect("a record");
    let all = taken::all(&session).expect("records");
    let (row, proposed) = (&all[0].row, &all[0].proposed);
    assert_eq!((all.len(), &all[0].customer_ids, row.people_count), (1, &reached, 2));
    assert_eq!((row.channel.as_deref(), row.mall), (Some("r-mail"), Some(Mall::Rakuten)));
    assert_eq!(row.title, card.title);
    // As in tests/actions.rs: 10 of 20 such people came back, 30 days, ¥1,000 a purchase, ¥5 of mail, ¥70 to ¥696.
    assert_eq!((proposed.past_bought, proposed.past_count, proposed.people_count), (10, 20, 5));
    assert_eq!((proposed.window_days, proposed.typical_value.0, proposed.cost.0), (30, 1_000, 5));
    assert_eq!((proposed.worth.low.0, proposed.worth.high.0, proposed.as_of), (70, 696, day(AT)));
    assert_eq!((proposed.lift_low, proposed.lift_high), (0.05, 0.20));
    assert_eq!(on_card(&session).len(), 3, "the other three stay on the card");
    let label = customers::all(&session, &Scope::default(), Some("taken:1")).expect("people");
    assert_eq!(label.iter().map(|row| row.customer_id).collect::<Vec<_>>(), reached, "the list behind the number");
}

#[test]
fn what_cannot_have_been_done_is_refused() {
    let (_folder, mut session, _) = shop();
    let ask = |session: &mut Session, new: NewTakenAction| taken::record(session, &new).expect_err("a refusal");
    let tomorrow = session.today + 1;
    assert!(matches!(ask(&mut session, NewTakenAction { on: Some(tomorrow), ..done(AT) }), Error::DayAhead(_)));
    assert!(matches!(ask(&mut session, NewTakenAction { key: "gone".into(), ..done(AT) }), Error::NoAction(_)));
    let stranger = NewTakenAction { customer_ids: Some(vec![CustomerId(1)]), ..done(AT) };
    assert!(matches!(ask(&mut session, stranger), Error::BadQuestion(_)), "customer 1 is on no such card");
    let by = |channel: &str| NewTakenAction { channel: Some(channel.into()), ..done(AT) };
    assert!(matches!(ask(&mut session, by("pigeon")), Error::BadQuestion(_)));
    assert!(matches!(
        ask(&mut session, NewTakenAction { mall: Some(Mall::Yahoo), ..by("other") }),
        Error::BadQuestion(_)
    ));
    assert!(taken::all(&session).expect("records").is_empty(), "what was refused is not kept");
    taken::record(&mut session, &by("other")).expect("a way that is no tool");
    assert!(matches!(ask(&mut session, by("other")), Error::NoAction(_)), "nobody is left to reach");
}

#[test]
fn a_record_outlives_the_import_its_people_came_with() {
    let (_folder, mut session, file) = shop();
    let somebody = on_card(&session)[0];
    let expected = on_page(&session, somebody).len();
    assert_eq!(expected, 0);
    taken::record(&mut session, &NewTakenAction { channel: Some("insert".into()), ..done(AT) }).expect("a record");
    let name = session.catalogue.word("channel-insert-name");
    assert_eq!(on_page(&session, somebody), [("f2_window".to_owned(), day(AT), name.clone())]);
    imports::undo(&mut session, 1).expect("undo");
    let all = taken::all(&session).expect("records");
    assert_eq!((all[0].row.people_count, all[0].row.customer_count), (5, 0), "reached five, who are not here now");
    shops::import(&mut session, &[file]);
    assert!(on_card(&session).is_empty(), "it is known again whom it reached");
    let again = taken::all(&session).expect("records")[0].customer_ids[0];
    assert_eq!(on_page(&session, again), [("f2_window".to_owned(), day(AT), name)]);
}

#[test]
fn a_record_goes_with_its_people_when_customers_are_joined_and_parted() {
    let (_folder, mut session, _) = shop();
    let people = on_card(&session);
    taken::record(&mut session, &done(AT)).expect("a record");
    let count = |session: &Session| {
        let row = taken::all(session).expect("records").remove(0).row;
        (row.people_count, row.customer_count)
    };
    let decision = identity::join(&mut session, people[0], people[1]).expect("a decision");
    assert_eq!(count(&session), (5, 4), "five were reached, who are four people");
    identity::undo(&mut session, decision).expect("taken back");
    assert_eq!(count(&session), (5, 5));
    // The only order of one of them becomes a customer of its own, under another hash: still one of the five.
    let page = customers::customer(&session, people[2], &Scope::default()).expect("a page").answer;
    let decision = identity::separate(&mut session, &page.orders[0].order_number).expect("a decision");
    assert_eq!(count(&session), (5, 5));
    identity::undo(&mut session, decision).expect("taken back");
    assert_eq!(count(&session), (5, 5));
}
