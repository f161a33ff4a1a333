//! Who ordered, and when two orders are by the same person.
//!
//! Exact rule of this version: two buyers are one customer when they share a key. The keys are
//! mall + mail address (Rakuten masks it, equal is strong evidence, different is none) and
//! phone + name (kanji or kana) across malls. Keys are compared after normalisation, so that
//! half-width kana, spaces, hyphens and 髙/高 make no difference.

use super::Text;
use super::identity::normal;
use super::identity::person::is_filler_name;
use super::identity::place::Place;
use super::order::Mall;
use serde::{Deserialize, Serialize};
use std::fmt;
use xxhash_rust::xxh3::xxh3_64;

/// A customer of this ledger, 1 and up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, type = "number"))]
#[serde(transparent)]
pub struct CustomerId(pub i64);

impl fmt::Display for CustomerId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// A person or company as one order writes it; fields are the export's text, trimmed, empty when absent.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default)]
pub struct Buyer {
    /// 姓.
    pub family_name: Text,
    /// 名.
    pub given_name: Text,
    /// セイ.
    pub family_kana: Text,
    /// メイ.
    pub given_kana: Text,
    /// Seven digits, no hyphen; empty when not stated.
    pub postal_code: Text,
    /// 都道府県.
    pub prefecture: Text,
    /// 郡市区.
    pub city: Text,
    /// それ以降の住所, with building.
    pub street: Text,
    /// Digits as written, parts joined by hyphens.
    pub phone: Text,
    /// Rakuten: masked relay address. Yahoo: the real one.
    pub mail: Text,
}

impl Buyer {
    /// The keys under which this person is found; none when nothing usable is stated.
    ///
    /// Two buyers sharing any key are the same customer. Stable across versions: they are stored.
    pub fn identity_keys(&self, mall: Mall) -> Vec<u64> {
        self.identity_texts(mall).iter().map(|text| xxh3_64(text.as_bytes())).collect()
    }

    /// What [`Buyer::identity_keys`] are made of, after normalisation. Personal text: it is hashed or keyed, never kept.
    pub(super) fn identity_texts(&self, mall: Mall) -> Vec<String> {
        let joined = |parts: &[&str]| parts.join("\u{1f}");
        let mut keys = Vec::with_capacity(3);
        let mail = normal::mail(&self.mail);
        if mail.contains('@') {
            keys.push(joined(&["mail", mall.word(), &mail]));
        }
        let phone = normal::phone(&self.phone);
        if normal::is_usable_phone(&phone) {
            let name = normal::name(&format!("{}{}", self.family_name, self.given_name));
            if name.chars().count() > 1 {
                keys.push(joined(&["phone+name", &phone, &name]));
            }
            let kana = normal::kana(&format!("{}{}", self.family_kana, self.given_kana));
            if kana.chars().count() > 1 {
                keys.push(joined(&["phone+kana", &phone, &kana]));
            }
        }
        keys
    }

    /// Whether nothing here says who it is: no name, no telephone, no mail address, no house. A prefecture or a postal code
    /// alone, as a template for sending states it, is many people's, and so is the mall's dummy of a gift.
    pub fn is_nobody(&self) -> bool {
        let is_filler = |text: &str| text.is_empty() || is_filler_name(text);
        [&self.family_name, &self.given_name, &self.family_kana, &self.given_kana]
            .into_iter()
            .all(|text| is_filler(text))
            && normal::number(&self.phone).is_none()
            && !self.mail.contains('@')
            && Place::read(&self.postal_code, &self.city, &self.street).numbers[0] == 0
    }

    /// Family and given name with a space, or whichever is stated.
    pub fn full_name(&self) -> String {
        format!("{} {}", self.family_name, self.given_name).trim().to_owned()
    }
}

/// A stable 64-bit key of these texts in this order.
pub fn key(parts: &[&str]) -> u64 {
    xxh3_64(parts.join("\u{1f}").as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_normalization::UnicodeNormalization;

    fn person(name: (&str, &str), kana: (&str, &str), phone: &str, mail: &str) -> Buyer {
        Buyer {
            family_name: name.0.into(),
            given_name: name.1.into(),
            family_kana: kana.0.into(),
            given_kana: kana.1.into(),
            phone: phone.into(),
            mail: mail.into(),
            ..Buyer::default()
        }
    }

    fn share_a_key(a: (&Buyer, Mall), b: (&Buyer, Mall)) -> bool {
        let keys = a.0.identity_keys(a.1);
        b.0.identity_keys(b.1).iter().any(|k| keys.contains(k))
    }

    #[test]
    fn spelling_makes_no_difference() {
        let a = person(("髙橋", "花子"), ("ﾀｶﾊｼ", "ﾊﾅｺ"), "090-1234-5678", "a@pc.fw.rakuten.ne.jp");
        let b = person(("高橋", "花子 "), ("たかはし", "はなこ"), "+81 90 1234 5678", "hanako@example.jp");
        assert!(share_a_key((&a, Mall::Rakuten), (&b, Mall::Yahoo)));
    }

    #[test]
    fn what_is_compared_as_it_stands_is_in_the_form_of_comparison() {
        let all = (0x20..=0x7e).chain(0x3041..=0x3096).chain(0x30a1..=0x30fa).chain([0x30fc]).chain(0x4e00..=0x9fff);
        let text: String = all.filter_map(char::from_u32).collect();
        assert!(matches!(normal::compared(&text), std::borrow::Cow::Borrowed(_)));
        assert_eq!(text.nfkc().collect::<String>(), text);
        assert_eq!(normal::compared("か\u{3099}ﾊﾞ"), "がバ");
    }

    #[test]
    fn the_same_mail_at_two_malls_is_no_evidence() {
        let a = person(("", ""), ("", ""), "", "x@example.jp");
        assert!(share_a_key((&a, Mall::Yahoo), (&a, Mall::Yahoo)));
        assert!(!share_a_key((&a, Mall::Rakuten), (&a, Mall::Yahoo)));
    }

    #[test]
    fn a_filler_number_joins_nobody() {
        let a = person(("山田", "太郎"), ("", ""), "999-9999-9999", "");
        assert!(a.identity_keys(Mall::Rakuten).is_empty());
        let b = person(("山田", "太郎"), ("", ""), "000-0000-0000", "");
        assert!(b.identity_keys(Mall::Rakuten).is_empty());
    }

    #[test]
    fn a_family_on_one_line_is_several_people() {
        let a = person(("山田", "太郎"), ("ヤマダ", "タロウ"), "03-1234-5678", "");
        let b = person(("山田", "花子"), ("ヤマダ", "ハナコ"), "03-1234-5678", "");
        assert!(!share_a_key((&a, Mall::Rakuten), (&b, Mall::Rakuten)));
    }
}
