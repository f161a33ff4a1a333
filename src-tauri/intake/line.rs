//! A row becomes a line: one product of an order, its price before the shop's coupon and tax included.

use super::assemble::Fault;
use super::cell;
use super::damage::{is_cut_down, is_damaged_code};
use super::problem::ProblemKind;
use super::profile::{Field, UnitPriceTax};
use super::record::ByteRecord;
use super::table::Layout;
use super::tax::{Tax, tax};
use crate::shop::{OrderLine, Text, Yen};
use compact_str::format_compact;

/// Pieces beyond any order.
const MAX_QUANTITY: i64 = 1_000_000;

/// A line as read, with what its row says of the shop's coupon (each piece).
#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub(crate) line: OrderLine,
    pub(crate) coupon: Yen,
    /// Its price is stated net of a coupon whose amount it does not state.
    pub(crate) is_net: bool,
    /// Its price is stated without tax, at a rate that its row does not state.
    pub(crate) is_without_tax: bool,
    /// The field of a code or an id that a spreadsheet has damaged.
    pub(crate) damaged: Option<Field>,
}

/// The line of a row. `place` counts from 0 and names lines of a file without line ids.
pub(crate) fn line(layout: &Layout, record: &ByteRecord, place: usize) -> Result<Line, Fault> {
    let bad = |field| layout.fault(record, field, ProblemKind::BadNumber);
    let yen = |field| cell::yen(layout.cell(record, field), layout.encoding).map_err(|_| bad(field));
    let quantity = cell::pieces(layout.cell(record, Field::Quantity), layout.encoding)
        .map_err(|_| bad(Field::Quantity))?
        .ok_or_else(|| layout.fault(record, Field::Quantity, ProblemKind::MissingValue))?;
    if !(0..=MAX_QUANTITY).contains(&quantity) {
        return Err(bad(Field::Quantity));
    }
    let tax_permille =
        cell::permille(layout.cell(record, Field::TaxRate), layout.encoding).map_err(|_| bad(Field::TaxRate))?;
    let after_coupon = layout.profile.price.unit_price_after_shop_coupon;
    let (price, net_price, stated_coupon) = (yen(Field::Price)?, yen(Field::UnitPrice)?, yen(Field::UnitCoupon)?);
    let coupon = Yen(match (stated_coupon, price, net_price) {
        (Some(coupon), ..) => coupon.abs(),
        // The price before and the price after say what was taken off.
        (None, Some(before), Some(after)) if after_coupon => (before - after).max(0),
        _ => 0,
    });
    let tax = match (layout.profile.price.unit_price_tax, price) {
        (UnitPriceTax::ByFlag, None) => tax(layout, record, Field::TaxFlag, Field::TaxRate),
        _ => Tax::Inside,
    };
    let unit_price = match (price, net_price) {
        (Some(price), _) => Yen(price),
        (None, Some(price)) => {
            let price = tax.on(Yen(price));
            if after_coupon { price + coupon } else { price }
        }
        // Stated, but not fixed yet: nothing so far.
        (None, None)
            if [Field::Price, Field::UnitPrice].iter().any(|f| !layout.cell(record, *f).trim_ascii().is_empty()) =>
        {
            Yen::ZERO
        }
        (None, None) => {
            let stated = [Field::Price, Field::UnitPrice].into_iter().find(|f| layout.columns.place(*f).is_some());
            return Err(layout.fault(record, stated.unwrap_or(Field::Price), ProblemKind::MissingValue));
        }
    };
    let text = |field| layout.text(record, field);
    let or = |first: Field, second: Field| {
        let stated = text(first);
        if stated.is_empty() { text(second) } else { stated }
    };
    let mut item_code = text(Field::ItemCode);
    if item_code.is_empty() {
        // The end of a product's address is its code today.
        let url = text(Field::ItemUrl);
        item_code = url.trim_end_matches('/').rsplit_once('/').map(|(_, code)| Text::from(code)).unwrap_or_default();
    }
    let item_code = if item_code.is_empty() { text(Field::ItemNumber) } else { item_code };
    // An id that has lost its digits is none.
    let id = |field| Some(layout.id_text(record, field)).filter(|id| !is_cut_down(id.as_bytes()));
    let (line_key, ship_to_key) = (id(Field::LineKey), id(Field::ShipToKey));
    let lost = [(Field::LineKey, &line_key), (Field::ShipToKey, &ship_to_key)];
    let lost = lost.into_iter().find(|(_, id)| id.is_none()).map(|(field, _)| field);
    let line_key = line_key.unwrap_or_default();
    let [item_name, sku_text, option_names, options] =
        layout.texts_said_often(record, [Field::ItemName, Field::SkuText, Field::OptionNames, Field::Options]);
    let multiplier = cell::whole(layout.cell(record, Field::PointMultiplier), layout.encoding).ok().flatten();
    let line = OrderLine {
        line_key: if line_key.is_empty() { format_compact!("#{}", place + 1) } else { line_key },
        ship_to_key: ship_to_key.unwrap_or_default(),
        item_code: if item_code.is_empty() { text(Field::ItemId) } else { item_code },
        sku: or(Field::Sku, Field::SystemSku),
        item_name,
        variation: variation(sku_text, &option_names, &options),
        quantity,
        unit_price,
        tax_permille,
        point_multiplier: multiplier.and_then(|n| u16::try_from(n).ok()).unwrap_or(1).max(1),
    };
    let stated = |fields: [Field; 2]| fields.into_iter().find(|field| layout.columns.place(*field).is_some());
    let damaged = match () {
        () if is_damaged_code(&line.item_code) => stated([Field::ItemCode, Field::ItemNumber]).or(Some(Field::ItemId)),
        () if is_damaged_code(&line.sku) => stated([Field::Sku, Field::SystemSku]),
        () => lost,
    };
    let is_net = after_coupon && price.is_none() && stated_coupon.is_none();
    Ok(Line { line, coupon, is_net, is_without_tax: tax == Tax::Unknown, damaged })
}

/// Variant and options, one per line. Yahoo packs names and values with `;` into two cells.
fn variation(sku_text: Text, names: &str, options: &str) -> Text {
    let mut variation = sku_text;
    let mut add = |part: &str, value: &str| {
        if !variation.is_empty() {
            variation.push('\n');
        }
        variation.push_str(part);
        variation.push_str(value);
    };
    let count = |text: &str| text.split(';').count();
    if !names.is_empty() && count(names) == count(options) && names.split(';').all(|name| !name.is_empty()) {
        names.split(';').zip(options.split(';')).for_each(|(name, value)| add(&format!("{name}:"), value));
    } else if !options.is_empty() {
        add("", options);
    }
    if variation.contains('\r') { variation.replace("\r\n", "\n").replace('\r', "\n").into() } else { variation }
}
