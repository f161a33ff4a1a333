//! What a filter leaves of a history, and what has been worked out from it.

use super::super::category::CategoryCurves;
use super::super::gap::GapCurves;
use super::super::group_story::Past;
use super::super::item_gap::ItemGaps;
use super::super::rfm::{GroupRules, Scored, ValueBasis};
use super::held::Held;
use super::{History, Once, Scope};
use crate::shop::{CustomerId, Day, Yen};
use std::ops::{Deref, Range};
use std::sync::Arc;

/// Purchases of the customers in scope, up to the end of `as_of`: one entry per customer-day.
///
/// Mall and item restrict the orders, so that "first purchase" is the first one in scope; `from`–`to` is only
/// the period that sums are taken over and restricts nothing here. Copies share their columns, and what several
/// questions ask of them is worked out once.
#[derive(Clone, Debug, PartialEq)]
pub struct View<'h> {
    /// Where it comes from.
    pub history: &'h History,
    /// First day of the period: as asked, else the day after `as_of` − 12 months.
    pub from: Day,
    /// Last day of the period: as asked, never after `as_of`.
    pub to: Day,
    /// How customers are put into groups: those of the history, unless others are tried out.
    pub rules: GroupRules,
    columns: Arc<ViewColumns>,
    worked_out: Arc<WorkedOut>,
    of_items: Arc<OfItems>,
}

/// What a view looks at, whatever its period and rules.
#[derive(Clone, Debug, PartialEq)]
pub struct ViewColumns {
    /// Measured at the end of this day.
    pub as_of: Day,
    /// First order day of the whole history: how far back the ledger reaches.
    pub reaches_back_to: Day,
    /// Dense customer indices with a purchase in scope, ascending.
    pub customers: Vec<u32>,
    /// Purchases of `customers[i]` are `starts[i]..starts[i + 1]`, oldest first.
    pub starts: Vec<u32>,
    /// One entry per customer-day.
    pub purchases: Purchases,
    /// Per order of the history: in scope.
    pub included: Vec<bool>,
    /// Per item of the history whether it is asked for; nothing where all are. Orders hold other items besides.
    pub wanted: Option<Vec<bool>>,
}

/// Purchase columns, all of one length.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Purchases {
    /// The day.
    pub day: Vec<Day>,
    /// Σ net sales of the day.
    pub net_sales: Vec<Yen>,
    /// Orders of the day, parts of split orders not counted.
    pub order_count: Vec<u32>,
    /// A decision to buy: false on later days that hold subscription deliveries only.
    pub fresh: Vec<bool>,
    /// Orders of the day lie in `order_from..order_to` of the history (look at `included`).
    pub order_from: Vec<u32>,
    /// End of that range.
    pub order_to: Vec<u32>,
}

/// What several questions ask of the same columns.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct WorkedOut {
    pub basis: Once<ValueBasis>,
    pub curves: Once<Arc<GapCurves>>,
    /// By the rules of whoever asked first.
    pub scored: Once<Arc<Scored>>,
    /// Likewise.
    pub past: Once<Arc<Past>>,
    /// Of purchases, where value is the margin.
    pub values: Once<Vec<Yen>>,
}

/// What questions about items ask of the same columns.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct OfItems {
    pub gaps: Once<Arc<ItemGaps>>,
    pub categories: Once<Arc<CategoryCurves>>,
    held: Once<Held>,
}

/// The columns of a view and what has been worked out from them, without the history they are of.
#[derive(Clone, Debug)]
pub struct KeptView {
    columns: Arc<ViewColumns>,
    worked_out: Arc<WorkedOut>,
    of_items: Arc<OfItems>,
}

impl KeptView {
    /// The same without what has been worked out of items: that is the largest part, and soon worked out again.
    pub fn without_items(self) -> KeptView {
        KeptView { of_items: Arc::default(), ..self }
    }

    /// Whether the view looks at just these columns.
    pub fn is_of(&self, view: &View<'_>) -> bool {
        Arc::ptr_eq(&self.columns, &view.columns)
    }
}

impl Deref for View<'_> {
    type Target = ViewColumns;
    fn deref(&self) -> &ViewColumns {
        &self.columns
    }
}

impl<'h> View<'h> {
    /// What `scope` leaves of the history, its `group` aside (groups need this view first; see [`View::only`]).
    /// Nothing when no order is in scope.
    pub fn new(history: &'h History, scope: &Scope) -> Option<View<'h>> {
        let columns = ViewColumns::new(history, scope)?;
        let (from, to) = period(scope, columns.as_of);
        Some(View::with(history, columns, (from, to), history.rules))
    }

    fn with(history: &'h History, columns: ViewColumns, (from, to): (Day, Day), rules: GroupRules) -> View<'h> {
        View {
            history,
            from,
            to,
            rules,
            columns: Arc::new(columns),
            worked_out: Arc::default(),
            of_items: Arc::default(),
        }
    }

    /// What can be kept to look at the same orders again.
    pub fn keep(&self) -> KeptView {
        KeptView { columns: self.columns.clone(), worked_out: self.worked_out.clone(), of_items: self.of_items.clone() }
    }

    /// The view that was kept, of the same history, with the period of `scope` and the rules of the history. `scope` must
    /// ask for the same orders.
    pub fn again(history: &'h History, kept: KeptView, scope: &Scope) -> View<'h> {
        let (from, to) = period(scope, kept.columns.as_of);
        let KeptView { columns, worked_out, of_items } = kept;
        View { history, from, to, rules: history.rules, columns, worked_out, of_items }
    }

    /// The same of which nothing has been worked out yet.
    pub fn anew(&self) -> View<'h> {
        View { worked_out: Arc::default(), of_items: Arc::default(), ..self.clone() }
    }

    /// The same view with only those customers for whose place in `customers` `keep` says yes.
    pub fn only(&self, keep: impl Fn(usize) -> bool) -> View<'h> {
        let mut included = self.included.clone();
        let mut kept = Vec::new();
        for (place, &customer) in self.customers.iter().enumerate() {
            if keep(place) {
                kept.push(customer);
            } else {
                let range = self.history.starts[customer as usize]..self.history.starts[customer as usize + 1];
                included[range.start as usize..range.end as usize].fill(false);
            }
        }
        let (customers, starts, purchases) = purchases_of(self.history, &included, kept.into_iter());
        let columns = ViewColumns { customers, starts, purchases, included, wanted: self.wanted.clone(), ..**self };
        View::with(self.history, columns, (self.from, self.to), self.rules)
    }

    /// The same view with only those customers whose first purchase lies in these days; nothing when there are none.
    pub fn won_in(&self, from: Day, to: Day) -> Option<View<'h>> {
        let days = &self.purchases.day;
        let view = self.only(|place| (from..=to).contains(&days[self.starts[place] as usize]));
        (!view.customers.is_empty()).then_some(view)
    }

    /// Customer id at `place`.
    pub fn id(&self, place: usize) -> CustomerId {
        self.history.customers[self.customers[place] as usize]
    }

    /// What every purchase holds.
    pub(crate) fn held(&self) -> &Held {
        self.of_items.held.or(|| Held::of(self))
    }

    /// What has been worked out of items so far.
    pub(crate) fn of_items(&self) -> &OfItems {
        &self.of_items
    }

    /// What has been worked out from these columns so far.
    pub(crate) fn worked_out(&self) -> &WorkedOut {
        &self.worked_out
    }
}

/// The customers among these who have bought, where the purchases of each begin, and the purchases. Nobody else has an
/// order that is included.
///
/// No step hangs on an order by a branch that cannot be foreseen: the last purchase so far is written anew with each.
fn purchases_of(
    history: &History,
    included: &[bool],
    among: impl ExactSizeIterator<Item = u32>,
) -> (Vec<u32>, Vec<u32>, Purchases) {
    let orders = &history.orders;
    let most = included.iter().filter(|included| **included).count();
    // One more, which is never reached.
    let mut chosen = vec![0_u32; most + 1];
    let mut next = 0;
    for (o, &is_in) in (0..).zip(included) {
        chosen[next] = o;
        next += usize::from(is_in);
    }
    chosen[most] = u32::MAX;
    let (mut customers, mut starts) = (vec![0; among.len().min(most) + 1], vec![0; among.len().min(most) + 2]);
    let (mut day, mut net_sales) = (vec![Day::default(); most], vec![Yen::ZERO; most]);
    let (mut order_count, mut fresh) = (vec![0; most], vec![false; most]);
    let (mut order_from, mut order_to) = (vec![0; most], vec![0; most]);
    let (mut next, mut count, mut customer_count) = (0, 0, 0);
    for customer in among {
        let (before, end) = (count, history.starts[customer as usize + 1]);
        let mut last = (Day::default(), Yen::ZERO, 0, false, 0);
        while chosen[next] < end {
            let o = chosen[next];
            let i = o as usize;
            next += 1;
            let on = orders.ordered_at[i].day();
            let is_first = count == before;
            let is_new = is_first | (on != last.0);
            count += usize::from(is_new);
            last = (
                on,
                Yen(last.1.0 * i64::from(!is_new)) + orders.net_sales[i],
                last.2 * u32::from(!is_new) + u32::from(!orders.split[i]),
                is_first | (last.3 & !is_new) | !orders.subscription[i],
                if is_new { o } else { last.4 },
            );
            let place = count - 1;
            (day[place], net_sales[place], order_count[place]) = (last.0, last.1, last.2);
            (fresh[place], order_from[place], order_to[place]) = (last.3, last.4, o + 1);
        }
        customers[customer_count] = customer;
        starts[customer_count + 1] = count as u32;
        customer_count += usize::from(count > before);
    }
    customers.truncate(customer_count);
    starts.truncate(customer_count + 1);
    let mut purchases = Purchases { day, net_sales, order_count, fresh, order_from, order_to };
    purchases.truncate(count);
    (customers, starts, purchases)
}

impl Purchases {
    fn truncate(&mut self, count: usize) {
        self.day.truncate(count);
        self.net_sales.truncate(count);
        self.order_count.truncate(count);
        self.fresh.truncate(count);
        self.order_from.truncate(count);
        self.order_to.truncate(count);
    }
}

/// First and last day that sums are taken over.
fn period(scope: &Scope, as_of: Day) -> (Day, Day) {
    let to = scope.to.unwrap_or(as_of).min(as_of);
    (scope.from.unwrap_or_else(|| to.plus_months(-12) + 1), to)
}

impl ViewColumns {
    fn new(history: &History, scope: &Scope) -> Option<ViewColumns> {
        let reaches_back_to = history.first_day()?;
        let as_of = scope.as_of.or(history.last_day())?;
        let end = (as_of + 1).start();
        let wanted = history.wanted(scope);
        let (moments, malls) = (&history.orders.ordered_at, &history.orders.mall);
        let mut included: Vec<bool> = match history.last_day() {
            Some(last) if last <= as_of => vec![true; moments.len()],
            _ => moments.iter().map(|&at| at < end).collect(),
        };
        if let Some(mall) = scope.mall {
            included.iter_mut().zip(malls).for_each(|(included, &of)| *included &= of == mall);
        }
        if let Some(wanted) = &wanted {
            let holds = |o: usize| history.lines_of(o).iter().any(|line| wanted[line.item as usize]);
            included.iter_mut().enumerate().for_each(|(o, included)| *included = *included && holds(o));
        }
        let everybody = 0..history.customers.len() as u32;
        let (customers, starts, purchases) = purchases_of(history, &included, everybody);
        let columns = ViewColumns { as_of, reaches_back_to, customers, starts, purchases, included, wanted };
        (!columns.customers.is_empty()).then_some(columns)
    }

    /// Places of the purchases of the customer at `place`.
    pub fn purchases_of(&self, place: usize) -> Range<usize> {
        self.starts[place] as usize..self.starts[place + 1] as usize
    }

    /// Orders in scope of the purchase `p`, as indices into the history.
    pub fn orders_of(&self, p: usize) -> impl Iterator<Item = usize> + '_ {
        (self.purchases.order_from[p] as usize..self.purchases.order_to[p] as usize).filter(|&o| self.included[o])
    }
}
