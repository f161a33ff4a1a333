//! Coming back: curves with the numbers below, bars of days, months with the year before.

use super::drawing::check;
use super::{grouped, month, percent, wobble};
use gap_curves::Words as CurveWords;
use gap_histogram::Words as BarWords;
use otokui_lib::chart::{Canvas, Figure, gap_curves, gap_histogram, repeat_months};
use otokui_lib::insight::Interval;
use otokui_lib::insight::coming_back::RepeatMonth;
use otokui_lib::insight::gap_steps::{GapBin, GapStep};
use otokui_lib::insight::gap_table::GapPoint;
use otokui_lib::shop::Yen;

const CURVES: Canvas<'static> = Canvas { id: "", width: 1080, height: 440 };

/// A step whose share rises towards `most`, up to day `last`, in bars of `width` days.
fn step(step: u32, people: u32, most: f64, last: u32, width: u32) -> GapStep {
    let share = |day: u32| most * (1.0 - (-f64::from(day) / 70.0).exp());
    let point = |day: u32| {
        let (share, wide) = (share(day), 0.03 * most * f64::from(day.min(60)) / 60.0);
        let at_risk = (f64::from(people) * (1.0 - share) * (1.0 - f64::from(day) / 1_400.0)) as u32;
        GapPoint { day, share, low: share - wide, high: share + wide, at_risk }
    };
    let bin = |from_day: u32| {
        let to_day = from_day + width - 1;
        let back = f64::from(people) * (share(to_day) - share(from_day - 1));
        GapBin {
            from_day,
            to_day,
            return_count: (back * (0.7 + 0.6 * wobble(from_day as usize))) as u32,
            cumulative_share: share(to_day) / most,
        }
    };
    GapStep {
        step,
        customer_count: people,
        return_count: people / 2,
        waiting_count: people - people / 2,
        lower_days: Some(20),
        median_days: Some(49),
        upper_days: Some(97),
        due: None,
        curve: (0..=last).step_by(15).map(point).collect(),
        histogram: (1..=360).step_by(width as usize).map(bin).collect(),
        beyond_count: 3,
    }
}

fn curves(steps: &[GapStep], name: &dyn Fn(u32) -> String) -> Figure {
    let steps: Vec<&GapStep> = steps.iter().collect();
    let words = CurveWords {
        step: &|row| name(row.step),
        share: &percent,
        days: &|days| format!("{days}日"),
        count: &|count| grouped(f64::from(count)),
        at_risk: "まだ待っている人数",
        label: &|day| format!("{day}日まで"),
    };
    gap_curves::draw(&steps, &words, &CURVES)
}

#[test]
fn curves_with_the_numbers_still_waited_for() {
    let name = |step: u32| format!("{step}回目へ");
    let usual = [step(2, 1_204, 0.34, 540, 10), step(3, 380, 0.6, 540, 10), step(4, 160, 0.64, 450, 10)];
    let figure = curves(&usual, &name);
    check("gap-curves-usual", &figure, 24.0);
    assert_eq!(figure.regions[0].people, None, "nobody is back on the day itself");
    assert_eq!(figure.regions[6].people.as_deref(), Some("gap:2:1:90"), "the first line's people by day 90");
    for row in &usual {
        let waiting = row.curve.iter().find(|point| point.day == 90).expect("a point").at_risk;
        let written = format!(">{}<", grouped(f64::from(waiting)));
        assert!(figure.svg.as_str().contains(&written), "{written} stands below day 90");
    }
    assert!(curves(&[], &name).regions.is_empty(), "nothing to point at");
    check("gap-curves-nothing", &curves(&[], &name), 24.0);
    check("gap-curves-one", &curves(&[step(2, 40, 0.4, 0, 10)], &name), 24.0);
    let equal = [2, 3, 4, 5].map(|of| step(of, 300, 0.5, 540, 10));
    check("gap-curves-equal", &curves(&equal, &name), 24.0);
    let huge = [step(2, 98_765_432, 1.0, 540, 10), step(3, 1_234_567, 0.9, 90, 10)];
    let long = |step: u32| format!("{step}回目のお買い物をしてくださるお客様の割合");
    check("gap-curves-huge-long-names", &curves(&huge, &long), 24.0);
}

fn bars(step: &GapStep, cumulative: &str) -> Figure {
    let words = BarWords {
        count: &grouped,
        share: &percent,
        days: &|days| format!("{days}日"),
        cumulative,
        label: &|bins| format!("{}〜{}日", bins[0].from_day, bins[bins.len() - 1].to_day),
    };
    gap_histogram::draw(step, &words, &Canvas { height: 300, ..Canvas::WHOLE })
}

#[test]
fn bars_of_days_with_the_share_back_by_then() {
    let figure = bars(&step(2, 1_204, 0.34, 540, 10), "ここまでの合計");
    check("gap-histogram-usual", &figure, 24.0);
    assert_eq!(figure.regions.len(), 36);
    assert_eq!(figure.regions[1].people.as_deref(), Some("gap:2:11:20"));
    let narrow = bars(&step(3, 1_204, 0.34, 540, 5), "ここまでの合計");
    check("gap-histogram-narrow", &narrow, 24.0);
    assert_eq!(narrow.regions[0].label, "1〜10日", "two narrow bars have one region");
    check("gap-histogram-wide", &bars(&step(3, 98_765_432, 0.9, 540, 30), "とても長い名前の、ここまでの合計"), 24.0);
    let empty = GapStep { histogram: Vec::new(), ..step(2, 3, 0.1, 0, 30) };
    check("gap-histogram-nothing", &bars(&empty, "ここまでの合計"), 24.0);
    let mut one = step(2, 3, 0.1, 0, 30);
    one.histogram.iter_mut().for_each(|bin| (bin.return_count, bin.cumulative_share) = (0, 1.0));
    one.histogram[0].return_count = 1;
    check("gap-histogram-one", &bars(&one, "ここまでの合計"), 24.0);
}

fn row(place: i32, back: u32, buyers: u32, before: Option<(u32, u32)>) -> RepeatMonth {
    RepeatMonth {
        month: month(2024, 6).plus(place),
        open: place == 12,
        customer_count: buyers,
        return_count: back,
        repeat_share: Interval::of_share(back, buyers),
        share_year_before: before.and_then(|(back, buyers)| Interval::of_share(back, buyers)),
        order_count: buyers,
        existing_order_count: back,
        net_sales: Yen(i64::from(buyers) * 3_000),
        existing_net_sales: Yen(i64::from(back) * 3_000),
    }
}

fn months(rows: &[RepeatMonth], year_before: &str) -> Figure {
    let label = |row: &RepeatMonth| format!("{} {}人中{}人", row.month, row.customer_count, row.return_count);
    repeat_months::draw(rows, &repeat_months::Words { year_before, share: &percent, label: &label }, &Canvas::HALF)
}

#[test]
fn months_of_coming_back_beside_the_year_before() {
    let usual: Vec<RepeatMonth> = (0..13)
        .map(|place| row(place, 20 + (25.0 * wobble(place as usize)) as u32, 80, Some((18 + place as u32, 70))))
        .collect();
    let figure = months(&usual, "前年同月");
    check("repeat-months-usual", &figure, 24.0);
    assert!(figure.svg.as_str().contains("url(#repeat-months-hatch-category-1)"), "the running month is hatched");
    assert_eq!(figure.regions[0].people.as_deref(), Some("back:2024-06"));
    let few = [row(0, 1, 1, Some((1, 1))), row(1, 0, 0, None), row(2, 0, 9, None), row(3, 9, 9, Some((0, 9)))];
    let figure = months(&few, "前年同月");
    check("repeat-months-few", &figure, 24.0);
    assert!(figure.svg.as_str().contains("class=\"few\""), "a month of one buyer is pale");
    assert_eq!(figure.regions[1].people, None, "a month without buyers opens nobody");
    check("repeat-months-nothing", &months(&[], "前年同月"), 24.0);
    check("repeat-months-one", &months(&[row(0, 40, 90, None)], "前年同月"), 24.0);
    let equal: Vec<RepeatMonth> = (0..6).map(|place| row(place, 10, 20, Some((10, 20)))).collect();
    check("repeat-months-equal-long-names", &months(&equal, "前の年の同じ月に戻ってきた人の割合"), 24.0);
}
