//! The people behind the figures of points and events, as they stand in an address.

use super::attachment::ATTACHED;
use super::dependence::DependenceBand;
use super::exit_path::FirstOrder;
use crate::shop::Day;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A quarter of the loyalty plane: dependent from [`DependenceBand::EventsLeaning`] up, attached from step 3 up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum PlaneQuarter {
    /// Attached, not dependent.
    Fans,
    /// Attached and dependent.
    EventFans,
    /// Not attached, dependent.
    BargainHunters,
    /// Neither.
    Loose,
}

impl PlaneQuarter {
    /// All, in the order of the table.
    pub const ALL: [PlaneQuarter; 4] =
        [PlaneQuarter::Fans, PlaneQuarter::EventFans, PlaneQuarter::BargainHunters, PlaneQuarter::Loose];

    /// Where a band and a step of attachment lie; nothing of whom nothing can be said.
    pub fn of(band: DependenceBand, level: u32) -> Option<PlaneQuarter> {
        let dependent = match band {
            DependenceBand::Undecided => return None,
            DependenceBand::EventsMostly | DependenceBand::EventsLeaning => true,
            DependenceBand::Even | DependenceBand::PlainLeaning | DependenceBand::PlainMostly => false,
        };
        Some(match (level >= ATTACHED, dependent) {
            (true, false) => PlaneQuarter::Fans,
            (true, true) => PlaneQuarter::EventFans,
            (false, true) => PlaneQuarter::BargainHunters,
            (false, false) => PlaneQuarter::Loose,
        })
    }

    /// As it stands in an address.
    pub const fn word(self) -> &'static str {
        match self {
            PlaneQuarter::Fans => "fans",
            PlaneQuarter::EventFans => "event_fans",
            PlaneQuarter::BargainHunters => "bargain_hunters",
            PlaneQuarter::Loose => "loose",
        }
    }
}

/// Who is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PointPeople {
    /// `dependence:events_mostly`
    Band(DependenceBand),
    /// `plane:even:3`: a band and a step of attachment.
    Cell(DependenceBand, u32),
    /// `plane_part:bargain_hunters`
    Quarter(PlaneQuarter),
    /// `first_order:coupon`
    First(FirstOrder),
    /// `events_first`: the first two clear purchases were both on event days.
    EventStart,
    /// `events_left`: of these, who later placed a full-value order.
    EventLeft,
    /// `events_only`: of these, who has bought nothing outside events so far.
    EventOnly,
    /// `repeat_events:2025-01-01:2025-12-31`: a repeat purchase of the period on an event day.
    Repeat(Day, Day),
    /// `multiplier:2025-01-01:2025-12-31:5`: an order of the period with a line at this multiplier.
    Multiplier(Day, Day, u16),
}

impl fmt::Display for PointPeople {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PointPeople::Band(band) => write!(f, "dependence:{band}"),
            PointPeople::Cell(band, level) => write!(f, "plane:{band}:{level}"),
            PointPeople::Quarter(quarter) => write!(f, "plane_part:{}", quarter.word()),
            PointPeople::First(first) => write!(f, "first_order:{}", first.word()),
            PointPeople::EventStart => f.write_str("events_first"),
            PointPeople::EventLeft => f.write_str("events_left"),
            PointPeople::EventOnly => f.write_str("events_only"),
            PointPeople::Repeat(from, to) => write!(f, "repeat_events:{from}:{to}"),
            PointPeople::Multiplier(from, to, times) => write!(f, "multiplier:{from}:{to}:{times}"),
        }
    }
}

impl FromStr for PointPeople {
    type Err = ();
    fn from_str(text: &str) -> Result<PointPeople, ()> {
        let day = |text: &str| text.parse::<Day>().map_err(|_| ());
        let parts: Vec<&str> = text.split(':').collect();
        Ok(match parts[..] {
            ["dependence", band] => PointPeople::Band(band.parse()?),
            ["plane", band, level] => {
                let level = level.parse().ok().filter(|level| (1..=5).contains(level)).ok_or(())?;
                PointPeople::Cell(band.parse()?, level)
            }
            ["plane_part", word] => {
                PointPeople::Quarter(PlaneQuarter::ALL.into_iter().find(|quarter| quarter.word() == word).ok_or(())?)
            }
            ["first_order", word] => {
                PointPeople::First(FirstOrder::ALL.into_iter().find(|first| first.word() == word).ok_or(())?)
            }
            ["events_first"] => PointPeople::EventStart,
            ["events_left"] => PointPeople::EventLeft,
            ["events_only"] => PointPeople::EventOnly,
            ["repeat_events", from, to] => PointPeople::Repeat(day(from)?, day(to)?),
            ["multiplier", from, to, times] => {
                PointPeople::Multiplier(day(from)?, day(to)?, times.parse().map_err(|_| ())?)
            }
            _ => return Err(()),
        })
    }
}
