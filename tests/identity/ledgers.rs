//! The same kinds of people in a ledger: presents, chains, and what the owner is shown.

use super::cases::{CITY, CODE, FAMILY, GIVEN, HANAKO, MAIL, MEI, PHONE, SEI, STREET, Written, but};
use otokui_lib::app::screens::{CustomerSort, CustomersQuery};
use otokui_lib::app::{Language, Session, Watch, customers, identity, imports, orders};
use otokui_lib::insight::Scope;
use otokui_lib::insight::people::CustomerRow;
use std::collections::BTreeMap;

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
fn together(rows: &[(Written, Option<Written>)]) -> Vec<Vec<usize>> {
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
    assert_eq!(together(&rows), [vec![0, 1, 3], vec![2, 4]]);
}

#[test]
fn a_postal_code_and_a_prefecture_are_nobody() {
    // A template for sending without names, two parcels to one post office, and two gifts whose buyer is a dummy.
    let only_code: Written = ["", "", "", "", "1540001", "", "", "", ""];
    let waiting: Written =
        ["入力待ち", "入力待ち", "ニュウリョクマチ", "", "9999999", "入力待ち", "入力待ち", "999-9999-9999", ""];
    let rows = [(only_code, None), (only_code, None), (waiting, None), (waiting, None)];
    assert_eq!(together(&rows), [vec![0], vec![1], vec![2], vec![3]], "nothing says that two of them are one person's");
    // Whoever is written with a house, a name, a telephone or a mail address is somebody: written alike, they are one.
    for (cell, text) in [(STREET, "池尻3-4-5"), (FAMILY, "見本"), (MAIL, "a@example.jp"), (PHONE, "090-0246-1357")]
    {
        let somebody = but(only_code, &[(cell, text)]);
        assert_eq!(together(&[(somebody, None), (somebody, None)]), [vec![0, 1]], "{text}");
    }
}

#[test]
fn a_template_without_names_takes_no_name_away() {
    let head = "注文番号,ステータス,注文日時,商品管理番号,個数,単価,注文者住所都道府県";
    let order = "400001-20260301-0000000000,700,2026-03-01 10:00:00,a,1,1000,東京都";
    let folder = tempfile::tempdir().expect("a folder");
    let (full, plain) = (folder.path().join("full.csv"), folder.path().join("plain.csv"));
    std::fs::write(&full, file(&[(HANAKO, None)])).expect("written");
    // It reaches further, and so is newer.
    let later = order.replace("20260301-0000000000,700,2026-03-01", "20260401-0000000009,700,2026-04-01");
    std::fs::write(&plain, format!("\u{feff}{head}\n{order}\n{later}\n")).expect("written");
    for files in [[&full, &plain], [&plain, &full]] {
        let mut session = Session::in_memory(Language::Japanese).expect("memory");
        for path in files {
            imports::record(&mut session, std::slice::from_ref(path), &Watch::silent()).expect("an import");
        }
        let names = otokui_lib::app::customers::all(&session, &Default::default(), None).expect("customers");
        let named = names.iter().filter(|row| row.display_name.contains("花子")).count();
        assert_eq!((names.len(), named), (2, 1), "whichever came first");
    }
}

#[test]
fn a_list_calls_people_what_their_newest_order_does() {
    // One woman, all in one cell in her second order, and a man who has always been written alike.
    let in_one = but(HANAKO, &[(FAMILY, "見本花子"), (GIVEN, ""), (SEI, "ミホンハナコ"), (MEI, "")]);
    let man = but(
        HANAKO,
        &[
            (FAMILY, "試作"),
            (GIVEN, "太郎"),
            (SEI, "シサク"),
            (MEI, "タロウ"),
            (PHONE, "080-0999-8888"),
            (STREET, "梅田1-2-3"),
        ],
    );
    let man = but(man, &[(CODE, "5300001"), (CITY, "大阪市北区"), (MAIL, "bb22s1@pc.fw.rakuten.ne.jp")]);
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("orders.csv");
    std::fs::write(&path, file(&[(HANAKO, None), (man, None), (in_one, None), (man, None)])).expect("written");
    let mut session = Session::in_memory(Language::Japanese).expect("memory");
    imports::record(&mut session, &[path], &Watch::silent()).expect("an import");
    let names = |rows: Vec<CustomerRow>| rows.into_iter().map(|row| row.display_name).collect::<Vec<_>>();
    let by_number = CustomersQuery { sort: CustomerSort::Customer, descending: false, ..CustomersQuery::default() };
    let page = customers::page(&session, &by_number).expect("a page");
    assert_eq!(names(page.rows), ["見本花子", "試作 太郎"]);
    let all = customers::all(&session, &Scope::default(), None).expect("everybody");
    assert_eq!(names(all), ["見本花子", "試作 太郎"], "the same where everybody is listed");
}

#[test]
fn a_chain_does_not_join_two_people_who_contradict_each_other() {
    // The mother's orders bear her name or the family's only; so do the son's. Whoever wrote only the family name is
    // joined with one of them, never both with each other.
    let mother = HANAKO;
    let son = but(HANAKO, &[(GIVEN, "太郎"), (MEI, "タロウ")]);
    let somebody = but(HANAKO, &[(GIVEN, ""), (MEI, "")]);
    let groups = together(&[(mother, None), (somebody, None), (son, None)]);
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
