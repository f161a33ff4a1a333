//! The flow between two days: a usual shop, nothing, one place, huge numbers and long names.

use super::drawing::check;
use super::grouped;
use otokui_lib::chart::flow::{Band, Node, Words, draw};
use otokui_lib::chart::{Canvas, Figure};

/// From, to, people; from nothing: who came.
type Given = (Option<usize>, usize, u32);

fn flow(names: &[&str], given: &[Given]) -> Figure {
    let people = |wanted: &dyn Fn(&Given) -> bool| given.iter().filter(|row| wanted(row)).map(|row| row.2).sum::<u32>();
    let text = |count: u32| format!("{}人", grouped(f64::from(count)));
    let node = |place: usize| {
        let before = people(&|row| row.0 == Some(place));
        let after = people(&|row| row.1 == place);
        let came = people(&|row| row.0.is_none() && row.1 == place);
        Node {
            name: names[place].to_owned(),
            before,
            after,
            came,
            before_text: text(before),
            after_text: text(after),
            came_text: format!("新しく{}", text(came)),
            before_label: format!("前 {} {}", names[place], text(before)),
            after_label: format!("後 {} {}", names[place], text(after)),
            came_label: format!("新しい {} {}", names[place], text(came)),
            people: [Some("class:best".to_owned()), None, None],
        }
    };
    let bands: Vec<Band> = given
        .iter()
        .filter_map(|&(from, to, count)| {
            let from = from?;
            let text = format!("{}へ {}", names.get(to).unwrap_or(&""), text(count));
            Some(Band { from, to, count, label: text.clone(), text, people: Some("class:best".to_owned()) })
        })
        .collect();
    let nodes: Vec<Node> = (0..names.len()).map(node).collect();
    draw(&nodes, &bands, &Words { before: "2026年3月31日", after: "2026年6月30日" }, &Canvas::WHOLE)
}

const CLASSES: [&str; 3] = ["最優良顧客", "顧客", "スリーピング"];

#[test]
fn people_between_two_days() {
    let usual = flow(
        &CLASSES,
        &[
            (Some(0), 0, 58),
            (Some(0), 1, 12),
            (Some(0), 2, 5),
            (Some(1), 0, 14),
            (Some(1), 1, 130),
            (Some(1), 2, 64),
            (Some(2), 1, 9),
            (Some(2), 2, 310),
            (None, 1, 41),
        ],
    );
    // Three bars and three bars, eight bands, one part of who came.
    assert_eq!(usual.regions.len(), 15);
    check("flow-usual", &usual, 24.0);
    check("flow-nothing", &flow(&[], &[]), 24.0);
    check("flow-nobody", &flow(&CLASSES, &[]), 24.0);
    check("flow-one", &flow(&["顧客"], &[(Some(0), 0, 1)]), 24.0);
    check("flow-equal", &flow(&CLASSES, &[(Some(0), 0, 10), (Some(1), 1, 10), (Some(2), 2, 10)]), 24.0);
    let huge = [(Some(0), 1, 1), (Some(1), 1, 1_000_000), (Some(1), 2, 400_000), (None, 0, 3), (Some(0), 7, 5)];
    check("flow-huge", &flow(&CLASSES, &huge), 24.0);
    let long = ["これまでに何度もお買い上げのお客様", "</text><script>", "&\""];
    check("flow-long-names", &flow(&long, &[(Some(0), 1, 30), (Some(1), 2, 40), (None, 2, 5)]), 24.0);
}
