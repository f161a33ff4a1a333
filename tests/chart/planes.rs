//! The loyalty plane.

use super::check;
use otokui_lib::chart::plane::{Words, draw};
use otokui_lib::chart::{Canvas, Figure};
use otokui_lib::insight::dependence::DependenceBand;
use otokui_lib::insight::plane_rows::PlaneCell;
use otokui_lib::insight::point_people::PlaneQuarter;

fn cell(band: usize, level: u32, customer_count: u32) -> PlaneCell {
    let band = DependenceBand::ALL[band];
    PlaneCell { band, level, customer_count, people: format!("plane:{band}:{level}") }
}

fn drawn(cells: &[PlaneCell], name: &str, canvas: &Canvas<'_>) -> Figure {
    let words = Words {
        bands: (1..=5).map(|band| format!("{name}{band}")).collect(),
        levels: (1..=5).map(|level| format!("{level}{name}")).collect(),
        quarter: &|quarter| match quarter {
            PlaneQuarter::Fans => format!("{name}ファン"),
            PlaneQuarter::EventFans => format!("{name}イベントも"),
            PlaneQuarter::BargainHunters => format!("{name}目当て"),
            PlaneQuarter::Loose => format!("{name}浅い"),
        },
        count: &|count| count.to_string(),
        label: &|cell| format!("{} {} {}人", cell.band, cell.level, cell.customer_count),
    };
    draw(cells, &words, canvas)
}

#[test]
fn a_plane_shows_people_where_they_are() {
    let wide = Canvas { id: "plane", ..Canvas::WHOLE };
    let usual = [cell(0, 2, 2), cell(1, 1, 19), cell(1, 3, 16), cell(2, 3, 23), cell(3, 4, 12), cell(4, 5, 1)];
    let figure = drawn(&usual, "段", &wide);
    check("plane-usual", &figure, 24.0);
    // Reading order: attachment 5 first, and within a row the least dependent first.
    let labels: Vec<&str> = figure.regions.iter().map(|region| region.label.as_str()).collect();
    assert_eq!(
        labels,
        [
            "plain_mostly 5 1人",
            "plain_leaning 4 12人",
            "even 3 23人",
            "events_leaning 3 16人",
            "events_mostly 2 2人",
            "events_leaning 1 19人"
        ]
    );
    assert_eq!(figure.regions[0].people.as_deref(), Some("plane:plain_mostly:5"));
    check("plane-nothing", &drawn(&[], "段", &wide), 24.0);
    check("plane-one", &drawn(&[cell(0, 1, 1)], "段", &wide), 24.0);
    let equal: Vec<PlaneCell> = (0..25).map(|at| cell(at / 5, at as u32 % 5 + 1, 7)).collect();
    check("plane-equal", &drawn(&equal, "段", &Canvas { id: "plane", ..Canvas::HALF }), 24.0);
    let huge = [cell(0, 1, 4_000_000_000), cell(2, 5, 1)];
    check("plane-huge-long-names", &drawn(&huge, "とても<長い>名前のある段階", &wide), 24.0);
    assert!(drawn(&[cell(5, 1, 9)], "段", &wide).regions.is_empty(), "who cannot be judged has no place");
}
