//! Orders without names: personal text becomes keys that nobody can try through without the ledger's secret.
//!
//! A plain hash of a telephone number is no protection: all numbers there are can be hashed in half a minute. Keyed with
//! 32 random bytes (HMAC-SHA-256, RFC 2104), equal texts still have equal keys, and nobody without the bytes can tell of what.

use super::Text;
use super::customer::Buyer;
use super::day::Day;
use super::order::{Mall, Order, ShipTo};
use compact_str::format_compact;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::fmt;

/// Bytes of the secret.
pub const KEY_BYTES: usize = 32;

/// Crockford's letters: none that is taken for another one.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Letters of a recovery code that stand together.
const GROUP: usize = 4;

/// The secret of one ledger.
#[derive(Clone, PartialEq, Eq)]
pub struct NamelessKey([u8; KEY_BYTES]);

impl fmt::Debug for NamelessKey {
    /// Never the secret itself.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NamelessKey")
    }
}

/// What stands for the personal text of an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keyed {
    /// Equal for two buyers written exactly alike at the same mall.
    pub buyer: u64,
    /// Equal for two orders whose personal text is the same.
    pub content: u64,
    /// Whoever has one of them in common is the same person.
    pub people: Vec<u64>,
    /// Whether the export stated a buyer.
    pub states_buyer: bool,
    /// As [`Order::calls_customer`] had it.
    pub calls_customer: bool,
}

impl NamelessKey {
    /// The secret of these random bytes.
    pub fn new(bytes: [u8; KEY_BYTES]) -> NamelessKey {
        NamelessKey(bytes)
    }

    /// The bytes, for the system's own store of secrets.
    pub fn bytes(&self) -> &[u8; KEY_BYTES] {
        &self.0
    }

    /// Tells the right key from a wrong one without giving either away.
    pub fn check_value(&self) -> [u8; 16] {
        let whole = self.digest(&["otokui nameless check"]);
        let mut check = [0; 16];
        check.copy_from_slice(&whole[..16]);
        check
    }

    /// The secret in letters an owner can write down: 13 groups of four.
    pub fn recovery_code(&self) -> String {
        let bit = |at: usize| self.0.get(at / 8).map_or(0, |byte| byte >> (7 - at % 8) & 1);
        let letters: Vec<u8> = (0..(KEY_BYTES * 8).div_ceil(5))
            .map(|letter| LETTERS[(0..5).fold(0, |value, at| value << 1 | usize::from(bit(letter * 5 + at)))])
            .collect();
        let groups: Vec<String> =
            letters.chunks(GROUP).map(|group| String::from_utf8_lossy(group).into_owned()).collect();
        groups.join("-")
    }

    /// The secret of a recovery code as somebody typed it: case, spaces and hyphens do not matter, O is 0, I and L are 1.
    /// Nothing for what is none.
    pub fn of_recovery_code(code: &str) -> Option<NamelessKey> {
        let mut bytes = [0u8; KEY_BYTES];
        let mut at = 0;
        for letter in code.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '‐' | '−' | 'ー')) {
            let letter = match letter.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            };
            let value = LETTERS.iter().position(|known| char::from(*known) == letter)?;
            for place in (0..5).rev() {
                let bit = (value >> place & 1) as u8;
                match bytes.get_mut(at / 8) {
                    Some(byte) => *byte |= bit << (7 - at % 8),
                    // What is left of the last letter says nothing.
                    None if bit == 0 => {}
                    None => return None,
                }
                at += 1;
            }
        }
        (at == (KEY_BYTES * 8).div_ceil(5) * 5).then_some(NamelessKey(bytes))
    }

    /// Takes the personal text out of an order and puts keys in its place. The prefecture stays; what a buyer chose or
    /// wrote for an item goes, for it may be the name to be engraved. Done twice it is done once.
    pub fn take_names(&self, order: &mut Order) {
        if order.keyed.is_some() {
            return;
        }
        order.keyed = Some(Keyed {
            buyer: self.buyer(order),
            content: self.content(order),
            people: self.people(order),
            states_buyer: !order.buyer.is_nobody(),
            calls_customer: order.calls_customer(),
        });
        self.take_name_of_number(order);
        order.customer_key = Text::default();
        order.buyer = without_name(&order.buyer);
        order.ship_tos.iter_mut().for_each(|parcel| parcel.recipient = without_name(&parcel.recipient));
        order.lines.iter_mut().for_each(|line| line.variation = Text::default());
    }

    fn people(&self, order: &Order) -> Vec<u64> {
        let given = (!order.customer_key.is_empty()).then(|| self.number(&["given", &order.customer_key]));
        // What a list of the shop's own calls its customer identifies them by itself.
        let texts = match (order.mall, given) {
            (Mall::Own, Some(_)) => Vec::new(),
            _ => order.buyer.identity_texts(order.mall),
        };
        texts.iter().map(|text| self.number(&["person", text])).chain(given).collect()
    }

    fn buyer(&self, order: &Order) -> u64 {
        let mut texts = vec!["buyer", order.mall.word()];
        texts.extend(texts_of(&order.buyer));
        // As where names are kept: nobody is named, and nothing says that two such orders are one person's.
        texts.push(match (order.buyer.is_nobody(), order.customer_key.is_empty()) {
            (true, true) => &order.number,
            _ => &order.customer_key,
        });
        self.number(&texts)
    }

    fn content(&self, order: &Order) -> u64 {
        let mut texts = vec!["content"];
        texts.extend(texts_of(&order.buyer));
        let mut parcels: Vec<&ShipTo> = match &order.ship_tos[..] {
            [parcel] if parcel.same_as_buyer => Vec::new(),
            parcels => parcels.iter().collect(),
        };
        parcels.sort_by(|a, b| a.ship_to_key.cmp(&b.ship_to_key));
        parcels.iter().for_each(|parcel| texts.extend(texts_of(&parcel.recipient)));
        let mut chosen: Vec<(&str, &str, &str)> =
            order.lines.iter().map(|line| (&*line.ship_to_key, &*line.line_key, &*line.variation)).collect();
        chosen.sort_unstable();
        texts.extend(chosen.iter().map(|(_, _, variation)| *variation));
        self.number(&texts)
    }

    /// The number made for an order of a table without numbers is a plain hash of what the order says, its buyer
    /// included: `2026-03-01-0123456789abcdef-1`. Keyed, it begins with a k and is left alone afterwards.
    fn take_name_of_number(&self, order: &mut Order) {
        if order.number.starts_with(&order.ordered_at.day().to_string())
            && let Some(number) = self.keyed_number(&order.number)
        {
            order.number = number;
        }
    }

    /// The number such an order has in a ledger without names; nothing for every other number.
    pub fn keyed_number(&self, number: &str) -> Option<Text> {
        let (day, rest) = number.split_at_checked("2026-03-01".len())?;
        day.parse::<Day>().ok()?;
        let (hash, count) = rest.strip_prefix('-')?.split_once('-')?;
        let is_hash =
            hash.len() == 16 && hash.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte));
        (is_hash && count.bytes().all(|byte| byte.is_ascii_digit()))
            .then(|| format_compact!("{day}-k{:016x}-{count}", self.number(&["number", hash])))
    }

    fn number(&self, texts: &[&str]) -> u64 {
        let whole = self.digest(texts);
        let mut first = [0; 8];
        first.copy_from_slice(&whole[..8]);
        u64::from_be_bytes(first)
    }

    /// HMAC-SHA-256 of the texts, each with its length before it.
    fn digest(&self, texts: &[&str]) -> [u8; 32] {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).expect("a key of any length will do");
        for text in texts {
            mac.update(&(text.len() as u64).to_be_bytes());
            mac.update(text.as_bytes());
        }
        mac.finalize().into_bytes().into()
    }
}

/// What is left of a person.
fn without_name(person: &Buyer) -> Buyer {
    Buyer { prefecture: prefecture(&person.prefecture).into(), ..Buyer::default() }
}

/// A prefecture, and no address that somebody wrote in its place.
fn prefecture(text: &str) -> &str {
    let is_one = text == "北海道" || (text.chars().count() <= 4 && text.ends_with(['都', '府', '県']));
    if is_one { text } else { "" }
}

fn texts_of(person: &Buyer) -> [&str; 10] {
    let Buyer { family_name, given_name, family_kana, given_kana, postal_code, prefecture, city, street, phone, mail } =
        person;
    [family_name, given_name, family_kana, given_kana, postal_code, prefecture, city, street, phone, mail]
}

#[cfg(test)]
#[path = "nameless/tests.rs"]
mod tests;
