//! What the ledger keeps of a file: its name, its bytes' digests, its rows and problems.

use super::drop::PartOfJob;
use crate::intake::FileTally;
use crate::ledger::{Digests, NewFile, StoredProblem};

/// A file that was read, as the ledger keeps it.
pub(super) fn new_file(tally: &FileTally, part: &PartOfJob, digests: Digests) -> NewFile {
    NewFile {
        file_name: part.file_name.clone(),
        digests,
        profile: part.profile.to_owned(),
        rows_total: tally.rows,
        rows_used: tally.used,
        rows_skipped: tally.skipped,
        rows_problem: tally.problem_rows,
        problems: tally
            .problems
            .iter()
            .chain(&tally.warnings)
            .map(|p| StoredProblem {
                row_number: p.row,
                column_name: p.column.clone(),
                kind: p.kind.word().to_owned(),
                found: p.found.clone(),
            })
            .collect(),
    }
}
