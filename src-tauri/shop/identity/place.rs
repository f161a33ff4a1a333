//! An address as it is compared: where, which house, which room.
//!
//! `6丁目２－１` and `6-2-1`, `霞が丘` and `霞ケ丘`, `コーポ桜 ３０７` and `-307` are the same; the name of a building is left out.

use super::normal::{compared, is_narrowed, narrowed};
use xxhash_rust::xxh3::xxh3_64;

/// Postal code, town, numbers and room; zeros where nothing is stated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Place {
    /// Seven digits as a number.
    pub postal_code: u32,
    /// Hash of the town's name without 大字, 字 and the forms of ケ.
    pub town: u32,
    /// 丁目, 番, 号; as many as are written.
    pub numbers: [u16; 3],
    /// The last number of what follows.
    pub room: u32,
}

impl Place {
    /// Reads the parts of an address as an export states them.
    pub fn read(postal_code: &str, city: &str, street: &str) -> Place {
        let postal_code = code(postal_code);
        let text: Vec<char> = match city.chars().chain(street.chars()).all(is_narrowed) {
            true => city.chars().chain(street.chars()).map(|c| dash(narrowed(c))).collect(),
            false => compared(&format!("{city}{street}")).chars().map(dash).collect(),
        };
        if text.starts_with(&['入', '力', '待', 'ち']) {
            return Place { postal_code, ..Place::default() };
        }
        let start = (0..text.len()).find(|&at| number_at(&text, at).is_some()).unwrap_or(text.len());
        // Three for the house, a fourth for the room; a place of that many more has no meaning.
        let mut numbers = [None; 4];
        let mut count = 0;
        let mut at = start;
        while let Some((number, after)) = number_at(&text, at) {
            if let Some(slot) = numbers.get_mut(count) {
                *slot = Some(number);
                count += 1;
            }
            at = after;
            let behind = separator(&text, at);
            if behind == at || number_at(&text, behind).is_none() {
                at = behind;
                break;
            }
            at = behind;
        }
        let mut place = Place { postal_code, town: town(&text[..start]), ..Place::default() };
        for (slot, number) in place.numbers.iter_mut().zip(numbers.iter().flatten()) {
            *slot = u16::try_from(*number).unwrap_or(u16::MAX);
        }
        let room = last_number(&text[at.min(text.len())..]);
        place.room = room.or(numbers[3]).unwrap_or(0);
        place
    }

    /// Something that tells one place from another.
    pub fn is_stated(&self) -> bool {
        self.numbers[0] > 0 || self.postal_code > 0
    }
}

/// Seven digits as a number; 0 for any other and for those that stand for none.
fn code(written: &str) -> u32 {
    let compared = compared(written);
    let digits = compared.bytes().filter(u8::is_ascii_digit);
    let (count, number) = digits.fold((0, 0u32), |(count, number), digit| {
        (count + 1, number.saturating_mul(10).saturating_add(u32::from(digit - b'0')))
    });
    if count != 7 || matches!(number, 9_999_999 | 1_234_567) { 0 } else { number }
}

/// All the dashes between numbers are one.
fn dash(c: char) -> char {
    match c {
        '‐' | '‑' | '–' | '—' | '―' | '−' | '─' | '━' | '~' | '〜' | 'ｰ' => '-',
        _ => c,
    }
}

/// The number that begins here and where it ends. Kanji numerals count only before 丁目, 番 or 号: 三条通 is a name.
fn number_at(text: &[char], at: usize) -> Option<(u32, usize)> {
    let end = at + text[at.min(text.len())..].iter().take_while(|c| c.is_ascii_digit()).count();
    if end > at {
        return Some((whole(&text[at..end]).unwrap_or(u32::MAX), end));
    }
    let mut end = at;
    let (mut sum, mut digit) = (0, 0);
    while let Some(&c) = text.get(end) {
        match "〇一二三四五六七八九".chars().position(|one| one == c) {
            Some(value) => digit = digit * 10 + value as u32,
            None if c == '十' => {
                sum += digit.max(1) * 10;
                digit = 0;
            }
            None => break,
        }
        end += 1;
    }
    let followed = text.get(end).is_some_and(|c| matches!(c, '番' | '号'))
        || (text.get(end) == Some(&'丁') && text.get(end + 1) == Some(&'目'));
    (end > at && followed).then_some((sum + digit, end))
}

/// Where what stands between two numbers ends.
fn separator(text: &[char], from: usize) -> usize {
    let mut at = from;
    while let Some(&c) = text.get(at) {
        match c {
            '丁' | '目' | '番' | '地' | '号' | '-' | 'の' | 'ノ' | 'ー' | '.' | '・' => at += 1,
            _ => break,
        }
    }
    at
}

fn last_number(text: &[char]) -> Option<u32> {
    let end = text.iter().rposition(char::is_ascii_digit)? + 1;
    let start = end - text[..end].iter().rev().take_while(|c| c.is_ascii_digit()).count();
    whole(&text[start..end])
}

/// The number of these digits; nothing when it is too large.
fn whole(digits: &[char]) -> Option<u32> {
    digits.iter().try_fold(0u32, |number, digit| number.checked_mul(10)?.checked_add(digit.to_digit(10)?))
}

fn town(text: &[char]) -> u32 {
    let mut plain = String::new();
    for (at, c) in text.iter().enumerate() {
        match c {
            '字' => {
                if at > 0 && text[at - 1] == '大' {
                    plain.pop();
                }
            }
            'が' | 'ガ' | 'ヶ' | 'ヵ' => plain.push('ケ'),
            c if c.is_whitespace() => {}
            c => plain.push(*c),
        }
    }
    if plain.is_empty() { 0 } else { (xxh3_64(plain.as_bytes()) as u32).max(1) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_written_six_ways_is_one_place() {
        let written = [
            "霞ケ丘５－２５－１７",
            "霞が丘5丁目25-17",
            "霞ヶ丘五丁目25番17号",
            "大字霞ケ丘5丁目25番地の17",
            "霞ケ丘5ー25ー17",
            "霞ケ丘 5−25−17",
        ];
        let places: Vec<Place> = written.iter().map(|street| Place::read("4169062", "富士市", street)).collect();
        assert_eq!(places[0].numbers, [5, 25, 17]);
        assert!(places.iter().all(|place| *place == places[0]), "{places:#?}");
    }

    #[test]
    fn a_room_is_found_whatever_the_building_is_called() {
        let room = |street: &str| Place::read("1920996", "八王子市", street).room;
        assert_eq!(room("本町3-1-18　ハイツ若葉 １１０１"), 1101);
        assert_eq!(room("本町3-1-18ハイツ若葉1101号室"), 1101);
        assert_eq!(room("本町3-1-18-1101"), 1101);
        assert_eq!(room("本町3-1-18"), 0);
        assert_eq!(Place::read("1920996", "八王子市", "三条通3丁目4番").numbers, [3, 4, 0], "三条通 is a name");
        assert_eq!(Place::read("1920996", "八王子市", "本町十二丁目3番").numbers, [12, 3, 0]);
    }

    #[test]
    fn an_address_that_waits_to_be_typed_is_none() {
        assert!(!Place::read("9999999", "入力待ち", "入力待ち").is_stated());
        assert!(!Place::read("", "", "").is_stated());
        assert!(!Place::read("0000000", "", "").is_stated());
    }
}
