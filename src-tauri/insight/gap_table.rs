//! Gap curves as tables: the share back by each tenth day, with its range and the number still waiting.

use super::gap::Counts;
use super::item_gap::ITEM_GAPS_NEEDED;
use super::stats::Z_90;
use serde::Serialize;

/// Days between two rows.
const STEP: u32 = 10;
/// The last row.
const END: u32 = 360;
/// Below so many still waiting a curve says more about them than about the shop.
const FEWEST_WAITING: u32 = 5;

/// A gap curve (Kaplan–Meier): those who have not come back yet count as waiting, not as lost.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct GapTable {
    /// Purchases from which it is counted, those still waiting included.
    pub purchase_count: u32,
    /// Of them followed by another within the ledger.
    pub return_count: u32,
    /// Day by which a quarter of those who return had returned; nothing under 10 returns, like the next two.
    pub lower_days: Option<u32>,
    /// Half of them.
    pub median_days: Option<u32>,
    /// Three quarters of them.
    pub upper_days: Option<u32>,
    /// Day 0, 10, … 360; ends where fewer than 5 are still waiting.
    pub points: Vec<GapPoint>,
}

/// One row of a gap curve.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct GapPoint {
    /// Days since the purchase.
    pub day: u32,
    /// Share back by the end of that day, 0–1.
    pub share: f64,
    /// Its 90 % range.
    pub low: f64,
    /// Its 90 % range.
    pub high: f64,
    /// Purchases still waiting at the beginning of that day.
    pub at_risk: u32,
}

/// The table of counted gaps.
///
/// Ranges: Greenwood's variance on the log(−log) scale, which keeps them within 0–1 (Kalbfleisch & Prentice, *The
/// Statistical Analysis of Failure Time Data*, 1980, §1.3).
pub(crate) fn table(counts: &Counts) -> GapTable {
    table_over(counts, STEP, END)
}

/// The same with a row every `step` days up to `end`.
pub(super) fn table_over(counts: &Counts, step: u32, end: u32) -> GapTable {
    let curve = counts.curve();
    let quartile = |share: f64| curve.quantile(share).filter(|_| curve.returns >= ITEM_GAPS_NEEDED);
    let mut table = GapTable {
        purchase_count: curve.starts,
        return_count: curve.returns,
        lower_days: quartile(0.25),
        median_days: quartile(0.5),
        upper_days: quartile(0.75),
        points: Vec::new(),
    };
    let (mut at_risk, mut staying, mut variance) = (curve.starts, 1.0_f64, 0.0_f64);
    for day in 0..=end {
        let waiting_at_start = at_risk;
        let back = counts.returned.get(day as usize).copied().unwrap_or(0);
        if back > 0 {
            let (left, risk) = (f64::from(at_risk - back), f64::from(at_risk));
            staying *= left / risk;
            variance += if left > 0.0 { f64::from(back) / (risk * left) } else { 0.0 };
        }
        at_risk -= back + counts.waiting.get(day as usize).copied().unwrap_or(0);
        if day % step != 0 {
            continue;
        }
        if waiting_at_start < FEWEST_WAITING {
            break;
        }
        let (low, high) = range(staying, variance);
        table.points.push(GapPoint { day, share: 1.0 - staying, low, high, at_risk: waiting_at_start });
    }
    table
}

/// The range of the share back.
fn range(staying: f64, variance: f64) -> (f64, f64) {
    if staying >= 1.0 || staying <= 0.0 {
        return (1.0 - staying, 1.0 - staying);
    }
    let spread = Z_90 * variance.sqrt() / staying.ln().abs();
    (1.0 - staying.powf((-spread).exp()), 1.0 - staying.powf(spread.exp()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_share_back_stands_with_those_still_waiting() {
        // Ten purchases: two back on day 5, one waiting since 7 days, three back on day 10, four waiting since 30 days.
        // Day 5: S = 8/10. Day 10: 7 at risk, S = 8/10 · 4/7 = 16/35. Then four wait: under five, no row after day 10.
        let mut counts = Counts::default();
        [(5, true), (5, true), (7, false), (10, true), (10, true), (10, true)]
            .into_iter()
            .chain([(30, false); 4])
            .for_each(|(days, back)| counts.add(days, back));
        let table = table(&counts);
        assert_eq!((table.purchase_count, table.return_count, table.median_days), (10, 5, None));
        let rows: Vec<(u32, u32)> = table.points.iter().map(|point| (point.day, point.at_risk)).collect();
        assert_eq!(rows, [(0, 10), (10, 7)]);
        assert!((table.points[1].share - 19.0 / 35.0).abs() < 1e-12);
        // Greenwood: 2/(10·8) + 3/(7·4) = 0.132143; √ = 0.363515; log S = −0.782759; 1.6449 · 0.363515 ÷ 0.782759
        // = 0.763894. S^(e^−0.763894) = 0.457143^0.465849 = 0.694441; S^(e^0.763894) = 0.457143^2.146619 = 0.186321.
        assert!((table.points[1].low - (1.0 - 0.694_441)).abs() < 1e-5, "{:?}", table.points[1]);
        assert!((table.points[1].high - (1.0 - 0.186_321)).abs() < 1e-5, "{:?}", table.points[1]);
        assert_eq!((table.points[0].share, table.points[0].low, table.points[0].high), (0.0, 0.0, 0.0));
    }

    #[test]
    fn ten_returns_give_quartiles() {
        let mut counts = Counts::default();
        (1..=12).for_each(|k| counts.add(k * 10, true));
        let table = table(&counts);
        assert_eq!((table.lower_days, table.median_days, table.upper_days), (Some(30), Some(60), Some(90)));
    }
}
