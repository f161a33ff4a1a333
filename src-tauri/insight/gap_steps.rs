//! From one purchase to the next, step by step: when people come back, and whom to expect now.

use super::gap::{self, Counts, RETURNS_NEEDED};
use super::gap_table::{self, GapPoint, GapTable};
use super::history::View;
use serde::Serialize;

/// The last purchase with a step of its own.
const LAST_STEP: u32 = 5;
/// Days between two points of a curve.
const POINT_DAYS: u32 = 15;
/// The last point of a curve.
const CURVE_END: u32 = 540;
/// Where the histogram ends; longer gaps are counted together.
const HISTOGRAM_END: u32 = 360;

/// How wide a bar of the histogram is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum BinDays {
    /// For what is used up in weeks.
    Five,
    /// The usual width.
    #[default]
    Ten,
    /// For what is bought by the season.
    Thirty,
}

impl BinDays {
    /// All widths, narrowest first.
    pub const ALL: [BinDays; 3] = [BinDays::Five, BinDays::Ten, BinDays::Thirty];

    /// Its days.
    pub fn days(self) -> u32 {
        match self {
            BinDays::Five => 5,
            BinDays::Ten => 10,
            BinDays::Thirty => 30,
        }
    }

    /// The width of so many days, if there is one.
    pub fn of(days: u32) -> Option<BinDays> {
        BinDays::ALL.into_iter().find(|bins| bins.days() == days)
    }
}

/// The way from one purchase to the next.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct GapStep {
    /// The purchase that is waited for: 2 is the way from the first to the second.
    pub step: u32,
    /// People who made the purchase before it.
    pub customer_count: u32,
    /// Of them those who came back so far.
    pub return_count: u32,
    /// Of them those still waited for.
    pub waiting_count: u32,
    /// Day by which a quarter of those who come back had come back; nothing under 10 returns, like the next two.
    pub lower_days: Option<u32>,
    /// Half of them.
    pub median_days: Option<u32>,
    /// Three quarters of them.
    pub upper_days: Option<u32>,
    /// Whom to expect now; nothing under 30 returns.
    pub due: Option<Due>,
    /// Kaplan–Meier, day 0, 15, … 540; ends where fewer than 5 are still waiting.
    pub curve: Vec<GapPoint>,
    /// Gaps of those who came back so far, up to day 360; no bars while nobody has.
    pub histogram: Vec<GapBin>,
    /// Came back later than that.
    pub beyond_count: u32,
}

/// People who are usually back by now and soon will not be any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Due {
    /// Day by which half of those who come back had come back.
    pub from_day: u32,
    /// Day by which 80 % of them had come back.
    pub to_day: u32,
    /// People whose last purchase is that long ago.
    pub customer_count: u32,
}

/// One bar of the histogram.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct GapBin {
    /// First day after the purchase.
    pub from_day: u32,
    /// Last day.
    pub to_day: u32,
    /// People who came back on these days.
    pub return_count: u32,
    /// Those who came back by the last of these days ÷ all who came back so far, 0–1.
    pub cumulative_share: f64,
}

/// The steps to the second, third, fourth and fifth purchase, all four of them also while nobody has come so far.
pub fn steps(view: &View<'_>, bins: BinDays) -> Vec<GapStep> {
    let (counts, _) = gap::counts(view);
    let nobody = Counts::default();
    (2..=LAST_STEP).map(|step| of_counts(step, counts.get(step as usize - 2).unwrap_or(&nobody), bins)).collect()
}

pub(super) fn of_counts(step: u32, counts: &Counts, bins: BinDays) -> GapStep {
    let GapTable { purchase_count, return_count, lower_days, median_days, upper_days, points } =
        gap_table::table_over(counts, POINT_DAYS, CURVE_END);
    let curve = counts.curve();
    let window = curve.median().zip(curve.lapse()).filter(|_| return_count >= RETURNS_NEEDED);
    let due = window.map(|(from_day, to_day)| {
        let waiting = counts.waiting.iter().take(to_day as usize + 1).skip(from_day as usize);
        Due { from_day, to_day, customer_count: waiting.sum() }
    });
    let (histogram, beyond_count) = histogram(counts, bins.days());
    GapStep {
        step,
        customer_count: purchase_count,
        return_count,
        waiting_count: purchase_count - return_count,
        lower_days,
        median_days,
        upper_days,
        due,
        curve: points,
        histogram,
        beyond_count,
    }
}

/// Bars from day 1, and how many came back after the last of them.
fn histogram(counts: &Counts, width: u32) -> (Vec<GapBin>, u32) {
    let all: u32 = counts.returned.iter().sum();
    if all == 0 {
        return (Vec::new(), 0);
    }
    let mut so_far = 0;
    let bin = |from_day: u32| {
        let to_day = from_day + width - 1;
        // Two purchases of one day are one: nobody comes back on day 0.
        let first = if from_day == 1 { 0 } else { from_day };
        let return_count = counts.returned.iter().take(to_day as usize + 1).skip(first as usize).sum();
        so_far += return_count;
        GapBin { from_day, to_day, return_count, cumulative_share: f64::from(so_far) / f64::from(all) }
    };
    let bins: Vec<GapBin> = (1..=HISTOGRAM_END).step_by(width as usize).map(bin).collect();
    (bins, all - so_far)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(found: f64, expected: f64) {
        assert!((found - expected).abs() < 5e-4, "found {found}, published {expected}");
    }

    /// Weeks of remission of the 21 children on 6-MP: Freireich et al., "The effect of 6-mercaptopurine on the duration
    /// of steroid-induced remissions in acute leukemia", Blood 21 (1963). The estimates are those worked out in Kalbfleisch
    /// & Prentice, *The Statistical Analysis of Failure Time Data*, and in Collett, *Modelling Survival Data in
    /// Medical Research*: S(6) = 0.857, S(7) = 0.807, S(10) = 0.753, S(13) = 0.690, S(16) = 0.627, S(22) = 0.538,
    /// S(23) = 0.448, with 21, 17, 15, 12, 11, 7 and 6 at risk. A relapse stands for a return, a week for a day.
    #[test]
    fn a_published_shop_of_another_trade() {
        let mut counts = Counts::default();
        [6, 6, 6, 7, 10, 13, 16, 22, 23].into_iter().for_each(|week| counts.add(week, true));
        [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35].into_iter().for_each(|week| counts.add(week, false));
        let published = [(6, 0.857), (7, 0.807), (10, 0.753), (13, 0.690), (16, 0.627), (22, 0.538), (23, 0.448)];
        let curve = counts.curve();
        assert_eq!((curve.starts, curve.returns), (21, 9));
        for ((day, share), (week, staying)) in curve.points.iter().zip(published) {
            assert_eq!(*day, week);
            close(1.0 - share, staying);
        }
        let rows = gap_table::table_over(&counts, 1, 30).points;
        let at_risk = [(6, 21), (7, 17), (10, 15), (13, 12), (16, 11), (22, 7), (23, 6)];
        for (week, risk) in at_risk {
            assert_eq!(rows[week].at_risk, risk, "week {week}");
        }
    }

    #[test]
    fn bars_add_up_and_what_comes_later_is_counted() {
        // Back after 1, 5, 6, 10, 11, 360 and 400 days; two still wait. Bars of 5 days: 1–5 has 1 and 5, 6–10 has 6
        // and 10, 11–15 has 11, 356–360 has 360; one later. Cumulative 2/7, 4/7, 5/7, …, 6/7.
        let mut counts = Counts::default();
        [1, 5, 6, 10, 11, 360, 400].into_iter().for_each(|day| counts.add(day, true));
        [3, 500].into_iter().for_each(|day| counts.add(day, false));
        let found = of_counts(2, &counts, BinDays::Five);
        assert_eq!((found.customer_count, found.return_count, found.waiting_count), (9, 7, 2));
        assert_eq!((found.histogram.len(), found.beyond_count), (72, 1));
        let bar = |place: usize| (found.histogram[place].from_day, found.histogram[place].return_count);
        assert_eq!([bar(0), bar(1), bar(2), bar(71)], [(1, 2), (6, 2), (11, 1), (356, 1)]);
        for (place, share) in [(0, 2.0), (1, 4.0), (2, 5.0), (70, 5.0), (71, 6.0)] {
            assert!((found.histogram[place].cumulative_share - share / 7.0).abs() < 1e-12, "bar {place}");
        }
        assert_eq!(of_counts(2, &counts, BinDays::Ten).histogram.len(), 36);
        assert_eq!(of_counts(2, &counts, BinDays::Thirty).histogram.len(), 12);
        assert_eq!((found.median_days, found.due), (None, None), "seven returns are too few to expect anybody by");
    }

    #[test]
    fn those_between_half_and_four_fifths_are_expected_now() {
        // 30 come back on days 1 to 30 and nobody leaves before: half are back by day 15, four fifths by day 24. Three who
        // wait longer than anybody took change no quantile of those who return, and are expected no more.
        let mut counts = Counts::default();
        (1..=30).for_each(|day| counts.add(day, true));
        [40, 40, 41].into_iter().for_each(|day| counts.add(day, false));
        let due = of_counts(2, &counts, BinDays::Ten).due.expect("thirty returns");
        assert_eq!((due.from_day, due.to_day, due.customer_count), (15, 24, 0));
        // Three more who have waited for 15, 24 and 25 days. At risk on day d ≤ 15: 37 − d, so by then 15 of 36 are back,
        // staying 21/36. Days 16 to 24 return 1 of 20, …, 12: 21/36 · 11/20 = 0.320833. Day 25: 9/10 of that. Days 26 to
        // 30, of 8, …, 4: 3/8; 0.320833 · 0.9 · 0.375 = 0.108281, so all who return are 0.891719.
        // Half: 0.445859, reached on day 17 (1 − 21/36 · 19/20 · 18/19 = 0.475); day 16 gives 0.445833, just less.
        // 80 %: 0.713375; day 24 gives 0.679167, day 25 1 − 0.320833 · 0.9 = 0.711250, day 26 1 − 0.288750 · 7/8
        // = 0.747344. So from day 17 to day 26: those waiting since 24 and 25 days, not the one since 15.
        let mut counts = Counts::default();
        (1..=30).for_each(|day| counts.add(day, true));
        [15, 24, 25, 40, 40, 41].into_iter().for_each(|day| counts.add(day, false));
        let due = of_counts(2, &counts, BinDays::Ten).due.expect("thirty returns");
        assert_eq!((due.from_day, due.to_day, due.customer_count), (17, 26, 2));
    }
}
