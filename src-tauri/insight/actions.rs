//! What to do next, for whom, why, and what it is worth.

use super::calendar::Calendar;
use super::history::View;
use super::new_item;
use super::rfm::GroupKey;
use super::stats::{Band, Interval};
use super::triggers::{self, Shop};
use crate::shop::{CustomerId, Day, Mall, Yen};
use serde::Serialize;

/// The rules that find an audience, in the order in which a customer is given to one of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum Trigger {
    /// First-time buyers whose second purchase is due before the window in which people come back closes.
    F2Window,
    /// Their item is used up soon, by the shop's own gap curve of that item.
    Replenishment,
    /// 離反しそうな優良.
    BestCooling,
    /// Bought only on event days, now ready for a full-value offer.
    EventOnly,
    /// High involvement, and an item that is new in the shop.
    NewItem,
}

impl Trigger {
    /// All five, in priority order.
    pub const ALL: [Trigger; 5] =
        [Trigger::F2Window, Trigger::Replenishment, Trigger::BestCooling, Trigger::EventOnly, Trigger::NewItem];

    /// The rule of a word; nothing for a word that is none.
    pub fn of_word(word: &str) -> Option<Trigger> {
        Trigger::ALL.into_iter().find(|trigger| trigger.word() == word)
    }

    /// The word on the wire, in addresses and in catalogue keys.
    pub fn word(self) -> &'static str {
        match self {
            Trigger::F2Window => "f2_window",
            Trigger::Replenishment => "replenishment",
            Trigger::BestCooling => "best_cooling",
            Trigger::EventOnly => "event_only",
            Trigger::NewItem => "new_item",
        }
    }
}

/// One suggestion, without words.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// `f2_window`, `replenishment:<mall>:<item code>`, … ; stable from week to week.
    pub key: String,
    /// The rule that found it.
    pub trigger: Trigger,
    /// The item it is about, if any: index into `History::items`.
    pub item: Option<u32>,
    /// Who, ascending; nobody is in two findings.
    pub customers: Vec<CustomerId>,
    /// The group most of them are in, if the rule is about a group.
    pub group: Option<GroupKey>,
    /// How likely such people buy within `window_days` without any action, from the shop's own past.
    pub base_rate: Interval,
    /// Days the base rate and the worth speak of.
    pub window_days: u32,
    /// Typical value of one such purchase (median).
    pub typical_value: Yen,
    /// Relative lift assumed, low and high (0.05 = five per cent more of them buy).
    pub lift: (f64, f64),
    /// Cost of reaching them once.
    pub cost: Yen,
    /// customers × base rate × lift × typical value − cost, low and high ends combined cautiously.
    pub worth: Band,
    /// Last day on which it still makes sense.
    pub due_on: Day,
    /// A day count the words mention (the window, the usual gap, …).
    pub evidence_days: u32,
    /// A people count the words mention (how many the rate was learnt from, …).
    pub evidence_count: u32,
}

/// Relative lift assumed of a message, low and high, until the shop's own campaigns say otherwise.
///
/// A prior of this product, chosen cautiously: of 100 who would buy anyway, 5 to 20 more buy.
pub const PRIOR_LIFT: (f64, f64) = (0.05, 0.20);

/// Fewer people than this make no card: writing to two people needs no list.
pub const SMALLEST_AUDIENCE: usize = 3;

/// Fewer comparable people in the shop's own past than this make no card: the worth would be invented.
pub const SMALLEST_PAST: u32 = 10;

/// Comparable people below which the interval of the base rate is widened from 90 % to 95 %.
const FEW: u32 = 30;

/// What it costs to reach one person once with the cheapest tool of their mall.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tariffs {
    /// R-Mail.
    pub rakuten: Yen,
    /// ストアニュースレター.
    pub yahoo: Yen,
    /// The shop's own list.
    pub own: Yen,
}

impl Tariffs {
    /// Of one mall.
    pub fn of(&self, mall: Mall) -> Yen {
        match mall {
            Mall::Rakuten => self.rakuten,
            Mall::Yahoo => self.yahoo,
            Mall::Own => self.own,
        }
    }
}

/// An audience before customers are shared out.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    pub trigger: Trigger,
    pub item: Option<u32>,
    pub group: Option<GroupKey>,
    /// Places in the view, ascending.
    pub places: Vec<u32>,
    /// People-looks like these in the past, and how many of them bought.
    pub comparable: u32,
    pub bought: u32,
    pub window_days: i32,
    pub typical_value: Yen,
    pub due_on: Day,
    pub evidence_days: u32,
    pub evidence_count: u32,
}

impl Candidate {
    pub fn new(trigger: Trigger, window_days: i32, typical_value: Yen) -> Candidate {
        Candidate {
            trigger,
            item: None,
            group: None,
            places: Vec::new(),
            comparable: 0,
            bought: 0,
            window_days,
            typical_value,
            due_on: Day::default(),
            evidence_days: 0,
            evidence_count: 0,
        }
    }

    /// Yen expected of one person, before cost.
    pub fn gain_per_person(&self) -> f64 {
        let rate = if self.comparable == 0 { 0.0 } else { f64::from(self.bought) / f64::from(self.comparable) };
        rate * (PRIOR_LIFT.0 + PRIOR_LIFT.1) / 2.0 * self.typical_value.as_f64()
    }

    /// Yen expected of everybody in it, before cost.
    pub fn gain(&self) -> f64 {
        self.gain_per_person() * self.places.len() as f64
    }

    fn key(&self, view: &View<'_>) -> String {
        let item = self.item.map(|item| &view.history.items[item as usize]);
        match item {
            Some(item) => format!("{}:{}:{}", self.trigger.word(), item.mall, item.code),
            None => self.trigger.word().to_owned(),
        }
    }
}

/// What to do next, best first: ranked by the middle of `worth`, equal ones by key.
///
/// Each customer is in one finding: the rule that expects most of a person (base rate × middle of the lift ×
/// typical value) takes its people first, equal ones in the order of [`Trigger::ALL`]. No finding: fewer than 3
/// people left, fewer than 10 comparable people in the past, or a worth whose middle is not above its cost.
pub fn findings(view: &View<'_>, calendar: &Calendar, tariffs: &Tariffs) -> Vec<Finding> {
    findings_without(view, calendar, tariffs, &[])
}

/// [`findings`] without these customers (ascending), who are left alone for now. They still count in what the past says.
pub fn findings_without(
    view: &View<'_>,
    calendar: &Calendar,
    tariffs: &Tariffs,
    resting: &[CustomerId],
) -> Vec<Finding> {
    let shop = Shop::new(view);
    let events = calendar.days(view.reaches_back_to, view.as_of);
    let mut candidates: Vec<Candidate> = Vec::new();
    candidates.extend(triggers::f2_window(&shop));
    candidates.extend(triggers::replenishment(&shop));
    candidates.extend(triggers::best_cooling(&shop));
    candidates.extend(triggers::event_only(&shop, &events));
    candidates.extend(new_item::new_item(&shop));
    candidates.retain(|candidate| candidate.comparable >= SMALLEST_PAST);
    candidates.sort_by(|a, b| {
        let by_gain = b.gain_per_person().total_cmp(&a.gain_per_person());
        by_gain.then(a.trigger.cmp(&b.trigger)).then(a.item.cmp(&b.item))
    });
    let mut taken = vec![false; view.customers.len()];
    let rests = |place: usize| resting.binary_search(&view.id(place)).is_ok();
    if !resting.is_empty() {
        taken.iter_mut().enumerate().for_each(|(place, taken)| *taken = rests(place));
    }
    let mut findings = Vec::new();
    for candidate in candidates {
        let free: Vec<u32> = candidate.places.iter().copied().filter(|&place| !taken[place as usize]).collect();
        if let Some(finding) = finding(view, tariffs, &candidate, &free) {
            free.iter().for_each(|&place| taken[place as usize] = true);
            findings.push(finding);
        }
    }
    findings.sort_by(|a, b| middle(&b.worth).cmp(&middle(&a.worth)).then_with(|| a.key.cmp(&b.key)));
    findings
}

fn finding(view: &View<'_>, tariffs: &Tariffs, candidate: &Candidate, places: &[u32]) -> Option<Finding> {
    if places.len() < SMALLEST_AUDIENCE {
        return None;
    }
    let base_rate = share(candidate.bought, candidate.comparable)?;
    let item_mall = candidate.item.map(|item| view.history.items[item as usize].mall);
    let mall = |place: u32| item_mall.unwrap_or_else(|| mall_of(view, place as usize));
    let cost: Yen = places.iter().map(|&place| tariffs.of(mall(place))).sum();
    let gain = places.len() as f64 * candidate.typical_value.as_f64();
    let end = |rate: f64, lift: f64| Yen::rounded_half_away(gain * rate * lift) - cost;
    let worth = Band { low: end(base_rate.low, PRIOR_LIFT.0), high: end(base_rate.high, PRIOR_LIFT.1) };
    let expected = candidate.gain_per_person() * places.len() as f64 - cost.as_f64();
    if middle(&worth) <= 0 || expected <= 0.0 {
        return None;
    }
    Some(Finding {
        key: candidate.key(view),
        trigger: candidate.trigger,
        item: candidate.item,
        customers: places.iter().map(|&place| view.id(place as usize)).collect(),
        group: candidate.group,
        base_rate,
        window_days: candidate.window_days as u32,
        typical_value: candidate.typical_value,
        lift: PRIOR_LIFT,
        cost,
        worth,
        due_on: candidate.due_on,
        evidence_days: candidate.evidence_days,
        evidence_count: candidate.evidence_count,
    })
}

/// Twice the middle of a range, in yen.
fn middle(worth: &Band) -> i64 {
    worth.low.0 + worth.high.0
}

/// A share with its Wilson interval (Wilson 1927): 90 %, or 95 % below 30 people; nothing for nobody.
fn share(bought: u32, n: u32) -> Option<Interval> {
    if n == 0 {
        return None;
    }
    let z: f64 = if n < FEW { 1.959_964 } else { 1.644_854 };
    let people = f64::from(n);
    let value = f64::from(bought) / people;
    let spread = z * z / people;
    let centre = (value + spread / 2.0) / (1.0 + spread);
    let half = z * (value * (1.0 - value) / people + spread / (4.0 * people)).sqrt() / (1.0 + spread);
    Some(Interval { value, low: (centre - half).clamp(0.0, value), high: (centre + half).clamp(value, 1.0), n })
}

/// The mall whose tool reaches the customer: that of their last order in scope.
pub fn mall_of(view: &View<'_>, place: usize) -> Mall {
    let last = view.purchases_of(place).next_back().and_then(|p| view.orders_of(p).last());
    last.map_or(Mall::Own, |o| view.history.orders.mall[o])
}
