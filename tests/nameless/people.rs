//! The same people are one as by plain exact keys, whatever was imported first, and an undo leaves nothing.

use super::shops::{self, empty};
use otokui_lib::app::screens::FileState;
use otokui_lib::app::{Session, Watch, customers, identity, imports, nameless, orders, overview};
use otokui_lib::insight::Scope;
use otokui_lib::intake::{Layouts, Parts};
use otokui_lib::shop::{Buyer, CustomerId, Order};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::path::PathBuf;

/// Imports of the shop: a Rakuten file alone, a Yahoo month as a pair.
fn imports_of_the_shop() -> Vec<Vec<PathBuf>> {
    let mut found: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
    for path in shops::monthly() {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let key = name.replace("yahoo_item", "yahoo").replace("yahoo_order", "yahoo");
        found.entry(key).or_default().push(path);
    }
    // Item files sort before order files; the orders half stands first.
    found.into_values().map(|files| files.into_iter().rev().collect()).collect()
}

fn nameless_with_code() -> (Session, String) {
    let mut session = empty();
    let code = nameless::begin(&mut session).expect("an empty ledger").recovery_code;
    (session, code)
}

/// A ledger without names and with the same secret as another.
fn nameless_session() -> Session {
    nameless_with_code().0
}

/// Order numbers of each customer.
fn together(session: &Session) -> BTreeSet<BTreeSet<String>> {
    let mut of: BTreeMap<CustomerId, BTreeSet<String>> = BTreeMap::new();
    for order in orders::all(session).expect("orders") {
        of.entry(order.customer_id).or_default().insert(order.order_number);
    }
    of.into_values().collect()
}

/// What the ledger says of its orders, customers' numbers left out.
fn said(session: &Session) -> Vec<String> {
    let without = |mut order: otokui_lib::app::screens::OrderAnswer| {
        order.customer_id = CustomerId(0);
        format!("{order:?}")
    };
    let mut all: Vec<String> = orders::all(session).expect("orders").into_iter().map(without).collect();
    all.sort();
    all
}

/// By plain exact keys: mall and mail, phone and name, phone and kana; whoever shares one is one, and so on.
fn plainly_together() -> BTreeSet<BTreeSet<String>> {
    let mut orders: Vec<Order> = Vec::new();
    for files in imports_of_the_shop() {
        let parts = match &files[..] {
            [orders, lines] => Parts::Pair { orders: orders.clone(), lines: lines.clone() },
            files => Parts::Complete(files[0].clone()),
        };
        let mut keep = |order| -> Result<(), std::convert::Infallible> {
            orders.push(order);
            Ok(())
        };
        let read = Layouts::default().read(&parts, &mut keep, &mut |_, _| ControlFlow::Continue(()));
        assert!(read.is_ok(), "the fixture is sound");
    }
    // Each thing two orders may have in common names a person; persons that meet in an order are one.
    let mut names: Vec<Vec<String>> = Vec::new();
    for order in &orders {
        let mut of_order: Vec<String> =
            order.buyer.identity_keys(order.mall).iter().map(|key| format!("key {key}")).collect();
        of_order.push(format!("order {}", order.number));
        if order.buyer != Buyer::default() {
            of_order.push(format!("{} {:?}", order.mall, order.buyer));
        }
        names.push(of_order);
    }
    let mut group: BTreeMap<String, usize> = BTreeMap::new();
    let mut parent: Vec<usize> = (0..names.len()).collect();
    fn root(parent: &[usize], mut at: usize) -> usize {
        while parent[at] != at {
            at = parent[at];
        }
        at
    }
    for (at, of_order) in names.iter().enumerate() {
        for name in of_order {
            let first = *group.entry(name.clone()).or_insert(at);
            let (a, b) = (root(&parent, first), root(&parent, at));
            parent[a.max(b)] = a.min(b);
        }
    }
    let mut together: BTreeMap<usize, BTreeSet<String>> = BTreeMap::new();
    for (at, order) in orders.iter().enumerate() {
        together.entry(root(&parent, at)).or_default().insert(order.number.to_string());
    }
    together.into_values().collect()
}

#[test]
fn the_same_people_are_one_as_by_plain_exact_keys() {
    let mut session = nameless_session();
    for files in imports_of_the_shop() {
        shops::import(&mut session, &files);
    }
    let (keyed, plain) = (together(&session), plainly_together());
    assert_eq!(keyed, plain);
    let count: usize = keyed.iter().map(BTreeSet::len).sum();
    assert_eq!(count, 501, "all orders of the fixture");
    assert!(
        keyed.iter().any(|orders| orders.len() > 1
            && orders.iter().any(|n| n.starts_with("otokui-lab"))
            && orders.iter().any(|n| !n.starts_with("otokui-lab"))),
        "people of both malls"
    );
    // Nobody has a name, everybody a number; nobody is asked about.
    let rows = customers::all(&session, &Scope::default(), None).expect("customers");
    assert!(rows.iter().all(|row| row.display_name == format!("お客様 {:04}", row.customer_id.0)));
    let answer = identity::full_screen(&session).expect("an answer").answer;
    assert_eq!((answer.pair_count, answer.uncertain_count), (0, 0));
    assert!(answer.nameless.contains("見直すことはできません"), "{}", answer.nameless);
}

#[test]
fn the_figures_are_those_of_a_ledger_with_names() {
    let (mut named, mut nameless) = (empty(), nameless_session());
    for files in imports_of_the_shop() {
        shops::import(&mut named, &files);
        shops::import(&mut nameless, &files);
    }
    let figures = |session: &Session| {
        let answer = overview::answer(session, &Scope::default()).expect("an overview");
        (answer.net_sales, answer.months.iter().map(|month| month.net_sales).collect::<Vec<_>>())
    };
    assert_eq!(figures(&named), figures(&nameless));
}

#[test]
fn neither_the_order_of_imports_nor_an_undo_makes_a_difference() {
    let files = imports_of_the_shop();
    let (mut forth, code) = nameless_with_code();
    files.iter().for_each(|files| drop(shops::import(&mut forth, files)));
    let mut back = nameless_session();
    let mut batches = Vec::new();
    for files in files.iter().rev() {
        batches.push(shops::import(&mut back, files)[0].batch_id.expect("a batch"));
    }
    // Another secret, another order, the same people and orders.
    assert_ne!(nameless::recovery_code(&back).expect("just made"), code);
    assert_eq!(together(&forth), together(&back));
    assert_eq!(said(&forth), said(&back));
    // Without the third and the last import: as if they had never been.
    let mut rest = nameless_session();
    let (third, last) = (files.len() - 3, files.len() - 1);
    for (at, files) in files.iter().enumerate().filter(|(at, _)| ![third, last].contains(at)) {
        let _ = (at, shops::import(&mut rest, files));
    }
    for at in [third, last] {
        imports::undo(&mut back, batches[files.len() - 1 - at]).expect("an undo");
    }
    assert_eq!((together(&back), said(&back)), (together(&rest), said(&rest)));
    for at in (0..files.len()).filter(|at| ![third, last].contains(at)) {
        imports::undo(&mut back, batches[files.len() - 1 - at]).expect("an undo");
    }
    assert_eq!(together(&back), BTreeSet::new());
    assert!(!nameless::privacy(&back).expect("privacy").names_kept, "it stays on");
}

#[test]
fn the_same_orders_again_change_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = shops::fixtures().join("shops/one-file/rakuten_orders.csv");
    let mut session = nameless_session();
    let first = shops::import(&mut session, std::slice::from_ref(&file)).remove(0);
    let before = (together(&session), said(&session));
    let again = shops::import(&mut session, std::slice::from_ref(&file)).remove(0);
    assert_eq!(again.state, FileState::AlreadyImported);
    // Other bytes, the same orders.
    let mut bytes = std::fs::read(file).expect("a fixture");
    bytes.extend_from_slice(b"\r\n");
    let copy = folder.path().join("again.csv");
    std::fs::write(&copy, bytes).expect("written");
    let preview = imports::preview(&session, std::slice::from_ref(&copy), &Watch::silent()).expect("a preview");
    let second = shops::import(&mut session, &[copy]).remove(0);
    let counts =
        |file: &otokui_lib::app::screens::FileAnswer| (file.orders_new, file.orders_updated, file.orders_unchanged);
    assert_eq!(counts(&second), (0, 0, first.orders_new));
    assert_eq!(counts(&preview.files[0]), counts(&second));
    assert_eq!((together(&session), said(&session)), before);
}

#[test]
fn a_hand_may_still_join_and_part() {
    let mut session = nameless_session();
    shops::import(&mut session, &[shops::fixtures().join("shops/one-file/rakuten_orders.csv")]);
    let rows = customers::all(&session, &Scope::default(), None).expect("customers");
    let before = together(&session);
    let (a, b) = (rows[0].customer_id, rows[1].customer_id);
    let decision = identity::join(&mut session, a, b).expect("a decision");
    let said = identity::screen(&session).expect("an answer").answer.decisions[0].sentence.clone();
    assert_eq!(
        said,
        format!("2人のお客様を1人（お客様{}）にしました。", a.min(b)),
        "nobody is said to be one with themselves"
    );
    assert_eq!(together(&session).len(), before.len() - 1);
    // The decision is kept by content: an import later changes nothing of it.
    shops::import(&mut session, &[shops::fixtures().join("malls/rakuten-order-current/coupons-and-points/export.csv")]);
    let count = together(&session).len();
    identity::undo(&mut session, decision).expect("an undo");
    assert_eq!(together(&session).len(), count + 1);
    let several = together(&session).into_iter().find(|orders| orders.len() > 1).expect("somebody came twice");
    let count = together(&session).len();
    identity::separate(&mut session, several.iter().next().expect("an order")).expect("a decision");
    assert_eq!(together(&session).len(), count + 1);
}

#[test]
fn names_that_are_kept_stay_kept_and_a_wrong_code_is_told() {
    let mut named = empty();
    shops::import(&mut named, &[shops::fixtures().join("shops/one-file/rakuten_orders.csv")]);
    assert!(matches!(nameless::begin(&mut named), Err(otokui_lib::app::Error::NamesAreKept)));
    assert!(nameless::privacy(&named).expect("privacy").names_kept);
    let (mut session, code) = nameless_with_code();
    let other = nameless_with_code().1;
    assert!(matches!(nameless::give_code(&mut session, &other), Err(otokui_lib::app::Error::WrongRecoveryCode)));
    assert!(matches!(nameless::give_code(&mut session, "what"), Err(otokui_lib::app::Error::WrongRecoveryCode)));
    nameless::give_code(&mut session, &code.to_lowercase()).expect("the right one");
    assert!(matches!(nameless::begin(&mut session), Err(otokui_lib::app::Error::NamesAreKept)), "once is enough");
}

#[test]
fn half_of_a_pair_is_not_held_back() {
    let mut session = nameless_session();
    for half in ["yahoo_order.csv", "yahoo_item.csv"] {
        let file = shops::fixtures().join("shops/one-file").join(half);
        let answer = imports::record(&mut session, &[file], &Watch::silent()).expect("an answer").remove(0);
        assert_eq!(answer.state, FileState::Refused);
        assert!(answer.message.contains("一緒に"), "{}", answer.message);
    }
    assert!(imports::imports(&session).expect("imports").waiting.is_empty());
}

#[test]
fn a_lost_secret_parts_people_and_leaves_the_figures() {
    let folder = tempfile::tempdir().expect("a folder");
    let ledger = folder.path().join("shop.ledger");
    let open = || Session::open(&ledger, otokui_lib::app::Language::Japanese).expect("a ledger");
    let files = imports_of_the_shop();
    {
        let mut session = open();
        nameless::begin(&mut session).expect("empty");
        files.iter().take(4).for_each(|files| drop(shops::import(&mut session, files)));
    }
    let mut session = open();
    assert!(nameless::privacy(&session).expect("privacy").code_wanted, "no store keeps it here");
    let wanted = |error| matches!(error, Err(otokui_lib::app::Error::RecoveryCodeWanted));
    assert!(wanted(imports::record(&mut session, &files[5], &Watch::silent()).map(|_| ())));
    assert!(wanted(imports::preview(&session, &files[5], &Watch::silent()).map(|_| ())));
    let before = (together(&session).len(), orders::all(&session).expect("orders").len());
    let begun = nameless::change_key(&mut session).expect("a new secret");
    files.iter().skip(4).for_each(|files| drop(shops::import(&mut session, files)));
    assert!(together(&session).len() > before.0 && orders::all(&session).expect("orders").len() == 501);
    let mut named = empty();
    files.iter().for_each(|files| drop(shops::import(&mut named, files)));
    let sales = |session: &Session| overview::answer(session, &Scope::default()).expect("an overview").net_sales;
    assert_eq!(sales(&session), sales(&named), "figures stay true");
    let privacy = nameless::privacy(&session).expect("privacy");
    assert_eq!((privacy.new_secrets, privacy.code_wanted), (1, false));
    assert_eq!(nameless::recovery_code(&session).expect("at hand"), begun.recovery_code);
}
