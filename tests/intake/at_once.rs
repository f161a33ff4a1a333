//! A file that is read without being looked through first.

use otokui_lib::intake::{Error, Layouts, Parts, ReadError, Sink, Tally};
use otokui_lib::shop::Order;
use std::convert::Infallible;
use std::ops::ControlFlow;

/// Takes orders, and would begin again.
#[derive(Default)]
struct Hasty(Vec<Order>);

impl Sink<Infallible> for Hasty {
    fn take(&mut self, order: Order) -> Result<(), Infallible> {
        self.0.push(order);
        Ok(())
    }

    fn may_begin_again(&self) -> bool {
        true
    }
}

/// Who need not look through a file first is handed the same of it, unless its rows do not stand together.
pub fn assert_reads_alike(parts: &Parts, read: &Result<(Vec<Order>, Tally), Error>) {
    let mut hasty = Hasty::default();
    match (Layouts::default().read_into(parts, &mut hasty, &mut |_, _| ControlFlow::Continue(())), read) {
        (Ok(tally), Ok((orders, looked))) => {
            // A line in a cell may look like a row to who looks through the file: its order waits to the end there.
            let mut orders = orders.clone();
            for orders in [&mut orders, &mut hasty.0] {
                orders.sort_by(|a, b| a.number.cmp(&b.number));
            }
            assert_eq!((&hasty.0, &tally), (&orders, looked));
        }
        (Err(ReadError::Intake(error)), Err(other)) => assert_eq!(error.to_string(), other.to_string()),
        (Err(ReadError::Scattered), _) => {}
        (hasty, read) => panic!("{hasty:?} and {read:?}"),
    }
}
