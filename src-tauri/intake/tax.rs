//! Prices without sales tax become what the buyer pays.

use super::cell;
use super::line::Line;
use super::profile::Field;
use super::record::ByteRecord;
use super::table::Layout;
use crate::shop::{Day, Yen};

/// The rates since October 2019, in thousandths.
const RATES: [u16; 2] = [100, 80];

/// What is to be added to an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tax {
    /// Nothing: it is inside.
    Inside,
    /// So many thousandths.
    Outside(u16),
    /// It is not inside, and its rate stands nowhere.
    Unknown,
}

impl Tax {
    /// The amount with it, rounded down; as it stands where the rate is unknown.
    pub(crate) fn on(self, yen: Yen) -> Yen {
        match self {
            Tax::Outside(permille) => Yen((yen.0 * (1000 + i64::from(permille))).div_euclid(1000)),
            Tax::Inside | Tax::Unknown => yen,
        }
    }
}

/// The tax on an amount: outside where the flag says so, with the rate stated or the only one on the day of the order.
pub(crate) fn tax(layout: &Layout, record: &ByteRecord, flag: Field, rate: Field) -> Tax {
    let stated = layout.cell(record, flag);
    if stated != b"0"
        && cell::whole(stated, layout.encoding) != Ok(Some(0))
        && layout.encoding.text(stated).trim() != "税別"
    {
        return Tax::Inside;
    }
    match cell::permille(layout.cell(record, rate), layout.encoding) {
        Ok(Some(permille)) => Tax::Outside(permille),
        Ok(None) => only_rate(layout, record).map_or(Tax::Unknown, Tax::Outside),
        Err(_) => Tax::Unknown,
    }
}

/// The rate of sales tax in thousandths on the day of the order, while there was only one for everything: 3 % from April
/// 1989, 5 % from April 1997, 8 % from April 2014 to September 2019. Nothing afterwards, and without a day.
fn only_rate(layout: &Layout, record: &ByteRecord) -> Option<u16> {
    let cells = [Field::OrderedAt, Field::OrderedOn].map(|field| layout.cell(record, field));
    let read = |cell: &&[u8]| cell::moment(cell, layout.encoding, &layout.profile.moments).ok().flatten();
    let day = cells.iter().find_map(read)?.0.day();
    let from = |year, month| Day::from_ymd(year, month, 1);
    match Some(day) {
        day if day >= from(2019, 10) => None,
        day if day >= from(2014, 4) => Some(80),
        day if day >= from(1997, 4) => Some(50),
        _ => Some(30),
    }
}

/// Adds the tax to the lines of an order that lack it, where what the order states as its tax is that of one rate on all of
/// them.
///
/// Shops round the tax of a line, or of the order, as they have chosen: less than a yen for each line lies between.
pub(crate) fn add_by_total(lines: &mut [&mut Line], total: Option<Yen>) {
    let without: Yen = lines.iter().filter(|line| line.is_without_tax).map(|line| line.line.goods()).sum();
    let count = lines.iter().filter(|line| line.is_without_tax).count() as i64;
    let off = |rate: u16| total.map(|total| (total.0 * 1000 - without.0 * i64::from(rate)).abs());
    let fits = |rate: &u16| total > Some(Yen::ZERO) && off(*rate).is_some_and(|off| off < 1000 * count);
    let Some(rate) = RATES.into_iter().filter(fits).min_by_key(|rate| off(*rate)) else { return };
    for line in lines.iter_mut().filter(|line| line.is_without_tax) {
        line.line.unit_price = Tax::Outside(rate).on(line.line.unit_price);
        line.line.tax_permille = Some(rate);
        line.is_without_tax = false;
    }
}
