//! What was sent to a customer, on the line of their purchases.

use super::day;
use super::drawing::check;
use otokui_lib::chart::timeline::{self, Letter, Purchase};
use otokui_lib::chart::{Canvas, Figure};
use otokui_lib::shop::Yen;

fn draw(letters: &[&str]) -> Figure {
    let words = timeline::Words {
        gap: &|days| format!("{days}日"),
        yen: &|value| format!("{}円", value.0),
        month: &|month| month.to_string(),
        window: "次の見込み",
    };
    let purchases = ["2025-01-10", "2025-04-02"].map(|on| Purchase {
        on: day(on),
        value: Yen(5_200),
        event: Some(false),
        label: on.to_owned(),
    });
    let letters: Vec<Letter> =
        letters.iter().map(|on| Letter { on: day(on), label: format!("{on}に届いた") }).collect();
    timeline::draw(&purchases, &letters, None, day("2025-06-30"), &words, &Canvas { id: "", width: 1080, height: 180 })
}

#[test]
fn letters_stand_over_their_days_and_near_ones_are_told_together() {
    let figure = draw(&["2025-03-01", "2025-05-20", "2025-05-21"]);
    check("timeline-letters", &figure, 16.0);
    // Two purchases, one letter alone, and two that are a day apart: a day is six pixels wide here.
    let labels: Vec<&str> = figure.regions.iter().map(|region| region.label.as_str()).collect();
    let told = ["2025-01-10", "2025-03-01に届いた", "2025-04-02", "2025-05-20に届いた / 2025-05-21に届いた"];
    assert_eq!(labels, told, "from left to right");
    let last = draw(&["2025-08-15"]);
    let region = &last.regions[2];
    assert!(region.x + region.width <= 1080.0, "a letter after the last day has room");
}
