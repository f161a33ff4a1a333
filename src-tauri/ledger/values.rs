//! Which values everybody has, in memory: who shares one with whom, and how common it is.

use super::Error;
use super::filter::Filter;
use super::people::{MANY, RARE};
use super::runs::Writing;
use crate::shop::identity::Commonness;
use crate::shop::identity::habits::TELLING;
use crate::shop::identity::keys::{self, CROWDED, Keys};
use crate::shop::identity::score::bucket;
use rusqlite::Connection;
use std::ops::Range;

/// Values of people, who are known by their places.
#[derive(Default)]
pub(super) struct Values {
    /// A profile's own four.
    own: Vec<Held>,
    mails: Vec<Held>,
}

/// A value and who has it: twelve bytes, for there are millions. Ordered by value.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Held {
    high: u32,
    low: u32,
    holder: Holder,
}

impl Held {
    fn new(value: u64, holder: Holder) -> Held {
        Held { high: (value >> 32) as u32, low: value as u32, holder }
    }

    fn value(self) -> u64 {
        u64::from(self.high) << 32 | u64::from(self.low)
    }

    /// As the ledger has it.
    fn signed(self) -> i64 {
        self.value() as i64
    }
}

/// A place of a person and which of a profile's four values is meant.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Holder(u32);

impl Holder {
    const PHONE: u32 = 0;
    const HOUSE: u32 = 1;
    const NAME: u32 = 2;
    const KANA: u32 = 3;

    fn new(place: u32, kind: u32) -> Holder {
        Holder(place << 2 | kind)
    }

    fn place(self) -> u32 {
        self.0 >> 2
    }

    fn kind(self) -> u32 {
        self.0 & 3
    }
}

/// How far the values are.
#[derive(Default)]
pub(super) struct Mark {
    own: usize,
    mails: usize,
}

impl Values {
    /// Where they stand now.
    pub(super) fn mark(&self) -> Mark {
        Mark { own: self.own.len(), mails: self.mails.len() }
    }

    /// Forgets those that have come since.
    pub(super) fn forget_since(&mut self, mark: &Mark) {
        self.own.truncate(mark.own);
        self.mails.truncate(mark.mails);
    }

    /// Adds the values of a person's profile.
    pub(super) fn add(&mut self, place: u32, keys: &Keys) {
        let Keys { phone, house, name, kana } = *keys;
        for (value, kind) in
            [(phone, Holder::PHONE), (house, Holder::HOUSE), (name, Holder::NAME), (kana, Holder::KANA)]
        {
            self.own.extend(value.map(|value| Held::new(value, Holder::new(place, kind))));
        }
    }

    /// Adds a mail address of theirs; the same one may come again.
    pub(super) fn add_mail(&mut self, place: u32, mail: Option<u64>) {
        self.mails.extend(mail.map(|mail| Held::new(mail, Holder::new(place, 0))));
    }

    /// Puts them in order; everything below wants that.
    pub(super) fn sort(&mut self) {
        self.own.sort_unstable();
        self.mails.sort_unstable();
        self.mails.dedup();
    }

    /// How many of so many people share each one's phone, name and house.
    pub(super) fn commonness(&self, people: usize) -> Vec<Commonness> {
        let mut common = vec![Commonness::default(); people];
        let size = |members: usize| bucket((members as u64).min(MANY));
        for members in self.own.chunk_by(|x, y| x.value() == y.value()) {
            for held in members {
                let common = &mut common[held.holder.place() as usize];
                match held.holder.kind() {
                    Holder::PHONE => common.phone = size(members.len()),
                    Holder::HOUSE => common.house = size(members.len()),
                    _ => {}
                }
            }
        }
        for members in self.of_one_name() {
            for held in members {
                let common = &mut common[held.holder.place() as usize];
                // The reading counts only where no kanji are stated.
                let kind = held.holder.kind();
                if kind == Holder::NAME || (kind == Holder::KANA && common.name == 0) {
                    common.name = size(members.len());
                }
            }
        }
        common
    }

    /// Holders of one name or reading, wherever they live. Phones stand among them alone.
    fn of_one_name(&self) -> impl Iterator<Item = &[Held]> {
        self.own.chunk_by(|x, y| keys::everywhere(x.value()).0 == keys::everywhere(y.value()).0)
    }

    /// Holders of each mail address that so few share that it tells who they are.
    pub(super) fn of_telling_mails(&self) -> impl Iterator<Item = impl Iterator<Item = u32>> {
        self.mails
            .chunk_by(|x, y| x.value() == y.value())
            .filter(|holders| holders.len() > 1 && holders.len() <= TELLING)
            .map(|holders| holders.iter().map(|held| held.holder.place()))
    }

    /// Everybody who shares a value that is not crowded: two places, the smaller of them in `first`, and how common the mail
    /// they share is, 0 for none.
    pub(super) fn pairs(&self, first: Range<u32>) -> Vec<(u32, u32, u8)> {
        let mut pairs: Vec<(u32, u32, u8)> = Vec::new();
        let mut all = |members: &[Held], mail: u8| {
            for (at, a) in members.iter().enumerate() {
                let a = a.holder.place();
                let others = members[at + 1..].iter().map(|b| b.holder.place()).filter(|b| *b != a);
                pairs.extend(others.map(|b| (a.min(b), a.max(b), mail)).filter(|pair| first.contains(&pair.0)));
            }
        };
        for members in self.own.chunk_by(|x, y| x.value() == y.value()) {
            if members.len() > 1 && bucket(members.len() as u64) < CROWDED {
                all(members, 0);
            }
        }
        for members in self.mails.chunk_by(|x, y| x.value() == y.value()) {
            let common = bucket(members.len() as u64);
            if members.len() > 1 && common < CROWDED {
                all(members, common);
            }
        }
        for members in self.of_one_name() {
            if members.len() > 1 && bucket(members.len() as u64) < RARE && members[0].holder.kind() >= Holder::NAME {
                all(members, 0);
            }
        }
        // Of the same two, the one with the rarest mail stands first.
        pairs.sort_unstable_by_key(|(a, b, mail)| (*a, *b, mail.wrapping_sub(1)));
        pairs.dedup_by_key(|(a, b, _)| (*a, *b));
        pairs
    }

    /// Writes them down with the keys of the people.
    pub(super) fn write(self, connection: &Connection, person: impl Fn(u32) -> i64) -> Result<(), Error> {
        let mut written = Writing::new(connection)?;
        let mut filter = Filter::sized(self.own.len() + self.mails.len());
        let mut write = |held: Held| {
            filter.add(held.value());
            written.add((held.signed(), person(held.holder.place())))
        };
        // In the order of the ledger the upper half is negative and comes first.
        let [own, mails] = [self.own, self.mails].map(|mut values| {
            let upper = values.partition_point(|held| held.signed() >= 0);
            values.rotate_left(upper);
            values
        });
        let mut mails = mails.into_iter().peekable();
        for held in own {
            while let Some(mail) = mails.next_if(|mail| mail.signed() < held.signed()) {
                write(mail)?;
            }
            write(held)?;
        }
        mails.try_for_each(&mut write)?;
        written.finish()?;
        filter.write(connection)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_of_some_are_those_of_all_who_come_first_among_them() {
        let mut values = Values::default();
        // 0, 1 and 3 have one phone; 1 and 2 one mail address, which 2 gives twice; 3 has nothing else.
        for (place, phone) in [(0, 7), (1, 7), (2, 8), (3, 7)] {
            values.add(place, &Keys { phone: Some(phone), ..Keys::default() });
        }
        for place in [1, 2, 2] {
            values.add_mail(place, Some(u64::MAX));
        }
        values.sort();
        // A bucket of 2: two people share the address.
        let all = [(0, 1, 0), (0, 3, 0), (1, 2, bucket(2)), (1, 3, 0)];
        assert_eq!(values.pairs(0..4), all);
        assert_eq!(values.pairs(0..1), all[..2]);
        assert_eq!(values.pairs(1..2), all[2..]);
        assert_eq!(values.pairs(2..4), []);
    }

    #[test]
    fn a_value_is_held_whole_and_in_order() {
        let values = [0, 1, u64::from(u32::MAX), 1 << 32, u64::MAX];
        let held = values.map(|value| Held::new(value, Holder::new(5, Holder::KANA)));
        assert_eq!(held.map(Held::value), values);
        assert!(held.is_sorted());
        assert_eq!((held[0].holder.place(), held[0].holder.kind()), (5, Holder::KANA));
    }
}
