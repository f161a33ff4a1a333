//! Each kind of person that is hard, as two buyers written by hand, and what becomes of them.

use otokui_lib::shop::identity::Verdict::{self, Apart, Certain, Likely};
use otokui_lib::shop::identity::score::{Commonness, Weights, bucket, population_bucket, score};
use otokui_lib::shop::identity::{Habits, Keys, Profile};
use otokui_lib::shop::{Buyer, Text};

/// 姓, 名, セイ, メイ, postal code, city, street, phone, mail.
pub type Written = [&'static str; 9];

pub const HANAKO: Written = [
    "見本",
    "花子",
    "ミホン",
    "ハナコ",
    "1540001",
    "世田谷区",
    "池尻3-4-5",
    "090-0246-1357",
    "aa11s1@pc.fw.rakuten.ne.jp",
];

fn buyer(written: Written) -> Buyer {
    let [family_name, given_name, family_kana, given_kana, postal_code, city, street, phone, mail] =
        written.map(Text::from);
    let prefecture = "東京都".into();
    Buyer { family_name, given_name, family_kana, given_kana, postal_code, prefecture, city, street, phone, mail }
}

/// The same with some cells written otherwise.
pub fn but(mut written: Written, cells: &[(usize, &'static str)]) -> Written {
    for (at, text) in cells {
        written[*at] = text;
    }
    written
}

pub const FAMILY: usize = 0;
pub const GIVEN: usize = 1;
pub const SEI: usize = 2;
pub const MEI: usize = 3;
pub const CODE: usize = 4;
pub const CITY: usize = 5;
pub const STREET: usize = 6;
pub const PHONE: usize = 7;
pub const MAIL: usize = 8;

/// In a shop of this many people, with this many people on the phone the two share.
fn among(a: Written, b: Written, people: u64, on_phone: u64) -> Verdict {
    let (a, b) = (buyer(a), buyer(b));
    let mail = (!a.mail.is_empty() && a.mail == b.mail).then(|| bucket(2));
    let common = Commonness { phone: bucket(on_phone), name: bucket(2), house: bucket(2), mail };
    let weights = Weights { population: population_bucket(people), habits: Habits::default() };
    Verdict::of(score(&Profile::of(&a).compare(&Profile::of(&b)), &common, &weights))
}

/// The same verdict in a small shop and in a large one, whichever of the two comes first.
fn check(a: Written, b: Written, expected: Verdict, why: &str) {
    for people in [150, 5_000, 200_000] {
        assert_eq!(among(a, b, people, 2), expected, "{why} ({people} people)");
        assert_eq!(among(b, a, people, 2), expected, "{why} ({people} people, the other way round)");
    }
}

#[test]
fn spelling_and_a_new_mask_make_no_difference() {
    let other = but(
        HANAKO,
        &[
            (SEI, "ﾐﾎﾝ"),
            (MEI, "はなこ"),
            (STREET, "池尻三丁目４番５号"),
            (PHONE, "+81 90 0246 1357"),
            (MAIL, "bb22s1@pc.fw.rakuten.ne.jp"),
        ],
    );
    check(HANAKO, other, Certain, "one person in another spelling");
    let variant =
        (but(HANAKO, &[(FAMILY, "髙﨑"), (SEI, "")]), but(HANAKO, &[(FAMILY, "高崎"), (SEI, ""), (MAIL, "")]));
    check(variant.0, variant.1, Certain, "variants of a character");
}

#[test]
fn who_moves_house_stays_the_same() {
    let moved = but(HANAKO, &[(CODE, "5300001"), (CITY, "大阪市北区"), (STREET, "梅田1-2-3"), (MAIL, "")]);
    check(HANAKO, moved, Certain, "moved, telephone kept");
    let all_new = but(moved, &[(PHONE, "080-0999-8888")]);
    assert_ne!(among(HANAKO, all_new, 5_000, 2), Certain, "moved with a new telephone and mask: a name is not enough");
}

#[test]
fn who_marries_stays_the_same() {
    let married = but(HANAKO, &[(FAMILY, "例示"), (SEI, "レイジ")]);
    check(HANAKO, married, Certain, "another family name; mask, telephone and home stay");
    let moved = but(married, &[(CODE, "5300001"), (CITY, "大阪市北区"), (STREET, "梅田1-2-3"), (PHONE, "")]);
    check(HANAKO, moved, Certain, "married and moved; the mask stays");
    let new_mask = but(moved, &[(PHONE, HANAKO[PHONE]), (MAIL, "bb22s1@pc.fw.rakuten.ne.jp")]);
    check(
        HANAKO,
        new_mask,
        Likely,
        "married, moved, another mask: given name and telephone are a question to the owner",
    );
}

#[test]
fn a_family_on_one_telephone_is_several_people() {
    let brother = but(HANAKO, &[(GIVEN, "太郎"), (MEI, "タロウ"), (MAIL, "bb22s1@pc.fw.rakuten.ne.jp")]);
    check(HANAKO, brother, Apart, "same family, home and telephone");
    let (one, two) =
        (but(HANAKO, &[(GIVEN, "健一"), (MEI, "ケンイチ")]), but(brother, &[(GIVEN, "健二"), (MEI, "ケンジ")]));
    check(one, two, Apart, "brothers whose names are alike");
    let sister = but(brother, &[(GIVEN, "花代"), (MEI, "ハナヨ")]);
    check(HANAKO, sister, Apart, "one letter apart in kanji and in kana is another name");
    let one_mailbox = but(sister, &[(MAIL, HANAKO[MAIL])]);
    for people in [150, 5_000, 200_000] {
        assert_ne!(
            among(HANAKO, one_mailbox, people, 2),
            Certain,
            "nor does one mailbox make them one ({people} people)"
        );
    }
    let without_kana = (but(one, &[(SEI, ""), (MEI, "")]), but(two, &[(SEI, ""), (MEI, "")]));
    check(without_kana.0, without_kana.1, Apart, "brothers without kana");
}

#[test]
fn a_couple_with_one_mailbox_are_two_people() {
    let husband = but(HANAKO, &[(GIVEN, "太郎"), (MEI, "タロウ"), (PHONE, "080-0999-8888")]);
    check(HANAKO, husband, Apart, "one mask, another given name");
}

#[test]
fn a_company_has_several_buyers_and_a_switchboard() {
    let one = but(
        HANAKO,
        &[(FAMILY, "㈱みなも企画　野田"), (GIVEN, "由咲"), (SEI, "ノダ"), (MEI, "ユサキ"), (PHONE, "03-0246-1357")],
    );
    let colleague =
        but(one, &[(FAMILY, "株式会社みなも企画 田村"), (GIVEN, "真香"), (SEI, "タムラ"), (MEI, "マナカ"), (MAIL, "")]);
    let namesake = but(one, &[(FAMILY, "株式会社みなも企画 田村"), (SEI, "タムラ"), (MAIL, "")]);
    let herself = but(one, &[(FAMILY, "株式会社みなも企画 野田"), (MAIL, "")]);
    for on_phone in [2, 30] {
        assert_eq!(
            among(one, colleague, 5_000, on_phone),
            Apart,
            "another person of the company, {on_phone} on the line"
        );
        assert_ne!(among(one, namesake, 5_000, on_phone), Certain, "another family name in an office is no marriage");
        assert_eq!(among(one, herself, 5_000, on_phone), Certain, "the same person of the company");
    }
    let department = but(one, &[(FAMILY, "㈱みなも企画"), (GIVEN, "総務部"), (SEI, ""), (MEI, "")]);
    check(department, but(department, &[(FAMILY, "(株)みなも企画"), (MAIL, "")]), Certain, "the company itself");
}

#[test]
fn a_number_of_many_says_little() {
    let elsewhere = but(
        HANAKO,
        &[
            (FAMILY, "例示"),
            (SEI, "レイジ"),
            (CODE, "5300001"),
            (CITY, "大阪市北区"),
            (STREET, "梅田1-2-3"),
            (MAIL, ""),
        ],
    );
    assert_eq!(among(HANAKO, elsewhere, 5_000, 2), Likely, "a given name and a telephone of two");
    assert_eq!(among(HANAKO, elsewhere, 5_000, 64), Apart, "a given name and a telephone of sixty");
}

#[test]
fn a_mobile_number_given_to_somebody_else_joins_nobody() {
    let next = but(
        HANAKO,
        &[
            (FAMILY, "例示"),
            (GIVEN, "次郎"),
            (SEI, "レイジ"),
            (MEI, "ジロウ"),
            (CODE, "5300001"),
            (CITY, "大阪市北区"),
            (STREET, "梅田1-2-3"),
            (MAIL, ""),
        ],
    );
    check(HANAKO, next, Apart, "another person on a used number");
}

#[test]
fn namesakes_are_two_people() {
    let namesake = but(
        HANAKO,
        &[
            (CODE, "5300001"),
            (CITY, "大阪市北区"),
            (STREET, "梅田1-2-3"),
            (PHONE, "080-0999-8888"),
            (MAIL, "bb22s1@pc.fw.rakuten.ne.jp"),
        ],
    );
    assert_ne!(among(HANAKO, namesake, 150, 2), Certain, "only the name");
    assert_eq!(among(HANAKO, namesake, 20_000, 2), Apart, "only the name, in a shop with many people");
}

#[test]
fn somebody_at_the_second_mall_is_found_by_name_and_home() {
    let there = but(HANAKO, &[(PHONE, "07009998888"), (STREET, "池尻３丁目４番５号"), (MAIL, "hanako@example.jp")]);
    check(HANAKO, there, Certain, "another telephone on the second mall");
}

#[test]
fn a_guest_who_mistypes_is_the_same() {
    let guest = but(HANAKO, &[(PHONE, "090-0246-1358"), (MAIL, "")]);
    check(HANAKO, guest, Certain, "one digit of the telephone");
    check(
        HANAKO,
        but(guest, &[(FAMILY, "見本花子"), (GIVEN, ""), (SEI, "ミホンハナコ"), (MEI, "")]),
        Certain,
        "all in one cell",
    );
    let turned =
        but(guest, &[(FAMILY, "花子"), (GIVEN, "見本"), (SEI, "ハナコ"), (MEI, "ミホン"), (PHONE, HANAKO[PHONE])]);
    check(HANAKO, turned, Certain, "family and given name in each other's cells");
    check(HANAKO, but(HANAKO, &[(CODE, "1540011"), (MAIL, "")]), Certain, "one digit of the postal code");
    check(HANAKO, but(HANAKO, &[(MEI, "ハナオ"), (MAIL, "")]), Certain, "a slip in the kana");
}

#[test]
fn old_area_codes_and_lost_zeros_are_the_same_number() {
    // Tokyo 1991: 03-012-3456 became 03-3012-3456. Osaka 1999: 06-012-3456 became 06-6012-3456.
    for (old, new) in [
        ("03-012-3456", "03-3012-3456"),
        ("06-012-3456", "06-6012-3456"),
        ("9002461357", "090-0246-1357"),
        ("0081 90 0246 1357", "090-0246-1357"),
    ] {
        assert_eq!(
            Profile::of(&buyer(but(HANAKO, &[(PHONE, old)]))).phone,
            Profile::of(&buyer(but(HANAKO, &[(PHONE, new)]))).phone,
            "{old} {new}"
        );
    }
}

#[test]
fn dummies_and_fillers_are_nothing() {
    let waiting: Written = [
        "入力待ち",
        "入力待ち",
        "ニュウリョクマチ",
        "ニュウリョクマチ",
        "9999999",
        "入力待ち",
        "入力待ち",
        "999-9999-9999",
        "",
    ];
    let profile = Profile::of(&buyer(waiting));
    assert_eq!((profile.key(), Keys::of(&profile)), (None, Keys::default()), "a social gift's dummy is nobody");
    for filler in ["000-0000-0000", "999-9999-9999", "090-1111-1111", "012-3456-7890", "0", "-"] {
        assert_eq!(Profile::of(&buyer(but(HANAKO, &[(PHONE, filler)]))).phone, 0, "{filler}");
    }
    let (one, two) = (
        but(HANAKO, &[(PHONE, "000-0000-0000")]),
        but(
            HANAKO,
            &[
                (FAMILY, "例示"),
                (GIVEN, "次郎"),
                (SEI, ""),
                (MEI, ""),
                (PHONE, "000-0000-0000"),
                (CODE, "5300001"),
                (CITY, "大阪市北区"),
                (STREET, "梅田1-2-3"),
                (MAIL, ""),
            ],
        ),
    );
    check(one, two, Apart, "two people who typed zeros");
}
