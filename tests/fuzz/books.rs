//! Workbooks and archives: what they claim is not believed, what they hold is read as any table.

use super::tables::{orders, read, side};
use super::targets::Place;
use otokui_lib::intake::{Layouts, Parts};
use std::ops::ControlFlow;

/// Any file around tables; every table that comes out of it is read like one that lay there as text.
pub fn any(place: &Place, bytes: &[u8]) {
    let path = place.file("book", bytes);
    let folder = place.folder("unfolded");
    let layouts = Layouts::default();
    let tables = layouts.tables(&path, &folder, &mut || ControlFlow::Continue(()));
    let tables = tables.expect("nobody stopped it");
    assert!(!tables.is_empty(), "a file is at least one table or one refusal");
    let one = tables.len() == 1;
    let mut whole = None;
    for table in tables {
        match table {
            Ok(table) => {
                assert!(table.path.starts_with(&folder) || table.path == path, "nothing is written elsewhere");
                let text = std::fs::read(&table.path).expect("a table that can be read");
                orders(place, &text);
                side(place, &text);
                whole = read(layouts, &Parts::Complete(table.path)).map(|(orders, _)| orders);
            }
            Err(refused) => assert!(!refused.error.to_string().is_empty(), "a refusal says why"),
        }
    }
    if one {
        let direct = read(layouts, &Parts::Complete(path)).map(|(orders, _)| orders);
        assert_eq!(direct, whole, "unfolded first or not, the orders are the same");
    }
}
