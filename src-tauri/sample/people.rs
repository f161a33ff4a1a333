//! The invented people: who they are, how they shop, and how each mall writes them.
//!
//! Heterogeneity follows the usual picture of repeat buying (Fader, Hardie and Lee, "Counting your customers" the
//! easy way, 2005): everybody buys at a rate of their own, gamma-distributed over people, and after each purchase
//! stops for good with a probability of their own, beta-distributed over people.

use super::dice::{Dice, Purpose};
use super::items::{ITEMS, Shelf};
use super::names;
use crate::shop::{Buyer, Day, Mall};
use compact_str::format_compact;

/// What brings somebody to the shop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Habit {
    /// Uses one thing up and buys it again.
    Everyday,
    /// Looks around, buys from several shelves.
    Browser,
    /// Comes on event days only, with coupon and points.
    Bargain,
    /// Sends presents in season.
    Giver,
    /// Has one thing delivered whenever the last one is used up.
    Subscriber,
}

/// One person. Only numbers and places in lists: texts are made when an order is written.
#[derive(Clone, Debug)]
pub(crate) struct Person {
    /// 1 and up; the truth file's person.
    pub(crate) number: u32,
    /// Why they come.
    pub(crate) habit: Habit,
    /// Where they usually buy.
    pub(crate) mall: Mall,
    /// Buys on the other mall too, and is spelt differently there.
    pub(crate) on_both_malls: bool,
    /// Chance of never coming back after a purchase.
    pub(crate) drop_out: f64,
    /// Mean days between purchases, for those who do not wait for something to be used up.
    pub(crate) mean_gap_days: f64,
    /// How fast things are used up against the usual household; 1.2 is slower.
    pub(crate) pace: f64,
    /// What they use up: place in `ITEMS`.
    pub(crate) staple: u8,
    /// Pieces taken at once.
    pub(crate) pieces: u8,
    /// Chance of paying with points, 0–1.
    pub(crate) point_habit: f64,
    /// 女 or 男.
    pub(crate) is_woman: bool,
    family: u16,
    given: u16,
    company: bool,
    household: u32,
    mobile: bool,
    moved_on: Option<Day>,
    mail_changed_on: Option<Day>,
    half_width: bool,
    hyphens: bool,
}

impl Person {
    /// The person of this number. `first` and `last` bound the shop's history.
    pub(crate) fn new(seed: u64, number: u32, first: Day, last: Day) -> Person {
        let mut dice = Dice::of(seed, Purpose::Person, u64::from(number));
        let is_family = number > 1 && dice.chance(0.04);
        let household = if is_family { number - 1 } else { number };
        let habits = [Habit::Everyday, Habit::Browser, Habit::Bargain, Habit::Giver, Habit::Subscriber];
        let habit = habits[dice.weighted([0.44, 0.19, 0.22, 0.135, 0.015].into_iter())];
        let (stop, go_on) = match habit {
            Habit::Everyday => (0.96, 0.60),
            Habit::Browser => (1.06, 0.58),
            Habit::Bargain => (1.30, 0.55),
            Habit::Giver => (1.40, 0.58),
            Habit::Subscriber => (1.0, 6.0),
        };
        let drop_out = dice.beta(stop, go_on);
        let mall = if habit == Habit::Subscriber || dice.chance(0.7) { Mall::Rakuten } else { Mall::Yahoo };
        // What somebody lives with must have been there from the first day.
        let staples = ITEMS.iter().map(|item| match (habit, item.shelf) {
            _ if item.lasts_days == 0 || item.first_day().is_some() => 0.0,
            (Habit::Subscriber, Shelf::Coffee | Shelf::Pet) if item.lasts_days >= 28 => item.liked,
            (Habit::Subscriber, _) => 0.0,
            _ => item.liked * item.liked,
        });
        let span = f64::from(last - first);
        let some_day = |dice: &mut Dice| first + (dice.fraction() * span) as i32;
        let is_woman = dice.chance(0.66);
        let pieces = [1, 2, 3][dice.weighted([0.68, 0.25, 0.07].into_iter())];
        Person {
            number,
            habit,
            mall,
            on_both_malls: habit != Habit::Subscriber && dice.chance(0.13),
            drop_out,
            mean_gap_days: 120.0 / (dice.gamma(2.2) / 2.2).max(0.12),
            pace: dice.around_one(0.28) * 1.05,
            staple: dice.weighted(staples) as u8,
            pieces: if habit == Habit::Subscriber { 1 } else { pieces },
            point_habit: dice.beta(0.8, 1.8),
            is_woman,
            family: (dice.fraction() * dice.fraction() * names::FAMILY.len() as f64) as u16,
            given: dice.below(if is_woman { names::WOMEN.len() } else { names::MEN.len() } as u64) as u16,
            company: dice.chance(0.008),
            household,
            mobile: !is_family && dice.chance(0.78),
            moved_on: dice.chance(0.07).then(|| some_day(&mut dice)),
            mail_changed_on: dice.chance(0.10).then(|| some_day(&mut dice)),
            half_width: dice.chance(0.10),
            hyphens: dice.chance(0.35),
        }
    }

    /// How this mall's export writes this person on this day. `head` is the person whose household it is.
    pub(crate) fn buyer(&self, seed: u64, mall: Mall, day: Day, head: &Person) -> Buyer {
        let other_hand = self.on_both_malls && mall != self.mall;
        let (family, family_kana) = names::FAMILY[usize::from(head.family)];
        let list = if self.is_woman { names::WOMEN } else { names::MEN };
        // Nobody names a child like the other one.
        let shared = self.number != head.number && self.is_woman == head.is_woman && self.given == head.given;
        let (given, given_kana) = list[(usize::from(self.given) + usize::from(shared)) % list.len()];
        let mut buyer = Buyer {
            family_name: family.into(),
            given_name: given.into(),
            family_kana: family_kana.into(),
            given_kana: given_kana.into(),
            phone: self.phone(seed).into(),
            mail: self.mail(seed, mall, day).into(),
            ..Buyer::default()
        };
        if self.company {
            let (name, kana) = names::COMPANIES[usize::from(self.given) % names::COMPANIES.len()];
            buyer.given_name = format_compact!("総務部①課 {}", buyer.family_name);
            buyer.given_kana = format_compact!("ソウムブ{}", buyer.family_kana);
            buyer.family_name = name.into();
            buyer.family_kana = kana.into();
        }
        if other_hand {
            buyer.family_name = names::in_common_form(&buyer.family_name).into();
        }
        if self.half_width != other_hand {
            buyer.family_kana = names::in_half_width(&buyer.family_kana).into();
            buyer.given_kana = names::in_half_width(&buyer.given_kana).into();
        }
        if mall == Mall::Yahoo && !self.hyphens {
            buyer.phone.retain(|c| c != '-');
        }
        // Who moves away leaves the household's address for one of their own.
        let (whose, move_no) = match self.moved_on {
            Some(moved) if day >= moved => (self.number, 1),
            _ => (self.household, 0),
        };
        settle(seed, &mut buyer, u64::from(whose) * 2 + move_no, other_hand);
        buyer
    }

    /// The number of the person whose home and family name this one shares; their own when they live alone.
    pub(crate) fn household(&self) -> u32 {
        self.household
    }

    /// Three parts with hyphens. The part after the prefix begins with 0, which no telephone in Japan has.
    fn phone(&self, seed: u64) -> String {
        let owner = if self.mobile { self.number } else { self.household };
        let mut dice = Dice::of(seed, Purpose::Phone, u64::from(owner) * 2 + u64::from(self.mobile));
        if self.mobile {
            let prefix = dice.pick(&["090", "080", "070"]);
            format!("{prefix}-0{:03}-{:04}", dice.below(1_000), dice.below(10_000))
        } else {
            let area = home(seed, u64::from(self.household) * 2).area_code;
            let digits = 5 - area.len() as u32;
            let exchange = dice.below(10_u64.pow(digits));
            format!("{area}-0{exchange:0width$}-{:04}", dice.below(10_000), width = digits as usize)
        }
    }

    /// Rakuten: the masked relay address, for most people always the same. Yahoo: an address of their own.
    fn mail(&self, seed: u64, mall: Mall, day: Day) -> String {
        if mall == Mall::Rakuten {
            let version = u64::from(self.mail_changed_on.is_some_and(|changed| day >= changed));
            let mut dice = Dice::of(seed, Purpose::Mail, u64::from(self.number) * 2 + version);
            format!("{:016x}{:016x}s1@pc.fw.rakuten.ne.jp", dice.bits(), dice.bits())
        } else {
            let word = names::MAIL_WORDS[self.number as usize % names::MAIL_WORDS.len()];
            format!("{word}{:06}@example.jp", u64::from(self.number) * 7_919 % 4_294_967_291)
        }
    }
}

/// The prefecture of this home.
fn home(seed: u64, number: u64) -> &'static names::Prefecture {
    let mut dice = Dice::of(seed, Purpose::Address, number);
    &names::PREFECTURES[dice.weighted(names::PREFECTURES.iter().map(|p| p.weight))]
}

/// Writes the address of this home; `other_hand` writes the same address in another way.
fn settle(seed: u64, buyer: &mut Buyer, number: u64, other_hand: bool) {
    let prefecture = home(seed, number);
    let mut dice = Dice::of(seed, Purpose::Address, number);
    dice.bits();
    let city = dice.below(prefecture.cities.len() as u64);
    buyer.postal_code = format_compact!("{}{:04}", prefecture.postal, city * 100 + dice.below(100));
    buyer.prefecture = prefecture.name.into();
    buyer.city = prefecture.cities[city as usize].into();
    let town = dice.pick(names::TOWNS);
    let (block, house, door) = (dice.between(1, 6), dice.between(1, 30), dice.between(1, 24));
    let style = dice.below(4) + u64::from(other_hand);
    let mut street = match style {
        0 => format!("{town}{block}丁目{house}番{door}号"),
        1 => wide(&format!("{town}{block}－{house}－{door}")),
        _ => format!("{town}{block}-{house}-{door}"),
    };
    if dice.chance(0.4) {
        let gap = if style == 2 { " " } else { "\u{3000}" };
        street = format!("{street}{gap}{}{}", dice.pick(names::HOUSES), dice.between(1, 9) * 100 + dice.between(1, 8));
    }
    buyer.street = street.into();
}

/// Digits in full width.
fn wide(text: &str) -> String {
    text.chars().map(|c| c.to_digit(10).and_then(|d| char::from_u32('０' as u32 + d)).unwrap_or(c)).collect()
}

/// Somebody who receives this person's `nth` present: the same every year, and no customer.
pub(crate) fn recipient(seed: u64, giver: u32, nth: u64) -> Buyer {
    let number = u64::from(giver) * 16 + nth;
    let mut dice = Dice::of(seed, Purpose::Recipient, number);
    let (family, family_kana) = dice.pick(names::FAMILY);
    let (given, given_kana) = if dice.chance(0.5) { dice.pick(names::WOMEN) } else { dice.pick(names::MEN) };
    let prefix = dice.pick(&["090", "080", "070"]);
    let mut buyer = Buyer {
        family_name: (*family).into(),
        given_name: (*given).into(),
        family_kana: (*family_kana).into(),
        given_kana: (*given_kana).into(),
        phone: format_compact!("{prefix}-0{:03}-{:04}", dice.below(1_000), dice.below(10_000)),
        ..Buyer::default()
    };
    settle(seed, &mut buyer, (1 << 40) + number, false);
    buyer
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days() -> (Day, Day) {
        (Day::from_ymd(2024, 5, 1).expect("a day"), Day::from_ymd(2026, 10, 31).expect("a day"))
    }

    #[test]
    fn no_telephone_can_belong_to_anybody() {
        let (first, last) = days();
        for number in 1..500 {
            let person = Person::new(5, number, first, last);
            let phone = person.phone(5);
            let parts: Vec<&str> = phone.split('-').collect();
            assert!(parts.len() == 3 && parts[1].starts_with('0'), "{phone}");
            assert!((10..=11).contains(&phone.chars().filter(char::is_ascii_digit).count()), "{phone}");
        }
    }

    #[test]
    fn a_person_on_both_malls_keeps_a_key_under_another_spelling() {
        let (first, last) = days();
        let mut found = 0;
        for number in 1..2_000 {
            let person = Person::new(5, number, first, last);
            if !person.on_both_malls {
                continue;
            }
            found += 1;
            let head = Person::new(5, person.household(), first, last);
            let here = person.buyer(5, Mall::Rakuten, last, &head);
            let there = person.buyer(5, Mall::Yahoo, last, &head);
            let keys = there.identity_keys(Mall::Yahoo);
            assert!(here.identity_keys(Mall::Rakuten).iter().any(|key| keys.contains(key)), "{here:?} {there:?}");
        }
        assert!(found > 50, "{found} people on both malls");
    }
}
