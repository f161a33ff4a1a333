//! One order complete: who, what, how it is paid and sent, and every amount of it.
//!
//! The amounts are made here once, so that the files of both malls and the truth cannot disagree.

use super::dice::{Dice, Purpose};
use super::events;
use super::items::ITEMS;
use super::people::{Habit, Person, recipient};
use super::visits::Visit;
use crate::shop::{Buyer, Day, Mall, Moment, Order, OrderLine, OrderStatus, Payment, ShipTo, Text, Yen};

/// The shop's number on Rakuten; no shop has it.
pub(crate) const RAKUTEN_SHOP: &str = "999901";
/// The shop's account on Yahoo; no shop has it.
pub(crate) const YAHOO_STORE: &str = "komorebi-sample";

/// An order with what the exports say of it besides.
pub(crate) struct Checkout {
    /// The order as the rest of the house knows it.
    pub(crate) order: Order,
    /// The true person.
    pub(crate) person: u32,
    /// 女 or 男.
    pub(crate) is_woman: bool,
    /// Placed during an event of its mall.
    pub(crate) is_event: bool,
    /// Neither event nor coupon nor raised multiplier.
    pub(crate) is_full_value: bool,
    /// Shop coupon taken off one piece, for each line (Yahoo writes it there).
    pub(crate) piece_coupons: Vec<Yen>,
    /// Places in `ITEMS`, for each line.
    pub(crate) items: Vec<usize>,
    /// Code of the shop's coupon; empty without one.
    pub(crate) shop_coupon_code: String,
    /// Name of the mall's coupon; empty without one.
    pub(crate) mall_coupon_name: &'static str,
    /// When the shop confirmed it.
    pub(crate) confirmed_at: Moment,
    /// When it was sent, if it was.
    pub(crate) shipped_at: Option<Moment>,
    /// のし; empty for no present.
    pub(crate) occasion: &'static str,
    /// What the buyer wrote; several lines or empty.
    pub(crate) comment: String,
    /// Wished day of delivery.
    pub(crate) wished_on: Option<Day>,
    /// Wished hours: Rakuten's code and the words.
    pub(crate) wished_hours: (&'static str, &'static str),
    /// Ordered on a telephone.
    pub(crate) on_phone: bool,
}

/// Running numbers of both malls.
#[derive(Clone, Debug, Default)]
pub(crate) struct Numbers {
    rakuten: u64,
    yahoo: u64,
    parcel: u64,
    line: u64,
    last_yahoo: String,
}

/// Completes a visit. Visits must come in the order of time: the malls number them so.
pub(crate) fn checkout(
    seed: u64,
    visit: &Visit,
    person: &Person,
    head: &Person,
    last: Day,
    numbers: &mut Numbers,
) -> Checkout {
    let mut dice = Dice::of(seed, Purpose::Checkout, u64::from(person.number) * 512 + u64::from(visit.nth));
    let dice = &mut dice;
    let (mall, day) = (visit.mall, visit.at.day());
    let is_event = events::is_event(mall, visit.at);
    let (status_code, status) = status(mall, last - day, dice);
    let cancelled = status == OrderStatus::Cancelled;

    let buyer = person.buyer(seed, mall, day, head);
    let (mut ship_tos, parts) = parcels(seed, visit, &buyer, numbers, dice);
    let mut order = Order {
        mall,
        store: if mall == Mall::Rakuten { RAKUTEN_SHOP } else { YAHOO_STORE }.into(),
        number: Text::default(),
        ordered_at: visit.at,
        time_known: true,
        means_known: true,
        status,
        provisional: status == OrderStatus::Placed && status_code != 300,
        status_code,
        newest_at: visit.at,
        buyer,
        shop_coupon: Yen::ZERO,
        shop_discount: Yen::ZERO,
        refund: Yen::ZERO,
        mall_coupon: Yen::ZERO,
        points_used: Yen::ZERO,
        gift_card: Yen::ZERO,
        payment: None,
        affiliate: None,
        postage_charged: Yen::ZERO,
        cod_charged: Yen::ZERO,
        wrapping_charged: Yen::ZERO,
        billed: None,
        parent_number: visit.is_split.then(|| numbers.last_yahoo.as_str().into()),
        subscription_delivery: if person.habit == Habit::Subscriber { u32::from(visit.nth) } else { 0 },
        shop_coupon_name: Text::default(),
        customer_key: Text::default(),
        keyed: None,
        lines: Vec::new(),
        ship_tos: Vec::new(),
    };
    order.number = number(&order, visit, numbers, dice).into();

    let nothing_left = cancelled && mall == Mall::Yahoo && dice.chance(0.4);
    let drops_last = !cancelled && parts.len() > 1 && dice.chance(0.008);
    let mut items = Vec::new();
    for (place, part) in parts.iter().enumerate() {
        let gone = nothing_left || (drops_last && place + 1 == parts.len());
        order.lines.push(line(visit, person, part, if gone { 0 } else { part.pieces }, &ship_tos, numbers));
        items.push(part.item);
    }
    for (place, parcel) in ship_tos.iter_mut().enumerate() {
        let goods: Yen =
            order.lines.iter().zip(&parts).filter(|(_, part)| part.parcel == place).map(|(line, _)| line.goods()).sum();
        let post_paid = parts.iter().filter(|part| part.parcel == place).all(|part| ITEMS[part.item].price == 1_000);
        parcel.postage = postage(goods, post_paid, &parcel.recipient.prefecture);
    }
    order.ship_tos = ship_tos;

    let goods = order.goods();
    let multiplier_raised = order.lines.iter().any(|line| line.point_multiplier > 1);
    let piece_coupons = coupons(&mut order, visit, person, is_event, dice);
    let (shop_coupon_code, mall_coupon_name) = coupon_words(&order);
    let is_subscriber = person.habit == Habit::Subscriber;
    let mut payment = match dice.weighted([0.70, 0.06, 0.07, 0.07, 0.10].into_iter()) {
        _ if is_subscriber => Payment::Card,
        1 if !visit.is_gift => Payment::CashOnDelivery,
        2 => Payment::ConvenienceStore,
        3 => Payment::Deferred,
        // Yahoo's wallet stands where Rakuten has the transfer.
        4 if mall == Mall::Yahoo => Payment::PayPay,
        4 => Payment::BankTransfer,
        _ => Payment::Card,
    };
    if goods > Yen::ZERO {
        order.postage_charged = order.ship_tos.iter().map(|parcel| parcel.postage).sum();
        order.cod_charged = Yen(if payment == Payment::CashOnDelivery { 330 } else { 0 });
        order.wrapping_charged = Yen(if visit.is_gift && dice.chance(0.5) { 220 } else { 0 });
        if mall == Mall::Yahoo && dice.chance(0.004) && order.net_sales() > Yen(1_000) {
            order.shop_discount = Yen(300);
        }
    } else {
        order.ship_tos.iter_mut().for_each(|parcel| parcel.postage = Yen::ZERO);
    }
    let owed =
        order.net_sales() - order.mall_coupon + order.postage_charged + order.cod_charged + order.wrapping_charged;
    let saves_points = person.point_habit * if is_event { 1.2 } else { 0.8 };
    if owed > Yen::ZERO && dice.chance(saves_points) {
        let some = Yen(1 + (dice.exponential() * 380.0) as i64);
        order.points_used = if dice.chance(0.07) { owed } else { some.min(owed) };
    }
    if owed > Yen::ZERO && order.points_used == owed && payment != Payment::CashOnDelivery {
        payment = Payment::Points;
    }
    order.billed = Some(owed - order.points_used);
    order.payment = Some(payment);
    order.affiliate = (mall == Mall::Yahoo).then(|| came_through_an_affiliate(&order));

    let confirmed_at = Moment(visit.at.0 + dice.between(1_200, 14_000));
    let sent = !cancelled && matches!(status_code, 5 | 500..=700);
    let shipped_at = sent.then(|| (day + dice.between(1, 3) as i32).min(last).at(16, dice.below(60) as u32, 20));
    order.newest_at = shipped_at.unwrap_or(confirmed_at).max(confirmed_at);
    let wishes = dice.chance(0.22);
    let hours = [("1", "午前中"), ("1416", "14：00～16：00"), ("1618", "16：00～18：00"), ("1921", "19：00～21：00")];
    Checkout {
        is_full_value: !is_event
            && !multiplier_raised
            && order.shop_coupon == Yen::ZERO
            && order.mall_coupon == Yen::ZERO,
        person: person.number,
        is_woman: person.is_woman,
        is_event,
        piece_coupons,
        items,
        shop_coupon_code,
        mall_coupon_name,
        confirmed_at,
        shipped_at,
        occasion: if visit.is_gift { events::gift_occasion(day) } else { "" },
        comment: comment(visit, person, dice),
        wished_on: wishes.then(|| day + dice.between(4, 9) as i32),
        wished_hours: if wishes { hours[dice.below(4) as usize] } else { ("", "") },
        on_phone: dice.chance(0.74),
        order,
    }
}

/// About one order in twenty of Yahoo's; nothing else hangs on it, so no die is cast.
fn came_through_an_affiliate(order: &Order) -> bool {
    order.number.bytes().map(u32::from).sum::<u32>() * 7 % 20 == 3 && order.parent_number.is_none()
}

/// Which item goes into which parcel.
struct Part {
    item: usize,
    pieces: i64,
    parcel: usize,
}

/// Parcels of this visit and what lies in them. Presents on Rakuten may go to several people.
fn parcels(
    seed: u64,
    visit: &Visit,
    buyer: &Buyer,
    numbers: &mut Numbers,
    dice: &mut Dice,
) -> (Vec<ShipTo>, Vec<Part>) {
    let mut parts: Vec<Part> = visit.items().map(|(item, pieces)| Part { item, pieces, parcel: 0 }).collect();
    let mut recipients = vec![if visit.is_gift { recipient(seed, visit.person, 0) } else { buyer.clone() }];
    if visit.is_gift && visit.mall == Mall::Rakuten && parts[0].pieces > 1 && dice.chance(0.6) {
        let many = std::mem::replace(&mut parts[0].pieces, 1);
        for nth in 1..many {
            parts.push(Part { item: parts[0].item, pieces: 1, parcel: nth as usize });
            recipients.push(recipient(seed, visit.person, nth as u64));
        }
    }
    let ship_tos = recipients.into_iter().map(|recipient| {
        numbers.parcel += 1;
        ShipTo {
            ship_to_key: (20_000_000 + numbers.parcel).to_string().into(),
            same_as_buyer: !visit.is_gift,
            recipient,
            postage: Yen::ZERO,
        }
    });
    (ship_tos.collect(), parts)
}

/// One line, as the exports state it.
fn line(
    visit: &Visit,
    person: &Person,
    part: &Part,
    quantity: i64,
    ship_tos: &[ShipTo],
    numbers: &mut Numbers,
) -> OrderLine {
    let item = &ITEMS[part.item];
    let variant = item.variants.get((person.number as usize + part.item) % item.variants.len().max(1));
    numbers.line += 1;
    OrderLine {
        line_key: (30_000_000 + numbers.line).to_string().into(),
        ship_to_key: ship_tos[part.parcel].ship_to_key.clone(),
        item_code: item.code.into(),
        sku: variant.map(|(ending, _)| format!("{}-{ending}", item.code).into()).unwrap_or_default(),
        item_name: item.name.into(),
        variation: variant.map(|(_, text)| (*text).into()).unwrap_or_default(),
        quantity,
        unit_price: Yen(item.price_on(visit.at.day())),
        tax_permille: Some(item.tax_permille),
        point_multiplier: events::point_multiplier(visit.mall, visit.at, part.item),
    }
}

/// Free from 3,980 yen and for trial sets; far away costs double.
fn postage(goods: Yen, post_paid: bool, prefecture: &str) -> Yen {
    if goods >= Yen(3_980) || post_paid || goods == Yen::ZERO {
        Yen::ZERO
    } else if matches!(prefecture, "北海道" | "沖縄県") {
        Yen(1_100)
    } else {
        Yen(550)
    }
}

/// Status code of an order of this age, and what it means.
fn status(mall: Mall, age_days: i32, dice: &mut Dice) -> (u16, OrderStatus) {
    let roll = dice.fraction();
    let is_cancelled = dice.chance(0.028);
    let code = match (mall, is_cancelled, age_days) {
        (Mall::Rakuten, true, ..=4) if roll < 0.5 => 800,
        (Mall::Rakuten, true, _) => 900,
        (Mall::Rakuten, _, ..=1) if roll < 0.4 => 100,
        (Mall::Rakuten, _, ..=1) if roll < 0.45 => 200,
        (Mall::Rakuten, _, ..=2) if roll > 0.97 => 400,
        (Mall::Rakuten, _, ..=2) => 300,
        (Mall::Rakuten, _, ..=5) => 500,
        (Mall::Rakuten, _, ..=12) => 600,
        (Mall::Rakuten, ..) => 700,
        (_, true, _) => 4,
        (_, _, ..=2) if roll < 0.05 => 1,
        (_, _, ..=2) if roll < 0.10 => 3,
        (_, _, ..=2) => 2,
        _ => 5,
    };
    let status = match code {
        800 | 900 | 4 => OrderStatus::Cancelled,
        500 | 600 | 700 | 5 => OrderStatus::Shipped,
        _ => OrderStatus::Placed,
    };
    (code, status)
}

/// The mall's next order number.
fn number(order: &Order, visit: &Visit, numbers: &mut Numbers, dice: &mut Dice) -> String {
    match order.mall {
        Mall::Rakuten => {
            numbers.rakuten += 1 + dice.below(9);
            let (year, month, day) = visit.at.day().ymd();
            format!("{}-{year:04}{month:02}{day:02}-{:010}", order.store, 100_000 + numbers.rakuten)
        }
        _ => {
            numbers.yahoo += 1 + dice.below(3);
            numbers.last_yahoo = format!("{}-{}", order.store, 10_000_000 + numbers.yahoo);
            numbers.last_yahoo.clone()
        }
    }
}

/// Decides on both kinds of coupon; answers what the shop's takes off one piece of each line.
fn coupons(order: &mut Order, visit: &Visit, person: &Person, is_event: bool, dice: &mut Dice) -> Vec<Yen> {
    let mut pieces = vec![Yen::ZERO; order.lines.len()];
    if person.habit == Habit::Subscriber || order.goods() == Yen::ZERO {
        return pieces;
    }
    let thanks = visit.nth == 2 && dice.chance(0.15);
    let often = match (person.habit, is_event) {
        (Habit::Bargain, true) => 0.55,
        (_, true) => 0.13,
        _ => 0.03,
    };
    if thanks || dice.chance(often) {
        let percent = if thanks { 5 } else { 10 };
        order.shop_coupon_name = match thanks {
            true => "サンキュークーポン 次回5％OFF".into(),
            false if order.mall == Mall::Rakuten => {
                format!("【店舗クーポン】{}10％OFF", events::sale_name(order.ordered_at)).into()
            }
            false => "ストアクーポン 10％OFF".into(),
        };
        for (line, piece) in order.lines.iter().zip(&mut pieces) {
            *piece = Yen(line.unit_price.0 * percent / 100);
        }
        order.shop_coupon = match order.mall {
            Mall::Rakuten => Yen(order.goods().0 * percent / 100),
            _ => order.lines.iter().zip(&pieces).map(|(line, piece)| *piece * line.quantity).sum(),
        };
    }
    if dice.chance(if is_event { 0.2 } else { 0.05 }) {
        let amount = Yen(*dice.pick(&[100, 200, 300, 500]));
        if order.net_sales() > amount * 3 {
            order.mall_coupon = amount;
        }
    }
    pieces
}

/// Code of the shop's coupon and name of the mall's.
fn coupon_words(order: &Order) -> (String, &'static str) {
    let (year, month, _) = order.ordered_at.day().ymd();
    let code = match order.shop_coupon {
        Yen::ZERO => String::new(),
        _ if order.shop_coupon_name.starts_with('サ') => "THNK-2ND5-OFFC-UPON".to_owned(),
        _ => format!("KMRB-{year:04}-{month:02}XX-10OF"),
    };
    (code, if order.mall_coupon > Yen::ZERO { "モール限定クーポン" } else { "" })
}

/// What the buyer writes, now and then.
fn comment(visit: &Visit, person: &Person, dice: &mut Dice) -> String {
    let words: &[&str] = match (visit.is_gift, visit.nth) {
        (true, _) => &[
            "[メッセージ:]\nいつもありがとうございます。\n皆さまでどうぞ。",
            "[備考:]\n金額のわかるものは入れないでください",
            "",
        ],
        (_, 1) => &[
            "",
            "[備考:]\n初めて注文します。\nよろしくお願いします。",
            "",
            "[備考:]\n領収書希望（宛名\"㈱みなも企画\"）",
        ],
        _ => &["", "[備考:]\nいつもの味で、家族みんな喜んでいます①", "", "[配送:]\n置き配でお願いします\n玄関の前"],
    };
    let quiet = if person.habit == Habit::Giver { 0.5 } else { 0.85 };
    if dice.chance(quiet) { String::new() } else { (*dice.pick(words)).to_owned() }
}
