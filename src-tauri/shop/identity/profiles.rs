//! Profiles of everybody, in half the room: most of a [`Profile`] is room for names longer than most names.

use super::evidence::Profile;
use super::person::{Part, PersonName};
use super::place::Place;
use hashbrown::HashTable;

/// So many stand in a block; a block is never moved when others come.
const BLOCK: usize = 1 << 14;
/// Where kana stand among the characters: there one byte tells which.
const KANA: u16 = 0x3000;
/// Of a part's length byte: its characters take a byte each.
const NARROW: u8 = 1 << 7;
/// Of the first length byte: a company stands beside the name.
const OF_COMPANY: u8 = 1 << 6;

/// Profiles with the keys of their people, by place in the order in which they came.
#[derive(Debug, Default)]
pub struct Profiles {
    blocks: Vec<Block>,
    count: usize,
    /// Places by key; the keys themselves stand in the blocks.
    places: HashTable<u32>,
}

/// Key, name, telephone and place of each, one behind the other.
#[derive(Debug, Default)]
struct Block {
    starts: Vec<u32>,
    bytes: Vec<u8>,
}

impl Profiles {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Where the person of a key stands.
    pub fn place(&self, key: i64) -> Option<u32> {
        // A key is a hash already.
        self.places.find(key as u64, |place| self.key(*place) == key).copied()
    }

    /// Adds one whose key is not there yet; answers its place.
    pub fn push(&mut self, key: i64, profile: &Profile) -> u32 {
        if self.count.is_multiple_of(BLOCK) {
            self.blocks.push(Block::default());
        }
        let place = self.count as u32;
        self.count += 1;
        if let Some(block) = self.blocks.last_mut() {
            block.starts.push(block.bytes.len() as u32);
            block.bytes.extend_from_slice(&key.to_le_bytes());
            write(profile, &mut block.bytes);
        }
        let Profiles { blocks, places, .. } = self;
        places.insert_unique(key as u64, place, |place| key_at(blocks, *place) as u64);
        place
    }

    /// Forgets all but the first `count`.
    pub fn truncate(&mut self, count: usize) {
        if count >= self.count {
            return;
        }
        self.places.retain(|place| (*place as usize) < count);
        self.count = count;
        self.blocks.truncate(count.div_ceil(BLOCK));
        let of_last = count - self.blocks.len().saturating_sub(1) * BLOCK;
        if let Some(block) = self.blocks.last_mut()
            && let Some(start) = block.starts.get(of_last)
        {
            block.bytes.truncate(*start as usize);
            block.starts.truncate(of_last);
        }
    }

    /// The key of the person at a place.
    pub fn key(&self, place: u32) -> i64 {
        key_at(&self.blocks, place)
    }

    /// The profile at a place.
    pub fn get(&self, place: u32) -> Profile {
        let mut reader = reader(&self.blocks, place);
        reader.take::<8>();
        read(&mut reader)
    }
}

fn key_at(blocks: &[Block], place: u32) -> i64 {
    i64::from_le_bytes(reader(blocks, place).take())
}

fn reader(blocks: &[Block], place: u32) -> Reader<'_> {
    let block = &blocks[place as usize / BLOCK];
    Reader(&block.bytes[block.starts[place as usize % BLOCK] as usize..])
}

/// A part without the zeros behind it.
fn said(part: &Part) -> &[u16] {
    &part[..part.iter().rposition(|letter| *letter != 0).map_or(0, |last| last + 1)]
}

fn write(profile: &Profile, bytes: &mut Vec<u8>) {
    let PersonName { family, given, family_kana, given_kana, of_company } = &profile.name;
    let parts = [family, given, family_kana, given_kana];
    let is_narrow = |part: &Part| said(part).iter().all(|letter| letter & 0xff00 == KANA);
    for (at, part) in parts.iter().enumerate() {
        let company = if at == 0 && *of_company { OF_COMPANY } else { 0 };
        let narrow = if is_narrow(part) { NARROW } else { 0 };
        bytes.push(said(part).len() as u8 | company | narrow);
    }
    for part in parts {
        match is_narrow(part) {
            true => bytes.extend(said(part).iter().map(|letter| *letter as u8)),
            false => bytes.extend(said(part).iter().flat_map(|letter| letter.to_le_bytes())),
        }
    }
    bytes.extend_from_slice(&profile.phone.to_le_bytes());
    let Place { postal_code, town, numbers, room } = profile.place;
    bytes.extend([postal_code, town, room].iter().flat_map(|number| number.to_le_bytes()));
    bytes.extend(numbers.iter().flat_map(|number| number.to_le_bytes()));
}

fn read(reader: &mut Reader<'_>) -> Profile {
    let forms: [u8; 4] = reader.take();
    let [family, given, family_kana, given_kana] = forms.map(|form| {
        let mut part = Part::default();
        for letter in &mut part[..usize::from(form & 0xf)] {
            *letter = match form & NARROW > 0 {
                true => KANA | u16::from(reader.take::<1>()[0]),
                false => u16::from_le_bytes(reader.take()),
            };
        }
        part
    });
    let name = PersonName { family, given, family_kana, given_kana, of_company: forms[0] & OF_COMPANY > 0 };
    let phone = u64::from_le_bytes(reader.take());
    let [postal_code, town, room] = [(); 3].map(|()| u32::from_le_bytes(reader.take()));
    let numbers = [(); 3].map(|()| u16::from_le_bytes(reader.take()));
    Profile { name, phone, place: Place { postal_code, town, numbers, room } }
}

/// What is left to be read.
struct Reader<'b>(&'b [u8]);

impl Reader<'_> {
    fn take<const N: usize>(&mut self) -> [u8; N] {
        let (taken, left) = self.0.split_first_chunk().expect("written as it is read");
        self.0 = left;
        *taken
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shop::Buyer;

    fn buyer(family: &str, given: &str, kana: [&str; 2], at: [&str; 2], phone: &str) -> Buyer {
        Buyer {
            family_name: family.into(),
            given_name: given.into(),
            family_kana: kana[0].into(),
            given_kana: kana[1].into(),
            postal_code: at[0].into(),
            street: at[1].into(),
            phone: phone.into(),
            ..Buyer::default()
        }
    }

    #[test]
    fn whatever_is_kept_comes_back() {
        let of = |buyer| Profile::of(&buyer);
        let ordinary = ["1500001", "神宮前1-2-3 メゾン405"];
        let all = [
            Profile::default(),
            of(buyer("山田", "花子", ["ヤマダ", "ハナコ"], ordinary, "03-1234-5678")),
            of(buyer("㈱みなも企画", "総務部 佐藤", ["ミナモキカク", ""], ordinary, "")),
            of(buyer("いろはにほへとちりぬるを", "", ["イロハニホヘトチリヌルヲ", ""], ["", ""], "+819012345678")),
            of(buyer("Smith", "😀", ["Ｓｍｉｔｈ", "ー"], ["9999999", "65535-65535-65535"], "1")),
            Profile { phone: u64::MAX, ..Profile::default() },
            Profile {
                name: PersonName { given_kana: [0x30a2, 0, 0x30a4, 0, 0, 0, 0, 0x30ff], ..PersonName::default() },
                ..Profile::default()
            },
        ];
        let mut kept = Profiles::default();
        assert!(kept.is_empty());
        // Across the border of a block.
        for place in 0..BLOCK + 7 {
            assert_eq!(kept.push(place as i64 - 3, &all[place % all.len()]), place as u32);
        }
        assert_eq!(kept.len(), BLOCK + 7);
        for place in 0..BLOCK + 7 {
            assert_eq!(kept.get(place as u32), all[place % all.len()]);
            assert_eq!(kept.key(place as u32), place as i64 - 3);
            assert_eq!(kept.place(place as i64 - 3), Some(place as u32));
        }
        assert_eq!(kept.place(-4), None);
    }

    #[test]
    fn an_ordinary_one_takes_half_the_room() {
        let mut kept = Profiles::default();
        let at = ["1500001", "神宮前1-2-3"];
        kept.push(1, &Profile::of(&buyer("山田", "花子", ["ヤマダ", "ハナコ"], at, "03-1234-5678")));
        // 8 key, 4 lengths, 2 × 2 + 2 × 2 kanji, 3 + 3 kana, 8 telephone, 3 × 4 + 3 × 2 place.
        assert_eq!(kept.blocks[0].bytes.len(), 8 + 4 + 8 + 6 + 8 + 18);
    }
}
