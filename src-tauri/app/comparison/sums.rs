//! Sums of both periods: the shop, its waterfall, who came back, what a list of orders comes to; and states: groups and growth map.

use super::rows::{Said, Unit};
use super::{Asked, ComparedRow};
use crate::app::error::Error;
use crate::app::screens::{GroupsQuery, OrdersPage, OrdersPart, OrdersQuery};
use crate::app::{groups, growth_map, order_list, overview, profit};
use crate::insight::growth::{Arrow, GrowthMap, Stage};
use crate::insight::overview::Overview;
use crate::insight::profit::ProfitStep;
use crate::insight::repeat::Window;
use crate::insight::won::{self, Won};
use crate::insight::{Band, Interval, Scope};
use crate::shop::Yen;

/// What is said of those won in a period: which purchase, and within how many days of the one before.
const BACK: [Window; 4] = [
    Window { purchase: 2, days: 90 },
    Window { purchase: 2, days: 180 },
    Window { purchase: 2, days: 365 },
    Window { purchase: 3, days: 180 },
];

fn count(count: u32) -> Option<f64> {
    Some(f64::from(count))
}

impl Asked<'_, '_> {
    fn both<T>(&self, answer: impl Fn(&Scope) -> Result<T, Error>) -> Result<[T; 2], Error> {
        Ok([answer(&self.now)?, answer(&self.other)?])
    }

    pub(super) fn overview(&self) -> Result<Vec<ComparedRow>, Error> {
        let both = self.both(|scope| overview::answer(self.session, scope))?;
        let row = |key: &str, unit: Unit, of: &dyn Fn(&Overview) -> Option<f64>| {
            self.row(key, unit, [of(&both[0]), of(&both[1])])
        };
        let mut rows = vec![
            row("net_sales", Unit::Yen, &|o| Some(o.net_sales.as_f64())),
            row("order_count", Unit::Orders, &|o| count(o.order_count)),
            row("customer_count", Unit::People, &|o| count(o.customer_count)),
            row("new_customer_count", Unit::People, &|o| count(o.new_vs_existing.new.customer_count)),
            row("average_order_value", Unit::Yen, &|o| o.average_order_value.map(Yen::as_f64)),
        ];
        let margins = both.each_ref().map(|answer| self.said_band(answer.contribution_margin));
        rows.push(self.put("contribution_margin", &self.label("contribution_margin"), Unit::Yen, margins));
        rows.push(self.repeat_share(&both));
        rows.push(self.f2_90(&self.both_won()));
        Ok(rows)
    }

    fn repeat_share(&self, both: &[Overview; 2]) -> ComparedRow {
        let shares = both.each_ref().map(|answer| answer.repeat_share_interval);
        self.share("repeat_share", &self.label("repeat_share"), Unit::People, shares)
    }

    pub(super) fn profit(&self) -> Result<Vec<ComparedRow>, Error> {
        let event = self.query.event.as_deref();
        let [now, other] = self.both(|scope| profit::answer(self.session, scope, event))?;
        let steps = now.steps.iter().zip(&other.steps).filter(|(a, b)| profit::is_drawn(a) || profit::is_drawn(b));
        Ok(steps.map(|(now, other)| self.step(now.key.word(), &now.label, [now, other])).collect())
    }

    /// A step of the waterfall.
    pub(super) fn step(&self, key: &str, label: &str, steps: [&ProfitStep; 2]) -> ComparedRow {
        let unit = if steps[0].is_sum { Unit::Yen } else { Unit::Cost };
        let said = |step: &ProfitStep| {
            Said::range(Band { low: step.low, high: step.high }, profit::yen_range(step, &self.session.catalogue))
        };
        self.put(key, label, unit, steps.map(said))
    }

    pub(super) fn groups(&self) -> Result<Vec<ComparedRow>, Error> {
        let query = |scope: &Scope| GroupsQuery {
            scope: scope.clone(),
            rules: self.query.rules.clone(),
            ..GroupsQuery::default()
        };
        let [now, other] = self.both(|scope| groups::asked(self.session, &query(scope)))?;
        let all = [count(now.customer_count), count(other.customer_count)];
        let all = self.named("customer_count", &self.label("customers_so_far"), Unit::People, all);
        let of_group = |(now, other): (&crate::insight::rfm::GroupRow, &crate::insight::rfm::GroupRow)| {
            let counts = [count(now.customer_count), count(other.customer_count)];
            self.named(now.key.word(), &now.label, Unit::People, counts)
        };
        Ok([all].into_iter().chain(now.groups.iter().zip(&other.groups).map(of_group)).collect())
    }

    fn both_won(&self) -> [Won; 2] {
        self.days().map(|(from, to)| won::won_by(self.view, from, to, self.query.net_sales))
    }

    fn f2_90(&self, both: &[Won; 2]) -> ComparedRow {
        self.share("f2_90", &self.label("f2_90"), Unit::People, both.each_ref().map(|won| won.f2_90))
    }

    /// How many of those won in each period came back; nothing under 5 people observed that long.
    pub(super) fn back(&self, windows: &[Window]) -> Vec<[Option<Interval>; 2]> {
        let [now, other] = self.days().map(|(from, to)| won::back(self.view, from, to, windows));
        now.into_iter().zip(other).map(|(now, other)| [now, other]).collect()
    }

    pub(super) fn coming_back(&self) -> Result<Vec<ComparedRow>, Error> {
        let both = self.both(|scope| overview::answer(self.session, scope))?;
        let mut rows = vec![self.repeat_share(&both)];
        for (Window { purchase, days }, shares) in BACK.into_iter().zip(self.back(&BACK)) {
            let key = format!("f{purchase}_{days}");
            rows.push(self.share(&key, &self.label(&key), Unit::People, shares));
        }
        let existing = both.each_ref().map(|answer| &answer.new_vs_existing.existing);
        rows.push(self.row("back_count", Unit::People, existing.map(|side| count(side.customer_count))));
        rows.push(self.row("back_sales", Unit::Yen, existing.map(|side| Some(side.net_sales.as_f64()))));
        Ok(rows)
    }

    pub(super) fn won(&self) -> Vec<ComparedRow> {
        let both = self.both_won();
        let [now, other] = &both;
        let value = |interval: Option<Interval>| interval.map(|interval| interval.value);
        let mut rows: Vec<ComparedRow> = now
            .ltv
            .iter()
            .zip(&other.ltv)
            .map(|((days, now), (_, other))| self.row(&format!("ltv_{days}"), Unit::Yen, [value(*now), value(*other)]))
            .collect();
        // The longest window both sides have seen says most: it stands first.
        rows.reverse();
        rows.sort_by_key(|row| row.change.is_empty());
        rows.push(self.row("won", Unit::People, both.each_ref().map(|won| count(won.customer_count))));
        rows.push(self.f2_90(&both));
        rows
    }

    /// Who stands where on the last day of each period, and how many took each arrow in the year up to it.
    pub(super) fn growth_map(&self) -> Result<Vec<ComparedRow>, Error> {
        let [(_, to), (_, other_to)] = self.days();
        let on = |day| growth_map::on(self.session, &self.query.scope, day);
        let both: [GrowthMap; 2] = [on(to)?, on(other_to)?];
        let catalogue = &self.session.catalogue;
        let years = both.each_ref().map(|map| map.assets.years.last());
        // A map of nobody has no places: nobody stands there.
        let active = years.map(|year| count(year.map_or(0, |year| year.active_count)));
        let mut rows = vec![self.row("active", Unit::People, active)];
        for stage in Stage::ALL {
            let standing = |map: &GrowthMap| {
                count(map.stages.iter().find(|row| row.key == stage).map_or(0, |row| row.customer_count))
            };
            let name = growth_map::stage(stage, catalogue);
            let label = catalogue.text("compare-stage", &[("stage", name.into())]);
            rows.push(self.named(stage.word(), &label, Unit::People, both.each_ref().map(standing)));
        }
        for arrow in Arrow::ALL {
            let rate = |map: &GrowthMap| map.arrows.iter().find(|row| row.key == arrow).and_then(|row| row.rate);
            let name = growth_map::arrow(arrow, catalogue);
            let label = catalogue.text("compare-arrow", &[("arrow", name.into())]);
            let key = format!("arrow_{}", arrow.word());
            rows.push(self.share(&key, &label, Unit::People, both.each_ref().map(rate)));
        }
        let kept = years.map(|year| year.and_then(|year| year.retention));
        rows.push(self.share("retention", &self.label("retention"), Unit::People, kept));
        let returned = years.map(|year| year.and_then(|year| year.return_rate));
        rows.push(self.share("return_rate", &self.label("return_rate"), Unit::People, returned));
        Ok(rows)
    }

    /// What a list of orders comes to, of the same people in both periods.
    pub(super) fn orders(&self) -> Result<Vec<ComparedRow>, Error> {
        let query = OrdersQuery {
            scope: self.now.clone(),
            people: self.query.people.clone(),
            customer: self.query.customer,
            part: self.query.part,
            page: 0,
        };
        let both = order_list::compared(self.session, &query, &[self.now.clone(), self.other.clone()])?;
        let counted = |page: &OrdersPage| page.total - page.split_count;
        let row = |key: &str, unit: Unit, of: &dyn Fn(&OrdersPage) -> Option<f64>| {
            self.row(key, unit, both.each_ref().map(of))
        };
        let people = row("customer_count", Unit::People, &|page| count(page.customer_count));
        let goods = row("goods", Unit::Yen, &|page| Some(page.goods.as_f64()));
        if self.query.part == OrdersPart::LeftOut {
            return Ok(vec![row("left_out", Unit::Orders, &|page| count(page.total)), people, goods]);
        }
        let average = |page: &OrdersPage| page.net_sales.divided_rounded(u64::from(counted(page))).map(Yen::as_f64);
        let margins =
            both.each_ref().map(|page| self.said_band(page.contribution_margin.filter(|_| counted(page) > 0)));
        let mut rows = vec![
            row("net_sales", Unit::Yen, &|page| Some(page.net_sales.as_f64())),
            row("order_count", Unit::Orders, &|page| count(counted(page))),
            people,
            row("average_order_value", Unit::Yen, &average),
            goods,
            self.put("contribution_margin", &self.label("contribution_margin"), Unit::Yen, margins),
        ];
        if self.query.part == OrdersPart::Sales {
            rows.push(row("left_out", Unit::Orders, &|page| count(page.left_out_count)));
        }
        Ok(rows)
    }
}
