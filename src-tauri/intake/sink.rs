//! Whoever takes what is read of a file.

use crate::shop::{Order, Stretch, StretchHash};

/// Takes the orders of a file, and may know stretches of it already, which then need not be read.
pub trait Sink<E> {
    /// One order, whole, and once.
    fn take(&mut self, order: Order) -> Result<(), E>;

    /// Whether the file may be read without being looked through first: should rows of one order not stand together
    /// ([`super::ReadError::Scattered`]), all that was taken of it can be forgotten and the file read again.
    fn may_begin_again(&self) -> bool {
        false
    }

    /// Whether it may know a stretch of the file.
    fn may_know(&self) -> bool {
        true
    }

    /// Whether it is worth looking for stretches.
    fn wants_stretches(&self) -> bool {
        false
    }

    /// What these stretches of the file were when they were read before; nothing for those that are not known.
    fn known(&mut self, stretches: Vec<StretchHash>) -> Result<Vec<Option<Stretch>>, E> {
        Ok(vec![None; stretches.len()])
    }

    /// The file says once more what the stretch at this place of `known` says.
    fn repeat(&mut self, _place: usize) -> Result<(), E> {
        Ok(())
    }

    /// The orders from here on are of one stretch, or of none.
    fn begin(&mut self) -> Result<(), E> {
        Ok(())
    }

    /// The orders taken since `begin` were all of this stretch.
    fn end(&mut self, _hash: StretchHash, _stretch: Stretch) -> Result<(), E> {
        Ok(())
    }
}

/// Takes orders and knows nothing.
pub(crate) struct Orders<'a, E>(pub(crate) &'a mut dyn FnMut(Order) -> Result<(), E>);

impl<E> Sink<E> for Orders<'_, E> {
    fn take(&mut self, order: Order) -> Result<(), E> {
        (self.0)(order)
    }
}
