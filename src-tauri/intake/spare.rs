//! Texts that are used again. An order has some thirty; asking for the memory of each and giving it back, order after
//! order, is a fifth of the work of reading them.

use crate::shop::{Buyer, Order, OrderLine, ShipTo};
use std::cell::RefCell;

/// Bytes that a text of either kind has room for, at least: a name or number, and an address or the name of a product.
const ROOM: [usize; 2] = [32, 128];

/// A text with more room is not kept.
const MOST_ROOM: usize = 1_024;

/// Texts of each kind that are kept, at most.
const MOST: usize = 16_384;

thread_local! {
    static SPARE: RefCell<[Vec<String>; 2]> = const { RefCell::new([Vec::new(), Vec::new()]) };
}

/// A copy of this text.
pub(super) fn text(of: &str) -> String {
    joined(&[of])
}

/// These texts in one.
pub(super) fn joined(parts: &[&str]) -> String {
    let length: usize = parts.iter().map(|part| part.len()).sum();
    if length == 0 {
        return String::new();
    }
    let kind = usize::from(length > ROOM[0]);
    let spare = SPARE.with_borrow_mut(|spare| spare[kind].pop());
    let mut text = spare.unwrap_or_else(|| String::with_capacity(length.max(ROOM[kind])));
    parts.iter().for_each(|part| text.push_str(part));
    text
}

/// A copy of this person, but for the mail address.
pub(super) fn person_without_mail(of: &Buyer) -> Buyer {
    Buyer {
        family_name: text(&of.family_name),
        given_name: text(&of.given_name),
        family_kana: text(&of.family_kana),
        given_kana: text(&of.given_kana),
        postal_code: text(&of.postal_code),
        prefecture: text(&of.prefecture),
        city: text(&of.city),
        street: text(&of.street),
        phone: text(&of.phone),
        mail: String::new(),
    }
}

/// Takes back an order that nobody needs any more: orders read on this thread get its memory.
pub fn recycle(order: Order) {
    let Order { store, number, buyer, shop_coupon_name, lines, ship_tos, .. } = order;
    SPARE.with_borrow_mut(|spare| {
        let mut keep = |mut text: String| {
            let room = text.capacity();
            if (ROOM[0]..=MOST_ROOM).contains(&room) {
                let kept = &mut spare[usize::from(room >= ROOM[1])];
                if kept.len() < MOST {
                    text.clear();
                    kept.push(text);
                }
            }
        };
        [store, number, shop_coupon_name].into_iter().for_each(&mut keep);
        texts_of(buyer).into_iter().for_each(&mut keep);
        for ShipTo { ship_to_key, recipient, .. } in ship_tos {
            keep(ship_to_key);
            texts_of(recipient).into_iter().for_each(&mut keep);
        }
        for OrderLine { line_key, ship_to_key, item_code, sku, item_name, variation, .. } in lines {
            [line_key, ship_to_key, item_code, sku, item_name, variation].into_iter().for_each(&mut keep);
        }
    });
}

fn texts_of(person: Buyer) -> [String; 10] {
    let Buyer { family_name, given_name, family_kana, given_kana, postal_code, prefecture, city, street, phone, mail } =
        person;
    [family_name, given_name, family_kana, given_kana, postal_code, prefecture, city, street, phone, mail]
}
