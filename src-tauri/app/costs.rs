//! Everything a margin is worked out with, put together from settings, cost lists and settlements.

use super::error::Error;
use super::kept::Kept;
use super::rates::{Affiliate, Definition, Of, Rates, rates};
use super::screens::SettingForm;
use crate::insight::history::{HistoryBuilder, Orders};
use crate::insight::margin::{LineInput, OrderInput};
use crate::insight::rates::{Amount, BEGINNING, Base, Charge, Costs, Piece, Timeline, Which};
use crate::insight::settlement::{Charged, Stated, settle};
use crate::ledger::Ledger;
use crate::ledger::history::{Product, Sale, SaleLine};
use crate::ledger::item_costs::StoredCost;
use crate::shop::{Day, Mall, Month, Yen};
use rustc_hash::FxHashMap;

const MALLS: [Mall; 3] = [Mall::Rakuten, Mall::Yahoo, Mall::Own];

/// Tax of a line whose file does not state it, in thousandths.
const USUAL_TAX: u16 = 100;

/// Takes orders as they are read and says what their margins need.
pub(super) struct CostBook {
    rates: Rates,
    costs: Costs,
    /// By region; the first holds where the prefecture is not known.
    postage: Vec<Timeline<Amount>>,
    region_of: FxHashMap<String, usize>,
    /// Orders and prefectures of parcels that do not simply go to the buyer, by order, and how far they were read.
    parcels: Vec<(i64, String)>,
    next_parcel: usize,
    /// Key and store of each order, in the order of reading: all that its columns do not say.
    seen: Vec<(i64, u32)>,
}

impl CostBook {
    /// Reads settings, cost lists and rates. `products` are those that lines point at, in their order.
    pub fn open(ledger: &Ledger, products: &[Product]) -> Result<CostBook, Error> {
        let rates = rates();
        let kept = Kept::of(&ledger.setting_changes()?);
        let mut costs = Costs::default();
        for mall in MALLS {
            costs.charges[mall as usize] = charges(&rates, &kept, mall);
            let coupon_fee = of_mall(&rates, mall).find(|definition| definition.base == Some(Of::CouponUse));
            costs.coupon_fee[mall as usize] =
                coupon_fee.map(|definition| kept.amount(&rates, definition)).unwrap_or_default();
        }
        if let Some(definition) = rates.setting("goods.cost_rate") {
            costs.cost_rate = kept.rate(&rates, definition);
        }
        let before_tax = rates
            .setting("goods.cost_tax")
            .and_then(|definition| kept.at(&rates, definition, Day(i32::MAX)))
            .is_some_and(|held| held.value == "excluded");
        costs.products = pieces(products, &ledger.item_costs()?, before_tax);
        let (postage, region_of) = postage(&rates, &kept);
        let parcels = ledger.parcels_of_sales()?;
        Ok(CostBook { rates, costs, postage, region_of, parcels, next_parcel: 0, seen: Vec::new() })
    }

    /// What an order's margin needs that the order itself says. Orders come by id.
    pub fn order(&mut self, sale: &Sale, prefecture: &str) -> OrderInput {
        let day = sale.ordered_at.day();
        self.seen.push((sale.order_key, u32::try_from(sale.store_id).unwrap_or_default()));
        let mut postage = Amount::default();
        let mut send_to = |prefecture: &str| {
            let region = self.region_of.get(prefecture).copied().unwrap_or(0);
            let amount = self.postage[region].at(day).or(self.postage[0].at(day)).copied().unwrap_or_default();
            postage = Amount { low: postage.low + amount.low, high: postage.high + amount.high };
        };
        while self.parcels.get(self.next_parcel).is_some_and(|(order, _)| *order < sale.order_id) {
            self.next_parcel += 1;
        }
        let from = self.next_parcel;
        while let Some((_, to)) = self.parcels.get(self.next_parcel).filter(|(order, _)| *order == sale.order_id) {
            send_to(if to.is_empty() { prefecture } else { to });
            self.next_parcel += 1;
        }
        if from == self.next_parcel {
            send_to(prefecture);
        }
        // A parcel costs at most a million yen.
        let yen = |yen: Yen| u32::try_from(yen.0).unwrap_or(u32::MAX);
        OrderInput {
            charged: sale.postage_charged + sale.cod_charged,
            refund: sale.refund,
            postage_low: yen(postage.low),
            postage_high: yen(postage.high),
            coupon_beyond_free: false,
            settled: 0,
            payment: sale.payment,
            affiliate: sale.affiliate,
        }
    }

    /// What a line's margin needs; `product` is the place of its product in the list given to [`CostBook::open`].
    pub fn line(line: &SaleLine, product: u32) -> LineInput {
        LineInput {
            product,
            point_multiplier: line.point_multiplier,
            tax_permille: line.tax_permille.unwrap_or(USUAL_TAX),
        }
    }

    /// Fills in what only all orders together say: whose coupon was beyond the free ones, and what settlements state.
    /// The builder holds the orders that were read, all of them.
    pub fn finish(mut self, ledger: &Ledger, builder: &mut HistoryBuilder) -> Result<Costs, Error> {
        for order in self.coupons_beyond_free(builder.orders()) {
            builder.inputs.orders[order as usize].coupon_beyond_free = true;
        }
        let stated = self.stated(ledger, builder.orders())?;
        if !stated.is_empty() {
            let columns = builder.orders();
            let charged = |(place, (order_key, _)): (usize, &(i64, u32))| Charged {
                order_key: *order_key,
                mall: columns.mall[place],
                on: columns.ordered_at[place].day(),
                net_sales: columns.net_sales[place],
            };
            let orders: Vec<Charged> = self.seen.iter().enumerate().map(charged).collect();
            let (settled, places) = settle(&orders, &stated);
            self.costs.settled = settled;
            builder.inputs.orders.iter_mut().zip(places).for_each(|(input, place)| input.settled = place);
        }
        Ok(self.costs)
    }

    /// Uses of a store's coupons past the month's free ones, by moment; of one moment the order's own key decides.
    fn coupons_beyond_free(&self, columns: &Orders) -> Vec<u32> {
        let free = MALLS.map(|mall| {
            of_mall(&self.rates, mall).find(|d| d.base == Some(Of::CouponUse)).map_or(u32::MAX, |d| d.free_uses)
        });
        let mut uses: Vec<(u32, Month, i64, i64, u32)> = Vec::new();
        for (order, (order_key, store)) in self.seen.iter().enumerate() {
            if columns.shop_coupon.at(order) > Yen::ZERO {
                let at = columns.ordered_at[order];
                uses.push((*store, at.day().month(), at.0, *order_key, order as u32));
            }
        }
        uses.sort_unstable();
        let of_month = uses.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1));
        let beyond = of_month.flat_map(|uses| {
            let free = free[columns.mall[uses[0].4 as usize] as usize];
            uses.iter().skip(free as usize).map(|use_of| use_of.4)
        });
        beyond.collect()
    }

    /// The settlement lines that are costs of orders.
    fn stated(&self, ledger: &Ledger, columns: &Orders) -> Result<Vec<Stated>, Error> {
        let fees = ledger.fees()?;
        if fees.is_empty() {
            return Ok(Vec::new());
        }
        let place_of: FxHashMap<i64, u32> =
            columns.order.iter().enumerate().map(|(place, order)| (order, place as u32)).collect();
        let order_of: FxHashMap<(Mall, String), i64> =
            ledger.orders_of_fees()?.into_iter().map(|(mall, number, order)| ((mall, number), order)).collect();
        let mut stated = Vec::new();
        for fee in fees.into_iter().map(|stored| stored.fee).filter(|fee| fee.direction != self.rates.paid_out) {
            let said = [&fee.group, &fee.name, &fee.note].map(String::as_str).join(" ");
            if self.rates.not_in_margin.iter().any(|word| said.contains(word.as_str())) {
                continue;
            }
            let of_mall = self.rates.settlements.iter().filter(|words| words.mall == fee.mall);
            let Some(words) = of_mall.into_iter().find(|words| words.words.iter().any(|w| said.contains(w.as_str())))
            else {
                continue;
            };
            let order = match fee.order_number.is_empty() {
                true => None,
                // A line that names an order we do not have is about that order and no other.
                false => match order_of.get(&(fee.mall, fee.order_number.clone())).and_then(|id| place_of.get(id)) {
                    Some(place) => Some(*place),
                    None => continue,
                },
            };
            let amount = fee.amount_with_tax.unwrap_or(fee.amount + fee.tax.unwrap_or_default());
            stated.push(Stated { mall: fee.mall, step: words.step.0, order, from: fee.from, to: fee.to, amount });
        }
        Ok(stated)
    }
}

fn of_mall(rates: &Rates, mall: Mall) -> impl Iterator<Item = &Definition> {
    rates.settings.iter().filter(move |definition| definition.mall == Some(mall))
}

fn charges(rates: &Rates, kept: &Kept, mall: Mall) -> Vec<Charge> {
    let charged: Vec<&Definition> = of_mall(rates, mall)
        .filter(|definition| {
            matches!(definition.form, SettingForm::Rate | SettingForm::Fee) && definition.step.is_some()
        })
        .collect();
    // A rate for one way of paying takes its orders from the rate for all of them, where there is one.
    let has_own = |definition: &Definition| kept.says_anything(rates, definition);
    let own: Vec<&Definition> =
        charged.iter().copied().filter(|definition| definition.payment.is_some() && has_own(definition)).collect();
    let mut charges = Vec::new();
    for definition in charged {
        let (Some(step), Some(base)) = (definition.step, definition.base.and_then(base_of)) else { continue };
        let of_step = || own.iter().filter(|of| of.step == definition.step).filter_map(|of| of.payment);
        let (per_order, rates) = (kept.per_order(rates, definition), kept.rate(rates, definition));
        let which = match definition.payment {
            None => of_step().fold(Which::ALL, Which::not_paid),
            Some(how) if of_step().any(|of| of == how) => Which::ALL.paid(how),
            Some(_) => continue,
        };
        let which = match definition.affiliate {
            None => which,
            Some(Affiliate::Yes) => which.affiliate(Some(true)),
            Some(Affiliate::Unsaid) => which.affiliate(None),
        };
        charges.push(Charge { step: step.0, base, raised: definition.raised, which, rates, per_order });
    }
    charges
}

fn base_of(of: Of) -> Option<Base> {
    match of {
        Of::NetSales => Some(Base::NetSales),
        Of::NetSalesBeforeTax => Some(Base::NetSalesBeforeTax),
        Of::Paid => Some(Base::Paid),
        Of::CouponUse | Of::Parcel | Of::Goods => None,
    }
}

fn postage(rates: &Rates, kept: &Kept) -> (Vec<Timeline<Amount>>, FxHashMap<String, usize>) {
    let of_key = |key: &str| rates.setting(key).map(|definition| kept.amount(rates, definition)).unwrap_or_default();
    let mut postage = vec![of_key("postage")];
    let mut region_of = FxHashMap::default();
    for region in &rates.regions {
        for prefecture in &region.prefectures {
            region_of.insert(prefecture.clone(), postage.len());
        }
        postage.push(of_key(&format!("postage.{}", region.key)));
    }
    (postage, region_of)
}

/// What a piece of each product costs, from which day on: by code and variation, else by the variation's own code, else
/// by code; each cost holds where no more exact one does. Where there is none at all, codes are compared without the zeros
/// before them, which a spreadsheet takes away.
fn pieces(products: &[Product], stored: &[StoredCost], before_tax: bool) -> Vec<Timeline<Piece>> {
    let mut lists: FxHashMap<(&str, &str), Vec<&StoredCost>> = FxHashMap::default();
    for cost in stored {
        lists.entry((&cost.code, &cost.sku)).or_default().push(cost);
    }
    // Each with the code and variation as they stand in the list; nothing where two of them are the same without zeros.
    let mut bare: FxHashMap<(&str, &str), Option<(&str, &str)>> = FxHashMap::default();
    for (code, sku) in lists.keys().copied() {
        bare.entry((without_zeros(code), without_zeros(sku))).and_modify(|of| *of = None).or_insert(Some((code, sku)));
    }
    let bare_list = |code: &str, sku: &str| {
        let of = bare.get(&(without_zeros(code), without_zeros(sku))).copied().flatten();
        of.and_then(|of| lists.get(&of))
    };
    let piece = |cost: &StoredCost| Piece {
        cost: cost.cost,
        before_tax: cost.tax_included.map_or(before_tax, |included| !included),
    };
    let of_product = |product: &Product| {
        let (code, sku) = (product.code.as_str(), product.sku.as_str());
        let mut layers: Vec<&Vec<&StoredCost>> = Vec::new();
        if !sku.is_empty() {
            layers.extend(lists.get(&(code, sku)));
            layers.extend(lists.get(&(sku, "")));
        }
        layers.extend(lists.get(&(code, "")));
        if layers.is_empty() {
            if !sku.is_empty() {
                layers.extend(bare_list(code, sku));
                layers.extend(bare_list(sku, ""));
            }
            layers.extend(bare_list(code, ""));
        }
        let from = |cost: &StoredCost| cost.from.unwrap_or(BEGINNING);
        let mut days: Vec<Day> = layers.iter().flat_map(|layer| layer.iter().map(|cost| from(cost))).collect();
        days.sort_unstable();
        days.dedup();
        let holds = |day: Day| {
            let newest = layers.iter().find_map(|layer| layer.iter().rev().find(|cost| from(cost) <= day));
            newest.map(|cost| (day, piece(cost)))
        };
        Timeline::new(days.into_iter().filter_map(holds).collect())
    };
    products.iter().map(of_product).collect()
}

/// A code as a spreadsheet leaves it that takes it for a number.
fn without_zeros(code: &str) -> &str {
    let is_number = !code.is_empty() && code.bytes().all(|byte| byte.is_ascii_digit());
    match code.trim_start_matches('0') {
        _ if !is_number => code,
        "" => "0",
        rest => rest,
    }
}
