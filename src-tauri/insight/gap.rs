//! Days between purchases, with those who have not come back yet counted as such.

use super::history::View;
use crate::shop::Day;

/// Per place in the view: when the next purchase is expected; nothing while too few have come back.
pub fn expected_windows(view: &View<'_>) -> Vec<Option<(Day, Day)>> {
    vec![None; view.customers.len()]
}
