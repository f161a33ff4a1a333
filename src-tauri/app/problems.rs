//! The rows of an import that could not be used or had better be looked at: as a list, and as a file.

use super::error::Error;
use super::intake_words::{described_words, stored_problem};
use super::screens::{FileProblem, Problems};
use super::session::Session;
use super::side_files;
use crate::intake::side::Kind;
use crate::intake::{self, Layouts};
use std::path::Path;

/// The rows of an import that could not be used or had better be looked at.
pub fn problems(session: &Session, batch_id: i64) -> Result<Problems, Error> {
    let batch = session.ledger.batches()?.into_iter().find(|batch| batch.batch_id == batch_id);
    let batch = batch.ok_or(crate::ledger::Error::NoSuchBatch(batch_id))?;
    let worded = if Layouts::is_described(&batch.profile) { described_words } else { stored_problem };
    let of_own_list = side_files::kind_of(&batch.profile) == Some(Kind::Costs);
    let stored = session.ledger.problems(batch_id, u32::MAX)?.into_iter();
    Ok(Problems {
        batch_id,
        problem_rows: batch.files.iter().map(|file| file.rows_problem).sum(),
        problems: stored
            .map(|(file, p)| {
                let mut problem = worded(p.row_number, &p.column_name, &p.kind, &p.found, &session.catalogue);
                if of_own_list {
                    side_files::of_own_list(&mut problem, session);
                }
                FileProblem { file, problem }
            })
            .collect(),
    })
}

/// The same as a CSV: file, row, column, what stood there, what to do.
pub fn save_problems(session: &Session, batch_id: i64, path: &Path) -> Result<(), Error> {
    let word = |key: &str| session.catalogue.word(&format!("export-head-{key}"));
    let mut text = String::from("\u{feff}");
    let mut line = |cells: [String; 5]| {
        let cells = cells.map(|cell| format!("\"{}\"", intake::own_export::marked(&cell).replace('"', "\"\"")));
        text += &(cells.join(",") + "\r\n");
    };
    line([word("file"), word("row"), word("column"), word("found"), word("problem")]);
    for FileProblem { file, problem } in problems(session, batch_id)?.problems {
        line([file, problem.row.to_string(), problem.column, problem.found, problem.message]);
    }
    super::report::put(path, text.as_bytes())
}
