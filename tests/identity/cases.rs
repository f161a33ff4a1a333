//! Each kind of person that is hard, as two buyers written by hand, and what becomes of them.

use otokui_lib::app::{Language, Session, Watch, identity, imports, orders};
use otokui_lib::insight::Scope;
use otokui_lib::shop::Buyer;
use otokui_lib::shop::identity::Verdict::{self, Apart, Certain, Likely};
use otokui_lib::shop::identity::score::{Commonness, bucket, population_bucket, score};
use otokui_lib::shop::identity::{Keys, Profile};
use std::collections::BTreeMap;

/// 姓, 名, セイ, メイ, postal code, city, street, phone, mail.
type Written = [&'static str; 9];

const HANAKO: Written = [
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
        written.map(str::to_owned);
    let prefecture = "東京都".to_owned();
    Buyer { family_name, given_name, family_kana, given_kana, postal_code, prefecture, city, street, phone, mail }
}

/// The same with some cells written otherwise.
fn but(mut written: Written, cells: &[(usize, &'static str)]) -> Written {
    for (at, text) in cells {
        written[*at] = text;
    }
    written
}

const FAMILY: usize = 0;
const GIVEN: usize = 1;
const SEI: usize = 2;
const MEI: usize = 3;
const CODE: usize = 4;
const CITY: usize = 5;
const STREET: usize = 6;
const PHONE: usize = 7;
const MAIL: usize = 8;

/// In a shop of this many people, with this many people on the phone the two share.
fn among(a: Written, b: Written, people: u64, on_phone: u64) -> Verdict {
    let (a, b) = (buyer(a), buyer(b));
    let mail = (!a.mail.is_empty() && a.mail == b.mail).then(|| bucket(2));
    let common = Commonness { phone: bucket(on_phone), name: bucket(2), house: bucket(2), mail };
    Verdict::of(score(&Profile::of(&a).compare(&Profile::of(&b)), &common, population_bucket(people)))
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

/// A Rakuten file of these buyers, one order each; nothing or the recipient of a present.
fn file(rows: &[(Written, Option<Written>)]) -> String {
    let head = "注文番号,ステータス,注文日時,商品管理番号,個数,単価,送付先ID,送付先一致フラグ,注文者姓,注文者名,注文者姓カナ,注文者名カナ,\
        注文者郵便番号1,注文者郵便番号2,注文者住所都道府県,注文者住所郡市区,注文者住所それ以降の住所,注文者電話番号1,注文者メールアドレス,\
        送付先姓,送付先名,送付先姓カナ,送付先名カナ,送付先郵便番号1,送付先郵便番号2,送付先住所郡市区,送付先住所それ以降の住所,送付先電話番号1";
    let mut text = format!("\u{feff}{head}\n");
    for (at, (b, gift)) in rows.iter().enumerate() {
        let to = gift.unwrap_or(*b);
        let same = u8::from(gift.is_none());
        text += &format!("400001-20260301-{at:010},700,2026-03-{:02} 10:00:00,a,1,1000,{at},{same},", at + 1);
        text += &format!(
            "{},{},{},{},{},{},東京都,{},{},{},{},",
            b[0],
            b[1],
            b[2],
            b[3],
            &b[4][..3],
            &b[4][3..],
            b[5],
            b[6],
            b[7],
            b[8]
        );
        text += &format!(
            "{},{},{},{},{},{},{},{},{}\n",
            to[0],
            to[1],
            to[2],
            to[3],
            &to[4][..3],
            &to[4][3..],
            to[5],
            to[6],
            to[7]
        );
    }
    text
}

/// Orders by customer: places in the file.
fn customers(rows: &[(Written, Option<Written>)]) -> Vec<Vec<usize>> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("orders.csv");
    std::fs::write(&path, file(rows)).expect("written");
    let mut session = Session::in_memory(Language::Japanese).expect("memory");
    let answer = imports::record(&mut session, &[path], &Watch::silent()).expect("an import");
    assert_eq!(answer[0].problem_rows, 0, "{}", answer[0].message);
    let mut of: BTreeMap<i64, Vec<usize>> = BTreeMap::new();
    for order in orders::all(&session).expect("orders") {
        let place = order.order_number[order.order_number.len() - 10..].parse().expect("a number");
        of.entry(order.customer_id.0).or_default().push(place);
    }
    let mut groups: Vec<Vec<usize>> = of.into_values().collect();
    groups.iter_mut().for_each(|group| group.sort_unstable());
    groups.sort();
    let _ = identity::screen(&session).expect("an answer");
    let _ = otokui_lib::app::overview::answer(&session, &Scope::default()).expect("an answer");
    groups
}

const JIRO: Written = [
    "例示",
    "次郎",
    "レイジ",
    "ジロウ",
    "5300001",
    "大阪市北区",
    "梅田1-2-3",
    "080-0999-8888",
    "cc33s1@pc.fw.rakuten.ne.jp",
];

#[test]
fn whom_a_present_goes_to_is_not_who_ordered() {
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
    // Hanako sends to Jiro, and both send a social gift whose address waits to be typed.
    let rows = [(HANAKO, None), (HANAKO, Some(JIRO)), (JIRO, None), (HANAKO, Some(waiting)), (JIRO, Some(waiting))];
    assert_eq!(customers(&rows), [vec![0, 1, 3], vec![2, 4]]);
}

#[test]
fn a_chain_does_not_join_two_people_who_contradict_each_other() {
    // The mother's orders bear her name or the family's only; so do the son's. Whoever wrote only the family name is
    // joined with one of them, never both with each other.
    let mother = HANAKO;
    let son = but(HANAKO, &[(GIVEN, "太郎"), (MEI, "タロウ")]);
    let somebody = but(HANAKO, &[(GIVEN, ""), (MEI, "")]);
    let groups = customers(&[(mother, None), (somebody, None), (son, None)]);
    let of = |order: usize| groups.iter().position(|group| group.contains(&order));
    assert_ne!(of(0), of(2), "{groups:?}");
}

#[test]
fn the_owner_sees_a_pair_in_doubt_with_its_evidence() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("orders.csv");
    let married = but(
        HANAKO,
        &[
            (FAMILY, "例示"),
            (SEI, "レイジ"),
            (CODE, "5300001"),
            (CITY, "大阪市北区"),
            (STREET, "梅田1-2-3"),
            (MAIL, "bb22s1@pc.fw.rakuten.ne.jp"),
        ],
    );
    std::fs::write(&path, file(&[(HANAKO, None), (married, None), (JIRO, None)])).expect("written");
    let mut session = Session::in_memory(Language::Japanese).expect("memory");
    imports::record(&mut session, &[path], &Watch::silent()).expect("an import");
    let answer = identity::screen(&session).expect("an answer").answer;
    assert_eq!((answer.customer_count, answer.pair_count, answer.uncertain_count), (3, 1, 2));
    assert_eq!(answer.uncertain_share, Some(2.0 / 3.0));
    let pair = &answer.likely_pairs[0];
    let levels: Vec<(&str, &str)> = pair.evidence.iter().map(|row| (&*row.field, &*row.level)).collect();
    let expected = [
        ("name", "different"),
        ("kana", "different"),
        ("phone", "equal"),
        ("postal_code", "different"),
        ("address", "different"),
        ("mail", "nothing"),
    ];
    assert_eq!(levels, expected);
    assert_eq!((pair.left.order_count, pair.right.order_count), (1, 1));
    // Three people with one order each, nobody came back; were the two one, one of two came back.
    let hangs = &answer.sensitivity;
    assert_eq!((hangs.customer_count_now, hangs.customer_count_all_joined), (3, 2));
    assert_eq!((hangs.repeat_share_now, hangs.repeat_share_all_joined), (Some(0.0), Some(0.5)));
}
