//! What the owner decides is kept, wins, survives imports and their undo, and can be taken back.

use super::pieces::{forget_people, people};
use super::shops;
use otokui_lib::app::{Language, Session, Watch, export, identity, imports, orders, screens::ExportFormat};
use otokui_lib::shop::CustomerId;
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::path::PathBuf;

/// Orders by customer, without the ledger's numbers.
fn together(session: &Session) -> BTreeSet<Vec<String>> {
    let mut of = std::collections::BTreeMap::<CustomerId, Vec<String>>::new();
    for order in orders::all(session).expect("orders") {
        of.entry(order.customer_id).or_default().push(order.order_number);
    }
    of.into_values()
        .map(|mut numbers| {
            numbers.sort();
            numbers
        })
        .collect()
}

pub fn customer_of(session: &Session, number: &str) -> CustomerId {
    let all = orders::all(session).expect("orders");
    all.iter().find(|order| order.order_number == number).expect("the order").customer_id
}

fn are_one(session: &Session, a: &str, b: &str) -> bool {
    customer_of(session, a) == customer_of(session, b)
}

/// A Rakuten file: number, family name, given name, phone, for each order; a home for each family name, no mail.
fn file(folder: &std::path::Path, name: &str, rows: &[(u32, &str, &str, &str)]) -> PathBuf {
    let mut text = String::from(
        "\u{feff}注文番号,ステータス,注文日時,商品管理番号,個数,単価,注文者姓,注文者名,注文者電話番号1,注文者郵便番号1,注文者住所それ以降の住所\n",
    );
    for (at, family, given, phone) in rows {
        let home = if *family == "見本" { "1540001,池尻3-4-5" } else { "5300001,梅田1-2-3" };
        text += &format!("{},700,2026-03-01 10:00:00,a,1,1000,{family},{given},{phone},{home}\n", number(*at));
    }
    let path = folder.join(name);
    std::fs::write(&path, text).expect("written");
    path
}

pub fn number(at: u32) -> String {
    format!("400001-20260301-{at:010}")
}

const PHONE: &str = "090-0246-1357";

/// 1 and 2 are Hanako, 3 is Jiro on a telephone of his own, 4 is Hanako as well in a file that comes later.
pub fn shop() -> (tempfile::TempDir, Session, [i64; 2], [PathBuf; 2]) {
    let folder = tempfile::tempdir().expect("a folder");
    let rows = [(1, "見本", "花子", PHONE), (2, "見本", "花子", PHONE), (3, "例示", "次郎", "080-0999-8887")];
    let first = file(folder.path(), "first.csv", &rows);
    let second = file(folder.path(), "second.csv", &[(4, "見本", "花 子", PHONE)]);
    let mut session = shops::empty();
    let files = [first, second];
    let batches = files.clone().map(|file| shops::import(&mut session, &[file])[0].batch_id.expect("a batch"));
    (folder, session, batches, files)
}

#[test]
fn what_the_owner_joins_is_one_until_it_is_taken_back() {
    let (_folder, mut session, _, _) = shop();
    let before = together(&session);
    assert!(are_one(&session, &number(1), &number(4)) && !are_one(&session, &number(1), &number(3)));
    let (hanako, jiro) = (customer_of(&session, &number(1)), customer_of(&session, &number(3)));
    let decision = identity::join(&mut session, hanako, jiro).expect("a decision");
    assert_eq!(together(&session).len(), 1);
    let listed = identity::screen(&session).expect("an answer").answer.decisions;
    assert_eq!((listed[0].decision_id, &*listed[0].kind), (decision, "join"));
    identity::undo(&mut session, decision).expect("taken back");
    assert_eq!(together(&session), before);
    assert!(identity::screen(&session).expect("an answer").answer.decisions.is_empty());
    assert!(identity::undo(&mut session, decision).is_err(), "only once");
}

#[test]
fn a_join_outlives_the_import_it_was_made_on() {
    let (_folder, mut session, batches, files) = shop();
    let (hanako, jiro) = (customer_of(&session, &number(1)), customer_of(&session, &number(3)));
    identity::join(&mut session, hanako, jiro).expect("a decision");
    let joined = together(&session);
    imports::undo(&mut session, batches[0]).expect("undo");
    assert_eq!(together(&session).len(), 1, "only Hanako's order of the later file is left");
    shops::import(&mut session, &files[..1]);
    assert_eq!(together(&session), joined);
    imports::undo(&mut session, batches[1]).expect("undo");
    shops::import(&mut session, &files[1..]);
    assert_eq!(together(&session), joined);
}

#[test]
fn a_separated_order_stands_alone_until_it_is_taken_back() {
    let (_folder, mut session, batches, files) = shop();
    let before = together(&session);
    let decision = identity::separate(&mut session, &number(2)).expect("a decision");
    assert!(!are_one(&session, &number(1), &number(2)), "though both are written alike");
    assert!(are_one(&session, &number(1), &number(4)));
    let apart = together(&session);
    let listed = identity::screen(&session).expect("an answer").answer.decisions;
    assert_eq!(listed[0].order_number.as_deref(), Some(&*number(2)));
    assert_eq!(listed[0].customer_ids, [customer_of(&session, &number(2))]);
    assert!(identity::separate(&mut session, &number(2)).is_err(), "it stands alone already");
    imports::undo(&mut session, batches[0]).expect("undo");
    shops::import(&mut session, &files[..1]);
    assert_eq!(together(&session), apart, "it comes back alone");
    // Its owner is found by hand.
    let (jiro, alone) = (customer_of(&session, &number(3)), customer_of(&session, &number(2)));
    let join = identity::join(&mut session, jiro, alone).expect("a decision");
    assert!(are_one(&session, &number(2), &number(3)) && !are_one(&session, &number(1), &number(3)));
    identity::undo(&mut session, join).expect("taken back");
    identity::undo(&mut session, decision).expect("taken back");
    assert_eq!(together(&session), before);
    assert!(identity::separate(&mut session, "no such order").is_err());
}

#[test]
fn two_people_stay_two_whatever_speaks_for_one() {
    let folder = tempfile::tempdir().expect("a folder");
    // Married: a question. And later an order with the maiden name that would make it certain.
    let rows = [(1, "見本", "花子", PHONE), (2, "例示", "花子", PHONE)];
    let first = file(folder.path(), "first.csv", &rows);
    let mut session = shops::empty();
    let batch = shops::import(&mut session, std::slice::from_ref(&first))[0].batch_id.expect("a batch");
    let pairs = |session: &Session| identity::screen(session).expect("an answer").answer.pair_count;
    let asked = pairs(&session);
    let (a, b) = (customer_of(&session, &number(1)), customer_of(&session, &number(2)));
    assert_ne!(a, b, "a given name and a telephone are a question, not an answer");
    assert_eq!(asked, 1);
    let apart = identity::apart(&mut session, a, b).expect("a decision");
    assert_eq!(pairs(&session), 0, "who was decided about is not asked about again");
    imports::undo(&mut session, batch).expect("undo");
    shops::import(&mut session, &[first]);
    assert_eq!(pairs(&session), 0, "nor after a new import");
    // The other decision about the same two replaces it.
    let (a, b) = (customer_of(&session, &number(1)), customer_of(&session, &number(2)));
    let join = identity::join(&mut session, a, b).expect("a decision");
    assert!(are_one(&session, &number(1), &number(2)));
    assert_eq!(identity::screen(&session).expect("an answer").answer.decisions.len(), 1);
    identity::undo(&mut session, join).expect("taken back");
    assert_eq!(pairs(&session), 1);
    assert!(identity::undo(&mut session, apart).is_err(), "it was replaced");
}

#[test]
fn a_decision_about_nobody_is_refused() {
    let (_folder, mut session, _, _) = shop();
    let hanako = customer_of(&session, &number(1));
    assert!(identity::join(&mut session, hanako, hanako).is_err());
    assert!(identity::join(&mut session, hanako, CustomerId(9_999)).is_err());
    assert!(identity::undo(&mut session, 1).is_err());
}

#[test]
fn decisions_are_in_a_whole_export_as_customers() {
    let (folder, mut session, _, _) = shop();
    let (hanako, jiro) = (customer_of(&session, &number(1)), customer_of(&session, &number(3)));
    identity::join(&mut session, hanako, jiro).expect("a decision");
    let out = folder.path().join("out");
    let (_, paths) = export::write(&mut session, &out, ExportFormat::Csv, true, &Watch::silent()).expect("an export");
    let exported: Vec<PathBuf> = paths.into_iter().filter(|path| path.parent() == Some(&*out)).collect();
    let mut again = Session::in_memory(Language::Japanese).expect("memory");
    shops::import(&mut again, &exported);
    assert_eq!(together(&again), together(&session));
}

/// Steps of an owner's life with the ledger.
#[derive(Clone, Debug)]
enum Step {
    Toggle(usize),
    Join(usize, usize),
    Apart(usize, usize),
    Separate(usize),
    UndoNewest,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (0usize..6).prop_map(Step::Toggle),
        1 => (0usize..500, 0usize..500).prop_map(|(a, b)| Step::Join(a, b)),
        1 => (0usize..500, 0usize..500).prop_map(|(a, b)| Step::Apart(a, b)),
        1 => (0usize..500).prop_map(Step::Separate),
        1 => Just(Step::UndoNewest),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    /// Looking around a file's people gives what looking at everybody gives: after any steps, deciding about everybody
    /// changes nothing, and undoing all decisions gives the files alone.
    #[test]
    fn decisions_and_imports_in_any_order_agree(steps in prop::collection::vec(step(), 2..9)) {
        let files: Vec<PathBuf> =
            shops::monthly().into_iter().filter(|file| file.to_string_lossy().contains("rakuten")).take(6).collect();
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("shop.ledger");
        let mut session = Session::open(&path, Language::Japanese).expect("a ledger");
        let mut standing = std::collections::BTreeMap::new();
        for step in steps {
            let all = orders::all(&session).expect("orders");
            let at = |place: usize| all.get(place % all.len().max(1)).map(|order| (order.customer_id, order.order_number.clone()));
            match step {
                Step::Toggle(which) => match standing.remove(&which) {
                    Some(batch) => imports::undo(&mut session, batch).expect("undo"),
                    None => {
                        let answer = shops::import(&mut session, &files[which..=which]).remove(0);
                        standing.insert(which, answer.batch_id.expect("a batch"));
                    }
                },
                Step::Join(a, b) => if let (Some((a, _)), Some((b, _))) = (at(a), at(b)) && a != b {
                    identity::join(&mut session, a, b).expect("a decision");
                },
                Step::Apart(a, b) => if let (Some((a, _)), Some((b, _))) = (at(a), at(b)) && a != b {
                    identity::apart(&mut session, a, b).expect("a decision");
                },
                Step::Separate(order) => if let Some((_, number)) = at(order) {
                    let _ = identity::separate(&mut session, &number);
                },
                Step::UndoNewest => {
                    if let Some(newest) = identity::screen(&session).expect("an answer").answer.decisions.first() {
                        identity::undo(&mut session, newest.decision_id).expect("taken back");
                    }
                }
            }
        }
        drop(session);
        let said = people(&path);
        forget_people(&path);
        let mut session = Session::open(&path, Language::Japanese).expect("a ledger");
        prop_assert_eq!(people(&path), said);
        while let Some(newest) = identity::screen(&session).expect("an answer").answer.decisions.first() {
            identity::undo(&mut session, newest.decision_id).expect("taken back");
        }
        let mut alone = shops::empty();
        for which in standing.keys() {
            shops::import(&mut alone, &files[*which..=*which]);
        }
        prop_assert_eq!(together(&session), together(&alone));
    }
}
