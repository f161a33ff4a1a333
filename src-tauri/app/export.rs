//! 全部書き出す: the whole ledger as a workbook, as CSV or as Parquet; what was written can be imported again.

use super::clock::now;
use super::error::Error;
use super::screens::{ExportAnswer, ExportFormat};
use super::session::Session;
use super::watch::{Pace, Watch};
use crate::ledger::exports::StoredExport;
use paper::{Paper, Stage};
use rustc_hash::FxHashSet;
use std::path::{Path, PathBuf};

mod beside;
mod contacted;
mod csv_files;
mod lists;
mod orders;
mod paper;
#[cfg(feature = "parquet")]
mod parquet_files;
mod said;
mod workbook;

/// Orders between two looks at the watch.
const ORDERS_OF_STEP: u64 = 512;

/// Writes everything into `folder`, which is made when it is not there; answers what was written, and where.
///
/// The orders that count are written with their lines, parcels and buyers, everything beside them, and what the owner has
/// told Otokui, so that these tables make the ledger again; customers, settings, imports and problems are for people. Nothing has its name before everything is written, and nothing stays
/// when the owner stops it. The export is noted in the ledger.
pub fn write(
    session: &mut Session,
    folder: &Path,
    format: ExportFormat,
    with_names: bool,
    watch: &Watch,
) -> Result<(ExportAnswer, Vec<PathBuf>), Error> {
    // Where no names are kept there are none to write out.
    let with_names = with_names && session.ledger.nameless()?.is_none();
    let mut stage = Stage::new(folder)?;
    let orders = match format {
        ExportFormat::Csv => tables(session, with_names, watch, &mut csv_files::CsvFiles::new(&mut stage))?,
        ExportFormat::Xlsx => {
            let suffix = if with_names { session.catalogue.word("export-file-personal") } else { String::new() };
            let note = session.catalogue.word("export-personal");
            let name = format!("otokui-export{suffix}");
            tables(session, with_names, watch, &mut workbook::Book::new(&mut stage, &name, note))?
        }
        #[cfg(feature = "parquet")]
        ExportFormat::Parquet => tables(session, with_names, watch, &mut parquet_files::ParquetFiles::new(&mut stage))?,
        #[cfg(not(feature = "parquet"))]
        ExportFormat::Parquet => return Err(Error::BadQuestion(format.word().to_owned())),
    };
    let paths = stage.name_all()?;
    let name = |path: &Path| path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let mut export = StoredExport {
        export_id: 0,
        written_at: now(),
        format: format.word().to_owned(),
        with_names,
        folder_name: name(folder),
        orders,
    };
    export.export_id = session.ledger.note_export(&export)?;
    let files = paths.iter().map(|path| name(path)).collect();
    Ok((ExportAnswer { export: export_entry(export), files }, paths))
}

/// A name for the folder of an export made now: `Otokui_全データ_202601151030`.
pub fn folder_name(session: &Session) -> String {
    let at: String = now().to_string().chars().filter(char::is_ascii_digit).take(12).collect();
    session.catalogue.text("export-folder", &[("at", at.into())])
}

/// Exports that were written, newest first.
pub(super) fn exports(session: &Session) -> Result<Vec<super::screens::ExportEntry>, Error> {
    Ok(session.ledger.exports()?.into_iter().map(export_entry).collect())
}

/// Every column of the export with its meaning, as Markdown; `docs/export.md` holds it.
pub fn schema_as_markdown(session: &Session) -> String {
    let mut text = String::new();
    let mut at = String::new();
    for [table, head, id, kind, meaning] in lists::schema(session, true) {
        if table != at {
            text += &format!("\n### {table}\n\n| {} |\n| --- | --- | --- | --- |\n", {
                let head = |key: &str| session.catalogue.word(&format!("export-head-{key}"));
                [head("column"), head("name"), head("kind"), head("meaning")].join(" | ")
            });
            at = table;
        }
        text += &format!("| {head} | `{id}` | {kind} | {meaning} |\n");
    }
    text
}

fn export_entry(export: StoredExport) -> super::screens::ExportEntry {
    super::screens::ExportEntry {
        export_id: export.export_id,
        written_at: export.written_at,
        format: export.format,
        with_names: export.with_names,
        folder: export.folder_name,
        orders: export.orders,
    }
}

/// Writes every table on the paper; answers how many orders.
fn tables(session: &Session, with_names: bool, watch: &Watch, paper: &mut dyn Paper) -> Result<u64, Error> {
    let total = session.ledger.order_count()?;
    let pace = Pace::new(watch, total);
    let mark = session.ledger.content_mark()?;
    lists::about(session, with_names, paper)?;
    paper.table(&orders::table(session, with_names))?;
    let unjoined = session.ledger.unjoined()?;
    let separated = if with_names { said::separated(session)? } else { FxHashSet::default() };
    let (mut orders, mut rows) = (0u64, 0u64);
    session.ledger.every_order::<Error>(|order, customer| {
        if orders.is_multiple_of(ORDERS_OF_STEP) && pace.step(orders, rows).is_break() {
            return Err(Error::Cancelled);
        }
        let mut order = order.clone();
        // Names nobody, and says within this export who is the same person. What the owner has decided is a table of its
        // own, so that it can be taken back where this is imported: whom they joined have their own keys, and an order
        // of somebody else, written like the others of the buyer it names, says nothing about that buyer.
        let decided = !(unjoined.is_empty() && separated.is_empty());
        let key = if decided { orders::key(&order) } else { String::new() };
        if !decided || !separated.contains(&key) {
            let customer = unjoined.get(&key).copied().unwrap_or(customer);
            order.customer_key = format!("{mark:016x}:{customer}").into();
        }
        let of_order = orders::rows(&order, with_names);
        orders += 1;
        rows += of_order.len() as u64;
        paper.rows(&of_order)?;
        Ok(std::ops::ControlFlow::Continue(()))
    })?;
    beside::write(session, with_names, paper)?;
    said::write(session, with_names, paper)?;
    lists::others(session, with_names, paper)?;
    if pace.step(orders, rows).is_break() {
        return Err(Error::Cancelled);
    }
    paper.finish()?;
    Ok(orders)
}
