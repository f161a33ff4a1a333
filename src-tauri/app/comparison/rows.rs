//! How a figure of two periods is written.

use super::{Asked, ComparedRow};
use crate::app::words;
use crate::insight::{Band, Interval};
use crate::shop::Yen;

/// What a figure counts.
#[derive(Clone, Copy)]
pub(super) enum Unit {
    Yen,
    /// Yen that are less than nothing: a cost that grows is more of it.
    Cost,
    People,
    Orders,
    Times,
    Pieces,
    Kinds,
    Share,
    /// A difference of two shares.
    Points,
}

/// A figure of one period.
pub(super) struct Said {
    value: Option<f64>,
    /// The ends of a range.
    ends: Option<(f64, f64)>,
    text: String,
    /// Rests on enough to be held against another one.
    firm: bool,
}

impl Said {
    /// The same in other words, for a range with these ends.
    pub(super) fn range(band: Band, text: String) -> Said {
        let (low, high) = (band.low.as_f64(), band.high.as_f64());
        Said { value: Some((low + high) / 2.0), ends: Some((low, high)), text, firm: true }
    }

    /// Whether it is certain which of the two is larger, or that they are the same.
    fn can_be_told_from(&self, other: &Said) -> bool {
        let (Some((low, high)), Some((other_low, other_high))) = (self.ends, other.ends) else { return true };
        high < other_low || other_high < low || (low == high && other_low == other_high)
    }
}

impl Asked<'_, '_> {
    pub(super) fn label(&self, key: &str) -> String {
        self.session.catalogue.word(&format!("compare-{}", key.replace('_', "-")))
    }

    /// A figure in words; nothing where it is not known.
    pub(super) fn said(&self, unit: Unit, value: Option<f64>) -> Said {
        let catalogue = &self.session.catalogue;
        let text = match (value, unit) {
            (None, _) => catalogue.word("compare-unknown"),
            (Some(yen), Unit::Yen | Unit::Cost) => words::yen(Yen::rounded_half_away(yen), catalogue.language),
            (Some(share), Unit::Share) => words::percent(share),
            (Some(points), Unit::Points) => in_points(points),
            (Some(count), _) => self.counted(unit, count),
        };
        Said { value, ends: None, text, firm: true }
    }

    /// A share of so many `unit`; of fewer than 30 it is said as a count, and held against nothing.
    pub(super) fn said_share(&self, unit: Unit, share: Option<Interval>) -> Said {
        let value = share.map(|share| share.value);
        let Some(share) = share.filter(|share| share.n < words::FEW) else { return self.said(Unit::Share, value) };
        let hits = (share.value * f64::from(share.n)).round();
        let args =
            [("of", self.counted(unit, f64::from(share.n)).into()), ("part", words::grouped(hits as i64).into())];
        Said { value, ends: None, text: self.session.catalogue.text("compare-few", &args), firm: false }
    }

    /// Yen as a range, by its middle.
    pub(super) fn said_band(&self, band: Option<Band>) -> Said {
        let Some(band) = band else { return self.said(Unit::Yen, None) };
        let Band { low, high } = band;
        let catalogue = &self.session.catalogue;
        let yen = |amount| words::yen(amount, catalogue.language);
        let text = if low == high {
            yen(low)
        } else {
            catalogue.text("setting-range", &[("low", yen(low).into()), ("high", yen(high).into())])
        };
        Said::range(band, text)
    }

    fn counted(&self, unit: Unit, count: f64) -> String {
        let key = match unit {
            Unit::People => "format-people",
            Unit::Orders => "format-orders",
            Unit::Times => "format-times",
            Unit::Kinds => "format-kinds",
            Unit::Pieces | Unit::Yen | Unit::Cost | Unit::Share | Unit::Points => "format-pieces",
        };
        self.session.catalogue.text(key, &[("count", words::grouped(count.round() as i64).into())])
    }

    /// A figure that is a sum or a count.
    pub(super) fn row(&self, key: &str, unit: Unit, [now, other]: [Option<f64>; 2]) -> ComparedRow {
        self.named(key, &self.label(key), unit, [now, other])
    }

    /// The same by a name of its own.
    pub(super) fn named(&self, key: &str, label: &str, unit: Unit, values: [Option<f64>; 2]) -> ComparedRow {
        self.put(key, label, unit, values.map(|value| self.said(unit, value)))
    }

    /// A share of so many `unit`.
    pub(super) fn share(&self, key: &str, label: &str, unit: Unit, shares: [Option<Interval>; 2]) -> ComparedRow {
        self.put(key, label, Unit::Share, shares.map(|share| self.said_share(unit, share)))
    }

    /// Two figures beside each other.
    pub(super) fn put(&self, key: &str, label: &str, unit: Unit, [now, other]: [Said; 2]) -> ComparedRow {
        let is_clear = now.firm && other.firm && now.can_be_told_from(&other);
        let values = now.value.zip(other.value).filter(|_| is_clear);
        let change = match (values, unit) {
            (Some((value, other)), Unit::Share | Unit::Points) => in_points(value - other),
            // Of few a percentage says more than they do.
            (Some((value, other)), Unit::People | Unit::Orders | Unit::Times | Unit::Pieces | Unit::Kinds)
                if other < f64::from(words::FEW) =>
            {
                let sign = if value > other { "+" } else { "" };
                format!("{sign}{}", self.counted(unit, value - other))
            }
            (Some((value, other)), Unit::Cost) if other < 0.0 => format!("{:+.1}%", (value / other - 1.0) * 100.0),
            // Of nothing, and of less than nothing, there is no percentage.
            (Some((value, other)), _) if other > 0.0 => format!("{:+.1}%", (value / other - 1.0) * 100.0),
            _ => String::new(),
        };
        ComparedRow {
            key: key.to_owned(),
            label: label.to_owned(),
            value: now.value,
            other: other.value,
            text: now.text,
            other_text: other.text,
            change,
        }
    }
}

/// What rounds to nothing has no minus.
fn in_points(difference: f64) -> String {
    format!("{:+.1}pt", (difference * 1_000.0).round() / 10.0 + 0.0)
}
