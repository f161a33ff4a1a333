//! Figures laid out as a table: the map of groups, the heat map of cohorts.

use super::drawing::check;
use super::{grouped, month, percent, wobble, yen};
use otokui_lib::chart::{Canvas, Figure, group_map, heat};
use otokui_lib::insight::acquired::By;
use otokui_lib::insight::cohort::{CohortCell, CohortRow, Cohorts, MeanCell, Measure};
use otokui_lib::insight::rfm::{CellRow, GroupKey, ValueBasis};
use otokui_lib::shop::{Month, Yen};

pub const GROUPS: [&str; 10] =
    ["最優良", "優良", "有望", "新規", "育成中", "要注意", "離反予備", "離反しそうな優良", "離反リスク", "休眠"];
const GROUPS_EN: [&str; 10] = [
    "Champions",
    "Loyal",
    "Promising",
    "New",
    "Nurturing",
    "Needs attention",
    "About to lapse",
    "Best customers cooling off",
    "At risk",
    "Dormant",
];

pub fn cells(count: impl Fn(u8, u8) -> u32, each: i64) -> Vec<CellRow> {
    let mut rows = Vec::new();
    for recency in (1..=5).rev() {
        for fm in 1..=5 {
            let customer_count = count(recency, fm);
            let value = Yen(i64::from(customer_count) * i64::from(fm) * each);
            rows.push(CellRow { recency, fm, group: GroupKey::of_cell(recency, fm), customer_count, value });
        }
    }
    rows
}

pub fn draw_map(rows: &[CellRow], shade: group_map::Shade, names: &[&str; 10], canvas: &Canvas<'_>) -> Figure {
    let group = |key: GroupKey| {
        let place = GroupKey::ALL.iter().position(|g| *g == key).unwrap_or_default();
        names[place].to_owned()
    };
    let cell = |cell: &CellRow| match shade {
        group_map::Shade::People => grouped(f64::from(cell.customer_count)),
        group_map::Shade::Value => yen(cell.value.as_f64()),
    };
    let label = |c: &CellRow| format!("{} R{} FM{} {}人", c.group, c.recency, c.fm, c.customer_count);
    let words = group_map::Words {
        group: &group,
        recency: ["62日以内", "93日以内", "124日以内", "186日以内", "187日以上"].map(str::to_owned),
        fm: ["1", "2", "3", "4", "5"].map(str::to_owned),
        cell: &cell,
        label: &label,
    };
    group_map::draw(rows, shade, &words, canvas)
}

#[test]
fn the_map_of_groups() {
    use group_map::Shade::{People, Value};
    let canvas = Canvas { id: "", width: 640, height: 400 };
    let count = |r: u8, fm: u8| {
        let first = if fm == 1 { 4.0 } else { 1.0 };
        (wobble(usize::from(r * 7 + fm)) * 90.0 * first * f64::from(6 - r) / f64::from(fm)) as u32
    };
    let usual = draw_map(&cells(count, 4_200), People, &GROUPS, &canvas);
    check("map-usual", &usual, 24.0);
    assert_eq!(usual.regions.len(), 25);
    assert_eq!(usual.regions[3].people.as_deref(), Some("cell:5:4"), "recency 5 first, within it FM 1 to 5");
    check("map-value-half", &draw_map(&cells(count, 4_200), Value, &GROUPS, &Canvas::HALF), 24.0);
    check("map-english", &draw_map(&cells(count, 4_200), People, &GROUPS_EN, &Canvas::HALF), 24.0);
    check("map-nothing", &draw_map(&[], People, &GROUPS, &canvas), 24.0);
    let one = draw_map(&cells(|r, fm| u32::from((r, fm) == (5, 1)), 4_200), People, &GROUPS, &canvas);
    check("map-one", &one, 24.0);
    assert_eq!(one.regions.iter().filter(|r| r.people.is_some()).count(), 1, "a cell with nobody opens nobody");
    check("map-equal", &draw_map(&cells(|_, _| 40, 4_200), People, &GROUPS, &canvas), 24.0);
    check("map-negative", &draw_map(&cells(count, -4_200), Value, &GROUPS, &canvas), 24.0);
    check("map-huge", &draw_map(&cells(|_, _| 123_456, 240), Value, &GROUPS, &canvas), 24.0);
    let long = ["とても長い名前のお客様グループその一からその十まで"; 10];
    check("map-long-names", &draw_map(&cells(count, 4_200), People, &long, &canvas), 24.0);
}

pub fn cohorts(count: usize, measure: Measure, value: impl Fn(usize, usize) -> f64) -> Cohorts {
    let first = month(2025, 6).plus(1 - count as i32);
    let rows: Vec<CohortRow> = (0..count)
        .map(|row| CohortRow {
            key: first.plus(row as i32).to_string(),
            label: String::new(),
            people: String::new(),
            chosen: (row % 9 == 2).then_some((row / 9) as u8),
            customer_count: if row % 9 == 4 { 14 } else { 30 + (wobble(row) * 110.0) as u32 },
            cells: (0..count - row)
                .map(|period| CohortCell {
                    period: period as u32,
                    value: if measure == Measure::Retention && period == 0 { 1.0 } else { value(row, period) },
                    customer_count: 5,
                    n: if row % 9 == 4 { 14 } else { 30 },
                    open: row + period + 1 == count,
                })
                .collect(),
        })
        .collect();
    let mean = |period: usize| {
        let value = rows[0].cells[period].value;
        MeanCell { period: period as u32, value, median: value * 0.8, n: 200, cohort_count: 7 }
    };
    let weighted_mean = (0..count.saturating_sub(1)).map(mean).collect();
    let value_basis = ValueBasis::NetSales;
    Cohorts { as_of: None, measure, by: By::Month, value_basis, cohorts: rows, left_out_count: 0, weighted_mean }
}

pub fn draw_heat(answer: &Cohorts, width: u32) -> Figure {
    let value = |value: f64| match answer.measure {
        m if m.is_rate() => percent(value),
        Measure::OrdersPerCustomer | Measure::CumulativeOrdersPerCustomer => format!("{value:.2}"),
        _ => grouped(value),
    };
    let cohort = |row: &CohortRow| {
        let (year, month) = row.key.parse::<Month>().expect("a month").ym();
        format!("{year}年{month}月")
    };
    let words = heat::Words {
        cohort: &cohort,
        count: &|n| format!("{n}人"),
        few: "少数",
        mean: "平均",
        median: "中央値",
        periods: "か月後",
        value: &value,
        cell: &|cell| value(cell.value),
        choose: &|row| format!("{} 比べる", row.key),
        label: &|row, cell| format!("{} {}か月後 {}", row.key, cell.period, cell.value),
    };
    heat::draw(answer, &words, &Canvas { id: "", width, height: 0 })
}

#[test]
fn cohorts_as_a_heat_map() {
    let rate = |row: usize, period: usize| 0.24 / (period as f64).powf(0.6) * (0.4 + wobble(row * 31 + period));
    let usual = draw_heat(&cohorts(13, Measure::Retention, rate), 1080);
    check("heat-usual", &usual, 24.0);
    assert_eq!(usual.regions[4].people.as_deref(), Some("cohort:2024-06:3"));
    assert_eq!(
        (usual.regions[0].choose.as_deref(), &usual.regions[0].people),
        (Some("2024-06"), &None),
        "a head chooses"
    );
    let cumulative = draw_heat(&cohorts(2, Measure::CumulativeRetention, rate), 1080);
    assert_eq!(cumulative.regions[2].people.as_deref(), Some("cohort:month:to-1:2025-05"));
    check("heat-wide", &draw_heat(&cohorts(25, Measure::Retention, rate), 1080), 24.0);
    let tall = draw_heat(&cohorts(30, Measure::Retention, rate), 1080);
    assert!(tall.svg.as_str().len() < 60_000 && tall.regions.len() > 400);
    let decades = draw_heat(&cohorts(60, Measure::Retention, rate), 1080);
    assert!(decades.regions.iter().all(|r| r.width >= 23.9), "what does not fit at 24 px stays in the table");
    let growing = |_: usize, period: usize| 3_900.0 + 420.0 * (period as f64).powf(0.8);
    check("heat-yen", &draw_heat(&cohorts(13, Measure::CumulativeNetSales, growing), 1080), 24.0);
    check("heat-nothing", &draw_heat(&cohorts(0, Measure::Retention, rate), 1080), 24.0);
    check("heat-one", &draw_heat(&cohorts(1, Measure::Retention, rate), 1080), 24.0);
    check("heat-equal", &draw_heat(&cohorts(4, Measure::OrdersPerCustomer, |_, _| 0.0), 1080), 24.0);
    check(
        "heat-negative",
        &draw_heat(&cohorts(5, Measure::NetSales, |r, p| 900.0 - 700.0 * (r + p) as f64), 1080),
        24.0,
    );
    let mut small = cohorts(6, Measure::Retention, rate);
    small.cohorts.iter_mut().for_each(|row| row.customer_count = 12);
    small.cohorts.iter_mut().flat_map(|row| &mut row.cells).for_each(|cell| cell.n = 12);
    let all_few = draw_heat(&small, 1080);
    check("heat-few", &all_few, 24.0);
    // Six rows of six to one periods, the first of each plain: 5 + 4 + 3 + 2 + 1 strips of 5 px.
    assert_eq!(
        all_few.svg.as_str().matches("height=\"5\"").count(),
        15,
        "small cohorts alone still tell more from less"
    );
    check("heat-huge", &draw_heat(&cohorts(8, Measure::NetSales, |_, p| 1.2e8 / (p + 1) as f64), 1080), 24.0);
}
