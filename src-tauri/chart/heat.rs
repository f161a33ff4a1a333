//! Cohorts as a heat map: one row per cohort, one column per period after the first purchase.

use super::canvas::{Canvas, Figure, Ink, Region, SMALL, TARGET};
use super::lettering::{shortened, text_width, widest};
use super::pencil::{Anchor, Frame, Hand, Pencil, Plot, figure, finite};
use crate::insight::acquired::{PartPeople, When};
use crate::insight::cohort::{CohortCell, CohortRow, Cohorts, Measure};

/// A cohort with fewer people is grey.
pub const FEW_PEOPLE: u32 = 20;

const ROW: f64 = 26.0;
/// The strip that says how much, under a cell that stays grey.
const STRIP: f64 = 5.0;
const TOP: f64 = 56.0;
const NUMBER_WIDTH: f64 = 48.0;
/// Where heads begin, right of the mark of a chosen row.
const HEAD: f64 = 10.0;

/// What the figure says in words.
pub struct Words<'a> {
    /// Head of a row: 「2025年3月」.
    pub cohort: &'a dyn Fn(&CohortRow) -> String,
    /// How many people, right of the head: 「41人」.
    pub count: &'a dyn Fn(u32) -> String,
    /// Behind the count of a small cohort: 「少数」.
    pub few: &'a str,
    /// Head of the row of means: 「平均」.
    pub mean: &'a str,
    /// Head of the row of medians: 「中央値」.
    pub median: &'a str,
    /// Before the columns' numbers: 「か月後」.
    pub periods: &'a str,
    /// A value in the key and in the rows of means: 「12%」, 「1,234」; at most five letters.
    pub value: &'a dyn Fn(f64) -> String,
    /// The same in a cell, where few people stand as a count: 「1/3」.
    pub cell: &'a dyn Fn(&CohortCell) -> String,
    /// A region at the head of a row, which chooses the cohort.
    pub choose: &'a dyn Fn(&CohortRow) -> String,
    /// A region: 「2025年3月に始めた人 3か月後 12.3%（41人中5人）」.
    pub label: &'a dyn Fn(&CohortRow, &CohortCell) -> String,
}

/// How high the figure is with that many cohorts.
pub fn height(cohorts: &Cohorts) -> u32 {
    let means = if cohorts.weighted_mean.is_empty() { 0.0 } else { 2.0 * ROW + 6.0 };
    (TOP + cohorts.cohorts.len().max(1) as f64 * ROW + means + 6.0) as u32
}

/// Draws the table; the canvas gives the width, [`height`] the height. As many periods as fit at 24 px, all of
/// them up to about 38 at 1,080 px; numbers stand in cells from 48 px. One region per head, which chooses the
/// cohort, and per cell, row by row; people `cohort:2025-01:3` for retention, `cohort:month:to-3:2025-01` for cumulative
/// retention, `cohort:2025-01` elsewhere. A chosen cohort is marked with the colour of its curve. Small cohorts are grey; where
/// all of them are, a strip under each cell has the colour of its value, so that the table is no grey wall.
pub fn draw(cohorts: &Cohorts, words: &Words<'_>, canvas: &Canvas<'_>) -> Figure {
    let canvas = Canvas { height: height(cohorts), ..*canvas };
    figure("heat", &canvas, |pencil| {
        let rows = &cohorts.cohorts;
        let heads: Vec<String> = rows.iter().map(words.cohort).collect();
        let counts: Vec<String> = rows.iter().map(|r| (words.count)(r.customer_count)).collect();
        let few = rows.iter().any(|r| r.customer_count < FEW_PEOPLE);
        let all_few = rows.iter().all(|r| r.customer_count < FEW_PEOPLE);
        let head_width = widest(&heads, SMALL).max(text_width(words.mean, SMALL)).min(184.0);
        let count_right = HEAD + head_width + 14.0 + widest(&counts, SMALL);
        let few_width = if few { text_width(words.few, SMALL) + 8.0 } else { 0.0 };
        let left = count_right + few_width + 10.0;
        let right = f64::from(canvas.width) - 2.0;
        let most = rows.iter().map(|r| r.cells.len()).max().unwrap_or(0);
        let columns = most.min(((right - left) / TARGET) as usize);
        // few columns do not become wide boards
        let right = right.min(left + columns as f64 * 76.0);
        let frame = Frame::new(left, TOP, right, TOP + rows.len() as f64 * ROW);
        let plot = Plot::new(frame, (0.0, columns.max(1) as f64), (-(rows.len().max(1) as f64), 0.0));
        let place = |row: usize, column: usize| {
            let (row, column) = (row as f64, column as f64);
            let ((left, top), (right, bottom)) = (plot.at(column, -row), plot.at(column + 1.0, -row - 1.0));
            Frame::new(left, top, right, bottom)
        };
        let scale = Scale::of(cohorts);
        let mut table = Table { pencil, numbers: frame.width() / columns.max(1) as f64 >= NUMBER_WIDTH };
        let hand = Hand { size: SMALL, bold: false };

        if !rows.is_empty() {
            key(pencil, &scale, words, right);
            pencil.text(words.periods, (left - 10.0, TOP - 12.0), Anchor::End, hand, Ink::QUIET);
        }
        for column in 0..columns {
            let x = place(0, column).middle().0;
            pencil.text(&column.to_string(), (x, TOP - 12.0), Anchor::Middle, hand, Ink::QUIET);
        }
        for (place_y, row) in rows.iter().enumerate() {
            let y = place(place_y, 0).middle().1;
            let small = row.customer_count < FEW_PEOPLE;
            let head = shortened(&heads[place_y], head_width, SMALL);
            if let Some(place) = row.chosen {
                let bar = Frame::new(0.0, y - ROW / 2.0 + 3.0, 5.0, y + ROW / 2.0 - 3.0);
                pencil.rect(bar, Ink::category(usize::from(place) + 1));
            }
            let hand = Hand { bold: row.chosen.is_some(), ..hand };
            pencil.text(&head, (HEAD, y), Anchor::Start, hand, if small { Ink::QUIET } else { Ink::TEXT });
            pencil.text(&counts[place_y], (count_right, y), Anchor::End, hand, Ink::QUIET);
            if small {
                pencil.text(words.few, (count_right + 8.0, y), Anchor::Start, hand, Ink::QUIET);
            }
        }
        let shown = |row: &'_ CohortRow| {
            row.cells.iter().filter(|c| (c.period as usize) < columns).cloned().collect::<Vec<_>>()
        };
        table.cells(rows.iter().enumerate().flat_map(|(y, row)| {
            let (scale, text) = (&scale, words.cell);
            shown(row).into_iter().map(move |cell| {
                let look = scale.shade(cell.period, cell.value).among(cell.n, all_few);
                (place(y, cell.period as usize), text(&cell), look, cell.open)
            })
        }));
        let means_top = TOP + rows.len() as f64 * ROW + 6.0;
        let means = cohorts.weighted_mean.iter().filter(|m| (m.period as usize) < columns);
        if !cohorts.weighted_mean.is_empty() && columns > 0 {
            let bold = Hand { size: SMALL, bold: true };
            pencil.line(&[(0.0, means_top - 3.0), (right, means_top - 3.0)], Ink::AXIS, 1.0);
            for (line, word) in [words.mean, words.median].into_iter().enumerate() {
                let y = means_top + (line as f64 + 0.5) * ROW;
                pencil.text(&shortened(word, head_width, SMALL), (HEAD, y), Anchor::Start, bold, Ink::TEXT);
            }
        }
        table.cells(means.flat_map(|mean| {
            let Frame { left, right, .. } = place(0, mean.period as usize);
            let (scale, text) = (&scale, words.value);
            [mean.value, mean.median].into_iter().enumerate().map(move |(line, value)| {
                let top = means_top + line as f64 * ROW;
                let cell = Frame::new(left, top, right, top + ROW);
                let look = scale.shade(mean.period, value).among(mean.n, all_few);
                (cell, text(finite(value)), look, false)
            })
        }));
        let regions = rows.iter().enumerate().flat_map(|(y, row)| {
            let Frame { top, bottom, .. } = place(y, 0);
            let head = Frame::new(0.0, top, left - 2.0, bottom);
            let head = Region::choosing(head, (words.choose)(row), row.key.clone());
            let cells = shown(row).into_iter().map(move |cell| {
                let people = people_of(cohorts, row, &cell);
                Region::of(place(y, cell.period as usize), (words.label)(row, &cell), people)
            });
            std::iter::once(head).chain(cells)
        });
        regions.collect()
    })
}

/// Who is counted in a cell of rates, the whole cohort elsewhere; nothing where a rate counts nobody.
fn people_of(cohorts: &Cohorts, row: &CohortRow, cell: &CohortCell) -> Option<String> {
    let when = match cohorts.measure {
        Measure::Retention => When::In(cell.period),
        Measure::CumulativeRetention => When::UpTo(cell.period),
        _ => When::Ever,
    };
    let some = !cohorts.measure.is_rate() || cell.customer_count > 0;
    some.then(|| PartPeople { by: cohorts.by, when, key: row.key.clone() }.to_string())
}

/// How a cell is painted.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Shade {
    /// The same for everybody by definition, or nothing.
    Plain,
    /// Too few people.
    Few,
    /// Too few people, with the step of the heat scale in a strip.
    FewWith(usize),
    /// A step of the heat scale.
    Heat(usize),
}

impl Shade {
    /// The same with so many people behind it, in a table where all are few.
    fn among(self, n: u32, all_few: bool) -> Shade {
        match self {
            _ if n >= FEW_PEOPLE => self,
            Shade::Heat(step) if all_few => Shade::FewWith(step),
            _ => Shade::Few,
        }
    }

    fn inks(self) -> (Ink, Ink) {
        match self {
            Shade::Plain => (Ink::BLANK, Ink::QUIET),
            Shade::Few | Shade::FewWith(_) => (Ink::FEW, Ink::ON_FEW),
            Shade::Heat(step) => (Ink::heat(step), Ink::on_heat(step)),
        }
    }
}

/// Where the steps 2 to 7 of the heat scale begin.
struct Scale {
    /// Nothing where all values are equal.
    from: Option<[f64; 6]>,
    /// Period 0 stays plain: everybody bought, nobody has come back.
    plain_start: bool,
}

impl Scale {
    /// Rates have fixed steps, the same for every shop and filter; amounts have round equal ones, taken from
    /// cohorts that are large enough, or from all where none is.
    fn of(cohorts: &Cohorts) -> Scale {
        use Measure::{CumulativeNetSales, CumulativeOrdersPerCustomer, CumulativeValue};
        let cumulative = [CumulativeNetSales, CumulativeOrdersPerCustomer, CumulativeValue];
        let plain_start = !cumulative.contains(&cohorts.measure);
        let from = match cohorts.measure {
            Measure::Retention => Some([0.02, 0.04, 0.07, 0.10, 0.15, 0.25]),
            Measure::CumulativeRetention => Some([0.05, 0.10, 0.20, 0.30, 0.40, 0.50]),
            _ => {
                let is_large = |row: &&CohortRow| row.customer_count >= FEW_PEOPLE;
                let some_large = cohorts.cohorts.iter().any(|row| is_large(&row));
                let taken = cohorts.cohorts.iter().filter(|row| !some_large || is_large(row));
                let cells = taken.flat_map(|r| &r.cells).filter(|c| !plain_start || c.period > 0);
                let values: Vec<f64> = cells.map(|c| finite(c.value)).collect();
                let low = values.iter().copied().fold(f64::INFINITY, f64::min);
                let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
                equal_steps(low, high)
            }
        };
        Scale { from, plain_start }
    }

    fn shade(&self, period: u32, value: f64) -> Shade {
        match self.from {
            Some(from) if period > 0 || !self.plain_start => {
                Shade::Heat(from.iter().filter(|from| finite(value) >= **from).count())
            }
            _ => Shade::Plain,
        }
    }
}

/// Six borders that cut `low` to `high` in seven, on round numbers.
fn equal_steps(low: f64, high: f64) -> Option<[f64; 6]> {
    let rough = (high - low) / 7.0;
    if !rough.is_finite() || rough <= 0.0 {
        return None;
    }
    let power = 10f64.powf(rough.log10().floor());
    let sizes = [1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0].map(|m| m * power);
    let step = sizes.into_iter().find(|s| *s >= rough).unwrap_or(rough);
    let first = (low / step).floor() + 1.0;
    Some([0.0, 1.0, 2.0, 3.0, 4.0, 5.0].map(|n| (first + n) * step))
}

struct Table<'a, 'p> {
    pencil: &'a Pencil<'p>,
    numbers: bool,
}

impl Table<'_, '_> {
    /// Paints shade by shade, which keeps the drawing small.
    fn cells(&mut self, cells: impl Iterator<Item = (Frame, String, Shade, bool)>) {
        let mut cells: Vec<_> = cells.collect();
        cells.sort_by_key(|c| c.2);
        for (frame, _, shade, _) in &cells {
            self.pencil.rect(frame.inset(0.5), shade.inks().0);
        }
        for (frame, _, shade, _) in &cells {
            if let Shade::FewWith(step) = shade {
                let cell = frame.inset(0.5);
                self.pencil.rect(Frame::new(cell.left, cell.bottom - STRIP, cell.right, cell.bottom), Ink::heat(*step));
            }
        }
        for (frame, _, shade, _) in cells.iter().filter(|c| c.3) {
            let hatch = if matches!(shade, Shade::Heat(5..)) { Ink::OPEN_ON_DARK } else { Ink::OPEN };
            self.pencil.rect(frame.inset(0.5), hatch);
        }
        if self.numbers {
            for (frame, words, shade, open) in &cells {
                let hand = Hand { size: SMALL, bold: false };
                let text = shortened(words, frame.width() - 4.0, SMALL);
                let ink = match (open, shade) {
                    (true, Shade::Heat(5..)) => Ink::ON_DARK_HALO,
                    (true, Shade::Heat(_)) => Ink::ON_LIGHT_HALO,
                    (true, _) => Ink::TEXT_HALO,
                    _ => shade.inks().1,
                };
                let (x, y) = frame.middle();
                let lifted = if matches!(shade, Shade::FewWith(_)) { STRIP / 2.0 } else { 0.0 };
                self.pencil.text(&text, (x, y - lifted), Anchor::Middle, hand, ink);
            }
        }
    }
}

/// The steps of the scale, above the right end of the table, with the values at which they begin.
fn key(pencil: &Pencil<'_>, scale: &Scale, words: &Words<'_>, right: f64) {
    let Some(from) = scale.from else { return };
    let texts = from.map(|from| (words.value)(from));
    let width = (widest(&texts, SMALL) + 10.0).max(34.0);
    let left = (right - width * 7.0).max(0.0);
    for step in 0..7 {
        let x = left + step as f64 * width;
        pencil.rect(Frame::new(x, 0.0, x + width - 1.0, 10.0), Ink::heat(step));
    }
    for (step, text) in texts.iter().enumerate() {
        let x = left + (step + 1) as f64 * width - 0.5;
        pencil.text(text, (x, 20.0), Anchor::Middle, Hand { size: SMALL, bold: false }, Ink::QUIET);
    }
}
