//! Profiles against headers.

use super::*;
use crate::intake::Layouts;

#[test]
fn every_profile_is_read_and_says_what_it_requires() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/malls");
    let files = std::fs::read_dir(folder).expect("the layouts are there").map(|file| file.expect("readable").path());
    let of_orders = files.filter(|file| !std::fs::read_to_string(file).expect("text").contains("\"kind\""));
    let mut ids: Vec<String> = of_orders.map(|file| file.file_stem().expect("a name").display().to_string()).collect();
    ids.sort();
    let mut known: Vec<&String> = Profile::all().iter().map(|profile| &profile.id).collect();
    known.sort();
    assert_eq!(known, ids.iter().collect::<Vec<_>>());
    assert!(ids.len() >= 6, "Rakuten's two, Yahoo's three and our own");
    for profile in Profile::all() {
        for field in profile.required.iter().flatten() {
            assert!(profile.columns.contains_key(field), "{} requires {field:?} without naming it", profile.id);
        }
    }
}

#[test]
fn no_credit_card_column_is_ever_read() {
    for header in Profile::all().iter().flat_map(|p| p.columns.values().flatten()) {
        assert!(!header.contains("クレジット") && !header.contains("カード"), "{header}");
    }
}

#[test]
fn width_and_spaces_of_a_header_make_no_difference() {
    let headers =
        ["\u{feff} 注文番号", "ス テータス", "ｽﾃｰﾀｽ", "個数 ", "商品毎税込価格", "ラッピング料金１"].map(String::from);
    let Fit::Is(profile, columns) = fit(&headers, Layouts::default()) else { panic!("this is a Rakuten export") };
    assert_eq!(profile.id, "rakuten-order-current");
    assert_eq!(columns.place(Field::Status), Some(1), "the first of two equal headers counts");
    assert_eq!(columns.place(Field::Wrapping1), Some(5));
}

#[test]
fn a_status_is_known_by_number_and_by_word() {
    let is_current = |profile: &&Profile| profile.id == "rakuten-order-current";
    let rakuten = Profile::all().iter().find(is_current).expect("a layout of ours");
    assert_eq!(rakuten.status("７００").map(|s| s.code), Some(700));
    assert_eq!(rakuten.status("発送待ち").map(|s| s.code), Some(300));
    assert!(rakuten.status("750").is_none());
}
