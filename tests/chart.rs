//! The drawings: recorded as SVG, well formed, fit for the page's security policy, with regions one can hit.
//!
//! `OTOKUI_BLESS=1 cargo test --test chart` rewrites `tests/golden/figures/`; look at each of them afterwards.
//! One test per figure with its invented numbers beside it.

#[path = "chart/back.rs"]
mod back;
#[path = "support/drawing.rs"]
mod drawing;
#[path = "chart/falls.rs"]
mod falls;
#[path = "chart/flow.rs"]
mod flow;
#[path = "chart/growth.rs"]
mod growth;
#[path = "chart/letters.rs"]
mod letters;
#[path = "chart/planes.rs"]
mod planes;
#[path = "chart/tables.rs"]
mod tables;

use drawing::{check, well_formed};
use otokui_lib::chart::{Canvas, Figure, bars, curves, group_map, line, months, timeline};
use otokui_lib::insight::Interval;
use otokui_lib::insight::cohort::Measure;
use otokui_lib::insight::lifetime_value::{Curve, CurvePoint, LifetimeValue};
use otokui_lib::insight::overview::MonthRow;
use otokui_lib::insight::rfm::ValueBasis;
use otokui_lib::shop::{Day, Month, Yen};
use tables::{GROUPS, cells, cohorts, draw_heat, draw_map};

// ---- an invented shop ---------------------------------------------------------------------------------------

fn grouped(number: f64) -> String {
    let digits = format!("{:.0}", number.abs());
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if number <= -0.5 { format!("-{text}") } else { text }
}

fn yen(amount: f64) -> String {
    match amount.abs() {
        a if a >= 1e8 => format!("{}億円", (amount / 1e7).round() / 10.0),
        a if a >= 1e4 => format!("{}万円", (amount / 1e3).round() / 10.0),
        _ => format!("{}円", grouped(amount)),
    }
}

fn percent(rate: f64) -> String {
    if rate.is_finite() { format!("{:.0}%", rate * 100.0) } else { "—".to_owned() }
}

fn month(year: i32, month: u32) -> Month {
    Month::from_ym(year, month).expect("a month")
}

fn day(text: &str) -> Day {
    text.parse().expect("a day")
}

/// Numbers that look like a shop's: the same for the same place, between 0 and 1.
fn wobble(place: usize) -> f64 {
    let mixed = (place as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    ((mixed ^ (mixed >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9) >> 40) as f64 / f64::from(1 << 24)
}

fn month_row(place: i32, new: i64, existing: i64, before: Option<i64>) -> MonthRow {
    MonthRow {
        month: month(2024, 6).plus(place),
        open: false,
        order_count: 90,
        customer_count: 80,
        new_customer_count: 30,
        net_sales: Yen(new + existing),
        new_net_sales: Yen(new),
        existing_net_sales: Yen(existing),
        repeat_share: Some(0.6),
        net_sales_year_before: before.map(Yen),
    }
}

fn usual_months() -> Vec<MonthRow> {
    let mut rows: Vec<MonthRow> = (0..13)
        .map(|place| {
            let season = if place == 6 { 1.7 } else { 1.0 };
            let w = wobble(place as usize);
            let new = (season * (280_000.0 + 160_000.0 * w)) as i64;
            let existing = (season * (420_000.0 + 15_000.0 * f64::from(place) + 90_000.0 * (1.0 - w))) as i64;
            month_row(place, new, existing, Some(((new + existing) as f64 * (0.78 + 0.3 * w)) as i64))
        })
        .collect();
    let last = rows.last_mut().expect("thirteen months");
    last.open = true;
    last.new_net_sales = Yen(120_000);
    last.existing_net_sales = Yen(260_000);
    rows
}

fn draw_months(rows: &[MonthRow], canvas: &Canvas<'_>, new: &str, existing: &str) -> Figure {
    let label = |row: &MonthRow, part: months::Part| format!("{} {part:?} {}", row.month, row.net_sales);
    let words = months::Words { new, existing, year_before: "前年同月", yen: &yen, label: &label };
    months::draw(rows, &words, canvas)
}

#[test]
fn months_of_a_usual_shop() {
    let figure = draw_months(&usual_months(), &Canvas::WHOLE, "新規", "既存");
    check("months-usual", &figure, 24.0);
    assert_eq!(figure.regions.len(), 26, "two parts a month");
    assert_eq!(figure.regions[0].people.as_deref(), Some("month:2024-06:new"));
    assert_eq!(figure.regions[1].people.as_deref(), Some("month:2024-06:existing"));
    let svg = figure.svg.as_str();
    assert!(svg.contains("url(#months-hatch-category-1)"), "the running month is hatched");
    check("months-half", &draw_months(&usual_months(), &Canvas::HALF, "新規", "既存"), 24.0);
}

#[test]
fn months_at_the_edges() {
    let draw = |rows: &[MonthRow]| draw_months(rows, &Canvas::HALF, "新規", "既存");
    let empty = draw(&[]);
    assert!(empty.regions.is_empty(), "nothing to point at");
    check("months-nothing", &empty, 24.0);
    check("months-one", &draw(&[month_row(0, 120_000, 0, None)]), 24.0);
    let equal: Vec<_> = (0..6).map(|p| month_row(p, 100_000, 100_000, Some(200_000))).collect();
    check("months-equal", &draw(&equal), 24.0);
    let refunds: Vec<_> = (0..8)
        .map(|p| month_row(p, 30_000 - 20_000 * i64::from(p % 4), 60_000 - 15_000 * i64::from(p), None))
        .collect();
    check("months-negative", &draw(&refunds), 24.0);
    let huge: Vec<_> =
        (0..25).map(|p| month_row(p, 40_000_000 + 1_000_000 * i64::from(p), 80_000_000, Some(98_000_000))).collect();
    check("months-huge", &draw(&huge), 10.0);
    let long = draw_months(&usual_months(), &Canvas::HALF, "はじめてのお客様", "二回目以降のお客様（既存）");
    check("months-long-names", &long, 20.0);
}

#[test]
fn lines_on_cards() {
    let points = |values: &[f64]| -> Vec<line::Point> {
        let point = |(place, value): (usize, &f64)| line::Point {
            value: value.is_finite().then_some(*value),
            open: place == 12,
            label: format!("{place} {value}"),
            people: Some(format!("month:2025-{:02}", place % 12 + 1)),
        };
        values.iter().enumerate().map(point).collect()
    };
    let usual: Vec<f64> = (0..13).map(|p| 700_000.0 + 300_000.0 * wobble(p)).collect();
    let figure = line::draw(&points(&usual), &Canvas::CARD);
    assert_eq!(figure.regions.len(), 13);
    check("line-usual", &figure, 6.0);
    check("line-nothing", &line::draw(&[], &Canvas::CARD), 6.0);
    check("line-one", &line::draw(&points(&[5.0]), &Canvas::CARD), 24.0);
    check("line-equal", &line::draw(&points(&[1_200.0; 13]), &Canvas::CARD), 6.0);
    let gaps = [-3.0, -8.0, 4.0, f64::NAN, 2.0, -1.0, f64::NAN, f64::NAN, 9.0, 12.0, 3.0];
    check("line-negative-gaps", &line::draw(&points(&gaps), &Canvas::CARD), 6.0);
}

fn curve(key: &str, last: u32, scale: f64) -> Curve {
    let point = |day: u32| {
        let value = scale * (4_100.0 + 210.0 * f64::from(day).powf(0.55));
        let wide = 0.03 + f64::from(day) / 6_000.0;
        CurvePoint {
            day,
            value,
            low: Some(value - value.abs() * wide),
            high: Some(value + value.abs() * wide),
            n: 900 - day,
        }
    };
    Curve {
        key: key.to_owned(),
        label: String::new(),
        customer_count: 900,
        people: None,
        chosen: true,
        points: (0..=last).step_by(30).map(point).collect(),
        payback_day: None,
    }
}

fn lifetime_value(curves: Vec<Curve>, marks: &[(&str, f64)]) -> LifetimeValue {
    let interval = |v: f64| Interval { value: v, low: v - v.abs() * 0.08, high: v + v.abs() * 0.08, n: 400 };
    let headline = marks.iter().map(|(key, value)| ((*key).to_owned(), Some(interval(*value)))).collect();
    LifetimeValue {
        as_of: None,
        value: ValueBasis::NetSales,
        by: None,
        left_out_count: 0,
        median: std::collections::BTreeMap::new(),
        curves,
        headline,
        trend: Vec::new(),
        acquisition_cost: None,
        payback_day: None,
    }
}

fn draw_curves(answer: &LifetimeValue, canvas: &Canvas<'_>, all: &str) -> Figure {
    let words = curves::Words {
        curve: &|curve| if curve.key == "all" { all.to_owned() } else { format!("{}年", curve.key) },
        yen: &yen,
        days: &|days| match days {
            365 => "12か月".to_owned(),
            730 => "24か月".to_owned(),
            _ => format!("{days}日"),
        },
        mark: &|days, interval| format!("{}か月 {}円", days * 12 / 365, grouped(interval.value)),
        cost: "獲得費用 6,000円",
        label: &|day| format!("{day}日"),
    };
    curves::draw(answer, &words, canvas)
}

#[test]
fn curves_of_lifetime_value() {
    let usual = || {
        let lines =
            vec![curve("all", 720, 1.0), curve("2025", 150, 0.93), curve("2024", 510, 1.04), curve("2023", 720, 0.97)];
        lifetime_value(lines, &[("12m", 9_480.0), ("24m", 12_030.0)])
    };
    let figure = draw_curves(&usual(), &Canvas::WHOLE, "すべて");
    check("curves-usual", &figure, 24.0);
    assert_eq!(figure.regions.len(), 25, "one region per 30 days");
    assert_eq!(figure.regions[3].people.as_deref(), Some("observed:90"));
    check("curves-half", &draw_curves(&usual(), &Canvas::HALF, "すべて"), 24.0);
    check("curves-nothing", &draw_curves(&lifetime_value(vec![], &[]), &Canvas::HALF, "すべて"), 24.0);
    let one = lifetime_value(vec![curve("all", 0, 1.0)], &[]);
    check("curves-one", &draw_curves(&one, &Canvas::HALF, "すべて"), 12.0);
    let equal = ["all", "2025", "2024", "2023"].map(|key| curve(key, 360, 1.0)).to_vec();
    check("curves-equal", &draw_curves(&lifetime_value(equal, &[("12m", 9_480.0)]), &Canvas::HALF, "すべて"), 24.0);
    let negative = lifetime_value(vec![curve("all", 720, -0.4), curve("2025", 300, 0.2)], &[("12m", -3_800.0)]);
    check("curves-negative", &draw_curves(&negative, &Canvas::HALF, "すべて"), 24.0);
    let huge = lifetime_value(vec![curve("all", 720, 12_000.0)], &[("12m", 113_760_000.0), ("24m", 144_360_000.0)]);
    check("curves-huge", &draw_curves(&huge, &Canvas::HALF, "すべて"), 24.0);
    let long = draw_curves(&usual(), &Canvas::HALF, "これまでのすべてのお客様の平均");
    check("curves-long-names", &long, 23.0);
    // Thirty cohorts, two of them chosen, and a cost that is earned back.
    let mut many = usual();
    many.curves.truncate(1);
    many.curves.extend((0..30).map(|place| {
        let key = if place % 11 == 3 { "2025" } else { "" };
        Curve {
            chosen: place % 11 == 3 && place < 20,
            ..curve(key, 30 * (24 - place * 24 / 31), 0.6 + wobble(place as usize))
        }
    }));
    let drawn = draw_curves(&many.paying_back(Some(Yen(6_000))), &Canvas::WHOLE, "すべて");
    check("curves-cohorts", &drawn, 24.0);
    let mut broken = usual();
    broken.curves[0].points[3].value = f64::NAN;
    broken.curves[0].points[4].high = Some(f64::INFINITY);
    assert!(!draw_curves(&broken, &Canvas::HALF, "すべて").svg.as_str().contains("NaN"), "no number is drawn as zero");
}

fn purchases(list: &[(&str, i64, Option<bool>)]) -> Vec<timeline::Purchase> {
    let one = |(on, value, event): &(&str, i64, Option<bool>)| timeline::Purchase {
        on: day(on),
        value: Yen(*value),
        event: *event,
        label: format!("{on} {value}円"),
    };
    list.iter().map(one).collect()
}

fn draw_timeline(list: &[timeline::Purchase], window: Option<(Day, Day)>) -> Figure {
    let words = timeline::Words {
        gap: &|days| format!("{days}日"),
        yen: &|value| yen(value.as_f64()),
        month: &|month| {
            let (year, month) = month.ym();
            format!("{year}/{month}")
        },
        window: "次の見込み",
    };
    timeline::draw(list, &[], window, day("2025-06-30"), &words, &Canvas { id: "", width: 1080, height: 180 })
}

#[test]
fn one_customers_purchases() {
    let usual = purchases(&[
        ("2024-02-11", 3_980, Some(false)),
        ("2024-04-05", 6_400, Some(true)),
        ("2024-04-15", 1_280, None),
        ("2024-07-20", 4_500, Some(false)),
        ("2024-11-22", 14_800, Some(true)),
        ("2025-01-10", 0, Some(false)),
        ("2025-04-02", 5_200, Some(false)),
        ("2025-05-28", 4_980, Some(true)),
    ]);
    let window = Some((day("2025-07-14"), day("2025-09-02")));
    let figure = draw_timeline(&usual, window);
    assert_eq!(figure.regions.len(), usual.len());
    check("timeline-usual", &figure, 16.0);
    check("timeline-nothing", &draw_timeline(&[], None), 24.0);
    check("timeline-one", &draw_timeline(&purchases(&[("2025-06-30", 3_980, None)]), None), 24.0);
    let monthly: Vec<(String, i64)> = (0..30).map(|p| (month(2023, 1).plus(p).first().to_string(), 3_000)).collect();
    let monthly: Vec<_> = monthly.iter().map(|(on, value)| (on.as_str(), *value, Some(false))).collect();
    check("timeline-equal", &draw_timeline(&purchases(&monthly), window), 24.0);
    let refunds =
        purchases(&[("2025-01-05", -2_000, Some(true)), ("2025-03-05", 123_456_789, None), ("2025-03-06", 120, None)]);
    check("timeline-negative-huge", &draw_timeline(&refunds, Some((day("2025-05-01"), day("2025-06-10")))), 2.0);
}

#[test]
fn shares_as_bars() {
    let bar = |name: &str, value: Option<f64>, interval: Option<(f64, f64)>, text: &str| bars::Bar {
        name: name.to_owned(),
        value,
        interval,
        text: text.to_owned(),
        label: format!("{name} {text}"),
        people: Some("observed:90".to_owned()),
    };
    let canvas = Canvas { id: "", width: 528, height: 140 };
    let usual = [
        bar("90日以内", Some(0.182), Some((0.161, 0.205)), "18.2%（812人）"),
        bar("180日以内", Some(0.264), Some((0.236, 0.294)), "26.4%（640人）"),
        bar("365日以内", None, None, "あと41日で分かります"),
    ];
    check("bars-usual", &bars::draw(&usual, &canvas), 24.0);
    check("bars-nothing", &bars::draw(&[], &canvas), 24.0);
    let negative = [bar("粗利", Some(-1_200_000.0), None, "-120万円"), bar("売上", Some(1.2e8), None, "1.2億円")];
    check("bars-negative-huge", &bars::draw(&negative, &canvas), 24.0);
    let long = [bar(
        "とても長い名前のお客様グループその一",
        Some(0.0),
        Some((0.0, 0.4)),
        "0%（1人）少なすぎて言えません、もう少し待ってください",
    )];
    check("bars-long-names", &bars::draw(&long, &canvas), 24.0);
}

// ---- text from an export ------------------------------------------------------------------------------------

#[test]
fn text_from_outside_is_escaped() {
    let evil = "</text><script>alert('1')</script>\"&\n\u{1}";
    let bar = bars::Bar {
        name: evil.to_owned(),
        value: Some(1.0),
        interval: None,
        text: evil.to_owned(),
        label: evil.to_owned(),
        people: None,
    };
    let figures = [
        bars::draw(&[bar], &Canvas { id: "\"><x", width: 1080, height: 60 }),
        draw_months(&usual_months(), &Canvas::HALF, evil, evil),
        draw_map(&cells(|_, _| 3, 10), group_map::Shade::People, &[evil; 10], &Canvas::WHOLE),
        draw_curves(&lifetime_value(vec![curve("all", 360, 1.0), curve(evil, 300, 0.9)], &[]), &Canvas::WHOLE, evil),
    ];
    for figure in figures {
        let svg = figure.svg.as_str();
        well_formed(svg).expect("still well formed");
        assert!(!svg.contains("<script"), "a tag stays text");
        assert!(svg.contains("&lt;/text&gt;") || svg.contains("&lt;"), "and is there to be read");
        assert!(!svg.contains('\u{1}'), "XML has no control characters");
    }
}

#[test]
fn two_of_a_kind_share_a_page() {
    let rows = usual_months();
    let [a, b] = ["sales", "margin"].map(|id| draw_months(&rows, &Canvas { id, ..Canvas::HALF }, "新規", "既存"));
    let page = format!("<div>{}{}</div>", a.svg.as_str(), b.svg.as_str());
    well_formed(&page).expect("ids differ");
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let draw = || draw_months(&usual_months(), &Canvas::HALF, "新規", "既存");
    assert_eq!(draw(), draw());
}

#[test]
fn a_canvas_without_room_is_no_reason_to_stop() {
    for (width, height) in [(0, 0), (30, 20), (120, 24)] {
        let canvas = Canvas { id: "tiny", width, height };
        let lines = lifetime_value(vec![curve("all", 720, 1.0), curve("2025", 90, 2.0)], &[("12m", 9_480.0)]);
        for figure in [
            draw_months(&usual_months(), &canvas, "新規", "既存"),
            draw_map(&cells(|_, _| 7, 10), group_map::Shade::People, &GROUPS, &canvas),
            draw_curves(&lines, &canvas, "すべて"),
            draw_heat(&cohorts(3, Measure::Retention, |_, _| 0.1), width),
        ] {
            well_formed(figure.svg.as_str()).expect("still a drawing");
            let sound = figure.regions.iter().all(|r| [r.x, r.y, r.width, r.height].iter().all(|n| n.is_finite()));
            assert!(sound, "no region without a place");
        }
    }
}
