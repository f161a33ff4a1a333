//! Every insight on an invented history of a million orders, beside bare loops over the same columns.
//!
//! `cargo bench --bench insights` prints milliseconds of the processor (mean of many runs) and product ÷ floor. The floor is
//! what five questions cost as plain loops: recency, frequency and money; cohort × month; second order; gaps; which item
//! follows which. A change of the filter is measured at 100,000 orders as well.
#![allow(clippy::print_stdout)]

use otokui_lib::app::{actions, events};
use otokui_lib::insight::acquired::{By, Known};
use otokui_lib::insight::attachment::attachments;
use otokui_lib::insight::category::Categories;
use otokui_lib::insight::cohort::{self, Measure};
use otokui_lib::insight::dependence::Dependences;
use otokui_lib::insight::gap_steps::BinDays;
use otokui_lib::insight::history::{History, Scope, View};
use otokui_lib::insight::lifetime_value::{Asked, Chosen};
use otokui_lib::insight::next_item::{After, next_items};
use otokui_lib::insight::people::{self, CustomerRow, People, Rows};
use otokui_lib::insight::points::{self, Points, Question};
use otokui_lib::insight::rfm::GroupKey;
use otokui_lib::insight::{coming_back, gap, group_story, growth, items, lifetime_value, one_customer, overview};
use otokui_lib::insight::{profit, radar, repeat, rfm, value};
use otokui_lib::shop::{Mall, Yen};
use shop::changed;
use shop::floors::{floor_cohort, floor_gaps, floor_pairs, floor_rfm, floor_second};
use shop::{CUSTOMERS, invented, time};
use std::hint::black_box;

mod shop;

/// A question with its name.
type Ask<'a> = (&'static str, &'a dyn Fn(&View<'_>));

/// The answer is worked out, though nobody looks at it.
fn answered<T>(answer: T) {
    black_box(answer);
}

fn main() {
    let (history, categories) = invented(CUSTOMERS);
    let scope = Scope::default();
    let Some(view) = View::new(&history, &scope) else {
        return;
    };
    println!("{} orders, {} customers", history.orders.order.len(), view.customers.len());
    let calendar = events::calendar();
    let known = Known { calendar: &calendar, categories: &categories };
    let floor = [
        time("floor rfm", || floor_rfm(&view)),
        time("floor cohort × month", || floor_cohort(&view)),
        time("floor second order", || floor_second(&view)),
        time("floor gaps", || floor_gaps(&view)),
        time("floor successions", || floor_pairs(&view)),
    ];
    let floor: f64 = floor.iter().sum();
    let five: [Ask; 5] = [
        ("rfm::scores", &|view| answered(rfm::scores(view).1.len())),
        ("cohort::cohorts", &|view| answered(cohort::cohorts(Some(view), Measure::NetSales))),
        ("repeat::f2(180)", &|view| answered(repeat::f2(view, 180))),
        ("gap::curves", &|view| answered(gap::curves(view).pooled.returns)),
        ("next_items, pairs", &|view| answered(next_items(Some(view), &categories, None))),
    ];
    // Each question is asked of a view of which nothing has been worked out.
    let ask = |(name, ask): &Ask| time(name, || ask(&view.anew()));
    let of_five: f64 = five.iter().map(ask).sum();
    println!("every screen besides:");
    let dependences = Dependences::of(&view, &calendar.days(history.first_day().unwrap_or_default(), view.as_of));
    let regular = (0..view.customers.len()).max_by_key(|&place| view.purchases_of(place).len()).unwrap_or_default();
    let by_month = Asked { by: Some((By::Month, known)), chosen: Chosen::Keys(&[]), ..Asked::default() };
    let after = After::Item("item-0".to_owned());
    let screens: [Ask; 17] = [
        ("overview", &|view| answered(overview::overview(Some(view)))),
        ("groups: RFM, moves, CPM, lapse, classes", &|view| answered(rfm::groups(Some(view)))),
        ("groups of the past", &|view| answered(group_story::story(view))),
        ("lifetime_value by month", &|view| answered(lifetime_value::lifetime_value_by(Some(view), &by_month))),
        ("growth map and assets", &|view| answered(growth::growth_map(Some(view)))),
        ("coming back, by gaps of 10 days", &|view| answered(coming_back::coming_back(Some(view), BinDays::Ten))),
        ("list of customers, its first page", &|view| answered(first_page(view))),
        ("dependence on events, for the list", &|view| {
            answered(Dependences::of(view, &calendar.days(view.reaches_back_to, view.as_of)))
        }),
        ("one customer", &|view| answered(one_customer::one_customer(view, &categories, regular))),
        ("groups of one customer", &|view| answered(group_story::group_history(view, regular))),
        ("profit", &|view| answered(profit::profit(Some(view), &profit::Question::default()))),
        ("basis", &|view| answered((value::basis(view), value::known_share(view)))),
        ("items, the 100 of the window", &|view| answered(items::items(Some(view), &categories, Some(100)))),
        ("next_items of one", &|view| answered(next_items(Some(view), &categories, Some(&after)))),
        ("radar, a page", &|view| answered(radar::page(Some(view), &categories, None, |_| true, 0..150))),
        ("points and events", &|view| answered(points_of(view, known, &dependences))),
        ("actions", &|view| answered(actions::found(view, &calendar, &[]))),
    ];
    let of_screens: f64 = screens.iter().map(ask).sum();
    let together = time("all of these together, of one view", || {
        let view = view.anew();
        five.iter().chain(&screens).for_each(|(_, ask)| ask(&view));
    });
    println!("asked otherwise:");
    time("lifetime_value by year", || lifetime_value::lifetime_value(Some(&view.anew())));
    time("cohort by week", || cohort::cohorts_by(Some(&view.anew()), Measure::NetSales, By::Week, &known));
    time("cohort by mall", || cohort::cohorts_by(Some(&view.anew()), Measure::NetSales, By::FirstMall, &known));
    time("rows of every customer, for an export", || people::rows(&view.anew()));
    time("people::select(group)", || people::select(&view.anew(), &People::Group(GroupKey::Champions)));
    println!("floor {floor:.1} ms; five questions ÷ floor: {:.2}", of_five / floor);
    println!("every insight by itself ÷ floor: {:.2}", (of_five + of_screens) / floor);
    println!("every insight together ÷ floor: {:.2}", together / floor);

    println!("a change of the filter:");
    let filtered = Scope { mall: Some(Mall::Yahoo), ..Scope::default() };
    time("View::new, everything", || View::new(&history, &scope).map(|v| v.customers.len()));
    time("View::new, one mall", || View::new(&history, &filtered).map(|v| v.customers.len()));
    charts(&history, &categories, &filtered);
    let (small, _) = invented(CUSTOMERS / 9);
    changes(&small, &filtered, known);
}

/// Each of the five questions of one mall, its view included, beside a bare loop over the orders.
fn charts(history: &History, categories: &Categories, scope: &Scope) {
    let mall = Mall::Yahoo;
    let floors: [(&str, &dyn Fn()); 5] = [
        ("floor rfm of one mall", &|| answered(changed::floor_rfm(history, mall))),
        ("floor cohort × month of one mall", &|| answered(changed::floor_cohort(history, mall))),
        ("floor second order of one mall", &|| answered(changed::floor_second(history, mall))),
        ("floor gaps of one mall", &|| answered(changed::floor_gaps(history, mall))),
        ("floor successions of one mall", &|| answered(changed::floor_pairs(history, mall))),
    ];
    let questions: [Ask; 5] = [
        ("one mall, then rfm::scores", &|view| answered(rfm::scores(view).1.len())),
        ("one mall, then cohort::cohorts", &|view| answered(cohort::cohorts(Some(view), Measure::NetSales))),
        ("one mall, then repeat::f2(180)", &|view| answered(repeat::f2(view, 180))),
        ("one mall, then gap::curves", &|view| answered(gap::curves(view).pooled.returns)),
        ("one mall, then next_items, pairs", &|view| answered(next_items(Some(view), categories, None))),
    ];
    for ((of_floor, floor), (name, ask)) in floors.into_iter().zip(questions) {
        let floor = time(of_floor, floor);
        let product = time(name, || View::new(history, scope).map(|view| ask(&view)));
        println!("    ÷ floor: {:.2}", product / floor);
    }
}

/// What a screen asks when the filter has changed, its view included.
fn changes(history: &History, scope: &Scope, known: Known<'_>) {
    println!("{} orders:", history.orders.order.len());
    let new = || View::new(history, scope);
    time("one mall", || new().map(|v| v.customers.len()));
    time("one mall, then overview", || overview::overview(new().as_ref()));
    time("one mall, then groups", || rfm::groups(new().as_ref()));
    time("one mall, then LTV", || lifetime_value::lifetime_value(new().as_ref()));
    time("one mall, then LTV by month", || {
        let asked = Asked { by: Some((By::Month, known)), chosen: Chosen::Keys(&[]), ..Asked::default() };
        lifetime_value::lifetime_value_by(new().as_ref(), &asked)
    });
    time("one mall, then cohorts", || cohort::cohorts(new().as_ref(), Measure::NetSales));
    time("one mall, then growth map", || growth::growth_map(new().as_ref()));
    time("one mall, then coming back", || coming_back::coming_back(new().as_ref(), BinDays::Ten));
    time("one mall, then customers", || new().map(|v| first_page(&v).len()));
    time("one mall, then items", || items::items(new().as_ref(), known.categories, Some(100)));
    time("one mall, then next items", || next_items(new().as_ref(), known.categories, None));
    time("one mall, then radar", || radar::page(new().as_ref(), known.categories, None, |_| true, 0..150).total);
    time("one mall, then points", || {
        new().map(|v| {
            let days = known.calendar.days(history.first_day().unwrap_or_default(), v.as_of);
            points_of(&v, known, &Dependences::of(&v, &days)).customer_count
        })
    });
    time("one mall, then actions", || new().map(|v| actions::found(&v, known.calendar, &[]).len()));
}

/// Who has spent most, and their rows: the list of customers as the window asks for it.
fn first_page(view: &View<'_>) -> Vec<CustomerRow> {
    let rows = Rows::of(view, None);
    let spent = |place: usize| view.purchases.net_sales[view.purchases_of(place)].iter().copied().sum();
    let mut most: Vec<(Yen, usize)> = (0..view.customers.len()).map(|place| (spent(place), place)).collect();
    most.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    rows.rows(view, most.iter().take(100).map(|&(_, place)| place))
}

/// The screen of points and events, all of it but the dependences.
fn points_of(view: &View<'_>, known: Known<'_>, dependences: &Dependences) -> Points {
    let events = known.calendar.days(view.reaches_back_to, view.as_of);
    let attachments = attachments(view, dependences, known.categories, &None);
    let (attachments, multiplier, listed) = (&attachments[..], None, 20);
    points::points(view, &Question { dependences, attachments, events: &events, multiplier, keep: &|_| true, listed })
}
