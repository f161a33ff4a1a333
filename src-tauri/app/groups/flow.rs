//! The moves between two days as a picture: the wide classes of people who have bought, and who went from one to another.

use super::super::catalogue::Catalogue;
use super::super::{group_words, words};
use crate::chart::flow::{self, Band, Node, Words};
use crate::chart::{Canvas, Figure};
use crate::insight::group_people::GroupPeople;
use crate::insight::rfm::{CustomerClass, Groups, MoveRow};

/// People it takes before the picture is drawn.
const PEOPLE: u32 = 30;

/// The picture; nothing while fewer than 30 people can have moved.
pub(super) fn figure(answer: &Groups, catalogue: &Catalogue) -> Option<Figure> {
    let (from_on, to_on) = answer.moves_from.zip(answer.moves_to)?;
    let sum = |wanted: &dyn Fn(&MoveRow) -> bool| {
        answer.moves.iter().filter(|row| wanted(row)).map(|row| row.customer_count).sum::<u32>()
    };
    if sum(&|row| row.from.is_some()) < PEOPLE {
        return None;
    }
    let is_in = |row: &MoveRow, class: CustomerClass| CustomerClass::of(row.to) == class;
    let was_in = |row: &MoveRow, class: CustomerClass| row.from.map(CustomerClass::of) == Some(class);
    let people = |count: u32| words::grouped(i64::from(count));
    let day = |on| words::day(on, catalogue.language);
    let name = |class: CustomerClass| group_words::named("class", class.word(), catalogue);
    let link = |count: u32, from: Option<CustomerClass>, to: Option<CustomerClass>, came: bool| {
        let people = GroupPeople::MovedClass { from_on, to_on, from, to, came };
        (count > 0).then(|| people.to_string())
    };
    let node = |class: CustomerClass| {
        let before = sum(&|row| was_in(row, class));
        let after = sum(&|row| is_in(row, class));
        let came = sum(&|row| is_in(row, class) && row.from.is_none());
        let text = |key: &str, count: u32| catalogue.text(key, &[("people", people(count).into())]);
        let label = |key: &str, count: u32, on| {
            let args = [("day", day(on).into()), ("class", name(class).into()), ("people", people(count).into())];
            catalogue.text(key, &args)
        };
        Node {
            name: name(class),
            before,
            after,
            came,
            before_text: text("figure-people", before),
            after_text: text("figure-people", after),
            came_text: text("figure-came", came),
            before_label: label("region-class-on", before, from_on),
            after_label: label("region-class-on", after, to_on),
            came_label: label("region-came", came, to_on),
            people: [
                link(before, Some(class), None, false),
                link(after, None, Some(class), false),
                link(came, None, Some(class), true),
            ],
        }
    };
    let classes = CustomerClass::BUYERS;
    let pairs = (0..classes.len()).flat_map(|from| (0..classes.len()).map(move |to| (from, to)));
    let band = |(from, to): (usize, usize)| {
        let (was, is) = (classes[from], classes[to]);
        let count = sum(&|row| was_in(row, was) && is_in(row, is));
        let args = [("from", name(was).into()), ("to", name(is).into()), ("people", people(count).into())];
        Band {
            from,
            to,
            count,
            text: catalogue.text(if from == to { "figure-stayed" } else { "figure-band" }, &args),
            label: catalogue.text(if from == to { "region-stayed" } else { "region-moved" }, &args),
            people: link(count, Some(was), Some(is), false),
        }
    };
    let bands: Vec<Band> = pairs.map(band).collect();
    let (before, after) = (day(from_on), day(to_on));
    let canvas = Canvas { id: "", width: 1046, height: 380 };
    Some(flow::draw(&classes.map(node), &bands, &Words { before: &before, after: &after }, &canvas))
}
