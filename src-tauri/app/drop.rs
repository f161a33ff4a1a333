//! Files given together: what each is, which belong together, which wait.

use super::error::Error;
use super::fingerprint::{Given, digests, recorded};
use super::intake_words::file_name;
use super::pairing::{add_waiting, pair_up};
use super::session::Session;
use super::side_files::{self, SideJob};
use super::watch::Watch;
use crate::intake::{self, Inspection, Layouts, Part, Parts, side};
use crate::ledger::{Digests, RecordedBefore};
use crate::shop::Mall;
use rustc_hash::FxHashSet;
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::thread;
use tempfile::{NamedTempFile, TempDir};

/// The files of one drop, sorted out.
pub(super) struct Drop {
    /// As they were given: files, archives, workbooks.
    pub(super) given: Vec<PathBuf>,
    /// Every table of every file, in the order given.
    pub(super) files: Vec<DroppedFile>,
    /// What will be read, in the order given.
    pub(super) jobs: Vec<Job>,
    /// Files without orders that will be read, in the order given.
    pub(super) side_jobs: Vec<SideJob>,
    /// Halves without their other half.
    pub(super) waiting: Vec<PartOfJob>,
    /// What the files were compared with.
    pub(super) layouts: Layouts,
    /// Tables that lay inside files; gone with the value.
    _unfolded: TempDir,
}

/// One file of a drop.
pub(super) struct DroppedFile {
    pub(super) file_name: String,
    /// Where its table can be read; nothing when there is none.
    pub(super) path: Option<PathBuf>,
    pub(super) inspection: Result<Inspection, intake::Error>,
    /// What it is besides orders, when it is no order export.
    pub(super) side: Option<intake::side::Inspection>,
    /// Where the same bytes were recorded.
    pub(super) recorded: Option<RecordedBefore>,
    /// The same bytes stand earlier in the drop: they are one file.
    pub(super) is_twice: bool,
}

/// A file of whole orders, or halves that belong together; the orders halves first.
pub(super) struct Job {
    pub(super) profile: &'static str,
    pub(super) mall: Mall,
    pub(super) parts: Vec<PartOfJob>,
    /// How many of the parts are orders halves; none of a file of whole orders.
    pub(super) orders_halves: usize,
}

/// A file, or a half that waited in the ledger.
pub(super) struct PartOfJob {
    pub(super) source: Source,
    pub(super) file_name: String,
    pub(super) profile: &'static str,
    pub(super) mall: Mall,
    /// Of a half; other files are hashed while they are recorded.
    pub(super) digests: Option<Digests>,
    pub(super) bytes: u64,
    /// Of a half.
    pub(super) orders: FxHashSet<u64>,
    /// A half the ledger has: it completes another, and is no file of their import.
    pub(super) is_recorded: bool,
}

/// Where the bytes are.
pub(super) enum Source {
    /// The file at this place of the drop.
    File {
        /// Place in the drop.
        index: usize,
        /// Where.
        path: PathBuf,
        /// What it was written out of, if it was.
        made_of: Option<PathBuf>,
    },
    /// A half that waited; written out for the time of the reading.
    Waiting {
        /// Gone with the value.
        file: NamedTempFile,
    },
}

impl Drop {
    /// Looks at every file; reads no orders yet.
    pub(super) fn new(session: &Session, paths: &[PathBuf], watch: &Watch) -> Result<Drop, Error> {
        let unwritable = |source| Error::Write { path: std::env::temp_dir().display().to_string(), source };
        let unfolded = tempfile::tempdir().map_err(unwritable)?;
        let layouts = session.layouts()?;
        let tables = tables(layouts, paths, unfolded.path(), watch)?;
        let mut files = Vec::new();
        let mut jobs = Vec::new();
        let mut side_jobs = Vec::new();
        let mut halves: [Vec<PartOfJob>; 2] = [Vec::new(), Vec::new()];
        // Halves that were recorded may still be what another one lacks.
        let mut recorded_halves: [Vec<PartOfJob>; 2] = [Vec::new(), Vec::new()];
        let mut bytes_given = Given::default();
        for (index, (name, table)) in tables.into_iter().enumerate() {
            let made_of = table.as_ref().ok().and_then(|table| table.made_of.clone());
            let place = table.as_ref().ok().map(|table| table.path.clone());
            let (mut side, mut is_twice) = (None, false);
            let looked = match table.and_then(|table| Ok((layouts.inspect(&table.path)?, table.path))) {
                Ok((inspection, path)) => match closer_look(session, &path, inspection.part, watch) {
                    Ok(looked) => Ok((path, looked, inspection)),
                    Err(Error::Intake(error)) => Err(error),
                    Err(error) => return Err(error),
                },
                Err(error) => Err(error),
            };
            let (inspection, known) = match looked {
                Err(error) => {
                    let found = place.as_deref().and_then(|path| side_files::look(session, path));
                    // What is nearly the table the owner has described is no list whose columns are to be guessed.
                    let is_nearly_mapped = matches!(error, intake::Error::MissingColumns { profile, .. }
                        if Layouts::is_described(profile));
                    let found = found.filter(|found| !(found.needs_columns && is_nearly_mapped));
                    let mut known = None;
                    if let Some(found) = found.as_ref().filter(|found| found.profile.kind == side::Kind::Unused) {
                        side = Some(found.clone());
                    } else if let (Some(found), Some(path)) = (found, &place) {
                        is_twice = bytes_given.has_or_add(path, watch)?;
                        known = recorded(session, path, watch)?;
                        if known.is_none() && !is_twice && !found.needs_columns {
                            let part = PartOfJob {
                                source: Source::File { index, path: path.clone(), made_of },
                                file_name: name.clone(),
                                profile: &found.profile.id,
                                mall: found.profile.mall,
                                digests: None,
                                bytes: found.bytes,
                                orders: FxHashSet::default(),
                                is_recorded: false,
                            };
                            side_jobs.push(SideJob { part, inspection: found.clone() });
                        }
                        side = Some(found);
                    }
                    (Err(error), known)
                }
                Ok((path, Looked { known, digests, orders }, inspection)) => {
                    is_twice = bytes_given.has_or_add(&path, watch)?;
                    if (known.is_none() || inspection.part != Part::Complete) && !is_twice {
                        let profile = inspection.profile;
                        let part = PartOfJob {
                            source: Source::File { index, path, made_of },
                            file_name: name.clone(),
                            profile: &profile.id,
                            mall: profile.mall,
                            digests,
                            bytes: inspection.bytes,
                            orders,
                            is_recorded: known.is_some(),
                        };
                        match inspection.part {
                            Part::Complete => {
                                let (profile, mall) = (&profile.id, profile.mall);
                                jobs.push(Job { profile, mall, parts: vec![part], orders_halves: 0 });
                            }
                            half => {
                                let halves = if known.is_some() { &mut recorded_halves } else { &mut halves };
                                halves[usize::from(half == Part::LinesHalf)].push(part);
                            }
                        }
                    }
                    (Ok(inspection), known)
                }
            };
            files.push(DroppedFile { file_name: name, path: place, inspection, side, recorded: known, is_twice });
        }
        if halves.iter().chain(&recorded_halves).any(|kind| !kind.is_empty()) {
            add_waiting(session, &mut halves, watch)?;
        }
        let sorted = pair_up(halves, recorded_halves);
        jobs.extend(sorted.jobs);
        if let Some((orders, lines)) = sorted.misfit {
            for part in [&orders, &lines] {
                if let Source::File { index, .. } = part.source {
                    let (orders, lines) = (orders.path().to_owned(), lines.path().to_owned());
                    files[index].inspection = Err(intake::Error::NotAPair { orders, lines });
                }
            }
        }
        let given = paths.to_vec();
        Ok(Drop { given, files, jobs, side_jobs, waiting: sorted.waiting, layouts, _unfolded: unfolded })
    }

    /// Bytes that will be read.
    pub(super) fn bytes(&self) -> u64 {
        let side: u64 = self.side_jobs.iter().map(|job| job.part.bytes()).sum();
        self.jobs.iter().map(Job::bytes).sum::<u64>() + side
    }
}

impl Job {
    /// What intake reads.
    pub(super) fn parts(&self) -> Parts {
        let paths = |parts: &[PartOfJob]| -> Vec<PathBuf> { parts.iter().map(|part| part.path().to_owned()).collect() };
        let (orders, lines) = self.parts.split_at(self.orders_halves);
        match (orders, lines) {
            ([], files) => Parts::Complete(files[0].path().to_owned()),
            ([orders], [lines]) => Parts::Pair { orders: orders.path().to_owned(), lines: lines.path().to_owned() },
            (orders, lines) => Parts::Halves { orders: paths(orders), lines: paths(lines) },
        }
    }

    pub(super) fn bytes(&self) -> u64 {
        self.parts.iter().map(|part| part.bytes).sum()
    }

    /// Does the work, while other threads find out what names the bytes of each part.
    pub(super) fn digests_meanwhile<T>(
        &self,
        watch: &Watch,
        work: impl FnOnce() -> T,
    ) -> (T, Result<Vec<Digests>, Error>) {
        thread::scope(|scope| {
            let hash = |part| {
                let hashing = thread::Builder::new().name("hashing".to_owned());
                let hashing = hashing.spawn_scoped(scope, move || PartOfJob::digests(part, watch));
                hashing.expect("a system that can begin a thread")
            };
            let hashing: Vec<_> = self.parts.iter().map(hash).collect();
            let done = work();
            let digests = hashing.into_iter().map(|part| part.join().unwrap_or_else(|panic| resume_unwind(panic)));
            (done, digests.collect())
        })
    }

    /// Whether this part is an orders half.
    pub(super) fn is_orders_half(&self, position: usize) -> bool {
        position < self.orders_halves
    }

    /// The part whose answer tells of the orders: the first that was given in this drop.
    pub(super) fn teller(&self) -> Option<usize> {
        self.parts.iter().position(|part| part.index().is_some())
    }

    /// Places in the drop of its files.
    pub(super) fn indices(&self) -> Vec<usize> {
        self.parts.iter().filter_map(PartOfJob::index).collect()
    }
}

impl PartOfJob {
    /// Place in the drop; nothing for a half that waited.
    pub(super) fn index(&self) -> Option<usize> {
        match self.source {
            Source::File { index, .. } => Some(index),
            Source::Waiting { .. } => None,
        }
    }

    pub(super) fn bytes(&self) -> u64 {
        self.bytes
    }

    /// What names its bytes; reads them, but for a half of this drop.
    pub(super) fn digests(&self, watch: &Watch) -> Result<Digests, Error> {
        let found = self.digests.map_or_else(|| digests(self.path(), watch), Ok)?;
        Ok(match &self.source {
            Source::File { made_of: Some(file), .. } => {
                Digests { of_file: Some(digests(file, watch)?.sha256), ..found }
            }
            _ => found,
        })
    }

    pub(super) fn path(&self) -> &Path {
        match &self.source {
            Source::File { path, .. } => path,
            Source::Waiting { file } => file.path(),
        }
    }
}

/// Where a file was recorded, and of a half which bytes and orders it has.
struct Looked {
    known: Option<RecordedBefore>,
    digests: Option<Digests>,
    orders: FxHashSet<u64>,
}

fn closer_look(session: &Session, path: &Path, part: Part, watch: &Watch) -> Result<Looked, Error> {
    let known = recorded(session, path, watch)?;
    Ok(match part {
        Part::Complete => Looked { known, digests: None, orders: FxHashSet::default() },
        _ => Looked { known, digests: Some(digests(path, watch)?), orders: orders_of_half(path, watch)? },
    })
}

pub(super) fn orders_of_half(path: &Path, watch: &Watch) -> Result<FxHashSet<u64>, Error> {
    intake::order_keys(path, &mut || watch.go_on())?.ok_or(Error::Cancelled)
}

/// A table by the name it is shown by.
type NamedTable = (String, Result<intake::Table, intake::Error>);

/// The tables of all files with the names they are shown by: one for a plain file, one for each file of an archive and
/// for each sheet of a workbook.
fn tables(layouts: Layouts, paths: &[PathBuf], folder: &Path, watch: &Watch) -> Result<Vec<NamedTable>, Error> {
    let mut go_on = || watch.go_on();
    let mut found = Vec::new();
    for path in paths {
        let shown = |name: String| match name.is_empty() {
            true => file_name(path),
            false => format!("{} ({name})", file_name(path)),
        };
        let tables = layouts.tables(path, folder, &mut go_on).ok_or(Error::Cancelled)?;
        found.extend(tables.into_iter().map(|table| match table {
            Ok(table) => (shown(table.name.clone()), Ok(table)),
            Err(refused) => (shown(refused.name), Err(refused.error)),
        }));
    }
    Ok(found)
}
