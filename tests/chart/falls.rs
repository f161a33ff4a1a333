//! The waterfall: a usual shop with ranges, nothing, one row, losses, huge amounts and long names.

use super::drawing::check;
use super::{grouped, yen};
use otokui_lib::chart::{Canvas, Figure, waterfall};
use otokui_lib::shop::Yen;
use waterfall::{Row, Words};

/// Name, at least, at most, whether it is a sum.
type Given<'n> = (&'n str, i64, i64, bool);

fn draw(rows: &[Given<'_>]) -> Figure {
    let row = |&(name, low, high, is_sum): &Given<'_>| {
        let text = match low == high {
            true => grouped(low as f64),
            false => format!("{}〜{}", yen(low as f64), yen(high as f64)),
        };
        Row {
            name: name.to_owned(),
            low: Yen(low),
            high: Yen(high),
            is_sum,
            label: format!("{name} {text}"),
            text,
            people: Some("profit:points".to_owned()),
        }
    };
    let rows: Vec<Row> = rows.iter().map(row).collect();
    let canvas = Canvas { height: 60 + 30 * rows.len() as u32, ..Canvas::WHOLE };
    waterfall::draw(&rows, &Words { yen: &yen }, &canvas)
}

const USUAL: [Given<'static>; 12] = [
    ("商品の金額", 5_060_000, 5_060_000, true),
    ("お店のクーポン", -148_000, -148_000, false),
    ("返金", -12_000, -12_000, false),
    ("売上", 4_900_000, 4_900_000, true),
    ("送料・代引料の収入", 212_000, 212_000, false),
    ("商品の原価", -2_310_000, -2_150_000, false),
    ("モールの手数料", -242_550, -107_800, false),
    ("決済手数料", -196_000, -140_000, false),
    ("お店が負担するポイント", -98_000, -98_000, false),
    ("アフィリエイト・PR", -70_070, 0, false),
    ("送料と梱包", -640_000, -640_000, false),
    ("残る利益", 1_555_380, 1_976_200, true),
];

#[test]
fn waterfall_of_a_usual_shop() {
    let figure = draw(&USUAL);
    check("waterfall-usual", &figure, 24.0);
    assert_eq!(figure.regions.len(), USUAL.len(), "a region for each row");
    let label = &figure.regions[5].label;
    assert_eq!(label, "商品の原価 -231万円〜-215万円");
    assert!(figure.regions.iter().all(|region| region.people.as_deref() == Some("profit:points")));
}

#[test]
fn waterfall_of_nothing_of_one_and_of_losses() {
    check("waterfall-nothing", &draw(&[]), 24.0);
    check("waterfall-one", &draw(&[("商品の金額", 1_000, 1_000, true)]), 24.0);
    let zeros = [("商品の金額", 0, 0, true), ("商品の原価", 0, 0, false), ("残る利益", 0, 0, true)];
    check("waterfall-zero", &draw(&zeros), 24.0);
    // What is left lies below zero, and at the other end of its range above.
    let losses = [
        ("商品の金額", 100_000, 100_000, true),
        ("返金", -30_000, -30_000, false),
        ("売上", 70_000, 70_000, true),
        ("商品の原価", -90_000, -20_000, false),
        ("お店が負担するポイント", 7, 7, false),
        ("送料と梱包", -41_000, -41_000, false),
        ("残る利益", -60_993, 9_007, true),
    ];
    check("waterfall-negative", &draw(&losses), 24.0);
}

#[test]
fn waterfall_with_long_names_and_huge_amounts() {
    let long = "とても長い名前の費目がここに入っていても図は壊れないはずの<script>&\"'".repeat(3);
    let huge = [
        (long.as_str(), 98_765_432_109_876, 98_765_432_109_876, true),
        (long.as_str(), -87_654_321_098_765, -1, false),
        ("残る利益", 11_111_111_011_111, 98_765_432_109_875, true),
    ];
    check("waterfall-huge-long-names", &draw(&huge), 24.0);
}
