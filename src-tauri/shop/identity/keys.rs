//! The values people are looked up by: whoever shares none of them is never compared.
//!
//! A key's upper bits name the value, the lower 24 a postal code, so that one row finds both all people of a name and
//! those of them in one place. Stored; they may only change together with a migration that makes them anew.

use super::evidence::Profile;
use super::normal;
use crate::shop::Mall;
use crate::shop::customer::key;
use xxhash_rust::xxh3::xxh3_64;

/// Bits of a key that hold a postal code (below 2^24).
pub const PLACE_BITS: u32 = 24;

/// A value that more people than this share tells nobody from anybody: nobody is compared because of it. As a bucket.
pub const CROWDED: u8 = 7;

/// The keys of a profile.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Keys {
    /// Telephone.
    pub phone: Option<u64>,
    /// House: numbers and postal code.
    pub house: Option<u64>,
    /// Kanji name and postal code.
    pub name: Option<u64>,
    /// Kana name and postal code.
    pub kana: Option<u64>,
}

impl Keys {
    /// Of a profile.
    pub fn of(profile: &Profile) -> Keys {
        let place = &profile.place;
        Keys {
            phone: (profile.phone > 0).then(|| key(&["phone", &profile.phone.to_string()])),
            house: (place.numbers[0] > 0 && place.postal_code > 0).then(|| {
                let mut said = Said::default();
                said.add(b"house");
                place.numbers.iter().for_each(|number| said.add(&number.to_le_bytes()));
                placed(said.hash(), place.postal_code)
            }),
            name: named(profile.name.whole(), b"name").map(|hash| placed(hash, place.postal_code)),
            kana: named(profile.name.whole_kana(), b"kana").map(|hash| placed(hash, place.postal_code)),
        }
    }

    /// All that are there.
    pub fn iter(&self) -> impl Iterator<Item = u64> {
        [self.phone, self.house, self.name, self.kana].into_iter().flatten()
    }
}

/// The first and last key of everybody with this name, wherever they live.
pub fn everywhere(name: u64) -> (u64, u64) {
    let low = (1 << PLACE_BITS) - 1;
    (name & !low, name | low)
}

/// The key of a mail address at a mall; nothing for what is none.
pub fn mail_key(mall: Mall, mail: &str) -> Option<u64> {
    let mail = normal::mail(mail);
    mail.contains('@').then(|| key(&["mail", mall.word(), &mail]))
}

fn placed(hash: u64, postal_code: u32) -> u64 {
    (hash << PLACE_BITS) | u64::from(postal_code)
}

fn named(letters: impl Iterator<Item = u16>, kind: &[u8]) -> Option<u64> {
    let mut said = Said::default();
    said.add(kind);
    let mut count = 0;
    for letter in letters {
        said.add(&letter.to_le_bytes());
        count += 1;
    }
    (count > 1).then(|| said.hash())
}

/// Bytes gathered to be hashed at once, as many as the parts of a profile have.
pub(super) struct Said {
    bytes: [u8; 128],
    count: usize,
}

impl Default for Said {
    fn default() -> Said {
        Said { bytes: [0; 128], count: 0 }
    }
}

impl Said {
    pub(super) fn add(&mut self, bytes: &[u8]) {
        self.bytes[self.count..self.count + bytes.len()].copy_from_slice(bytes);
        self.count += bytes.len();
    }

    pub(super) fn hash(&self) -> u64 {
        xxh3_64(&self.bytes[..self.count])
    }
}
