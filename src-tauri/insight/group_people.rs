//! People by group, type, state or class, as they stand in an address: `group_at:2026-03-31:loyal`,
//! `moved:2026-03-31:2026-06-30:loyal:at_risk`, `moved:2026-03-31:2026-06-30:none:new`,
//! `moved_class:2026-03-31:2026-06-30:customer:sleeping` (`any` and `none` are words as well), `cpm:steady_active`,
//! `lapse:soon`, `class:sleeping`.

use super::cpm::{self, CpmKey};
use super::history::View;
use super::lapse::{self, LapseState};
use super::rfm::{self, CustomerClass, GroupKey, GroupsOn};
use super::value;
use crate::shop::Day;
use std::fmt;

/// Who is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum GroupPeople {
    /// In this group at the end of a day.
    At(Day, GroupKey),
    /// In one group (nothing: not yet a customer) at the end of a day and in another at the end of a later one.
    Moved {
        /// The first day.
        from_on: Day,
        /// The second.
        to_on: Day,
        /// Group on the first.
        from: Option<GroupKey>,
        /// Group on the second.
        to: GroupKey,
    },
    /// The same by classes of buyers; what is absent restricts nothing.
    MovedClass {
        /// The first day.
        from_on: Day,
        /// The second.
        to_on: Day,
        /// Class on the first.
        from: Option<CustomerClass>,
        /// Class on the second.
        to: Option<CustomerClass>,
        /// Only who was not yet a customer on the first day.
        came: bool,
    },
    /// Of a CPM type at `as_of`.
    Cpm(CpmKey),
    /// In a lapse state at `as_of`.
    Lapse(LapseState),
    /// Of a class of buyers at `as_of`; nobody for classes of people who have not bought.
    Class(CustomerClass),
}

impl fmt::Display for GroupPeople {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            GroupPeople::At(on, group) => write!(f, "group_at:{on}:{group}"),
            GroupPeople::Moved { from_on, to_on, from, to } => {
                write!(f, "moved:{from_on}:{to_on}:{}:{to}", from.map_or("none", GroupKey::word))
            }
            GroupPeople::MovedClass { from_on, to_on, from, to, came } => {
                let word = |class: Option<CustomerClass>| class.map_or("any", CustomerClass::word);
                let from = if came { "none" } else { word(from) };
                write!(f, "moved_class:{from_on}:{to_on}:{from}:{}", word(to))
            }
            GroupPeople::Cpm(key) => write!(f, "cpm:{key}"),
            GroupPeople::Lapse(state) => write!(f, "lapse:{state}"),
            GroupPeople::Class(class) => write!(f, "class:{class}"),
        }
    }
}

impl GroupPeople {
    /// Reads what [`Display`](fmt::Display) writes; nothing for anything else.
    pub fn parse(text: &str) -> Option<GroupPeople> {
        let parts: Vec<&str> = text.split(':').collect();
        let day = |text: &str| text.parse::<Day>().ok();
        Some(match parts[..] {
            ["group_at", on, group] => GroupPeople::At(day(on)?, group.parse().ok()?),
            ["moved", from_on, to_on, from, to] => GroupPeople::Moved {
                from_on: day(from_on)?,
                to_on: day(to_on)?,
                from: if from == "none" { None } else { Some(from.parse().ok()?) },
                to: to.parse().ok()?,
            },
            ["moved_class", from_on, to_on, from, to] => {
                let class = |text: &str| match text {
                    "any" | "none" => Some(None),
                    text => text.parse().ok().map(Some),
                };
                let (from_on, to_on) = (day(from_on)?, day(to_on)?);
                GroupPeople::MovedClass { from_on, to_on, from: class(from)?, to: class(to)?, came: from == "none" }
            }
            ["cpm", key] => GroupPeople::Cpm(key.parse().ok()?),
            ["lapse", state] => GroupPeople::Lapse(state.parse().ok()?),
            ["class", class] => GroupPeople::Class(class.parse().ok()?),
            _ => return None,
        })
    }

    /// One answer per place in the view. Days after `as_of` are `as_of`.
    pub fn select(&self, view: &View<'_>) -> Vec<bool> {
        let groups_on = |on: Day| {
            let values = value::per_purchase(view, value::basis(view));
            GroupsOn::at(view, &values, on.min(view.as_of)).group
        };
        match *self {
            GroupPeople::At(on, group) => groups_on(on).iter().map(|&then| then == Some(group as u8)).collect(),
            GroupPeople::Moved { from_on, to_on, from, to } => {
                let (from, to) = (from.map(|group| group as u8), Some(to as u8));
                let pairs = groups_on(from_on).into_iter().zip(groups_on(to_on));
                pairs.map(|pair| pair == (from, to)).collect()
            }
            GroupPeople::MovedClass { from_on, to_on, from, to, came } => {
                let class = |group: u8| CustomerClass::of(GroupKey::ALL[usize::from(group)]);
                let wanted = |(before, after): (Option<u8>, Option<u8>)| {
                    let is_from = match before {
                        None => came || from.is_none(),
                        Some(before) => !came && from.is_none_or(|from| class(before) == from),
                    };
                    // Who was there before is counted as of then; who is meant now has bought by now.
                    let is_to = match to {
                        None => before.is_some() || came,
                        Some(to) => after.is_some_and(|after| class(after) == to),
                    };
                    is_from && is_to
                };
                groups_on(from_on).into_iter().zip(groups_on(to_on)).map(wanted).collect()
            }
            GroupPeople::Cpm(key) => cpm::types(view).into_iter().map(|found| found == Some(key)).collect(),
            GroupPeople::Lapse(state) => {
                let dates = lapse::dates(view);
                dates.into_iter().map(|dates| dates.is_some_and(|dates| dates.state(view.as_of) == state)).collect()
            }
            GroupPeople::Class(class) => {
                let scores = rfm::scores(view).1;
                scores.iter().map(|score| CustomerClass::of(score.group()) == class).collect()
            }
        }
    }
}
