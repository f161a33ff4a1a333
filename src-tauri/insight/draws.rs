//! Customers drawn anew a thousand times: which blocks each draw holds, and sums over them.

use std::ops::AddAssign;
use std::sync::OnceLock;

/// Blocks of more customers than are drawn one by one.
pub(super) const BLOCKS: usize = 400;
pub(super) const DRAWS: usize = 1_000;
/// Figures that are added up together.
pub(super) const TOGETHER: usize = 8;
/// The same where every draw is drawn anew for them: a curve of two years has 25, or 27 with its headline.
pub(super) const MANY_TOGETHER: usize = 28;
const SEED: u64 = 0x6f74_6f6b_7569;

/// The blocks of each draw. They depend on nothing but how many blocks there are; those of most shops are kept.
pub(super) enum Draws {
    Kept(&'static Drawn),
    /// Of so many blocks, drawn while they are added up.
    Own(usize),
}

/// By how often they are drawn.
pub(super) struct Drawn {
    /// Draw by draw, within one those drawn most often first.
    blocks: Vec<u16>,
    /// Per draw from the most often down to once: where the blocks that are drawn so often end.
    ends: Vec<u32>,
    /// Where the ends of each draw begin, and where the last ones stop.
    of_draw: Vec<u32>,
}

impl Drawn {
    fn new(blocks: usize) -> Drawn {
        let mut random = Random(SEED);
        let mut drawn = Drawn { blocks: Vec::new(), ends: Vec::new(), of_draw: vec![0] };
        let mut times = vec![0_u32; blocks];
        for _ in 0..DRAWS {
            times.fill(0);
            (0..blocks).for_each(|_| times[random.below(blocks)] += 1);
            // A counting sort by how often.
            let most = times.iter().max().map_or(0, |&most| most as usize);
            let mut ends = vec![0_u32; most + 1];
            times.iter().filter(|times| **times > 0).for_each(|&times| ends[most - times as usize] += 1);
            let begin = drawn.blocks.len() as u32;
            let mut next = vec![begin; most];
            (1..most).for_each(|place| next[place] = next[place - 1] + ends[place - 1]);
            drawn.blocks.resize(drawn.blocks.len() + times.iter().filter(|times| **times > 0).count(), 0);
            for (block, &times) in times.iter().enumerate().filter(|(_, times)| **times > 0) {
                let to = &mut next[most - times as usize];
                drawn.blocks[*to as usize] = block as u16;
                *to += 1;
            }
            drawn.ends.extend(next);
            drawn.of_draw.push(drawn.ends.len() as u32);
        }
        drawn
    }
}

impl Draws {
    pub(super) fn of(blocks: usize) -> Draws {
        static OF_MANY: OnceLock<Drawn> = OnceLock::new();
        if blocks == BLOCKS { Draws::Kept(OF_MANY.get_or_init(|| Drawn::new(BLOCKS))) } else { Draws::Own(blocks) }
    }

    /// Whether adding up is all there is to do.
    pub(super) fn are_kept(&self) -> bool {
        matches!(self, Draws::Kept(_))
    }

    /// Calls `take` with the number of each draw and the sums over its blocks of these rows, one of each block.
    pub(super) fn each<T: Copy + Default + AddAssign, const N: usize>(
        &self,
        rows: &[[T; N]],
        take: impl FnMut(usize, &[T; N]),
    ) {
        match self {
            Draws::Kept(drawn) => drawn.each(rows, take),
            Draws::Own(blocks) => drawn_anew(*blocks, rows, take),
        }
    }
}

fn drawn_anew<T: Copy + Default + AddAssign, const N: usize>(
    blocks: usize,
    rows: &[[T; N]],
    mut take: impl FnMut(usize, &[T; N]),
) {
    let mut random = Random(SEED);
    for draw in 0..DRAWS {
        let mut sums = [T::default(); N];
        for _ in 0..blocks {
            sums.iter_mut().zip(&rows[random.below(blocks)]).for_each(|(sum, entry)| *sum += *entry);
        }
        take(draw, &sums);
    }
}

impl Drawn {
    /// As [`Draws::each`]. A block drawn three times is in the sum when that is added up for three times, for twice and for
    /// once.
    fn each<T: Copy + Default + AddAssign, const N: usize>(
        &self,
        rows: &[[T; N]],
        mut take: impl FnMut(usize, &[T; N]),
    ) {
        let mut begin = 0;
        for (draw, ends) in self.of_draw.windows(2).enumerate() {
            let (mut so_often, mut sums) = ([T::default(); N], [T::default(); N]);
            for &end in &self.ends[ends[0] as usize..ends[1] as usize] {
                for &block in &self.blocks[begin..end as usize] {
                    so_often.iter_mut().zip(&rows[usize::from(block)]).for_each(|(sum, entry)| *sum += *entry);
                }
                begin = end as usize;
                sums.iter_mut().zip(so_often).for_each(|(sum, so_often)| *sum += so_often);
            }
            take(draw, &sums);
        }
    }
}

/// SplitMix64, enough for resampling (Steele, Lea & Flood, OOPSLA 2014).
pub(crate) struct Random(u64);

impl Random {
    /// A source of its own beside that of the draws.
    pub(super) fn beside() -> Random {
        Random(SEED ^ u64::MAX)
    }

    fn below(&mut self, end: usize) -> usize {
        let drawn = mixed(self.0) >> 32;
        self.0 = self.0.wrapping_add(1);
        ((drawn * end as u64) >> 32) as usize
    }

    /// A number of the standard normal distribution.
    ///
    /// Box & Muller, "A note on the generation of random normal deviates", Ann. Math. Statist. 29 (1958).
    pub fn normal(&mut self) -> f64 {
        const STEPS: usize = 1 << 31;
        // The logarithm wants a number above 0.
        let [a, b] = [0.5, 0.0].map(|least| (self.below(STEPS) as f64 + least) / STEPS as f64);
        (-2.0 * a.ln()).sqrt() * (2.0 * std::f64::consts::PI * b).cos()
    }
}

/// The `ordinal`-th number of SplitMix64 started at 0.
pub(super) fn mixed(ordinal: u64) -> u64 {
    let mut z = ordinal.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
