//! Findings become cards: titles, reasons, texts to copy, tools of the malls.

use super::catalogue::{Catalogue, Language};
use super::channels::{self, Tool};
use super::screens::{Card, Channel, Evidence, Words};
use super::words;
use crate::insight::Interval;
use crate::insight::actions::{self, Finding, Trigger};
use crate::insight::calendar::Calendar;
use crate::insight::history::{Item, View};
use crate::shop::{CustomerId, Day, Mall};
use fluent_bundle::FluentValue;

/// Cards named "this week".
const THIS_WEEK: usize = 3;

/// Rules checked longer ago than this are marked for checking.
const STALE_AFTER_DAYS: i32 = 180;

/// What to do next, with these events and the built-in tariffs, for everybody but who is left alone for now (ascending).
pub fn found(view: &View<'_>, calendar: &Calendar, resting: &[CustomerId]) -> Vec<Finding> {
    actions::findings_without(view, calendar, &channels::tariffs(&channels::tools()), resting)
}

/// People of a finding whom a mall's tools reach: all where it is about an item of that mall, else those whose last
/// order was there.
pub(super) fn reached(finding: &Finding, view: &View<'_>, mall: Mall) -> Vec<CustomerId> {
    let item_mall = finding.item.map(|item| view.history.items[item as usize].mall);
    match item_mall {
        Some(of_item) if of_item == mall => finding.customers.clone(),
        Some(_) => Vec::new(),
        None => {
            let places = places_of(view, &finding.customers).filter(|&place| actions::mall_of(view, place) == mall);
            places.map(|place| view.id(place)).collect()
        }
    }
}

/// A card's title, for the item it is about if there is one.
pub(super) fn title(trigger: Trigger, item_name: &str, catalogue: &Catalogue) -> String {
    let key = format!("action-{}-title", trigger.word().replace('_', "-"));
    catalogue.text(&key, &[("item", spoken_name(item_name).into())])
}

/// Where these customers, who ascend, stand in the view; who does not is left out.
fn places_of(view: &View<'_>, customers: &[CustomerId]) -> impl Iterator<Item = usize> {
    let count = view.customers.len();
    let mut from = 0;
    customers.iter().filter_map(move |&customer| {
        // The next one is seldom far: looked for in steps that double, then between the last two.
        let mut step = 1;
        while from + step < count && view.id(from + step) < customer {
            step *= 2;
        }
        let near = &view.customers[from..count.min(from + step + 1)];
        from += near.partition_point(|&dense| view.history.customers[dense as usize] < customer);
        (from < count && view.id(from) == customer).then_some(from)
    })
}

/// Monday of the week in which the day after `as_of` lies: a ledger that ends on a Sunday is about the coming week.
pub fn week_of(as_of: Day) -> Day {
    let next = as_of + 1;
    next - next.weekday() as i32
}

/// One card per finding, in the same order; the first three are this week's.
///
/// `today` only tells how long ago the malls' rules were checked.
pub fn cards(findings: &[Finding], view: &View<'_>, catalogue: &Catalogue, today: Day) -> Vec<Card> {
    let tools = channels::tools();
    let card = |(rank, finding)| Writer::new(finding, view, catalogue).card(rank < THIS_WEEK, &tools, today);
    findings.iter().enumerate().map(card).collect()
}

/// What the sentences of one card draw on.
struct Writer<'a, 'h> {
    finding: &'a Finding,
    catalogue: &'a Catalogue,
    item: Option<&'h Item>,
    /// Malls with people of the audience, in mall order, and how many they are.
    malls: Vec<(Mall, u32)>,
    audience: Audience,
    as_of: Day,
}

/// Ranges over the audience, for a mall's own segment tool.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Audience {
    /// Oldest and newest last purchase (of the item where the card is about using it up).
    last_on: (Day, Day),
    /// Fewest purchase days.
    fewest: u32,
}

impl<'a, 'h> Writer<'a, 'h> {
    fn new(finding: &'a Finding, view: &View<'h>, catalogue: &'a Catalogue) -> Writer<'a, 'h> {
        let history = view.history;
        let item = finding.item.map(|item| &history.items[item as usize]);
        let used_up = finding.item.filter(|_| finding.trigger == Trigger::Replenishment);
        let mut audience = Audience { last_on: (view.as_of, Day(i32::MIN)), fewest: u32::MAX };
        let mut malls = [0; 3];
        for place in places_of(view, &finding.customers) {
            let range = view.purchases_of(place);
            audience.fewest = audience.fewest.min(range.len() as u32);
            let holds =
                |order: usize| used_up.is_none_or(|item| history.lines_of(order).iter().any(|line| line.item == item));
            let Some(last) = range.rev().find(|&p| view.orders_of(p).any(holds)) else { continue };
            let day = view.purchases.day[last];
            audience.last_on = (audience.last_on.0.min(day), audience.last_on.1.max(day));
            malls[actions::mall_of(view, place) as usize] += 1;
        }
        let malls = match item {
            Some(item) => vec![(item.mall, finding.customers.len() as u32)],
            None => {
                let counted = [Mall::Rakuten, Mall::Yahoo, Mall::Own].map(|mall| (mall, malls[mall as usize]));
                counted.into_iter().filter(|(_, people)| *people > 0).collect()
            }
        };
        Writer { finding, catalogue, item, malls, audience, as_of: view.as_of }
    }

    fn card(&self, this_week: bool, tools: &[Tool], today: Day) -> Card {
        let finding = self.finding;
        let suited: Vec<&Tool> =
            self.malls.iter().flat_map(|&(mall, _)| channels::suited(tools, mall, finding.trigger)).collect();
        let people = |mall: Mall| self.malls.iter().find(|(of, _)| *of == mall).map_or(0, |(_, people)| *people);
        let channels: Vec<Channel> = suited
            .iter()
            .map(|tool| Channel {
                key: tool.key.clone(),
                mall: tool.mall,
                customer_count: people(tool.mall),
                name: self.catalogue.word(&format!("channel-{}-name", tool.key)),
                tariff: self.catalogue.word(&format!("channel-{}-tariff", tool.key)),
            })
            .collect();
        Card {
            key: finding.key.clone(),
            trigger: finding.trigger,
            group: finding.group,
            this_week,
            title: self.text("title"),
            why: self.text("why"),
            customer_ids: finding.customers.clone(),
            evidence: Evidence {
                customer_count: finding.customers.len() as u32,
                base_rate: finding.base_rate,
                window_days: finding.window_days,
                lift_low: finding.lift.0,
                lift_high: finding.lift.1,
                typical_value: finding.typical_value,
                item_code: self.item.map(|item| item.code.clone()),
                item_name: self.item.map(|item| item.name.clone()),
            },
            channel: channels.first().map(|channel| channel.name.clone()).unwrap_or_default(),
            channels,
            words: Words {
                subject: self.text("subject"),
                body: self.text("body"),
                line: self.text("line"),
                insert: self.text("insert"),
            },
            cost: finding.cost,
            worth: finding.worth,
            lift_source: self.fill("action-lift-prior"),
            due_on: finding.due_on,
            whose_job: self.catalogue.word(whose_job(finding.trigger)),
            caution: self.text("caution"),
            rule_note: self.rule_note(&suited, today),
            conditions: self.conditions(),
        }
    }

    /// The words at `action-<rule>-<part>`.
    fn text(&self, part: &str) -> String {
        self.fill(&format!("action-{}-{part}", self.finding.trigger.word().replace('_', "-")))
    }

    /// The words at a key, with every number a sentence may want.
    fn fill(&self, key: &str) -> String {
        let finding = self.finding;
        let language = self.catalogue.language;
        let grouped = |number: u32| words::grouped(i64::from(number));
        let ago = |day: Day| words::grouped(i64::from(self.as_of - day));
        let (oldest, newest) = self.audience.last_on;
        let lift = |lift: f64| format!("{:.0}", lift * 100.0);
        let args: [(&str, FluentValue<'_>); 15] = [
            ("people", grouped(finding.customers.len() as u32).into()),
            ("days", grouped(finding.evidence_days).into()),
            ("count", grouped(finding.evidence_count).into()),
            ("window", grouped(finding.window_days).into()),
            ("item", self.item.map(|item| spoken_name(&item.name)).unwrap_or_default().into()),
            ("code", self.item.map_or("", |item| item.code.as_str()).into()),
            ("past", self.past(&finding.base_rate).into()),
            ("nearest", ago(newest).into()),
            ("farthest", ago(oldest).into()),
            ("from", words::day(oldest, language).into()),
            ("to", words::day(newest, language).into()),
            ("fewest", grouped(self.audience.fewest).into()),
            ("due", words::day(finding.due_on, language).into()),
            ("low", lift(finding.lift.0).into()),
            ("high", lift(finding.lift.1).into()),
        ];
        self.catalogue.text(key, &args)
    }

    /// Counts first; a percentage beside them from 30 people on.
    fn past(&self, rate: &Interval) -> String {
        let bought = (rate.value * f64::from(rate.n)).round() as i64;
        let key = if rate.n < 30 { "action-past-few" } else { "action-past" };
        let args = [
            ("n", words::grouped(i64::from(rate.n)).into()),
            ("bought", words::grouped(bought).into()),
            ("rate", words::percent(rate.value).into()),
        ];
        self.catalogue.text(key, &args)
    }

    /// Numbered lines `action-<rule>-condition-1`, `-2`, …; then consent, which every tool asks for.
    fn conditions(&self) -> Vec<String> {
        let rule = self.finding.trigger.word().replace('_', "-");
        let keys = (1..).map(|number| format!("action-{rule}-condition-{number}"));
        let own = keys.take_while(|key| self.catalogue.has(key)).map(|key| self.fill(&key));
        own.chain([self.catalogue.word("action-condition-consent")]).collect()
    }

    /// The rule of each mall concerned, when it was checked, and that this is no legal advice.
    fn rule_note(&self, suited: &[&Tool], today: Day) -> String {
        let mut parts: Vec<String> =
            self.malls.iter().map(|(mall, _)| self.catalogue.word(&format!("rule-{mall}"))).collect();
        if let Some(checked_on) = suited.iter().map(|tool| tool.checked_on).min() {
            let stale = today - checked_on > STALE_AFTER_DAYS;
            let key = if stale { "rule-checked-stale" } else { "rule-checked" };
            let on = words::day(checked_on, self.catalogue.language);
            parts.push(self.catalogue.text(key, &[("on", on.into())]));
        }
        parts.join(match self.catalogue.language {
            Language::Japanese => "",
            Language::English => " ",
        })
    }
}

/// Characters of a product name in a sentence.
const NAME_LENGTH: usize = 30;

/// A product name as a person would say it: without the mall's advertising in 【】 and ～～, not too long.
///
/// A name that is nothing but advertising stays as it is.
fn spoken_name(name: &str) -> String {
    let mut spoken = String::with_capacity(name.len());
    let mut closing: Option<char> = None;
    for (at, letter) in name.char_indices() {
        let rest = &name[at + letter.len_utf8()..];
        match closing {
            Some(mark) if letter == mark => closing = None,
            Some(_) => {}
            None => {
                let mark = match letter {
                    '【' => Some('】'),
                    '～' | '〜' => Some(letter),
                    _ => None,
                };
                // A mark that is never closed is part of the name.
                closing = mark.filter(|&mark| rest.contains(mark));
                spoken.push(if closing.is_some() { ' ' } else { letter });
            }
        }
    }
    let spoken = spoken.split_whitespace().collect::<Vec<_>>().join(" ");
    let spoken = if spoken.is_empty() { name.trim() } else { &spoken };
    if spoken.chars().count() <= NAME_LENGTH {
        return spoken.to_owned();
    }
    let start: String = spoken.chars().take(NAME_LENGTH).collect();
    format!("{}…", start.trim_end())
}

fn whose_job(trigger: Trigger) -> &'static str {
    match trigger {
        Trigger::BestCooling => "job-owner",
        Trigger::F2Window | Trigger::Replenishment | Trigger::EventOnly | Trigger::NewItem => "job-promotion",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_week_is_that_of_the_day_after() {
        let week = |text: &str| week_of(text.parse().expect("a day")).to_string();
        // 2025-12-28 is a Sunday: its cards are about the week that begins on Monday, the 29th.
        assert_eq!(week("2025-12-28"), "2025-12-29");
        assert_eq!(week("2025-12-29"), "2025-12-29");
        assert_eq!(week("2026-01-03"), "2025-12-29");
    }

    #[test]
    fn a_product_is_named_without_its_advertising() {
        let check = |name, expected| assert_eq!(spoken_name(name), expected);
        check("【ポイント10倍】贅沢スイーツギフト Mサイズ ～最大50％OFFクーポン～", "贅沢スイーツギフト Mサイズ");
        check("深煎り 〜200g", "深煎り 〜200g");
        check("【訳あり】", "【訳あり】");
        check(&"豆".repeat(40), &format!("{}…", "豆".repeat(30)));
    }

    #[test]
    fn every_rule_has_all_its_words() {
        let catalogue = Catalogue::new(Language::Japanese);
        for trigger in Trigger::ALL {
            let rule = trigger.word().replace('_', "-");
            for part in ["title", "why", "subject", "body", "line", "insert", "caution", "condition-1"] {
                let key = format!("action-{rule}-{part}");
                assert!(catalogue.has(&key), "{key}");
            }
            assert!(catalogue.has(whose_job(trigger)));
        }
        for tool in channels::tools() {
            for part in ["name", "tariff"] {
                assert!(catalogue.has(&format!("channel-{}-{part}", tool.key)), "{}", tool.key);
            }
            assert!(catalogue.has(&format!("rule-{}", tool.mall)));
        }
    }
}
