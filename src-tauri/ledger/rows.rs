//! Rows written several at once: running a statement costs as much as writing a short row. What stands in the same place as
//! the last time is not bound again, which costs as much as writing it.

use super::Error;
use rusqlite::types::Value;
use rusqlite::{Connection, Statement, params_from_iter};

/// Gathers rows of a table. What is gathered is written by [`Rows::write`] only.
pub(super) struct Rows<'l> {
    one: Statement<'l>,
    several: Statement<'l>,
    columns: usize,
    /// Values of the rows that wait.
    waiting: Vec<Value>,
    /// Those that were bound last to write several; nothing is what SQLite begins with.
    bound: Vec<Value>,
    /// How many values are written at once.
    full: usize,
}

impl<'l> Rows<'l> {
    /// For rows of so many columns. `insert` is what stands before `values`; it says what becomes of a row that does
    /// not fit (`or fail`, `or ignore`): by itself SQLite would keep a copy of every page to go back to.
    pub(super) fn new(connection: &'l Connection, insert: &str, columns: usize, at_once: usize) -> Result<Self, Error> {
        let row = format!("({})", vec!["?"; columns].join(", "));
        Ok(Rows {
            one: connection.prepare(&format!("{insert} values {row}"))?,
            several: connection.prepare(&format!("{insert} values {}", vec![row; at_once].join(", ")))?,
            columns,
            waiting: Vec::with_capacity(columns * at_once),
            bound: vec![Value::Null; columns * at_once],
            full: columns * at_once,
        })
    }

    /// Adds a row.
    pub(super) fn add(&mut self, row: impl IntoIterator<Item = Value>) -> Result<(), Error> {
        self.waiting.extend(row);
        if self.waiting.len() >= self.full {
            for (place, (value, bound)) in (1..).zip(self.waiting.drain(..).zip(&mut self.bound)) {
                if value != *bound {
                    self.several.raw_bind_parameter(place, &value)?;
                    *bound = value;
                }
            }
            self.several.raw_execute()?;
        }
        Ok(())
    }

    /// Writes what waits.
    pub(super) fn write(&mut self) -> Result<(), Error> {
        for row in self.waiting.chunks(self.columns) {
            self.one.execute(params_from_iter(row))?;
        }
        self.waiting.clear();
        Ok(())
    }

    /// Lets go what waits.
    pub(super) fn forget(&mut self) {
        self.waiting.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_written_once_and_in_order() {
        let connection = Connection::open_in_memory().expect("memory");
        connection.execute_batch("create table pairs (a integer not null, b any) strict").expect("a table");
        let mut rows = Rows::new(&connection, "insert or fail into pairs (a, b)", 2, 3).expect("a statement");
        let written = || -> String {
            connection
                .query_row("select coalesce(group_concat(a || ':' || b, ' '), '') from pairs", [], |row| row.get(0))
                .expect("one row")
        };
        for number in 1..=5i64 {
            rows.add([number.into(), format!("t{number}").into()]).expect("a row");
        }
        assert_eq!(written(), "1:t1 2:t2 3:t3", "two wait");
        rows.write().expect("the rest");
        rows.write().expect("nothing waits");
        assert_eq!(written(), "1:t1 2:t2 3:t3 4:t4 5:t5");
        for number in [1, 7, 3, 1, 7, 4] {
            rows.add([1i64.into(), if number == 7 { Value::Null } else { number.into() }]).expect("a row");
        }
        assert_eq!(
            written(),
            "1:t1 2:t2 3:t3 4:t4 5:t5 1:1 1:3 1:1 1:4",
            "what is the same as before is written again; null is passed over here"
        );
        let nothings: i64 =
            connection.query_row("select count(*) from pairs where b is null", [], |row| row.get(0)).expect("a count");
        assert_eq!(nothings, 2);
        rows.add([Value::Null, 1i64.into()]).expect("it waits");
        assert!(rows.write().is_err(), "what does not fit is not written");
    }
}
