//! A person's name as it is compared: family and given name, kanji and kana, without company and title.

use super::normal::{compared, katakana, plain_variant};
use std::borrow::Cow;
use xxhash_rust::xxh3::xxh3_64;

/// Characters of one part of a name, zeros behind. What is longer ends in a hash of the rest, so that it is equal only
/// to itself.
pub type Part = [u16; 8];

/// A name in its parts; empty parts are all zeros.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct PersonName {
    /// 姓; the whole name when nobody can tell where it is divided; a company's name when no person is stated.
    pub family: Part,
    /// 名.
    pub given: Part,
    /// セイ.
    pub family_kana: Part,
    /// メイ.
    pub given_kana: Part,
    /// A company stands beside the name.
    pub of_company: bool,
}

impl PersonName {
    /// Reads the four cells of an export.
    pub fn read(family: &str, given: &str, family_kana: &str, given_kana: &str) -> PersonName {
        let [family, given, family_kana, given_kana] = [family, given, family_kana, given_kana].map(compared);
        let (company, family, given) = divided(&family, &given);
        let (kana_company, family_kana, given_kana) = divided(&family_kana, &given_kana);
        let kanji = |text: &str| part(text.chars().map(plain_variant));
        let kana = |text: &str| part(text.chars().map(katakana));
        if family.is_empty() && given.is_empty() {
            // A company orders in its own name.
            return PersonName {
                family: kanji(&company),
                family_kana: kana(&[kana_company, family_kana, given_kana].concat()),
                of_company: !company.is_empty(),
                ..PersonName::default()
            };
        }
        PersonName {
            family: kanji(&family),
            given: kanji(&given),
            family_kana: kana(&family_kana),
            given_kana: kana(&given_kana),
            of_company: !company.is_empty(),
        }
    }

    /// Family and given name in one, kanji.
    pub fn whole(&self) -> impl Iterator<Item = u16> + '_ {
        letters(&self.family).chain(letters(&self.given))
    }

    /// Family and given name in one, kana.
    pub fn whole_kana(&self) -> impl Iterator<Item = u16> + '_ {
        letters(&self.family_kana).chain(letters(&self.given_kana))
    }
}

/// The characters of a part.
pub fn letters(part: &Part) -> impl Iterator<Item = u16> + '_ {
    part.iter().copied().take_while(|c| *c != 0)
}

fn part(text: impl Iterator<Item = char>) -> Part {
    let small = |c: char| {
        u16::try_from(c as u32).unwrap_or_else(|_| 0xe000 | (xxh3_64(&(c as u32).to_le_bytes()) as u16 & 0xfff))
    };
    let mut letters = text.filter(|c| !c.is_whitespace() && !matches!(c, '・' | '.' | ',' | '-')).map(small);
    let mut part = Part::default();
    for (slot, c) in part.iter_mut().zip(&mut letters) {
        *slot = c;
    }
    let more: Vec<u16> = letters.collect();
    if !more.is_empty() {
        let bytes: Vec<u8> = part.iter().chain(&more).flat_map(|c| c.to_le_bytes()).collect();
        part[7] = (xxh3_64(&bytes) as u16).max(1);
    }
    part
}

/// What stands where a name is still waited for.
pub fn is_filler_name(text: &str) -> bool {
    text.starts_with("入力待ち") || text.starts_with("ニュウリョクマチ") || text == "不明"
}

/// Company, family name, given name.
fn divided<'a>(family: &'a str, given: &'a str) -> (Cow<'a, str>, Cow<'a, str>, Cow<'a, str>) {
    let family = family.trim().trim_end_matches('様').trim_end();
    let given = given.trim().trim_end_matches('様').trim_end();
    if is_filler_name(family) || is_filler_name(given) {
        return Default::default();
    }
    let is_one = |text: &str| !text.contains(char::is_whitespace);
    if is_one(family) && is_one(given) && !is_company(family) {
        return (Cow::default(), family.into(), given.into());
    }
    let (company, family, given) = divided_words(family, given);
    (company.into(), family.into(), given.into())
}

/// The same where there are several words, or a company.
fn divided_words(family: &str, given: &str) -> (String, String, String) {
    let words: Vec<&str> = family.split_whitespace().collect();
    let names: Vec<&str> = given.split_whitespace().collect();
    match &words[..] {
        [one] if is_company(one) => match &names[..] {
            [] => (bare(one), String::new(), String::new()),
            [name] if is_department(name) => (bare(one), String::new(), String::new()),
            [name] => (bare(one), (*name).to_owned(), String::new()),
            // 総務部 佐藤: who it is stands last.
            [.., name] => (bare(one), (*name).to_owned(), String::new()),
        },
        [first, rest @ ..] if !rest.is_empty() => match (names.is_empty(), is_company(first)) {
            (true, false) => (String::new(), (*first).to_owned(), rest.concat()),
            _ => (bare(first), rest[rest.len() - 1].to_owned(), names.concat()),
        },
        _ => (String::new(), words.concat(), names.concat()),
    }
}

const MARKS: [&str; 9] =
    ["株式会社", "有限会社", "合同会社", "合資会社", "(株)", "(有)", "(同)", "医療法人", "社団法人"];

fn is_company(word: &str) -> bool {
    const ENDS: [&str; 15] = [
        "会社",
        "商店",
        "商会",
        "工務店",
        "医院",
        "クリニック",
        "歯科",
        "薬局",
        "病院",
        "事務所",
        "保育園",
        "幼稚園",
        "学校",
        "印刷所",
        "製作所",
    ];
    // Nearly every name has none of these.
    let may_have_mark = word.chars().any(|c| matches!(c, '会' | '(' | '法'));
    (may_have_mark && MARKS.iter().any(|mark| word.contains(mark))) || ENDS.iter().any(|end| word.ends_with(end))
}

fn is_department(word: &str) -> bool {
    ["部", "課", "係", "室", "担当", "御中"].iter().any(|end| word.ends_with(end))
}

/// A company's name without its legal form.
fn bare(company: &str) -> String {
    MARKS.iter().fold(company.to_owned(), |name, mark| name.replace(mark, ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(part: &Part) -> String {
        String::from_utf16_lossy(&letters(part).collect::<Vec<_>>())
    }

    fn read(family: &str, given: &str) -> (String, String) {
        let name = PersonName::read(family, given, "", "");
        (said(&name.family), said(&name.given))
    }

    #[test]
    fn a_name_is_found_beside_a_company() {
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(read("有限会社さくら工務店　野田", "由咲"), pair("野田", "由咲"));
        assert_eq!(read("㈱みなも企画", "総務部①課 佐藤"), pair("佐藤", ""));
        assert_eq!(read("㈱みなも企画", "総務部"), pair("みなも企画", ""));
        assert_eq!(read("株式会社みなも企画", ""), pair("みなも企画", ""));
        assert_eq!(read("髙橋 花子", ""), pair("高橋", "花子"));
        assert_eq!(read("西村優紀", ""), pair("西村優紀", ""));
        assert_eq!(read("西村", "優紀 様"), pair("西村", "優紀"));
        assert_eq!(read("入力待ち", "入力待ち"), pair("", ""));
    }

    #[test]
    fn kana_are_one_however_they_are_typed() {
        let kana = |family: &str, given: &str| PersonName::read("", "", family, given);
        assert_eq!(kana("ﾀｶﾊｼ", "ﾊﾅｺ"), kana("たかはし　", "はなこ"));
        assert_eq!(kana("ｴﾝﾄﾞｳ", ""), kana("エンドウ", ""));
    }

    #[test]
    fn a_long_name_equals_only_itself() {
        let long = |text: &str| PersonName::read(text, "", "", "").family;
        assert_ne!(long("いろはにほへとちりぬるを"), long("いろはにほへとちりぬるわ"));
        assert_eq!(long("いろはにほへとちりぬるを"), long("いろはにほへと ちりぬるを".replace(' ', "").as_str()));
    }
}
