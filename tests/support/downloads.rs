//! Exports of one invented shop that overlap, as an owner downloads them, and what an import answers of them.
#![allow(dead_code)]

use otokui_lib::app::screens::FileAnswer;
use proptest::prelude::*;
use std::sync::LazyLock;

/// The export of an invented shop of 1,200 orders, as its header and the rows of each order.
pub static EXPORT: LazyLock<(Vec<u8>, Vec<Vec<u8>>)> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a folder");
    otokui_lib::sample::write(1_200, 5, folder.path()).expect("a sample");
    let text = std::fs::read(folder.path().join("rakuten_orders.csv")).expect("its export");
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(&text[..]);
    let mut record = csv::ByteRecord::new();
    let mut starts = Vec::new();
    while reader.read_byte_record(&mut record).expect("a row") {
        let start = record.position().expect("a place").byte() as usize;
        starts.push((record[0].to_vec(), start));
    }
    let mut orders: Vec<(Vec<u8>, Vec<u8>)> = Vec::new();
    for (at, (number, start)) in starts.iter().enumerate().skip(1) {
        let end = starts.get(at + 1).map_or(text.len(), |(_, start)| *start);
        match orders.last_mut() {
            Some((last, rows)) if last == number => rows.extend_from_slice(&text[*start..end]),
            _ => orders.push((number.clone(), text[*start..end].to_vec())),
        }
    }
    (text[..starts[1].1].to_vec(), orders.into_iter().map(|(_, rows)| rows).collect())
});

/// What one export of the shop holds.
#[derive(Clone, Debug)]
pub struct Download {
    pub from: usize,
    pub orders: usize,
    /// Every so many-th order has been sent since, as the status says: 500 instead of 700, or the other way round.
    pub changed: usize,
    /// Behind every so many-th order stands a blank line, or a row that is none.
    pub odd: Option<(usize, bool)>,
    /// The line ends are `\n` alone.
    pub is_bare: bool,
    /// Rows of one order stand at its end again.
    pub is_scattered: bool,
}

impl Download {
    pub fn text(&self) -> Vec<u8> {
        let (header, orders) = &*EXPORT;
        let mut text = header.clone();
        let end = (self.from + self.orders).min(orders.len());
        for (at, rows) in orders.iter().enumerate().take(end).skip(self.from) {
            let rows = if at % self.changed == 1 { sent(rows) } else { rows.clone() };
            text.extend_from_slice(&rows);
            if let Some((every, is_blank)) = self.odd
                && at % every == 0
            {
                text.extend_from_slice(if is_blank { b"\r\n" } else { b"\"no order\",\"x\"\r\n" });
            }
        }
        if self.is_scattered {
            text.extend_from_slice(&orders[self.from]);
        }
        if self.is_bare { bare(&text) } else { text }
    }
}

/// Without the first byte of each line end; no cell of the sample holds one.
fn bare(text: &[u8]) -> Vec<u8> {
    text.iter().copied().filter(|byte| *byte != b'\r').collect()
}

/// The same order, further on.
fn sent(rows: &[u8]) -> Vec<u8> {
    let mut rows = rows.to_vec();
    for at in 0..rows.len().saturating_sub(5) {
        let cell = &mut rows[at..at + 5];
        match &cell[..] {
            b"\"500\"" => cell[1] = b'7',
            b"\"700\"" => cell[1] = b'5',
            _ => continue,
        }
        return rows;
    }
    rows
}

/// What an answer counts.
pub fn counts(answers: &[FileAnswer]) -> Vec<String> {
    let counted = answers.iter().map(|a| {
        let problems: Vec<String> = a.problems.iter().map(|problem| format!("{problem:?}")).collect();
        format!(
            "{:?} {} {:?} {:?} {} {} {} {} {} {} {} {problems:?}",
            a.state,
            a.message,
            a.from,
            a.to,
            a.rows,
            a.used,
            a.skipped,
            a.problem_rows,
            a.orders_new,
            a.orders_updated,
            a.orders_unchanged
        )
    });
    counted.collect()
}

pub fn downloads() -> impl Strategy<Value = Vec<Download>> {
    let odd = proptest::option::weighted(0.3, (40usize..400, any::<bool>()));
    let one =
        (0usize..500, 150usize..600, 3usize..200, odd, proptest::bool::weighted(0.2), proptest::bool::weighted(0.1))
            .prop_map(|(from, orders, changed, odd, is_bare, is_scattered)| Download {
                from,
                orders,
                changed,
                odd,
                is_bare,
                is_scattered,
            });
    proptest::collection::vec(one, 2..5)
}
