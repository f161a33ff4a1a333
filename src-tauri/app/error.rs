//! Why an answer could not be given, in the owner's words.

use super::catalogue::Catalogue;
use crate::intake::{self, ReadError};
use crate::ledger;
use serde::Serialize;

/// Kinds of failure the screen acts on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// The owner stopped it; nothing was changed.
    Cancelled,
    /// No room on the drive; nothing was changed.
    DiskFull,
    /// Another program holds the file.
    InUse,
    /// The ledger is of a newer version; it was not touched.
    NewerLedger,
    /// The file is no ledger of Otokui.
    ForeignLedger,
    /// What was asked for does not exist.
    NotFound,
    /// The question itself is wrong.
    BadQuestion,
    /// Everything else; the detail is in the log.
    Failed,
}

/// What crosses to the screen instead of an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct ErrorAnswer {
    /// What the screen acts on.
    pub code: Code,
    /// What happened and what to do, in the session's language.
    pub message: String,
}

/// A failure of the application.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The ledger.
    #[error(transparent)]
    Ledger(ledger::Error),
    /// A file that could not be taken at all.
    #[error(transparent)]
    Intake(#[from] intake::Error),
    /// A description of a table that describes none.
    #[error("{path}: {error}")]
    Map {
        /// Which file.
        path: std::path::PathBuf,
        /// What is wrong with it.
        error: intake::MapError,
    },
    /// The owner said stop.
    #[error("cancelled")]
    Cancelled,
    /// Files could not be written.
    #[error("cannot write {path}")]
    Write {
        /// Which.
        path: String,
        /// Why.
        source: std::io::Error,
    },
    /// The workbook could not be made.
    #[error("the workbook could not be written")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
    /// No ledger where one is asked.
    #[error("there is no ledger at {0}")]
    NoLedger(std::path::PathBuf),
    /// No such customer.
    #[error("there is no customer {0}")]
    NoCustomer(i64),
    /// What the owner gave as a store's account is none.
    #[error("no store account: {0}")]
    BadStore(String),
    /// No change of settings that could be taken back.
    #[error("no change of settings to undo")]
    NothingToUndo,
    /// No such order, or it stands alone already.
    #[error("there is no order {0} to separate")]
    NoOrder(String),
    /// No such decision, or it was taken back.
    #[error("there is no decision {0}")]
    NoDecision(i64),
    /// No such note, or it was removed.
    #[error("there is no note {0}")]
    NoNote(i64),
    /// A note says nothing, or too much.
    #[error("a note of no length that is kept")]
    BadNote,
    /// No such card, or nobody is on it any more.
    #[error("there is no action {0}")]
    NoAction(String),
    /// No such recorded action, or it was removed.
    #[error("there is no recorded action {0}")]
    NoTaken(i64),
    /// No such contact, or not one with which this can be done.
    #[error("there is no contact {0}")]
    NoContact(i64),
    /// A contact says too much.
    #[error("a contact too long to be kept")]
    BadContact,
    /// A name or a note for a ledger that keeps no names.
    #[error("a contact with a name in a ledger that keeps none")]
    NamelessContact,
    /// Something is said to have been done on a day that is still to come.
    #[error("{0} is still to come")]
    DayAhead(crate::shop::Day),
    /// The ledger keeps names, and what was asked is for one that keeps none.
    #[error("the ledger keeps names")]
    NamesAreKept,
    /// The ledger keeps no names, and the secret that stands in for them is not at hand.
    #[error("the recovery code is wanted")]
    RecoveryCodeWanted,
    /// What was given as the recovery code is not this ledger's.
    #[error("a wrong recovery code")]
    WrongRecoveryCode,
    /// The system gives no random bytes.
    #[error("no random bytes")]
    NoRandomness,
    /// A word of the question is not one of ours.
    #[error("not understood: {0}")]
    BadQuestion(String),
}

impl From<ledger::Error> for ReadError<Error> {
    fn from(error: ledger::Error) -> ReadError<Error> {
        ReadError::Sink(error.into())
    }
}

impl From<ledger::Error> for Error {
    fn from(error: ledger::Error) -> Error {
        if matches!(error, ledger::Error::Stopped) { Error::Cancelled } else { Error::Ledger(error) }
    }
}

impl Error {
    /// What the screen acts on.
    pub fn code(&self) -> Code {
        match self {
            Error::Cancelled => Code::Cancelled,
            Error::Ledger(e) if e.is_disk_full() => Code::DiskFull,
            Error::Ledger(e) if e.is_busy() => Code::InUse,
            Error::Ledger(ledger::Error::Newer { .. }) => Code::NewerLedger,
            Error::Ledger(ledger::Error::Foreign { .. }) => Code::ForeignLedger,
            Error::Ledger(ledger::Error::NoSuchBatch(_))
            | Error::NoCustomer(_)
            | Error::NoOrder(_)
            | Error::NoDecision(_)
            | Error::NoNote(_)
            | Error::NoAction(_)
            | Error::NoTaken(_)
            | Error::NoContact(_)
            | Error::NoLedger(_)
            | Error::NothingToUndo => Code::NotFound,
            Error::BadQuestion(_) | Error::BadStore(_) | Error::BadNote | Error::Map { .. } => Code::BadQuestion,
            Error::BadContact | Error::NamelessContact | Error::DayAhead(_) => Code::BadQuestion,
            Error::NamesAreKept | Error::RecoveryCodeWanted | Error::WrongRecoveryCode => Code::BadQuestion,
            Error::Write { source, .. } if source.kind() == std::io::ErrorKind::StorageFull => Code::DiskFull,
            Error::Ledger(_) | Error::Intake(_) | Error::Write { .. } | Error::Workbook(_) | Error::NoRandomness => {
                Code::Failed
            }
        }
    }

    /// SQLite's number of the failure behind it, for the log.
    pub(super) fn sqlite_number(&self) -> Option<i32> {
        if let Error::Ledger(error) = self { error.number() } else { None }
    }

    /// In the owner's words.
    pub fn answer(&self, catalogue: &Catalogue) -> ErrorAnswer {
        let code = self.code();
        let message = match self {
            Error::Intake(error) => super::intake_words::refusal(error, catalogue),
            Error::Ledger(ledger::Error::NoSuchBatch(batch)) => {
                catalogue.text("error-no-batch", &[("batch", (*batch).into())])
            }
            Error::Map { path, error } => super::intake_words::map_refusal(path, error, catalogue),
            Error::NoLedger(path) => catalogue.text("error-no-ledger", &[("path", path.display().to_string().into())]),
            Error::NothingToUndo => catalogue.word("error-nothing-to-undo"),
            Error::NamesAreKept => catalogue.word("error-names-are-kept"),
            Error::RecoveryCodeWanted => catalogue.word("error-recovery-code-wanted"),
            Error::WrongRecoveryCode => catalogue.word("error-wrong-recovery-code"),
            Error::NoCustomer(id) => catalogue.text("error-no-customer", &[("customer", (*id).into())]),
            Error::NoOrder(number) => catalogue.text("error-no-order", &[("order", number.as_str().into())]),
            Error::NoNote(id) => catalogue.text("error-no-note", &[("note", (*id).into())]),
            Error::BadNote => catalogue.text("error-bad-note", &[("longest", super::notes::LONGEST_NOTE.into())]),
            Error::NoAction(key) => catalogue.text("error-no-action", &[("action", key.as_str().into())]),
            Error::NoTaken(id) => catalogue.text("error-no-taken", &[("taken", (*id).into())]),
            Error::NoContact(id) => catalogue.text("error-no-contact", &[("contact", (*id).into())]),
            Error::BadContact => catalogue.text(
                "error-bad-contact",
                &[
                    ("name", super::contacts::LONGEST_NAME.into()),
                    ("note", super::words::grouped(super::contacts::LONGEST_NOTE as i64).into()),
                ],
            ),
            Error::NamelessContact => catalogue.word("error-nameless-contact"),
            Error::DayAhead(day) => {
                catalogue.text("error-day-ahead", &[("day", super::words::day(*day, catalogue.language).into())])
            }
            Error::NoDecision(id) => catalogue.text("error-no-decision", &[("decision", (*id).into())]),
            Error::BadQuestion(what) => catalogue.text("error-bad-question", &[("what", what.as_str().into())]),
            Error::BadStore(found) => catalogue.text("error-bad-store", &[("found", found.as_str().into())]),
            Error::Write { path, .. } if code == Code::Failed => {
                catalogue.text("error-write", &[("path", path.as_str().into())])
            }
            Error::Ledger(ledger::Error::Open { path, .. }) => {
                catalogue.text("error-open", &[("path", path.display().to_string().into())])
            }
            Error::Ledger(ledger::Error::Foreign { path } | ledger::Error::Newer { path }) => {
                let key = if code == Code::NewerLedger { "error-newer-ledger" } else { "error-foreign-ledger" };
                catalogue.text(key, &[("path", path.display().to_string().into())])
            }
            _ => catalogue.word(match code {
                Code::Cancelled => "error-cancelled",
                Code::DiskFull => "error-disk-full",
                Code::InUse => "error-in-use",
                _ => "error-failed",
            }),
        };
        ErrorAnswer { code, message }
    }
}
