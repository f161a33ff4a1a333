//! The growth map and the LTV of months: usual shops, nothing, few, losses, huge amounts, long names.

use super::drawing::{check, well_formed};
use super::{grouped, month, percent, wobble, yen};
use otokui_lib::chart::{Canvas, Figure, growth, trend};
use otokui_lib::insight::Interval;
use otokui_lib::insight::assets::Assets;
use otokui_lib::insight::growth::{Arrow, ArrowRow, GrowthMap, Stage, StageRow};
use otokui_lib::insight::lifetime_value::TrendRow;
use otokui_lib::insight::rfm::ValueBasis;
use otokui_lib::shop::Yen;

const STAGES: [&str; 6] = ["新規", "F2", "定着", "優良", "離脱", "復帰"];

fn map(people: impl Fn(usize) -> u32, worth: f64, bottleneck: Option<Arrow>) -> GrowthMap {
    let stages = Stage::ALL.into_iter().enumerate().map(|(place, key)| StageRow {
        key,
        customer_count: people(place),
        year_value: Yen(120_000),
        people: format!("growth:stage:{}", key.word()),
    });
    let arrows = Arrow::ALL.into_iter().enumerate().map(|(place, key)| {
        let n = people(place);
        let made = n / 3;
        let interval = |value: f64| Interval { value, low: value * 0.9, high: value * 1.1, n };
        ArrowRow {
            key,
            from: key.ends().0,
            to: key.ends().1,
            rate: (n > 0).then(|| Interval::of_share(made, n).expect("people")),
            made_count: made,
            worth: (n > 0).then(|| interval(worth)),
            base_count: n,
            gain: (n > 0).then(|| interval(worth * f64::from(n) / 100.0)),
            people: format!("growth:of:{}", key.word()),
            made_people: format!("growth:made:{}", key.word()),
        }
    });
    GrowthMap {
        as_of: None,
        value: ValueBasis::NetSales,
        stages: stages.collect(),
        arrows: arrows.collect(),
        bottleneck,
        assets: Assets::default(),
    }
}

fn draw(map: &GrowthMap, names: &[&str; 6], flag: &str) -> Figure {
    let words = growth::Words {
        stage: &|row| names[row.key as usize].to_owned(),
        meaning: &|_| "3〜5回".to_owned(),
        people: &|n| format!("{}人", grouped(f64::from(n))),
        rate: &|row| row.rate.map_or_else(|| "まだなし".to_owned(), |rate| percent(rate.value)),
        lines: &|row| {
            let known = |interval: Option<Interval>, name: &str| interval.map(|i| format!("{name} {}", yen(i.value)));
            let counts = [format!("{}人中", row.base_count), format!("{}人", row.made_count)];
            counts.into_iter().chain(known(row.worth, "1人")).chain(known(row.gain, "+1点")).collect()
        },
        bottleneck: flag,
        stage_label: &|row| names[row.key as usize].to_owned(),
        arrow_label: &|row| row.key.word().to_owned(),
    };
    growth::draw(map, &words, &Canvas { height: 240, ..Canvas::WHOLE })
}

#[test]
fn the_way_to_a_best_customer() {
    let people = |place: usize| [1_533, 447, 236, 52, 1_741, 5][place];
    let flag = "いちばん効く所";
    let usual = draw(&map(people, 3_434.0, Some(Arrow::F2)), &STAGES, flag);
    check("growth-usual", &usual, 24.0);
    let behind: Vec<_> = usual.regions.iter().map(|region| region.people.as_deref().unwrap_or_default()).collect();
    assert_eq!(behind[..4], ["growth:stage:new", "growth:made:f2", "growth:stage:f2", "growth:made:settled"]);
    assert_eq!(behind.len(), 11, "six places, five ways");
    check("growth-last", &draw(&map(people, 3_434.0, Some(Arrow::Returned)), &STAGES, flag), 24.0);
    let nothing = GrowthMap { stages: Vec::new(), arrows: Vec::new(), ..map(people, 1.0, None) };
    check("growth-nothing", &draw(&nothing, &STAGES, flag), 24.0);
    let nobody = draw(&map(|_| 0, 0.0, None), &STAGES, flag);
    check("growth-nobody", &nobody, 24.0);
    assert!(nobody.regions[1].people.is_none(), "nobody stands behind a way nobody went");
    check("growth-equal", &draw(&map(|_| 40, 900.0, None), &STAGES, flag), 24.0);
    check("growth-negative", &draw(&map(people, -820.0, None), &STAGES, flag), 24.0);
    check("growth-huge", &draw(&map(|_| 1_234_567, 1.2e9, Some(Arrow::Best)), &STAGES, flag), 24.0);
    let long = ["とても長い名前の段階その一からその十まで"; 6];
    check(
        "growth-long-names",
        &draw(&map(people, 3_434.0, Some(Arrow::F2)), &long, "いちばん効いているところはここです、ここ"),
        24.0,
    );
    let evil = draw(&map(people, 1.0, Some(Arrow::F2)), &["<b>\"&"; 6], "</text><script>");
    well_formed(evil.svg.as_str()).expect("still well formed");
    assert!(!evil.svg.as_str().contains("<script"), "a tag stays text");
}

fn rows(count: usize, value: impl Fn(usize, usize) -> Option<f64>) -> Vec<TrendRow> {
    let row = |place: usize| TrendRow {
        month: month(2024, 5).plus(place as i32),
        customer_count: if place % 7 == 3 { 12 } else { 48 },
        ltv_90: value(place, 0),
        ltv_180: value(place, 1),
        ltv_365: value(place, 2),
    };
    (0..count).map(row).collect()
}

fn draw_trend(rows: &[TrendRow], lines: [&str; 3]) -> Figure {
    let words = trend::Words {
        lines,
        yen: &yen,
        month: &|month| format!("{}/{}", month.ym().0, month.ym().1),
        label: &|row| row.month.to_string(),
    };
    trend::draw(rows, &words, &Canvas { height: 300, ..Canvas::WHOLE })
}

#[test]
fn lifetime_value_month_by_month() {
    let lines = ["90日", "180日", "365日"];
    // The last months are not old enough for 180 and 365 days.
    let growing = |place: usize, line: usize| {
        let reached = place + [3, 6, 12][line] <= 30;
        reached.then(|| (1_500.0 + 500.0 * line as f64) * (0.8 + 0.4 * wobble(place * 3 + line)))
    };
    let usual = draw_trend(&rows(27, growing), lines);
    check("trend-usual", &usual, 24.0);
    assert_eq!((usual.regions.len(), usual.regions[0].people.as_deref()), (27, Some("cohort:2024-05")));
    let gaps = |place: usize, line: usize| growing(place, line).filter(|_| !place.is_multiple_of(4));
    check("trend-gaps", &draw_trend(&rows(60, gaps), lines), 24.0);
    check("trend-nothing", &draw_trend(&[], lines), 24.0);
    check("trend-one", &draw_trend(&rows(1, |_, _| Some(900.0)), lines), 24.0);
    check("trend-equal", &draw_trend(&rows(8, |_, _| Some(900.0)), lines), 24.0);
    check(
        "trend-negative",
        &draw_trend(&rows(8, |place, line| Some(200.0 - 90.0 * (place + line) as f64)), lines),
        24.0,
    );
    check("trend-huge", &draw_trend(&rows(8, |place, _| Some(1.2e9 * (place + 1) as f64)), lines), 24.0);
    let long = ["とても長い線の名前その一"; 3];
    check("trend-long-names", &draw_trend(&rows(8, growing), long), 24.0);
}
