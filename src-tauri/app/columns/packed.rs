//! Columns of whole numbers as bytes, and back: blocks, each with its smallest number and as many bytes a number as it takes.

use std::io::{self, Read, Write};
use xxhash_rust::xxh3::Xxh3;

/// Numbers of a block: so many that one lies in the processor's own memory while it is hashed and widened.
const BLOCK: usize = 1 << 13;

/// Writes columns and hashes what it writes.
pub(super) struct Packer<W: Write> {
    to: W,
    hash: Xxh3,
    values: Vec<i64>,
    bytes: Vec<u8>,
}

impl<W: Write> Packer<W> {
    pub(super) fn new(to: W) -> Packer<W> {
        Packer { to, hash: Xxh3::new(), values: Vec::with_capacity(BLOCK), bytes: Vec::with_capacity(BLOCK * 8 + 9) }
    }

    /// As they are.
    pub(super) fn bytes(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.hash.update(bytes);
        self.to.write_all(bytes)
    }

    /// One column; how long it is the reader must know.
    pub(super) fn column(&mut self, values: impl IntoIterator<Item = i64>) -> io::Result<()> {
        let mut values = values.into_iter();
        loop {
            self.values.clear();
            self.values.extend(values.by_ref().take(BLOCK));
            let (Some(&least), Some(&most)) = (self.values.iter().min(), self.values.iter().max()) else {
                return Ok(());
            };
            // Right beyond the span of i64 too: the difference is taken around.
            let span = most.wrapping_sub(least) as u64;
            let width = [0, 1, 2, 4].into_iter().find(|width| span >> (width * 8) == 0).unwrap_or(8);
            self.bytes.clear();
            self.bytes.push(width as u8);
            self.bytes.extend_from_slice(&least.to_le_bytes());
            for value in &self.values {
                self.bytes.extend_from_slice(&value.wrapping_sub(least).to_le_bytes()[..width]);
            }
            self.hash.update(&self.bytes);
            self.to.write_all(&self.bytes)?;
        }
    }

    /// Ends with the hash of everything before.
    pub(super) fn finish(mut self) -> io::Result<W> {
        self.to.write_all(&self.hash.digest().to_le_bytes())?;
        Ok(self.to)
    }
}

/// Reads what a [`Packer`] wrote; nothing for what it cannot have written.
pub(super) struct Unpacker<R: Read> {
    from: R,
    hash: Xxh3,
    bytes: Vec<u8>,
}

impl<R: Read> Unpacker<R> {
    pub(super) fn new(from: R) -> Unpacker<R> {
        Unpacker { from, hash: Xxh3::new(), bytes: vec![0; BLOCK * 8] }
    }

    /// So many bytes, as they are.
    pub(super) fn bytes(&mut self, count: usize) -> Option<Vec<u8>> {
        let mut bytes = vec![0; count];
        self.from.read_exact(&mut bytes).ok()?;
        self.hash.update(&bytes);
        Some(bytes)
    }

    /// A column of so many numbers, each made into what it stands for. Whether they are what was written is known at the
    /// end only: `of` takes any number.
    pub(super) fn column<T>(&mut self, count: usize, of: impl Fn(i64) -> T) -> Option<Vec<T>> {
        let mut column = Vec::with_capacity(count);
        while column.len() < count {
            let block = (count - column.len()).min(BLOCK);
            let mut head = [0; 9];
            self.from.read_exact(&mut head).ok()?;
            self.hash.update(&head);
            let [width, least @ ..] = head;
            let (width, least) = (usize::from(width), i64::from_le_bytes(least));
            if !matches!(width, 0 | 1 | 2 | 4 | 8) {
                return None;
            }
            let bytes = &mut self.bytes[..block * width];
            self.from.read_exact(bytes).ok()?;
            self.hash.update(bytes);
            let value = |more: u64| of(least.wrapping_add(more as i64));
            match width {
                0 => column.extend((0..block).map(|_| value(0))),
                1 => column.extend(bytes.iter().map(|&byte| value(u64::from(byte)))),
                2 => column.extend(whole::<2>(bytes).map(|two| value(u64::from(u16::from_le_bytes(two))))),
                4 => column.extend(whole::<4>(bytes).map(|four| value(u64::from(u32::from_le_bytes(four))))),
                _ => column.extend(whole::<8>(bytes).map(|eight| value(u64::from_le_bytes(eight)))),
            }
        }
        Some(column)
    }

    /// Whether everything read is what was written, and nothing follows.
    pub(super) fn ends_whole(mut self) -> bool {
        let mut said = [0; 8];
        let is_said = self.from.read_exact(&mut said).is_ok() && u64::from_le_bytes(said) == self.hash.digest();
        is_said && matches!(self.from.read(&mut [0]), Ok(0))
    }
}

fn whole<const N: usize>(bytes: &[u8]) -> impl Iterator<Item = [u8; N]> + '_ {
    bytes.as_chunks::<N>().0.iter().copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(values: &[i64]) -> usize {
        let mut packer = Packer::new(Vec::new());
        packer.column(values.iter().copied()).expect("memory takes it");
        let bytes = packer.finish().expect("memory takes it");
        let mut reader = Unpacker::new(&bytes[..]);
        assert_eq!(reader.column(values.len(), |value| value).as_deref(), Some(values));
        assert!(reader.ends_whole(), "the hash is that of what was written");
        bytes.len()
    }

    #[test]
    fn every_number_comes_back() {
        check(&[]);
        check(&[i64::MIN, i64::MAX, 0, -1]);
        check(&[5, -250, 5]);
        let many: Vec<i64> = (0..BLOCK as i64 * 2 + 3).map(|n| n * n - 70_000).collect();
        check(&many);
    }

    #[test]
    fn a_number_takes_no_more_bytes_than_its_block_needs() {
        // 9 bytes before a block, 8 of the hash at the end.
        assert_eq!(check(&[7; 100]), 9 + 8);
        assert_eq!(check(&[-3, 252]), 9 + 2 + 8);
        assert_eq!(check(&[-3, 253]), 9 + 4 + 8);
        assert_eq!(check(&[0, 65_536]), 9 + 8 + 8);
        assert_eq!(check(&[0, 1 << 32]), 9 + 16 + 8);
    }

    #[test]
    fn what_was_not_written_is_nothing() {
        let mut packer = Packer::new(Vec::new());
        packer.column([1, 2, 3]).expect("memory takes it");
        let mut bytes = packer.finish().expect("memory takes it");
        assert!(Unpacker::new(&bytes[..bytes.len() - 9]).column(3, |value| value).is_none(), "too short");
        bytes[0] = 3;
        assert!(Unpacker::new(&bytes[..]).column(3, |value| value).is_none(), "there are no numbers of three bytes");
    }
}
