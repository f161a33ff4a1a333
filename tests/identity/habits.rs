//! A shop learns from its own people how often one of them moves and changes phone, and decides by it.

use super::pieces::people;
use otokui_lib::app::screens::{FileState, IdentityHabit};
use otokui_lib::app::{Language, Session, Watch, identity, imports};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// So many people have moved, so many have another telephone, so many both; who each of them is the mail address says.
#[derive(Clone, Copy)]
struct Town {
    moved: usize,
    called_otherwise: usize,
    both: usize,
}

/// Whoever moves keeps the number.
const FAITHFUL: Town = Town { moved: 100, called_otherwise: 0, both: 0 };
const RESTLESS: Town = Town { moved: 10, called_otherwise: 10, both: 20 };
/// Too few to learn from: 11 ÷ (3 m + 8) is less than √2 however rare something is.
const SMALL: Town = Town { moved: 0, called_otherwise: 0, both: 3 };

const HEAD: &str = "\u{feff}注文番号,ステータス,注文日時,商品管理番号,個数,単価,注文者姓,注文者名,注文者電話番号1,注文者郵便番号1,\
    注文者住所それ以降の住所,注文者メールアドレス";

/// Two of one name who share nothing else, and two at home in one house whose given names are one letter apart.
const NAMESAKES: [&str; 2] = [
    "見本,花子,090-0246-1357,1540001,池尻3-4-5,a@example.jp",
    "見本,花子,080-0999-8888,5300001,梅田1-2-3,b@example.jp",
];
const SISTERS: [&str; 2] = [
    "例示,真由美,090-0246-2468,1540002,下馬3-4-5,c@example.jp",
    "例示,真由子,080-0999-7777,1540002,下馬3-4-5,d@example.jp",
];

impl Town {
    fn count(self) -> usize {
        self.moved + self.called_otherwise + self.both
    }

    /// A person of the town in the nth place, with the nth telephone.
    fn person(at: usize, place: usize, phone: usize) -> String {
        let letters: Vec<char> = "青赤白黒山川田森林池空海島石竹花星月雪雨".chars().collect();
        let (first, second) = (letters[at / letters.len()], letters[at % letters.len()]);
        let number = format!("0{}0-{}{at:03}-{}{:03}", 9 - phone % 3, 2 + phone, 4 + phone, at * 7 % 1_000);
        format!("{first}{second},千代,{number},{}{at:06},上町{}-2-3,t{at}@example.jp", 1 + place, 1 + place)
    }

    /// Three downloads: everybody at first, everybody later, and five of them again and again elsewhere, until so many share
    /// the mail address that it tells nobody from anybody.
    fn files(self, folder: &Path) -> Vec<PathBuf> {
        let first = (0..self.count()).map(|at| Town::person(at, 0, 0));
        let later = (0..self.count()).map(|at| {
            let (moves, calls) = (at < self.moved, at >= self.moved && at < self.moved + self.called_otherwise);
            Town::person(at, usize::from(!calls), usize::from(!moves))
        });
        let again = (0..self.count().min(5)).flat_map(|at| (0..at).map(move |nth| Town::person(at, 2 + nth, 2)));
        let pairs = || NAMESAKES.iter().chain(&SISTERS).map(|row| (*row).to_owned());
        [first.chain(pairs()).collect(), later.collect(), again.collect::<Vec<_>>()]
            .iter()
            .enumerate()
            .map(|(nth, buyers)| {
                let path = folder.join(format!("{nth}.csv"));
                let rows = buyers.iter().enumerate().map(|(at, buyer)| {
                    format!("400001-2026030{}-{at:010},700,2026-03-0{} 10:00:00,a,1,1000,{buyer}\n", nth + 1, nth + 1)
                });
                std::fs::write(&path, format!("{HEAD}\n{}", rows.collect::<String>())).expect("a folder to write to");
                path
            })
            .collect()
    }
}

fn record(path: &Path, files: &[&PathBuf]) -> Vec<i64> {
    let mut session = Session::open(path, Language::Japanese).expect("a ledger");
    let record = |file: &&PathBuf| {
        let answer = imports::record(&mut session, &[(*file).clone()], &Watch::silent()).expect("an import").remove(0);
        assert!(answer.state == FileState::Recorded && answer.problem_rows == 0, "{}", answer.message);
        answer.batch_id.expect("a batch")
    };
    files.iter().map(record).collect()
}

/// What a town's shop has learned, and the score of each pair in doubt by the names of the two.
fn learned(town: Town, downloads: usize) -> (Vec<IdentityHabit>, String, BTreeMap<String, f64>) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("shop.ledger");
    record(&path, &town.files(folder.path()).iter().take(downloads).collect::<Vec<_>>());
    let session = Session::open(&path, Language::Japanese).expect("a ledger");
    let answer = identity::full_screen(&session).expect("an answer").answer;
    let name = |pair: &otokui_lib::app::screens::LikelyPair| {
        let mut names = [&pair.left.display_name, &pair.right.display_name].map(String::as_str);
        names.sort_unstable();
        names.join("・")
    };
    let pairs = answer.likely_pairs.iter().map(|pair| (name(pair), pair.score)).collect();
    (answer.habits, answer.habits_sentence, pairs)
}

fn used(habits: &[IdentityHabit], field: &str) -> Vec<(String, u32, u32, f64)> {
    let of_field = habits.iter().filter(|habit| habit.field == field);
    of_field.map(|habit| (habit.level.clone(), habit.seen, habit.of, habit.used)).collect()
}

fn rows(rows: &[(&str, u32, u32, f64)]) -> Vec<(String, u32, u32, f64)> {
    rows.iter().map(|(level, seen, of, used)| ((*level).to_owned(), *seen, *of, *used)).collect()
}

const SISTERS_IN_DOUBT: &str = "例示 真由子・例示 真由美";

#[test]
fn few_people_change_nothing() {
    let (habits, sentence, pairs) = learned(SMALL, 2);
    assert!(habits.iter().all(|habit| habit.used == habit.prior), "{habits:?}");
    assert!(sentence.contains("控えめな標準の値") && sentence.contains("3組"), "{sentence}");
    // 0.03 × 0.15 × 0.8 against a household's 0.02 × 0.54 × 0.86 × 0.15 and strangers' 0.00005 × 0.02: 2.58 to 1.
    assert_eq!(pairs, BTreeMap::from([(SISTERS_IN_DOUBT.to_owned(), 1.37)]));
}

#[test]
fn where_people_move_and_change_phone_two_of_one_name_are_a_question() {
    let (habits, sentence, pairs) = learned(RESTLESS, 2);
    // Of 30 who moved 20 have another number: 28 ÷ (30 × 0.15 + 8) = 2.24, once doubled. 10 keep it: 18 ÷ (30 × 0.82 + 8)
    // = 0.55, once halved. None slips: 8 ÷ (30 × 0.03 + 8) = 0.90.
    let phone = [("equal", 10, 30, 0.41), ("near", 0, 30, 0.03), ("different", 20, 30, 0.3)];
    assert_eq!(used(&habits, "phone"), rows(&phone));
    // Of 30 with another number 20 moved: 28 ÷ (30 × 0.12 + 8) = 2.41. 10 did not: 18 ÷ (30 × 0.8 + 8) = 0.56.
    let address = [
        ("equal", 10, 30, 0.4),
        ("other_room", 0, 30, 0.02),
        ("shorter", 0, 30, 0.04),
        ("same_postal_code", 0, 30, 0.02),
        ("different", 20, 30, 0.24),
    ];
    assert_eq!(used(&habits, "address"), rows(&address));
    // The ten who stayed kept their names as well: 18 ÷ (10 × 0.93 ÷ 1.067 + 8) = 1.08.
    assert_eq!(used(&habits, "name")[0], ("equal".to_owned(), 10, 10, 0.93));
    assert!(sentence.contains("40組から学んでいます"), "{sentence}");
    // With the priors 0.93 × 0.15 × 0.12 against strangers' 0.3 ÷ (0.3 ÷ 0.032 + 1) = 0.0289 and a household's 0.00001:
    // 0.58 to 1. Twice doubled 2.31 to 1. The sisters' number counts twice, their home half: 1.37 as before.
    let expected =
        [("見本 花子・見本 花子", 1.21), (SISTERS_IN_DOUBT, 1.37)].map(|(pair, score)| (pair.to_owned(), score));
    assert_eq!(pairs, BTreeMap::from(expected));
}

#[test]
fn where_nobody_changes_phone_another_number_is_another_person() {
    let (habits, _, pairs) = learned(FAITHFUL, 2);
    // None of 100 who moved: 8 ÷ (100 × 0.15 + 8) = 0.348, twice halved, and 8 ÷ (100 × 0.03 + 8) = 0.73.
    let phone = [("equal", 100, 100, 0.82), ("near", 0, 100, 0.03), ("different", 0, 100, 0.0375)];
    assert_eq!(used(&habits, "phone"), rows(&phone));
    assert!(habits.iter().all(|habit| habit.field == "phone" || habit.of == 0), "nobody tells of anything else");
    // A quarter of 2.58 to 1.
    assert_eq!(pairs, BTreeMap::new());
}

#[test]
fn what_is_learned_and_decided_hangs_on_no_order_and_goes_with_an_undo() {
    for town in [SMALL, RESTLESS, FAITHFUL] {
        let folder = tempfile::tempdir().expect("a folder");
        let files = town.files(folder.path());
        let ledger = |name: &str, which: &[usize]| {
            let path = folder.path().join(name);
            record(&path, &which.iter().map(|at| &files[*at]).collect::<Vec<_>>());
            people(&path)
        };
        let all = ledger("012", &[0, 1, 2]);
        for (name, order) in
            [("021", [0, 2, 1]), ("102", [1, 0, 2]), ("120", [1, 2, 0]), ("201", [2, 0, 1]), ("210", [2, 1, 0])]
        {
            assert_eq!(all, ledger(name, &order), "in the order {name}");
        }
        let together = folder.path().join("together");
        let mut session = Session::open(&together, Language::Japanese).expect("a ledger");
        imports::record(&mut session, &files, &Watch::silent()).expect("an import");
        drop(session);
        assert_eq!(all, people(&together), "all at once");
        for taken in 0..3 {
            let kept: Vec<usize> = (0..3).filter(|at| *at != taken).collect();
            let path = folder.path().join(format!("without {taken}"));
            let batches = record(&path, &files.iter().collect::<Vec<_>>());
            let mut session = Session::open(&path, Language::Japanese).expect("a ledger");
            imports::undo(&mut session, batches[taken]).expect("undo");
            drop(session);
            assert_eq!(people(&path), ledger(&format!("only {kept:?}"), &kept), "without download {taken}");
        }
    }
}

#[test]
fn a_ledger_of_before_is_decided_about_by_what_it_tells() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("shop.ledger");
    record(&path, &RESTLESS.files(folder.path()).iter().collect::<Vec<_>>());
    let now = people(&path);
    assert_eq!(now["pairs"].len(), 2, "{:?}", now["pairs"]);
    let old = rusqlite::Connection::open(&path).expect("the ledger");
    // The older program had no question about the namesakes.
    old.execute_batch(
        "delete from likely_pairs; drop table habits; alter table batch_files drop column file_sha256;
         alter table batches drop column saved_ms;
         pragma user_version = 24",
    )
    .expect("the older schema");
    drop(old);
    drop(Session::open(&path, Language::Japanese).expect("it is brought up to date"));
    assert_eq!(people(&path), now);
}

#[test]
fn only_those_tell_whom_little_else_can_explain() {
    let home = "1540001,池尻3-4-5";
    let away = "5300001,梅田1-2-3";
    let (number, other) = ("090-0246-1357", "080-0999-8888");
    let told = |buyers: &[(&str, &str, &str)]| -> Vec<(String, String, u32)> {
        let folder = tempfile::tempdir().expect("a folder");
        let (path, file) = (folder.path().join("shop.ledger"), folder.path().join("orders.csv"));
        let row = |(at, (name, phone, place)): (usize, &(&str, &str, &str))| {
            format!("400001-20260301-{at:010},700,2026-03-01 10:00:00,a,1,1000,{name},{phone},{place},a@example.jp\n")
        };
        std::fs::write(&file, format!("{HEAD}\n{}", buyers.iter().enumerate().map(row).collect::<String>()))
            .expect("written");
        record(&path, &[&file]);
        let session = Session::open(&path, Language::Japanese).expect("a ledger");
        let habits = identity::screen(&session).expect("an answer").answer.habits;
        let seen = habits.into_iter().filter(|habit| habit.seen > 0);
        seen.map(|habit| (habit.field, habit.level, habit.seen)).collect()
    };
    let says = |said: &[(&str, &str, u32)]| -> Vec<(String, String, u32)> {
        said.iter().map(|(field, level, seen)| ((*field).to_owned(), (*level).to_owned(), *seen)).collect()
    };
    let hanako = ("見本,花子", number, home);
    assert_eq!(told(&[hanako, ("見本,花子", number, away)]), says(&[("phone", "equal", 1)]), "moved");
    let called = says(&[("name", "equal", 1), ("address", "equal", 1)]);
    assert_eq!(told(&[hanako, ("見本,花子", other, home)]), called, "another telephone");
    let married = says(&[("name", "family_different", 1)]);
    assert_eq!(told(&[hanako, ("例示,花子", other, home)]), married, "another family name and telephone");
    let both = says(&[("phone", "different", 1), ("address", "different", 1)]);
    assert_eq!(told(&[hanako, ("見本,花子", other, away)]), both, "moved, with another telephone");
    let nothing = says(&[]);
    assert_eq!(told(&[hanako, ("例示,太郎", other, home)]), nothing, "somebody else of the household");
    assert_eq!(told(&[hanako, ("例示,花子", number, away)]), nothing, "who marries moves");
    assert_eq!(told(&[hanako, ("見本,花子", "06-6345-1234", away)]), nothing, "a line at home goes with the home");
    assert_eq!(told(&[hanako, ("見本,花子", "", away)]), nothing, "no number is stated");
    let office = ("株式会社みなも企画 野田,由咲", number, home);
    assert_eq!(told(&[office, ("株式会社みなも企画 野田,由咲", number, away)]), nothing, "an office");
    let moves =
        |count: usize| -> Vec<String> { (0..count).map(|at| format!("{0}540001,池尻{0}-4-5", at + 1)).collect() };
    // Four who are one: six pairs. A fifth, and the address is a mailbox of many.
    for (count, expected) in [(4, says(&[("phone", "equal", 6)])), (5, says(&[]))] {
        let places = moves(count);
        let buyers: Vec<(&str, &str, &str)> =
            places.iter().map(|place| ("見本,花子", number, place.as_str())).collect();
        assert_eq!(told(&buyers), expected, "{count} on one address");
    }
}
