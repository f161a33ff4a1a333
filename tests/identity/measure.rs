//! Pairs of orders that are rightly one person's, of all that are said to be, and of all that are.
#![allow(clippy::print_stdout)]

use otokui_lib::app::{Language, Session, Watch, imports};
use otokui_lib::ledger::{self, Ledger};
use otokui_lib::shop::identity::{Habit, Habits, normal};
use otokui_lib::shop::{Buyer, CustomerId, Mall};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

/// An order as the ledger keeps it, with its true person.
pub struct Known {
    pub mall: Mall,
    pub buyer: Buyer,
    pub customer: CustomerId,
    pub person: String,
}

/// What came out.
#[derive(Clone, Copy, Debug)]
pub struct Found {
    pub precision: f64,
    pub recall: f64,
    /// Of the people with orders at both malls, those with one customer that has orders of theirs at both.
    pub two_malls: f64,
    pub people_at_both: usize,
}

/// Imports the files into a ledger of their own and reads back every order whose person is known.
pub fn known(files: &[PathBuf], truth: &HashMap<String, String>) -> (Vec<Known>, Session) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("shop.ledger");
    let mut session = Session::open(&path, Language::Japanese).expect("a ledger");
    for answer in imports::record(&mut session, files, &Watch::silent()).expect("an import") {
        assert_eq!(answer.problem_rows, 0, "{}: {}", answer.file, answer.message);
    }
    let ledger = Ledger::open(&path).expect("the same ledger");
    let (tally, mut orders) = (ledger.habits().expect("habits"), Vec::new());
    let habits = Habits::of(&tally);
    for habit in Habit::ALL.into_iter().filter(|habit| tally.seen(*habit) > 0 || habits.of_one(*habit) != habit.prior())
    {
        let (seen, of) = (tally.seen(habit), tally.of(habit.field()));
        let (field, level, prior, used) = (habit.field().word(), habit.level(), habit.prior(), habits.of_one(habit));
        println!("    {field:<8} {level:<18} seen {seen:>4} of {of:>4}  prior {prior:<5} used {used}");
    }
    ledger
        .every_order(|order, customer| -> Result<ControlFlow<()>, ledger::Error> {
            if let Some(person) = truth.get(tail(&order.number)) {
                orders.push(Known { mall: order.mall, buyer: order.buyer.clone(), customer, person: person.clone() });
            }
            Ok(ControlFlow::Continue(()))
        })
        .expect("orders");
    (orders, session)
}

/// The number without the account that may stand before it: unlike within each of these shops.
pub fn tail(number: &str) -> &str {
    number.rsplit('-').next().unwrap_or(number)
}

/// True persons by order, from a file with these columns.
pub fn truth_of(path: &Path, number: &str, person: &str) -> HashMap<String, String> {
    let mut reader = csv::Reader::from_path(path).expect("a truth");
    let header = reader.headers().expect("a header").clone();
    let at = |name: &str| header.iter().position(|column| column == name).expect("a column");
    let (number, person) = (at(number), at(person));
    reader
        .records()
        .map(|row| {
            let row = row.expect("a row");
            (tail(&row[number]).to_owned(), row[person].to_owned())
        })
        .collect()
}

/// The figures of a grouping of orders.
pub fn measure<G: Ord + Clone>(orders: &[Known], group: impl Fn(usize) -> G) -> Found {
    let (mut said, mut true_pairs, mut both) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    for (at, order) in orders.iter().enumerate() {
        *said.entry(group(at)).or_insert(0u64) += 1;
        *true_pairs.entry(&order.person).or_insert(0u64) += 1;
        *both.entry((group(at), &order.person)).or_insert(0u64) += 1;
    }
    fn pairs<'a>(counts: impl Iterator<Item = &'a u64>) -> f64 {
        counts.map(|n| n * (n - 1) / 2).sum::<u64>() as f64
    }
    let right = pairs(both.values());
    let mut malls: BTreeMap<&String, BTreeSet<Mall>> = BTreeMap::new();
    let mut together: BTreeMap<(&String, G), BTreeSet<Mall>> = BTreeMap::new();
    for (at, order) in orders.iter().enumerate() {
        malls.entry(&order.person).or_default().insert(order.mall);
        together.entry((&order.person, group(at))).or_default().insert(order.mall);
    }
    let at_both: Vec<&String> = malls.iter().filter(|(_, malls)| malls.len() > 1).map(|(person, _)| *person).collect();
    let joined: BTreeSet<&String> =
        together.iter().filter(|(_, malls)| malls.len() > 1).map(|((person, _), _)| *person).collect();
    Found {
        precision: right / pairs(said.values()).max(1.0),
        recall: right / pairs(true_pairs.values()).max(1.0),
        two_malls: joined.len() as f64 / at_both.len().max(1) as f64,
        people_at_both: at_both.len(),
    }
}

/// Plain key matching: mail; phone and name; postal code and name.
pub fn by_plain_keys(orders: &[Known]) -> Vec<usize> {
    let mut above: Vec<usize> = (0..orders.len()).collect();
    fn root(above: &[usize], mut at: usize) -> usize {
        while above[at] != at {
            at = above[at];
        }
        at
    }
    let mut first: HashMap<String, usize> = HashMap::new();
    for (at, order) in orders.iter().enumerate() {
        let buyer = &order.buyer;
        let name = normal::name(&format!("{}{}", buyer.family_name, buyer.given_name));
        let phone = normal::phone(&buyer.phone);
        let mut keys = Vec::new();
        if buyer.mail.contains('@') {
            keys.push(format!("{}{}", order.mall.word(), normal::mail(&buyer.mail)));
        }
        if normal::is_usable_phone(&phone) && !name.is_empty() {
            keys.push(format!("p{phone}{name}"));
        }
        if buyer.postal_code.len() == 7 && !name.is_empty() {
            keys.push(format!("z{}{name}", buyer.postal_code));
        }
        for key in keys {
            let other = *first.entry(key).or_insert(at);
            let (a, b) = (root(&above, at), root(&above, other));
            above[a.max(b)] = a.min(b);
        }
    }
    (0..orders.len()).map(|at| root(&above, at)).collect()
}

/// Prints the figures of the shop, ours beside plain keys', and answers ours.
pub fn report(shop: &str, orders: &[Known]) -> (Found, Found) {
    let ours = measure(orders, |at| orders[at].customer);
    let keys = by_plain_keys(orders);
    let plain = measure(orders, |at| keys[at]);
    println!("{shop}: {} orders, {} people at both malls", orders.len(), ours.people_at_both);
    for (name, found) in [("weighed", ours), ("plain keys", plain)] {
        println!(
            "  {name:<10} precision {:.5}  recall {:.5}  two-mall people joined {:.3}",
            found.precision, found.recall, found.two_malls
        );
    }
    if std::env::var_os("OTOKUI_MISTAKES").is_some() {
        mistakes(orders);
    }
    (ours, plain)
}

/// For whoever works on the weights: one line for each wrong or missing pair of buyers.
fn mistakes(orders: &[Known]) {
    let mut seen = BTreeSet::new();
    let of = |at: usize| {
        let b = &orders[at].buyer;
        format!(
            "{} {} {} {} {} | {} {}{} | {} | {:.12}",
            orders[at].mall,
            b.family_name,
            b.given_name,
            b.family_kana,
            b.given_kana,
            b.postal_code,
            b.city,
            b.street,
            b.phone,
            b.mail
        )
    };
    for x in 0..orders.len() {
        for y in x + 1..orders.len() {
            let (one, said) = (orders[x].person == orders[y].person, orders[x].customer == orders[y].customer);
            if one != said && seen.insert((orders[x].customer, orders[y].customer, orders[x].person.clone(), one)) {
                println!("{} {}\n   {}\n   {}", if one { "MISSED" } else { "WRONG" }, orders[x].person, of(x), of(y));
            }
        }
    }
}
