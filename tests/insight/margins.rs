//! The waterfall is the sum of its orders, and an order the sum of its lines, to the yen, for any shop.

use super::*;
use otokui_lib::insight::history::{Item, LineRow};
use otokui_lib::insight::margin::{LineInput, OrderInput, Parts, Step};
use otokui_lib::insight::profit::{Question, orders, profit};
use otokui_lib::insight::rates::{Amount, Base, Charge, Costs, Piece, Rate, Settled, Timeline, Which};
use otokui_lib::insight::reckoner::Reckoner;
use otokui_lib::shop::Payment;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Items of a random shop; the last two have no known cost.
const ITEMS: u32 = 5;

#[derive(Clone, Debug)]
struct Sold {
    row: OrderRow,
    lines: Vec<LineRow>,
    input: OrderInput,
    inputs: Vec<LineInput>,
}

fn sold() -> impl Strategy<Value = Vec<Sold>> {
    let line = (0..ITEMS, 0_u32..4, 0_i64..6_000, 1_u16..12, prop::bool::ANY);
    let one = (
        (1_i64..9, 0..400, prop::bool::ANY),
        proptest::collection::vec(line, 0..5),
        (0_i64..900, 0_i64..500, 0_i64..300, 0_i64..900),
        (0_i64..700, 0_i64..700, prop::bool::ANY, 0_u32..3, 0_u8..11, 0_u8..3),
    );
    proptest::collection::vec(one, 1..40).prop_map(|orders| orders.into_iter().enumerate().map(to_sold).collect())
}

type Drawn = ((i64, i32, bool), Vec<(u32, u32, i64, u16, bool)>, (i64, i64, i64, i64), (i64, i64, bool, u32, u8, u8));

fn to_sold((number, drawn): (usize, Drawn)) -> Sold {
    let ((customer, days, at_yahoo), lines, (coupon, discount, refund, charged), more) = drawn;
    let (postage, wider, coupon_beyond_free, settled, paid, affiliate) = more;
    let rows: Vec<LineRow> = lines
        .iter()
        .map(|&(item, quantity, price, ..)| LineRow { item, quantity, goods: Yen(price * i64::from(quantity)) })
        .collect();
    let inputs = lines.iter().map(|&(item, _, _, point_multiplier, food)| LineInput {
        product: item,
        point_multiplier,
        tax_permille: if food { 80 } else { 100 },
    });
    let goods: Yen = rows.iter().map(|line| line.goods).sum();
    let row = OrderRow {
        mall: if at_yahoo { Mall::Yahoo } else { Mall::Rakuten },
        goods,
        net_sales: goods - Yen(coupon + discount + refund),
        shop_coupon: Yen(coupon),
        ..order(number as i64 + 1, customer, day("2025-01-01") + days, 0)
    };
    let input = OrderInput {
        charged: Yen(charged),
        refund: Yen(refund),
        postage_low: postage as u32,
        postage_high: (postage + wider) as u32,
        coupon_beyond_free,
        settled,
        payment: Payment::of_number(paid),
        affiliate: [None, Some(false), Some(true)][usize::from(affiliate)],
    };
    Sold { inputs: inputs.collect(), lines: rows, row, input }
}

/// Rates that change in the middle of the year, costs of three of the five items, two settlements.
fn costs() -> Costs {
    let rate = |low, high| Rate { low, high };
    let of = |which, step, base, raised, low, high| Charge {
        step,
        base,
        raised,
        which,
        rates: Timeline::new(vec![
            (day("2000-01-01"), rate(low, high)),
            (day("2025-07-01"), rate(low + 1_111, high + 2_222)),
        ]),
        // Of payments 150 to 300 yen an order as well, in the second half of the year.
        per_order: match step {
            Step::PaymentFee => Timeline::new(vec![(day("2025-07-01"), Amount { low: Yen(150), high: Yen(300) })]),
            _ => Timeline::default(),
        },
    };
    let charge = |step, base, raised, low, high| of(Which::ALL, step, base, raised, low, high);
    let piece = |yen, before_tax| Timeline::always(Piece { cost: Yen(yen), before_tax });
    let mut costs = Costs {
        products: vec![
            piece(333, false),
            piece(777, true),
            Timeline::new(vec![(day("2025-06-01"), Piece { cost: Yen(500), before_tax: false })]),
        ],
        settled: vec![
            Settled([Some(Yen(131)), None, Some(Yen(-7)), Some(Yen(0)), None]),
            Settled([None, Some(Yen(77)), None, None, Some(Yen(55))]),
        ],
        ..Costs::default()
    };
    for (mall, more) in [(Mall::Rakuten, 0), (Mall::Yahoo, 3_333)] {
        costs.charges[mall as usize] = vec![
            charge(Step::MallFee, Base::NetSales, false, 22_000, 49_500 + more),
            charge(Step::MallFee, Base::NetSales, false, 1_100, 1_100),
            of(Which::ALL.not_paid(Payment::Card), Step::PaymentFee, Base::Paid, false, 27_500, 38_500),
            of(Which::ALL.paid(Payment::Card), Step::PaymentFee, Base::Paid, false, 30_000, 33_333 + more),
            charge(Step::Points, Base::NetSalesBeforeTax, true, 10_000, 10_000),
            charge(Step::Points, Base::NetSales, false, 15_000, 15_000 + more),
            of(Which::ALL.affiliate(None), Step::Affiliate, Base::NetSales, false, 0, 14_300),
            of(Which::ALL.affiliate(Some(true)), Step::Affiliate, Base::NetSales, false, 14_300, 14_300),
        ];
        costs.coupon_fee[mall as usize] = Timeline::always(Amount { low: Yen(55), high: Yen(60) });
    }
    costs
}

fn history(sold: &[Sold]) -> History {
    let mut builder = HistoryBuilder::default();
    for sold in sold {
        builder.push_costed(sold.row, &sold.lines, sold.input, &sold.inputs);
    }
    let item = |number| Item { mall: Mall::Rakuten, code: format!("item-{number}"), name: String::new() };
    let mut history = builder.finish((0..ITEMS).map(item).collect());
    history.costs = Some(Arc::new(costs()));
    history.work_margins_out();
    history
}

fn margins(history: &History) -> BTreeMap<i64, Margin> {
    let columns = &history.orders;
    columns
        .order
        .iter()
        .zip(columns.margin.iter())
        .map(|(order, margin)| (order, margin.expect("worked out")))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(96) })]

    #[test]
    fn the_waterfall_is_its_orders_and_an_order_its_lines(sold in sold()) {
        let history = history(&sold);
        let view = View::new(&history, &Scope { from: Some(day("2025-01-01")), ..Scope::default() }).expect("orders");
        let mut reckoner = Reckoner::new(&history).expect("costs");
        let mut whole = Parts::default();
        for o in 0..history.orders.order.len() {
            let order = reckoner.order(o);
            prop_assert_eq!(Some(order.margin()), history.orders.margin.at(o));
            let mut sum = Parts::default();
            for line in reckoner.lines(o) {
                for step in Step::ALL {
                    prop_assert!(line.of(step).low <= line.of(step).high, "{} of {:?}", step, line);
                }
                sum.add(&line);
            }
            prop_assert_eq!(sum, order, "lines of order {}", o);
            whole.add(&order);
        }
        let found = profit(Some(&view), &Question::default());
        for step in &found.steps {
            let band = whole.of(step.key);
            prop_assert_eq!((step.low, step.high), (band.low, band.high), "{}", step.key);
            let of_orders = orders(&view, &Question::default(), step.key);
            prop_assert_eq!(of_orders.len() as u32, step.order_count);
            prop_assert_eq!(of_orders.iter().map(|(_, parts)| parts.of(step.key).low).sum::<Yen>(), step.low);
        }
        // Net sales are what the orders say, and what is left is what the steps leave.
        let net: Yen = history.orders.net_sales.iter().copied().sum();
        prop_assert_eq!(found.net_sales, net);
        let steps = || found.steps.iter().filter(|step| !step.is_sum);
        let left = found.steps.last().expect("rows");
        prop_assert_eq!(steps().map(|step| step.low).sum::<Yen>(), left.low);
        prop_assert_eq!(steps().map(|step| step.high).sum::<Yen>(), left.high);
    }

    #[test]
    fn the_items_make_the_whole_and_so_do_the_malls(sold in sold()) {
        // Every order has a line here: goods that no line states belong to no item.
        let sold: Vec<Sold> = sold.into_iter().filter(|sold| !sold.lines.is_empty()).collect();
        prop_assume!(!sold.is_empty());
        let history = history(&sold);
        let everything = Scope { from: Some(day("2025-01-01")), ..Scope::default() };
        let of = |scope: &Scope| {
            profit(View::new(&history, scope).as_ref(), &Question { item: scope.item.as_deref(), event: None })
        };
        let whole = of(&everything);
        let items = (0..ITEMS).map(|item| of(&Scope { item: Some(format!("item-{item}")), ..everything.clone() }));
        let malls = [Mall::Rakuten, Mall::Yahoo].map(|mall| of(&Scope { mall: Some(mall), ..everything.clone() }));
        for parts in [items.collect::<Vec<_>>(), malls.to_vec()] {
            for (place, step) in whole.steps.iter().enumerate() {
                let sum = |end: fn(&otokui_lib::insight::profit::ProfitStep) -> Yen| {
                    parts.iter().filter_map(|part| part.steps.get(place)).map(end).sum::<Yen>()
                };
                prop_assert_eq!((sum(|s| s.low), sum(|s| s.high)), (step.low, step.high), "{}", step.key);
            }
        }
    }

    #[test]
    fn neither_the_order_of_recording_nor_that_of_lines_changes_a_margin(sold in sold(), seed in 0_u64..1_000) {
        let mut shuffled = sold.clone();
        for sold in &mut shuffled {
            sold.lines.reverse();
            sold.inputs.reverse();
        }
        shuffled.sort_by_key(|sold| (sold.row.order as u64).wrapping_mul(2 * seed + 1).wrapping_mul(0x9E37_79B9) % 97);
        prop_assert_eq!(margins(&history(&shuffled)), margins(&history(&sold)));
    }
}

#[test]
fn what_nobody_knows_is_a_range_and_never_zero() {
    // One piece of an item without a cost, 1,000 yen, no fees, postage 200 to 300: what is left lies between
    // 1,000 − 1,000 − 300 and 1,000 − 0 − 200.
    let mut sold =
        to_sold((0, ((1, 0, false), vec![(4, 1, 1_000, 1, false)], (0, 0, 0, 0), (200, 100, false, 0, 0, 0))));
    sold.row.mall = Mall::Own;
    let history = history(&[sold]);
    let margin = history.orders.margin.at(0).expect("worked out");
    assert_eq!(margin, Margin { low: Yen(-300), high: Yen(800), known_goods: Yen::ZERO });
    assert_eq!(margin.known(), None);
    let view = view(&history, "2025-01-01");
    let found = profit(Some(&view), &Question::default());
    assert_eq!((found.contribution_margin, found.known_cost_share), (None, 0.0), "nothing at all is known");
    assert_eq!((found.steps.last().expect("rows").low, found.order_count), (Yen(-300), 1), "the rows say the range");
}

#[test]
fn an_empty_ledger_has_no_waterfall() {
    let found = profit(None, &Question::default());
    assert!(found.steps.is_empty() && found.as_of.is_none() && found.contribution_margin.is_none());
}
