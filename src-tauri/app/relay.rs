//! One thread reads the orders of a file, this one takes them: neither waits long for the other.

use crate::intake::{self, Layouts, Parts, ReadError, Tally};
use crate::shop::Order;
use std::ops::ControlFlow;
use std::sync::mpsc::{channel, sync_channel};
use std::thread;

/// Orders handed over at once, and how often before the reader waits: what lies between both does not grow.
const LOAD: usize = 64;
const LOADS: usize = 4;

/// Whoever takes the orders has failed.
struct Gone;

/// Reads every order of these files, as `Layouts::read` does, makes of each what `make` says on the reading thread, and hands
/// that to `take` on the calling one.
///
/// `tick` is asked on the reading thread. A file on which the reader panics is refused like any damaged one.
pub(super) fn read<T: Send, E>(
    layouts: Layouts,
    parts: &Parts,
    make: &mut (dyn FnMut(Order) -> T + Send),
    take: &mut dyn FnMut(&mut T) -> Result<(), E>,
    tick: &(dyn Fn(u64, u64) -> ControlFlow<()> + Sync),
) -> Result<Tally, ReadError<E>> {
    let (loads, arriving) = sync_channel::<Vec<T>>(LOADS);
    // Taken orders go back to the thread that asked for their memory: giving it back elsewhere costs more.
    let (taken, spare) = channel::<Vec<T>>();
    thread::scope(|scope| {
        let reader = scope.spawn(move || {
            let mut load: Vec<T> = Vec::with_capacity(LOAD);
            let mut sink = |order| {
                load.push(make(order));
                if load.len() < LOAD {
                    return Ok(());
                }
                let mut next = spare.try_recv().unwrap_or_else(|_| Vec::with_capacity(LOAD));
                next.clear();
                loads.send(std::mem::replace(&mut load, next)).map_err(|_| Gone)
            };
            let read = layouts.read(parts, &mut sink, &mut |bytes, rows| tick(bytes, rows));
            // Who does not listen any more has said why.
            let _ = loads.send(load);
            read
        });
        let mut failed = None;
        for mut load in &arriving {
            failed = load.iter_mut().try_for_each(&mut *take).err();
            if failed.is_some() {
                break;
            }
            let _ = taken.send(load);
        }
        // The reader fails at its next load, if it has one.
        drop(arriving);
        let Ok(read) = reader.join() else {
            let (Parts::Complete(path) | Parts::Pair { orders: path, .. }) = parts;
            return Err(ReadError::Intake(intake::Error::DamagedContainer { path: path.clone() }));
        };
        match (failed, read) {
            (Some(error), _) => Err(ReadError::Sink(error)),
            (None, Ok(tally)) => Ok(tally),
            (None, Err(ReadError::Intake(error))) => Err(ReadError::Intake(error)),
            (None, Err(ReadError::Cancelled | ReadError::Sink(Gone))) => Err(ReadError::Cancelled),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn export(folder: &std::path::Path) -> Parts {
        crate::sample::write(4_000, 1, folder).expect("a sample");
        Parts::Complete(folder.join("rakuten_orders.csv"))
    }

    fn keep(orders: &mut Vec<Order>, order: Order) -> Result<(), ()> {
        orders.push(order);
        Ok(())
    }

    #[test]
    fn every_order_arrives_once_and_in_the_order_of_the_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let parts = export(folder.path());
        let (mut here, mut there) = (Vec::new(), Vec::new());
        let layouts = Layouts::default();
        let alone = layouts
            .read::<()>(&parts, &mut |order| keep(&mut here, order), &mut |_, _| ControlFlow::Continue(()))
            .expect("the sample can be read");
        let both = read::<Order, ()>(
            layouts,
            &parts,
            &mut |order| order,
            &mut |order| keep(&mut there, order.clone()),
            &|_, _| ControlFlow::Continue(()),
        );
        assert_eq!(both.expect("likewise"), alone);
        assert!(here.len() > 2 * LOAD * LOADS, "more than lies between both: the memory of orders is used again");
        assert_eq!(there, here);
    }

    #[test]
    fn whoever_fails_or_stops_ends_both() {
        let folder = tempfile::tempdir().expect("a folder");
        let parts = export(folder.path());
        let mut count = 0;
        let mut third = |_: &mut Order| {
            count += 1;
            if count == 3 { Err("full") } else { Ok(()) }
        };
        let go_on = |_, _| ControlFlow::Continue(());
        assert!(matches!(
            read(Layouts::default(), &parts, &mut |order| order, &mut third, &go_on),
            Err(ReadError::Sink("full"))
        ));
        assert_eq!(count, 3);
        let stop = |_, _| ControlFlow::Break(());
        let stopped = read::<Order, ()>(Layouts::default(), &parts, &mut |order| order, &mut |_| Ok(()), &stop);
        assert!(matches!(stopped, Err(ReadError::Cancelled)));
    }

    #[test]
    fn a_file_on_which_the_reader_panics_is_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let parts = export(folder.path());
        let panics = |_, _| panic!("a reader that does not know what to do");
        let read = read::<Order, ()>(Layouts::default(), &parts, &mut |order| order, &mut |_| Ok(()), &panics);
        assert!(matches!(read, Err(ReadError::Intake(intake::Error::DamagedContainer { .. }))));
    }
}
