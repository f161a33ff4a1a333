//! Bytes become rows of cells, found without decoding them.
//!
//! Cells are separated by one byte and may stand in quotation marks; inside those, separators and line ends are text
//! and `""` is one mark. `="00123"`, by which programs tell a spreadsheet that a number is text, is `00123`. A row ends with
//! `\n`, `\r` or `\r\n`, mixed as they come. What is not written by these rules
//! has a reading all the same: behind a closing mark the rest of a cell is taken as it stands, a mark inside a cell
//! without marks is text, and the end of the file closes everything, which is told.

const MARK: u8 = b'"';
const SAYS_TEXT: &[u8] = b"=\"";
const BOM: &[u8] = b"\xEF\xBB\xBF";

/// The cells of a row as bytes; used again for the next row.
#[derive(Clone, Debug, Default)]
pub(crate) struct ByteRecord {
    /// The row as it stands, but for cells with doubled marks.
    bytes: Vec<u8>,
    /// Where in `bytes` each cell begins and ends.
    cells: Vec<(u32, u32)>,
}

impl ByteRecord {
    pub(crate) fn new() -> ByteRecord {
        ByteRecord::default()
    }

    pub(crate) fn get(&self, place: usize) -> Option<&[u8]> {
        self.cells.get(place).map(|(start, end)| &self.bytes[*start as usize..*end as usize])
    }

    /// The row as it stands, marks and separators too.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    pub(crate) fn len(&self) -> usize {
        self.cells.len()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &[u8]> {
        self.cells.iter().map(|(start, end)| &self.bytes[*start as usize..*end as usize])
    }

    /// Whether so many cells from the one place on are written as those from the other on. Cells that are the same but
    /// written otherwise are not.
    pub(crate) fn is_repeated(&self, from: usize, again: usize, count: usize) -> bool {
        let cells = |at: usize| self.cells.get(at..at + count).filter(|cells| !cells.is_empty());
        let (Some(first), Some(second)) = (cells(from), cells(again)) else { return false };
        let (a, b) = (first[0].0, second[0].0);
        let lie_alike = first.iter().zip(second).all(|(x, y)| x.0 - a == y.0 - b && x.1 - a == y.1 - b);
        // What stands between them is compared as well: at once is quicker than one by one.
        let bytes = |cells: &[(u32, u32)]| &self.bytes[cells[0].0 as usize..cells[count - 1].1 as usize];
        lie_alike && bytes(first) == bytes(second)
    }

    /// Adds a cell.
    pub(crate) fn push_field(&mut self, cell: &[u8]) {
        let start = self.bytes.len() as u32;
        self.bytes.extend_from_slice(cell);
        self.cells.push((start, self.bytes.len() as u32));
    }

    /// Whether its cells together are longer than this.
    pub(crate) fn is_longer_than(&self, limit: u64) -> bool {
        self.bytes.len() as u64 > limit
            && self.cells.iter().map(|(start, end)| u64::from(end - start)).sum::<u64>() > limit
    }
}

/// What stands next in a piece of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Next {
    /// A row that ends here, with the line ends before it.
    Row {
        /// Bytes up to the next row.
        length: usize,
        /// Blank lines before the row.
        blank: u64,
    },
    /// The piece ends before the row does; its first bytes, line ends, are done with.
    Cut(usize),
    /// No further row.
    End,
}

/// Finds row after row.
#[derive(Clone, Debug)]
pub(crate) struct Finder {
    separator: u8,
    begun: bool,
    /// The last line end was `\r`: a `\n` right behind belongs to it.
    after_return: bool,
    blank: u64,
    /// Cells of the row at hand that hold marks.
    marked: Vec<usize>,
    /// The end of the file has closed a cell.
    is_open: bool,
}

impl Finder {
    pub(crate) fn new(separator: u8) -> Finder {
        Finder { separator, begun: false, after_return: false, blank: 0, marked: Vec::new(), is_open: false }
    }

    /// Whether the last row ended with `\r`, so that `\n` may follow as part of the same line end.
    pub(crate) fn is_after_return(&self) -> bool {
        self.after_return
    }

    /// Whether the file has ended inside a quoted cell.
    pub(crate) fn is_open(&self) -> bool {
        self.is_open
    }

    /// The next piece begins behind a whole line end.
    pub(crate) fn end_line(&mut self) {
        self.after_return = false;
    }

    /// Reads the next row of `piece` into the record; `is_last` says that nothing comes after the piece.
    pub(crate) fn next(&mut self, piece: &[u8], is_last: bool, record: &mut ByteRecord) -> Next {
        let mut start = 0;
        if !self.begun {
            if piece.len() < BOM.len() && !is_last {
                return Next::Cut(0);
            }
            self.begun = true;
            start = if piece.starts_with(BOM) { BOM.len() } else { 0 };
        }
        while let Some(byte @ (b'\n' | b'\r')) = piece.get(start) {
            self.blank += u64::from(!(self.after_return && *byte == b'\n'));
            self.after_return = *byte == b'\r';
            start += 1;
        }
        if start == piece.len() {
            return if is_last { Next::End } else { Next::Cut(start) };
        }
        let Some(end) = self.cells(piece, start, is_last, &mut record.cells) else { return Next::Cut(start) };
        self.after_return = end > 0 && piece[end - 1] == b'\r';
        record.bytes.clear();
        record.bytes.extend_from_slice(&piece[start..end]);
        for place in &self.marked {
            let (from, to) = record.cells[*place];
            let cell = &mut record.bytes[from as usize..to as usize];
            let length = unmark(cell);
            let cell = &cell[..length];
            let said = said_as_text(cell);
            let from = if said.is_some() { from + SAYS_TEXT.len() as u32 } else { from };
            record.cells[*place] = (from, from + said.unwrap_or(cell).len() as u32);
        }
        Next::Row { length: end, blank: std::mem::take(&mut self.blank) }
    }

    /// Where the row that begins at `start` ends, its line end included; nothing when the piece is cut before that.
    fn cells(&mut self, piece: &[u8], start: usize, is_last: bool, cells: &mut Vec<(u32, u32)>) -> Option<usize> {
        cells.clear();
        self.marked.clear();
        let mut at = start;
        loop {
            let is_marked = piece.get(at) == Some(&MARK);
            let close = if is_marked { find(MARK, piece, at + 1) } else { None };
            // Where the cell begins, where it ends, and where the separator or line end behind it stands.
            let (from, to, end) = match close {
                Some(close) if piece.get(close + 1).is_some_and(|byte| self.ends_cell(*byte)) => {
                    (at + 1, close, close + 1)
                }
                _ if is_marked => {
                    let end = self.end_of_odd(piece, at + 1, is_last)?;
                    self.marked.push(cells.len());
                    (at, end, end)
                }
                _ if piece[at.min(piece.len())..].starts_with(SAYS_TEXT) => {
                    at += 1;
                    continue;
                }
                _ => {
                    let end = self.end_of_plain(piece, at, is_last)?;
                    (at, end, end)
                }
            };
            cells.push(((from - start) as u32, (to - start) as u32));
            match piece.get(end) {
                Some(byte) if *byte == self.separator => at = end + 1,
                Some(_) => return Some(end + 1),
                None => return Some(end),
            }
        }
    }

    fn ends_cell(&self, byte: u8) -> bool {
        byte == self.separator || byte == b'\n' || byte == b'\r'
    }

    /// The end of a cell without marks around it; nothing when the piece is cut before that.
    fn end_of_plain(&self, piece: &[u8], from: usize, is_last: bool) -> Option<usize> {
        let rest = &piece[from.min(piece.len())..];
        // Most cells are shorter than what it takes to begin a search.
        let near = rest.iter().take(SHORT).position(|byte| self.ends_cell(*byte));
        let end = near.or_else(|| {
            let far = memchr::memchr3(self.separator, b'\n', b'\r', rest.get(SHORT..)?)?;
            Some(SHORT + far)
        });
        end.map(|end| from + end).or(is_last.then_some(piece.len()))
    }

    /// The same for a cell that begins with a mark and is not simply ended by the next.
    fn end_of_odd(&mut self, piece: &[u8], from: usize, is_last: bool) -> Option<usize> {
        let mut at = from;
        while let Some(close) = find(MARK, piece, at) {
            match piece.get(close + 1) {
                Some(&MARK) => at = close + 2,
                Some(_) => return self.end_of_plain(piece, close + 1, is_last),
                None => return is_last.then_some(piece.len()),
            }
        }
        self.is_open = is_last;
        is_last.then_some(piece.len())
    }
}

/// Cells up to this length are looked through byte by byte, or in a few words.
const SHORT: usize = 24;

/// The first such byte from a place on.
fn find(byte: u8, piece: &[u8], from: usize) -> Option<usize> {
    const ONES: u64 = u64::from_le_bytes([1; 8]);
    let mut rest = piece.get(from..)?;
    for word in 0..SHORT / 8 {
        let Some(eight) = rest.first_chunk::<8>() else { break };
        let differs = u64::from_le_bytes(*eight) ^ (ONES * u64::from(byte));
        // The lowest byte that is zero is marked by its highest bit.
        let zero = differs.wrapping_sub(ONES) & !differs & (ONES << 7);
        if zero != 0 {
            return Some(from + 8 * word + zero.trailing_zeros() as usize / 8);
        }
        rest = &rest[8..];
    }
    memchr::memchr(byte, rest).map(|at| piece.len() - rest.len() + at)
}

/// What a cell of marks says to be text, such as `="00123"`; written, it stands in marks as well: `"=""00123"""`.
pub(crate) fn said_as_text(cell: &[u8]) -> Option<&[u8]> {
    cell.strip_prefix(SAYS_TEXT)?.strip_suffix(&[MARK])
}

/// Takes the marks out of a cell that begins with one, in its place; answers how long it is then.
fn unmark(cell: &mut [u8]) -> usize {
    let (mut from, mut to, mut is_open) = (1, 0, true);
    while from < cell.len() {
        if is_open && cell[from] == MARK {
            is_open = cell.get(from + 1) == Some(&MARK);
            from += 1;
            if !is_open {
                continue;
            }
        }
        cell[to] = cell[from];
        (from, to) = (from + 1, to + 1);
    }
    to
}

/// The rows of a text that is there as a whole.
#[derive(Clone)]
pub(crate) struct Records<'t> {
    text: &'t [u8],
    finder: Finder,
}

impl<'t> Records<'t> {
    pub(crate) fn new(text: &'t [u8], separator: u8) -> Records<'t> {
        Records { text, finder: Finder::new(separator) }
    }

    /// How many bytes stand behind the row read last.
    pub(crate) fn left(&self) -> usize {
        self.text.len()
    }

    /// Reads the next row; whether there was one.
    pub(crate) fn read(&mut self, record: &mut ByteRecord) -> bool {
        match self.finder.next(self.text, true, record) {
            Next::Row { length, .. } => {
                self.text = &self.text[length..];
                true
            }
            Next::Cut(_) | Next::End => false,
        }
    }
}

#[cfg(test)]
mod tests;
