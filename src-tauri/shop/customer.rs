//! Who ordered, and when two orders are by the same person.
//!
//! Exact rule of this version: two buyers are one customer when they share a key. The keys are
//! mall + mail address (Rakuten masks it, equal is strong evidence, different is none) and
//! phone + name (kanji or kana) across malls. Keys are compared after normalisation, so that
//! half-width kana, spaces, hyphens and 髙/高 make no difference.

use super::order::Mall;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::fmt;
use unicode_normalization::UnicodeNormalization;
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
    pub family_name: String,
    /// 名.
    pub given_name: String,
    /// セイ.
    pub family_kana: String,
    /// メイ.
    pub given_kana: String,
    /// Seven digits, no hyphen; empty when not stated.
    pub postal_code: String,
    /// 都道府県.
    pub prefecture: String,
    /// 郡市区.
    pub city: String,
    /// それ以降の住所, with building.
    pub street: String,
    /// Digits as written, parts joined by hyphens.
    pub phone: String,
    /// Rakuten: masked relay address. Yahoo: the real one.
    pub mail: String,
}

impl Buyer {
    /// The keys under which this person is found; none when nothing usable is stated.
    ///
    /// Two buyers sharing any key are the same customer. Stable across versions: they are stored.
    pub fn identity_keys(&self, mall: Mall) -> Vec<u64> {
        let mut keys = Vec::with_capacity(3);
        let mail = normal_mail(&self.mail);
        if mail.contains('@') {
            keys.push(key(&["mail", mall.word(), &mail]));
        }
        let phone = normal_phone(&self.phone);
        if is_usable_phone(&phone) {
            let name = normal_name(&format!("{}{}", self.family_name, self.given_name));
            if name.chars().count() > 1 {
                keys.push(key(&["phone+name", &phone, &name]));
            }
            let kana = normal_kana(&format!("{}{}", self.family_kana, self.given_kana));
            if kana.chars().count() > 1 {
                keys.push(key(&["phone+kana", &phone, &kana]));
            }
        }
        keys
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

/// The form in which texts are compared (NFKC). Most names are in it: kanji, and kana with their marks in one character.
fn compared(text: &str) -> Cow<'_, str> {
    let stays = |c| matches!(c, '\u{20}'..='\u{7e}' | '\u{4e00}'..='\u{9fff}' | '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | 'ー');
    if text.chars().all(stays) { Cow::Borrowed(text) } else { Cow::Owned(text.nfkc().collect()) }
}

/// NFKC, lower case, no spaces.
fn normal_mail(mail: &str) -> String {
    let mail = compared(mail);
    if mail.is_ascii() {
        return mail.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_lowercase()).collect();
    }
    mail.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

/// Digits only, after NFKC; `+81 90…` becomes `090…`.
fn normal_phone(phone: &str) -> String {
    let text = compared(phone);
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    match digits.strip_prefix("81") {
        Some(rest) if text.trim_start().starts_with('+') => format!("0{}", rest.trim_start_matches('0')),
        _ => digits,
    }
}

/// Ten or eleven digits, and not a filler such as 000-0000-0000 or the mall's dummy 999-9999-9999.
fn is_usable_phone(digits: &str) -> bool {
    (10..=11).contains(&digits.len()) && {
        let tail = &digits.as_bytes()[digits.len() - 8..];
        tail.iter().any(|d| *d != tail[0])
    }
}

/// NFKC, no spaces, variants of the same name character made one.
fn normal_name(name: &str) -> String {
    compared(name).chars().filter(|c| !c.is_whitespace()).map(plain_variant).collect()
}

/// Full-width katakana without spaces, from half-width or hiragana.
fn normal_kana(kana: &str) -> String {
    compared(kana)
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| match c {
            'ぁ'..='ゖ' => char::from_u32(c as u32 + 0x60).unwrap_or(c),
            _ => c,
        })
        .collect()
}

/// The common form of a name character that people and malls write in several ways.
fn plain_variant(c: char) -> char {
    match c {
        '髙' => '高',
        '﨑' | '嵜' | '碕' => '崎',
        '邊' | '邉' => '辺',
        '齋' | '齊' | '斉' => '斎',
        '澤' => '沢',
        '廣' => '広',
        '濱' | '濵' => '浜',
        '櫻' => '桜',
        '嶋' | '嶌' => '島',
        '德' => '徳',
        '眞' => '真',
        '國' => '国',
        '𠮷' => '吉',
        '冨' => '富',
        '栁' => '柳',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
        assert!(matches!(compared(&text), Cow::Borrowed(_)));
        assert_eq!(text.nfkc().collect::<String>(), text);
        assert_eq!(compared("か\u{3099}ﾊﾞ"), "がバ");
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
