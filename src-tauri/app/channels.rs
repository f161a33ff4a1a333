//! The tools with which a mall lets a shop reach its buyers: `assets/channels.json`, part of the program.

use crate::insight::actions::{Tariffs, Trigger};
use crate::shop::{Day, Mall, Yen};
use serde::Deserialize;

/// One tool; its name and its tariff in words stand in the catalogue under `channel-<key>-…`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tool {
    /// Part of its catalogue keys.
    pub key: String,
    /// Whose tool.
    pub mall: Mall,
    /// What one person costs; nothing where it is not paid per person.
    pub yen_per_person: Option<Yen>,
    /// Words of the rules it suits; empty for all.
    pub triggers: Vec<String>,
    /// Where its tariff and its rules are described.
    pub source: String,
    /// The day on which somebody last looked there.
    pub checked_on: Day,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Tools {
    channels: Vec<Tool>,
}

/// All tools: plain messages first, coupons last within each mall.
pub fn tools() -> Vec<Tool> {
    let text = include_str!("../../assets/channels.json");
    serde_json::from_str::<Tools>(text).expect("our own file, read by the test below").channels
}

/// The tools that suit a rule at one mall, in the order in which they are offered.
pub fn suited(tools: &[Tool], mall: Mall, trigger: Trigger) -> impl Iterator<Item = &Tool> {
    let suits = move |tool: &&Tool| tool.triggers.is_empty() || tool.triggers.iter().any(|word| word == trigger.word());
    tools.iter().filter(move |tool| tool.mall == mall).filter(suits)
}

/// The cheapest price of one message at each mall.
pub fn tariffs(tools: &[Tool]) -> Tariffs {
    let cheapest = |mall: Mall| {
        let prices = tools.iter().filter(|tool| tool.mall == mall).filter_map(|tool| tool.yen_per_person);
        prices.min().unwrap_or_default()
    };
    Tariffs { rakuten: cheapest(Mall::Rakuten), yahoo: cheapest(Mall::Yahoo), own: cheapest(Mall::Own) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mall_has_a_tool_for_every_rule() {
        let tools = tools();
        for mall in [Mall::Rakuten, Mall::Yahoo, Mall::Own] {
            for trigger in Trigger::ALL {
                assert!(suited(&tools, mall, trigger).next().is_some(), "no tool of {mall} for {}", trigger.word());
            }
        }
        assert_eq!(tariffs(&tools), Tariffs { rakuten: Yen(1), yahoo: Yen(0), own: Yen(0) });
    }
}
