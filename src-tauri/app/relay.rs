//! One thread reads the orders of a file, this one takes them: neither waits long for the other.

use crate::intake::{self, Layouts, Parts, ReadError, Sink, Tally};
use crate::ledger::stated::Stated;
use crate::ledger::{self, Recording};
use crate::shop::{Order, Stretch, StretchHash};
use std::ops::ControlFlow;
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::thread;

/// Orders handed over at once, and how often before the reader waits: what lies between both does not grow.
const LOAD: usize = 64;
const LOADS: usize = 4;

/// Whoever takes the orders has failed.
struct Gone;

/// What is read of a file, in its order.
pub(super) enum Read<T> {
    /// An order, as it was made.
    Order(T),
    /// The stretch at this place of those that were asked about.
    Repeat(usize),
    /// What comes from here on is one stretch.
    Begin,
    /// What has come since was all of this stretch.
    End(StretchHash, Stretch),
}

/// What the reader says.
enum Said<T> {
    Load(Vec<Read<T>>),
    /// Which of these stretches are known, and where the answer goes.
    Asked(Vec<StretchHash>, Sender<Vec<Option<Stretch>>>),
}

/// Whoever takes what is read.
pub(super) trait Taker<T, E> {
    /// Takes what comes next.
    fn take(&mut self, read: &mut Read<T>) -> Result<(), E>;

    /// Whether the reader may do without looking through the file first, as [`Sink::may_begin_again`] says.
    fn may_begin_again(&self) -> bool {
        false
    }

    /// Whether a stretch may be known, as [`Sink::may_know`] says.
    fn may_know(&self) -> bool {
        true
    }

    /// Whether the reader shall look for stretches.
    fn wants_stretches(&self) -> bool {
        false
    }

    /// What is known of these stretches, one answer each.
    fn known(&mut self, stretches: &[StretchHash]) -> Result<Vec<Option<Stretch>>, E> {
        Ok(vec![None; stretches.len()])
    }
}

/// The reader's side.
struct Reader<'m, T> {
    make: &'m mut (dyn FnMut(Order) -> T + Send),
    load: Vec<Read<T>>,
    said: SyncSender<Said<T>>,
    spare: Receiver<Vec<Read<T>>>,
    may_begin_again: bool,
    may_know: bool,
    wants_stretches: bool,
}

impl<T> Reader<'_, T> {
    fn hand(&mut self, read: Read<T>) -> Result<(), Gone> {
        self.load.push(read);
        if self.load.len() < LOAD {
            return Ok(());
        }
        let mut next = self.spare.try_recv().unwrap_or_else(|_| Vec::with_capacity(LOAD));
        next.clear();
        self.said.send(Said::Load(std::mem::replace(&mut self.load, next))).map_err(|_| Gone)
    }
}

impl<T> Sink<Gone> for Reader<'_, T> {
    fn take(&mut self, order: Order) -> Result<(), Gone> {
        let made = (self.make)(order);
        self.hand(Read::Order(made))
    }

    fn may_begin_again(&self) -> bool {
        self.may_begin_again
    }

    fn may_know(&self) -> bool {
        self.may_know
    }

    fn wants_stretches(&self) -> bool {
        self.wants_stretches
    }

    fn known(&mut self, stretches: Vec<StretchHash>) -> Result<Vec<Option<Stretch>>, Gone> {
        let (answer, answered) = channel();
        self.said.send(Said::Asked(stretches, answer)).map_err(|_| Gone)?;
        answered.recv().map_err(|_| Gone)
    }

    fn repeat(&mut self, place: usize) -> Result<(), Gone> {
        self.hand(Read::Repeat(place))
    }

    fn begin(&mut self) -> Result<(), Gone> {
        self.hand(Read::Begin)
    }

    fn end(&mut self, hash: StretchHash, stretch: Stretch) -> Result<(), Gone> {
        self.hand(Read::End(hash, stretch))
    }
}

/// Reads every order of these files, as `Layouts::read_into` does, makes of each what `make` says on the reading thread, and
/// hands that to `taker` on the calling one.
///
/// `tick` is asked on the reading thread. A file on which the reader panics is refused like any damaged one.
pub(super) fn read<T: Send, E>(
    layouts: Layouts,
    parts: &Parts,
    make: &mut (dyn FnMut(Order) -> T + Send),
    taker: &mut dyn Taker<T, E>,
    tick: &(dyn Fn(u64, u64) -> ControlFlow<()> + Sync),
) -> Result<Tally, ReadError<E>> {
    let (said, arriving) = sync_channel::<Said<T>>(LOADS);
    // Taken orders go back to the thread that asked for their memory: giving it back elsewhere costs more.
    let (taken, spare) = channel::<Vec<Read<T>>>();
    let (may_begin_again, may_know) = (taker.may_begin_again(), taker.may_know());
    let wants_stretches = taker.wants_stretches();
    thread::scope(|scope| {
        let reader = thread::Builder::new().name("reading".to_owned()).spawn_scoped(scope, move || {
            let load = Vec::with_capacity(LOAD);
            let mut reader = Reader { make, load, said, spare, may_begin_again, may_know, wants_stretches };
            let read = layouts.read_into(parts, &mut reader, &mut |bytes, rows| tick(bytes, rows));
            // Who does not listen any more has said why.
            let _ = reader.said.send(Said::Load(reader.load));
            read
        });
        let reader = reader.expect("a system that can begin a thread");
        let mut failed = None;
        for said in &arriving {
            let done = match said {
                Said::Load(mut load) => {
                    let done = load.iter_mut().try_for_each(|read| taker.take(read));
                    let _ = taken.send(load);
                    done
                }
                // The reader waits for it, unless it is gone.
                Said::Asked(stretches, answer) => taker.known(&stretches).map(|known| drop(answer.send(known))),
            };
            failed = done.err();
            if failed.is_some() {
                break;
            }
        }
        // The reader fails at its next load, if it has one.
        drop(arriving);
        let Ok(read) = reader.join() else {
            let path = match parts {
                Parts::Complete(path) | Parts::Pair { orders: path, .. } => path.clone(),
                Parts::Halves { orders, .. } => orders.first().cloned().unwrap_or_default(),
            };
            return Err(ReadError::Intake(intake::Error::DamagedContainer { path }));
        };
        match (failed, read) {
            (Some(error), _) => Err(ReadError::Sink(error)),
            (None, Ok(tally)) => Ok(tally),
            (None, Err(ReadError::Intake(error))) => Err(ReadError::Intake(error)),
            (None, Err(ReadError::Scattered)) => Err(ReadError::Scattered),
            (None, Err(ReadError::Cancelled | ReadError::Sink(Gone))) => Err(ReadError::Cancelled),
        }
    })
}

/// Takes orders and knows nothing.
pub(super) struct OrdersOnly<F>(pub(super) F);

impl<T, E, F: FnMut(&mut T) -> Result<(), E>> Taker<T, E> for OrdersOnly<F> {
    fn take(&mut self, read: &mut Read<T>) -> Result<(), E> {
        match read {
            Read::Order(order) => (self.0)(order),
            Read::Repeat(_) | Read::Begin | Read::End(..) => Ok(()),
        }
    }
}

/// Takes orders into the ledger.
pub(super) struct IntoLedger<'r, 'l> {
    /// In which the file has begun.
    pub(super) recording: &'r mut Recording<'l>,
    /// Whoever asks would leave the file and begin it again.
    pub(super) may_begin_again: bool,
}

impl Taker<Stated, ledger::Error> for IntoLedger<'_, '_> {
    fn take(&mut self, read: &mut Read<Stated>) -> Result<(), ledger::Error> {
        match read {
            Read::Order(stated) => self.recording.add(stated),
            Read::Repeat(place) => self.recording.repeat(*place),
            Read::Begin => self.recording.begin_stretch(intake::READING),
            Read::End(hash, stretch) => self.recording.end_stretch(hash, stretch),
        }
    }

    fn may_begin_again(&self) -> bool {
        self.may_begin_again
    }

    fn may_know(&self) -> bool {
        !self.recording.is_untouched()
    }

    fn wants_stretches(&self) -> bool {
        self.recording.keeps_stretches()
    }

    fn known(&mut self, stretches: &[StretchHash]) -> Result<Vec<Option<Stretch>>, ledger::Error> {
        self.recording.known(intake::READING, stretches)
    }
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

    fn nothing(_: &mut Order) -> Result<(), ()> {
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
            &mut OrdersOnly(|order: &mut Order| keep(&mut there, order.clone())),
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
            read(Layouts::default(), &parts, &mut |order| order, &mut OrdersOnly(&mut third), &go_on),
            Err(ReadError::Sink("full"))
        ));
        assert_eq!(count, 3);
        let stop = |_, _| ControlFlow::Break(());
        let stopped = read(Layouts::default(), &parts, &mut |order| order, &mut OrdersOnly(nothing), &stop);
        assert!(matches!(stopped, Err(ReadError::Cancelled)));
    }

    #[test]
    fn a_file_on_which_the_reader_panics_is_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let parts = export(folder.path());
        let panics = |_, _| panic!("a reader that does not know what to do");
        let read = read(Layouts::default(), &parts, &mut |order| order, &mut OrdersOnly(nothing), &panics);
        assert!(matches!(read, Err(ReadError::Intake(intake::Error::DamagedContainer { .. }))));
    }
}
