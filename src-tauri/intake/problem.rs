//! What could not be read, where, and what stood there.

use serde::Serialize;

/// How many problems of one file are kept in full; `FileTally::problem_rows` counts all of them.
pub const KEPT_PROBLEMS: usize = 1_000;

/// Characters of a cell that a problem repeats.
const FOUND_CHARS: usize = 80;

/// A row that could not be used, or was used and had better be looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Row as a spreadsheet counts it: the first record of the file is row 1.
    pub row: u64,
    /// Header of the column as the file writes it; empty when it is about the whole row.
    pub column: String,
    /// What is wrong.
    pub kind: ProblemKind,
    /// What stood there, cut to 80 characters.
    pub found: String,
    /// The order it belongs to; empty when the row names none.
    pub order_number: String,
}

/// What is wrong with a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ProblemKind {
    /// No order number in the row.
    MissingOrderNumber,
    /// The order number is not one of this mall (damaged, or another mall's).
    BadOrderNumber,
    /// A spreadsheet turned the order number into a power of ten; its digits are gone.
    DamagedOrderNumber,
    /// A spreadsheet turned a product's code into a date or a power of ten, or cut down the id of a line or a parcel. The
    /// order was taken: the code as it stands there, the id as if the export had none.
    DamagedCode,
    /// A sum under the table, added by hand or by another program.
    TotalRow,
    /// No date, or a text that is none.
    BadDate,
    /// A text where an amount, a rate or a count must stand, or one beyond any real order.
    BadNumber,
    /// A number outside of what the column can hold: stars beyond five.
    OutOfRange,
    /// A period that ends before it begins.
    EndsBeforeBegin,
    /// A cell an order cannot do without is empty.
    MissingValue,
    /// A status the mall does not have.
    UnknownStatus,
    /// The file ends in the row: in the middle of a cell, or before its last one. What of it is there may be half of it.
    CutShort,
    /// Bytes stand in the row that no text has: something was lost there.
    NotText,
    /// The text of the row is written otherwise than that of the rows above.
    OtherEncoding,
    /// This row can be read, but another row of its order cannot: the order is withheld whole.
    OrderIncomplete,
    /// An order of the orders half of which the lines half has no line.
    OrderWithoutLines,
    /// A line of the lines half whose order the orders half does not have.
    LineWithoutOrder,
    /// A row about the same thing as an earlier one of the file, with other values.
    Conflict,
    /// The row states otherwise than one above it what its order states once: points, a coupon, the postage. The row
    /// above counts; the line of this row was taken.
    OrderDiffers,
    /// A time of day that is none. The order was taken with its day alone.
    TimeUnknown,
    /// A price without tax whose rate stands nowhere. The order was taken with the price as it stands.
    TaxUnknown,
    /// A date a year or more from the one in the order's number.
    DateDiffers,
    /// In a table of Otokui's own something it would not have written: somebody has edited the file.
    NotAsWritten,
}

impl ProblemKind {
    /// Whether a row of which this word tells was used all the same.
    pub fn is_of_a_used_row(word: &str) -> bool {
        [ProblemKind::DamagedCode, ProblemKind::OrderDiffers, ProblemKind::TimeUnknown, ProblemKind::TaxUnknown]
            .iter()
            .any(|kind| kind.word() == word)
    }

    /// The word on the wire and in the catalogue's keys.
    pub fn word(self) -> &'static str {
        match self {
            ProblemKind::MissingOrderNumber => "missing_order_number",
            ProblemKind::BadOrderNumber => "bad_order_number",
            ProblemKind::DamagedOrderNumber => "damaged_order_number",
            ProblemKind::DamagedCode => "damaged_code",
            ProblemKind::TotalRow => "total_row",
            ProblemKind::BadDate => "bad_date",
            ProblemKind::BadNumber => "bad_number",
            ProblemKind::OutOfRange => "out_of_range",
            ProblemKind::EndsBeforeBegin => "ends_before_begin",
            ProblemKind::MissingValue => "missing_value",
            ProblemKind::UnknownStatus => "unknown_status",
            ProblemKind::CutShort => "cut_short",
            ProblemKind::NotText => "not_text",
            ProblemKind::OtherEncoding => "other_encoding",
            ProblemKind::OrderIncomplete => "order_incomplete",
            ProblemKind::OrderWithoutLines => "order_without_lines",
            ProblemKind::LineWithoutOrder => "line_without_order",
            ProblemKind::Conflict => "conflict",
            ProblemKind::OrderDiffers => "order_differs",
            ProblemKind::TimeUnknown => "time_unknown",
            ProblemKind::TaxUnknown => "tax_unknown",
            ProblemKind::DateDiffers => "date_differs",
            ProblemKind::NotAsWritten => "not_as_written",
        }
    }
}

/// The beginning of a cell, short enough for a list.
pub(crate) fn shown(text: &str) -> String {
    text.chars().take(FOUND_CHARS).collect()
}
