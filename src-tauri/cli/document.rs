//! What `--json` prints of an answer.

use crate::app::reconciliation;
use serde::Serialize;

/// An answer that knows what its `--json` document is.
pub(super) trait Document {
    type Answer: Serialize;
    fn document(&self) -> &Self::Answer;
}

impl<T: Serialize> Document for crate::app::screens::Screen<T> {
    type Answer = T;
    fn document(&self) -> &T {
        &self.answer
    }
}

impl<T: Serialize> Document for Vec<T> {
    type Answer = Vec<T>;
    fn document(&self) -> &Vec<T> {
        self
    }
}

impl Document for crate::app::screens::Settings {
    type Answer = crate::app::screens::Settings;
    fn document(&self) -> &Self::Answer {
        self
    }
}

impl Document for crate::app::screens::ProfitOrders {
    type Answer = crate::app::screens::ProfitOrders;
    fn document(&self) -> &Self::Answer {
        self
    }
}

impl Document for reconciliation::Reconciliation {
    type Answer = reconciliation::Reconciliation;
    fn document(&self) -> &Self::Answer {
        self
    }
}

impl Document for crate::app::screens::Imports {
    type Answer = Vec<crate::app::screens::ImportAnswer>;
    fn document(&self) -> &Self::Answer {
        &self.imports
    }
}
