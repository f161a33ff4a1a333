//! What two owners have said in the very same second.

use super::exports::written;
use super::nouns::{assert_same, said};
use super::owner::{orders_of_the_shop, set, shop};
use super::shops::import;
use super::{copied, ours, rows};
use otokui_lib::app::screens::ExportFormat;
use otokui_lib::app::{Language, Session, customers, identity, imports, notes, settings};
use otokui_lib::insight::Scope;
use otokui_lib::shop::CustomerId;
use std::path::PathBuf;

#[test]
fn two_ledgers_may_say_different_things_in_one_second() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    let mut session = shop(&at("shop.ledger"), folder.path());
    let files = ours(&written(&mut session, &at("out"), ExportFormat::Csv, true));
    let mut here = Session::open(&at("here.ledger"), Language::Japanese).expect("a ledger");
    import(&mut here, &orders_of_the_shop(folder.path()));
    // Somebody else is noted about and parted, and a fee is set otherwise.
    let all = customers::all(&here, &Scope::default(), None).expect("customers");
    let once: Vec<CustomerId> = all.iter().filter(|row| row.order_count == 1).map(|row| row.customer_id).collect();
    notes::add(&mut here, once[0], "ここで書いた").expect("a note");
    identity::apart(&mut here, once[0], once[1]).expect("a decision");
    set(&mut here, "rakuten.payment_fee", Some("2"), None);
    drop(here);
    // The very second in which the other ledger's owner did the same.
    let connection = rusqlite::Connection::open(at("here.ledger")).expect("the ledger");
    let other = at("shop.ledger").to_string_lossy().into_owned();
    connection.execute("attach ?1 as other", [other]).expect("the other ledger");
    connection
        .execute_batch(
            "update notes set written_at = (select min(written_at) from other.notes), changed_at = written_at;
             update notes set changed_at = written_at;
             update identity_decisions set decided_at =
                (select min(decided_at) from other.identity_decisions where kind = 'apart');
             update setting_changes set changed_at =
                (select min(changed_at) from other.setting_changes where setting = 'rakuten.payment_fee');",
        )
        .expect("seconds");
    drop(connection);
    let mut here = Session::open(&at("here.ledger"), Language::Japanese).expect("a ledger");
    let before = (said(&here), rows(&at("here.ledger")));
    let taken = import(&mut here, &files);
    let texts: Vec<String> = notes::all(&here).expect("notes").into_iter().map(|note| note.text).collect();
    assert_eq!(texts.len(), 3, "{texts:?}");
    assert!(texts.contains(&"ここで書いた".to_owned()));
    let decisions = identity::screen(&here).expect("identity").answer.decisions;
    let apart = decisions.iter().filter(|decision| decision.kind == "apart").count();
    assert_eq!(apart, 3, "two that were brought, and the one of here: {decisions:?}");
    let changes = settings::answer(&here).expect("settings").changes;
    let of_fee = changes.iter().filter(|change| format!("{change:?}").contains("rakuten.payment_fee")).count();
    assert_eq!(of_fee, 3, "3 and back to the default elsewhere, 2 here: {changes:?}");
    // Once more, in other bytes: nothing new.
    let now = said(&here);
    let more: Vec<PathBuf> = files.iter().map(|file| copied(file, folder.path())).collect();
    let twice = import(&mut here, &more);
    assert_same(&now, &said(&here), "imported once more");
    for answer in taken.iter().chain(&twice) {
        imports::undo(&mut here, answer.batch_id.expect("a batch")).expect("undone");
    }
    assert_same(&before.0, &said(&here), "taken back");
    let of_owner = |rows: Vec<String>| -> Vec<String> {
        let tables = [
            "notes",
            "noted_buyers",
            "identity_decisions",
            "decided_buyers",
            "setting_changes",
            "brought",
            "taken_actions",
            "taken_buyers",
            "contacts",
            "contact_buyers",
        ];
        rows.into_iter().filter(|row| tables.iter().any(|table| row.starts_with(&format!("{table} ")))).collect()
    };
    assert_eq!(of_owner(rows(&at("here.ledger"))), of_owner(before.1), "row by row");
}
