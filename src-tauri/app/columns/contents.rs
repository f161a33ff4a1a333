//! A history as columns, and back. What the program can put together anew in no time (words, rules, categories) is left out.

use super::packed::{Packer, Unpacker};
use crate::insight::history::{History, Item, LineRow, Margins, Orders, Slim, SlimInputs, Whole};
use crate::insight::margin::Step;
use crate::insight::rates::{Amount, Base, Charge, Costs, Piece, Rate, SETTLED_STEPS, Settled, Timeline, Which};
use crate::shop::{CustomerId, Day, Mall, Moment, Payment, Yen};
use std::io::{self, Read, Write};
use std::sync::Arc;

const MALLS: [Mall; 3] = [Mall::Rakuten, Mall::Yahoo, Mall::Own];
const BASES: [Base; 3] = [Base::NetSales, Base::NetSalesBeforeTax, Base::Paid];

/// What an order says of an affiliate, as a number.
const AFFILIATE: [(i64, Option<bool>); 3] = [(0, None), (1, Some(false)), (2, Some(true))];

/// How long the columns are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Lengths {
    pub(super) orders: usize,
    customers: usize,
    lines: usize,
    items: usize,
    /// Bytes of the items' codes and names.
    texts: usize,
    charges: usize,
    products: usize,
    /// Days on which anything changes that selling costs.
    changes: usize,
    settled: usize,
}

impl Lengths {
    pub(super) const COUNT: usize = 9;

    pub(super) fn of(history: &History, costs: &Costs) -> Lengths {
        Lengths {
            orders: history.orders.order.len(),
            customers: history.customers.len(),
            lines: history.lines.len(),
            items: history.items.len(),
            texts: history.items.iter().map(|item| item.code.len() + item.name.len()).sum(),
            charges: costs.charges.iter().map(Vec::len).sum(),
            products: costs.products.len(),
            changes: rows_of(costs).map(|rows| rows.len()).sum(),
            settled: costs.settled.len(),
        }
    }

    pub(super) fn numbers(&self) -> [u64; Lengths::COUNT] {
        [
            self.orders,
            self.customers,
            self.lines,
            self.items,
            self.texts,
            self.charges,
            self.products,
            self.changes,
            self.settled,
        ]
        .map(|length| length as u64)
    }

    pub(super) fn of_numbers(numbers: [u64; Lengths::COUNT]) -> Lengths {
        let [orders, customers, lines, items, texts, charges, products, changes, settled] =
            numbers.map(|number| number as usize);
        Lengths { orders, customers, lines, items, texts, charges, products, changes, settled }
    }
}

/// Writes the columns.
pub(super) fn write(to: &mut Packer<impl Write>, history: &History, costs: &Costs) -> io::Result<()> {
    let orders = &history.orders;
    to.column(history.customers.iter().map(|customer| customer.0))?;
    to.column(counts(&history.starts))?;
    to.column(numbers(&orders.order))?;
    to.column(orders.ordered_at.iter().map(|at| at.0))?;
    to.column((0..orders.order.len()).map(|o| flags(history, o)))?;
    to.column(orders.mall.iter().map(|&mall| mall as i64))?;
    to.column(numbers(&orders.goods))?;
    to.column(orders.goods.iter().zip(&orders.net_sales).map(|(goods, sales)| goods.0 - sales.0))?;
    to.column(numbers(&orders.shop_coupon))?;
    to.column(numbers(&orders.paid_by_mall))?;
    to.column(numbers(&orders.mall_coupon))?;
    to.column(orders.point_multiplier.iter().map(|&times| i64::from(times)))?;
    let margins = || orders.margin.iter().map(Option::unwrap_or_default);
    to.column(margins().map(|margin| margin.low.0))?;
    to.column(margins().map(|margin| margin.high.0.wrapping_sub(margin.low.0)))?;
    to.column(margins().map(|margin| margin.known_goods.0))?;
    let inputs = &history.inputs;
    to.column(numbers(&inputs.charged))?;
    to.column(numbers(&inputs.refund))?;
    to.column(numbers(&inputs.postage_low))?;
    to.column(numbers(&inputs.postage_high))?;
    to.column(numbers(&inputs.settled))?;
    to.column(inputs.payment.iter().map(|payment| payment.map_or(0, |payment| i64::from(payment.number()))))?;
    to.column(inputs.affiliate.iter().map(|of| AFFILIATE.iter().find(|(_, said)| said == of).map_or(0, |it| it.0)))?;
    to.column(counts(&history.line_starts))?;
    to.column(history.lines.iter().map(|line| i64::from(line.item)))?;
    to.column(history.lines.iter().map(|line| i64::from(line.quantity)))?;
    to.column(history.lines.iter().map(|line| line.goods.0))?;
    to.column(numbers(&inputs.product))?;
    to.column(numbers(&inputs.point_multiplier))?;
    to.column(numbers(&inputs.tax_permille))?;
    to.column(history.items.iter().map(|item| item.mall as i64))?;
    to.column(history.items.iter().map(|item| item.code.len() as i64))?;
    to.column(history.items.iter().map(|item| item.name.len() as i64))?;
    for item in &history.items {
        to.bytes(item.code.as_bytes())?;
        to.bytes(item.name.as_bytes())?;
    }
    write_costs(to, costs)
}

/// Reads them; nothing for what was not written so. It is to be believed only once its hash has been looked at.
pub(super) fn read(from: &mut Unpacker<impl Read>, lengths: &Lengths) -> Option<History> {
    let n = lengths.orders;
    let customers = from.column(lengths.customers, CustomerId)?;
    let starts = starts(&from.column(lengths.customers, |count| count as u32)?, n)?;
    let order = slim(from.column(n, |id| id)?);
    let ordered_at = from.column(n, Moment)?;
    let flags = from.column(n, |flags| flags as u8)?;
    let flag = |bit: u8| flags.iter().map(|flags| flags & bit != 0).collect::<Vec<bool>>();
    let mall = from.column(n, mall)?;
    let goods = from.column(n, Yen)?;
    let mut net_sales = from.column(n, Yen)?;
    net_sales.iter_mut().zip(&goods).for_each(|(less, goods)| *less = *goods - *less);
    let mut of_customer = Vec::with_capacity(n);
    for (customer, range) in customers.iter().zip(starts.windows(2)) {
        of_customer.resize(range[1] as usize, *customer);
    }
    let mut orders = Orders {
        order,
        customer: slim(of_customer),
        ordered_at,
        time_known: flag(TIME_KNOWN),
        mall,
        goods: slim(goods),
        net_sales,
        margin: Margins::default(),
        shop_coupon: slim(from.column(n, Yen)?),
        paid_by_mall: slim(from.column(n, Yen)?),
        mall_coupon: slim(from.column(n, Yen)?),
        point_multiplier: from.column(n, |times| times as u16)?,
        split: flag(SPLIT),
        subscription: flag(SUBSCRIPTION),
        gift: flag(GIFT),
    };
    let (low, more, known) = (from.column(n, Yen)?, from.column(n, Yen)?, from.column(n, Yen)?);
    orders.margin = Margins::of(flag(HAS_MARGIN), slim(low), slim(more), slim(known));
    let mut inputs = SlimInputs {
        charged: slim(from.column(n, Yen)?),
        refund: slim(from.column(n, Yen)?),
        postage_low: slim(from.column(n, |yen| yen as u32)?),
        postage_high: slim(from.column(n, |yen| yen as u32)?),
        coupon_beyond_free: flag(BEYOND_FREE),
        settled: slim(from.column(n, |place| place as u32)?),
        payment: from.column(n, |number| u8::try_from(number).ok().and_then(Payment::of_number))?,
        affiliate: from.column(n, |said| AFFILIATE.iter().find(|(number, _)| *number == said)?.1)?,
        ..SlimInputs::default()
    };
    let line_starts = self::starts(&from.column(n, |count| count as u32)?, lengths.lines)?;
    let (item, quantity) = (from.column(lengths.lines, |item| item as u32)?, from.column(lengths.lines, |n| n as u32)?);
    let goods = from.column(lengths.lines, Yen)?;
    let line = |l: usize| LineRow { item: item[l], quantity: quantity[l], goods: goods[l] };
    let lines = (0..lengths.lines).map(line).collect();
    inputs.product = slim(from.column(lengths.lines, |product| product as u32)?);
    inputs.point_multiplier = slim(from.column(lengths.lines, |times| times as u16)?);
    inputs.tax_permille = slim(from.column(lengths.lines, |tax| tax as u16)?);
    Some(History {
        customers,
        starts,
        orders,
        line_starts,
        lines,
        items: read_items(from, lengths)?,
        inputs,
        costs: Some(Arc::new(read_costs(from, lengths)?)),
        ..History::default()
    })
}

fn numbers<T: Whole>(column: &Slim<T>) -> impl Iterator<Item = i64> + '_ {
    column.iter().map(T::number)
}

/// In as little memory as the numbers take; what they were read into is let go.
fn slim<T: Whole>(column: Vec<T>) -> Slim<T> {
    column.into_iter().collect()
}

const TIME_KNOWN: u8 = 1;
const SPLIT: u8 = 2;
const SUBSCRIPTION: u8 = 4;
const GIFT: u8 = 8;
const HAS_MARGIN: u8 = 16;
const BEYOND_FREE: u8 = 32;

fn flags(history: &History, o: usize) -> i64 {
    let orders = &history.orders;
    let is = |bit: u8, yes: bool| if yes { bit } else { 0 };
    i64::from(
        is(TIME_KNOWN, orders.time_known[o])
            | is(SPLIT, orders.split[o])
            | is(SUBSCRIPTION, orders.subscription[o])
            | is(GIFT, orders.gift[o])
            | is(HAS_MARGIN, orders.margin.at(o).is_some())
            | is(BEYOND_FREE, history.inputs.coupon_beyond_free[o]),
    )
}

fn mall(number: i64) -> Mall {
    MALLS.get(number as usize).copied().unwrap_or(Mall::Own)
}

fn counts(starts: &[u32]) -> impl Iterator<Item = i64> + '_ {
    starts.windows(2).map(|range| i64::from(range[1]) - i64::from(range[0]))
}

/// From how many there are of each; nothing unless they are `all` together.
fn starts(counts: &[u32], all: usize) -> Option<Vec<u32>> {
    let mut starts = Vec::with_capacity(counts.len() + 1);
    starts.push(0);
    let mut sum = 0_u32;
    for &count in counts {
        sum = sum.checked_add(count)?;
        starts.push(sum);
    }
    (sum as usize == all).then_some(starts)
}

fn read_items(from: &mut Unpacker<impl Read>, lengths: &Lengths) -> Option<Vec<Item>> {
    let malls = from.column(lengths.items, mall)?;
    let codes = from.column(lengths.items, |length| length as usize)?;
    let names = from.column(lengths.items, |length| length as usize)?;
    let texts = String::from_utf8(from.bytes(lengths.texts)?).ok()?;
    let mut rest = texts.as_str();
    let mut items = Vec::with_capacity(lengths.items);
    for ((mall, code), name) in malls.into_iter().zip(codes).zip(names) {
        let (code, after) = rest.split_at_checked(code)?;
        let (name, after) = after.split_at_checked(name)?;
        items.push(Item { mall, code: code.to_owned(), name: name.to_owned() });
        rest = after;
    }
    rest.is_empty().then_some(items)
}

/// A day on which something changes, and the two numbers that hold from then on.
type Change = (Day, i64, i64);

/// Every timeline of the costs: of the charges by mall, shares and then amounts, of coupons by mall, of goods in
/// general, of each product.
fn rows_of(costs: &Costs) -> impl Iterator<Item = Vec<Change>> + '_ {
    fn rows<T>(timeline: &Timeline<T>, numbers: impl Fn(&T) -> (i64, i64)) -> Vec<Change> {
        let row = |(day, value): &(Day, T)| (*day, numbers(value).0, numbers(value).1);
        timeline.steps().iter().map(row).collect()
    }
    let rate = |rate: &Rate| (i64::from(rate.low), i64::from(rate.high));
    let amount = |amount: &Amount| (amount.low.0, amount.high.0);
    let piece = |piece: &Piece| (piece.cost.0, i64::from(piece.before_tax));
    let charges = || costs.charges.iter().flatten();
    let shares = charges().map(move |charge| rows(&charge.rates, rate));
    let amounts = charges().map(move |charge| rows(&charge.per_order, amount));
    let coupons = costs.coupon_fee.iter().map(move |fee| rows(fee, amount));
    let general = std::iter::once(&costs.cost_rate).map(move |rates| rows(rates, rate));
    let products = costs.products.iter().map(move |product| rows(product, piece));
    shares.chain(amounts).chain(coupons).chain(general).chain(products)
}

fn write_costs(to: &mut Packer<impl Write>, costs: &Costs) -> io::Result<()> {
    let charges = || MALLS.into_iter().flat_map(|mall| costs.charges_of(mall).iter().map(move |charge| (mall, charge)));
    to.column(charges().map(|(mall, _)| mall as i64))?;
    to.column(charges().map(|(_, charge)| charge.step as i64))?;
    to.column(charges().map(|(_, charge)| charge.base as i64))?;
    to.column(charges().map(|(_, charge)| i64::from(charge.raised)))?;
    to.column(charges().map(|(_, charge)| i64::from(charge.which.number())))?;
    to.column(rows_of(costs).map(|rows| rows.len() as i64))?;
    to.column(rows_of(costs).flatten().map(|(day, ..)| i64::from(day.0)))?;
    to.column(rows_of(costs).flatten().map(|(_, first, _)| first))?;
    to.column(rows_of(costs).flatten().map(|(.., second)| second))?;
    for step in 0..SETTLED_STEPS.len() {
        to.column(costs.settled.iter().map(|settled| i64::from(settled.0[step].is_some())))?;
        to.column(costs.settled.iter().map(|settled| settled.0[step].unwrap_or_default().0))?;
    }
    Ok(())
}

fn read_costs(from: &mut Unpacker<impl Read>, lengths: &Lengths) -> Option<Costs> {
    let malls = from.column(lengths.charges, mall)?;
    let steps = from.column(lengths.charges, |step| Step::ALL.get(step as usize).copied())?;
    let bases = from.column(lengths.charges, |base| BASES.get(base as usize).copied())?;
    let raised = from.column(lengths.charges, |raised| raised != 0)?;
    let which = from.column(lengths.charges, |number| Which::of_number(number as u32))?;
    let of_charges = lengths.charges.checked_mul(2)?;
    let timelines = of_charges.checked_add(lengths.products)?.checked_add(MALLS.len() + 1)?;
    let counts = from.column(timelines, |count| count as u32)?;
    let starts = starts(&counts, lengths.changes)?;
    let days = from.column(lengths.changes, |day| Day(day as i32))?;
    let (first, second) = (from.column(lengths.changes, |n| n)?, from.column(lengths.changes, |n| n)?);
    let rows = |timeline: usize| starts[timeline] as usize..starts[timeline + 1] as usize;
    fn timeline<T>(rows: std::ops::Range<usize>, row: impl Fn(usize) -> (Day, T)) -> Timeline<T> {
        Timeline::new(rows.map(row).collect())
    }
    let rate = |at: usize| (days[at], Rate { low: first[at] as u32, high: second[at] as u32 });
    let amount = |at: usize| (days[at], Amount { low: Yen(first[at]), high: Yen(second[at]) });
    let piece = |at: usize| (days[at], Piece { cost: Yen(first[at]), before_tax: second[at] != 0 });
    let mut costs = Costs::default();
    for at in 0..lengths.charges {
        let (which, raised, rates) = (which[at], raised[at], timeline(rows(at), rate));
        let per_order = timeline(rows(lengths.charges + at), amount);
        let charge = Charge { step: steps[at]?, base: bases[at]?, which, raised, rates, per_order };
        costs.charges[malls[at] as usize].push(charge);
    }
    costs.coupon_fee = std::array::from_fn(|mall| timeline(rows(of_charges + mall), amount));
    costs.cost_rate = timeline(rows(of_charges + MALLS.len()), rate);
    let products = of_charges + MALLS.len() + 1..timelines;
    costs.products = products.map(|product| timeline(rows(product), piece)).collect();
    costs.settled = vec![Settled::default(); lengths.settled];
    for step in 0..SETTLED_STEPS.len() {
        let is_stated = from.column(lengths.settled, |stated| stated != 0)?;
        let amounts = from.column(lengths.settled, Yen)?;
        for ((settled, is_stated), amount) in costs.settled.iter_mut().zip(is_stated).zip(amounts) {
            settled.0[step] = is_stated.then_some(amount);
        }
    }
    Some(costs)
}
