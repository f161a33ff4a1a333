use super::*;
use crate::shop::{Moment, OrderLine, OrderStatus, Yen};

fn key(byte: u8) -> NamelessKey {
    NamelessKey::new([byte; KEY_BYTES])
}

fn person(family: &str, phone: &str, mail: &str) -> Buyer {
    Buyer {
        family_name: family.into(),
        given_name: "花子".into(),
        prefecture: "東京都".into(),
        street: "池尻3-4-5".into(),
        phone: phone.into(),
        mail: mail.into(),
        ..Buyer::default()
    }
}

fn order(number: &str, buyer: Buyer) -> Order {
    let line = OrderLine {
        line_key: "1".into(),
        ship_to_key: Default::default(),
        item_code: "tea".into(),
        sku: "tea-1".into(),
        item_name: "Tea".into(),
        variation: "名入れ: 見本花子".into(),
        quantity: 1,
        unit_price: Yen(1_000),
        tax_permille: None,
        point_multiplier: 1,
    };
    let parcel = ShipTo { recipient: person("例示", "03-0000-1111", ""), ..ShipTo::default() };
    Order {
        mall: Mall::Rakuten,
        store: "400001".into(),
        number: number.into(),
        ordered_at: Moment(0),
        time_known: true,
        means_known: true,
        status: OrderStatus::Shipped,
        provisional: false,
        status_code: 700,
        newest_at: Moment(0),
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
        parent_number: None,
        subscription_delivery: 0,
        shop_coupon_name: Default::default(),
        customer_key: Default::default(),
        keyed: None,
        lines: vec![line],
        ship_tos: vec![parcel],
    }
}

fn taken(key: &NamelessKey, mut order: Order) -> Order {
    key.take_names(&mut order);
    order
}

#[test]
fn a_digest_is_the_published_one() {
    // RFC 4231, test case 1, is of a key of 20 bytes 0x0b and the text "Hi There"; ours are of 32 bytes and of texts
    // with their length before them. By Python's hmac: hmac.new(b"\x0b"*32, (8).to_bytes(8,"big")+b"Hi There", "sha256").
    let hex: String = key(0x0b).digest(&["Hi There"]).iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(hex, "0bc448fbd942bda00fa596aed1a2014da91bb53394aafc0fd1b510d9ce5de26a");
}

#[test]
fn nothing_personal_is_left_but_the_prefecture() {
    let order = taken(&key(1), order("a", person("見本", "090-0246-1357", "a@example.jp")));
    assert_eq!(order.buyer, Buyer { prefecture: "東京都".into(), ..Buyer::default() });
    let said = format!("{order:?}");
    for text in ["見本", "花子", "例示", "池尻", "090", "0246", "example", "名入れ"] {
        assert!(!said.contains(text), "{text}: {said}");
    }
    assert_eq!(order.lines[0].sku, "tea-1");
    let mut again = order.clone();
    key(1).take_names(&mut again);
    assert_eq!(again, order, "once is enough");
}

#[test]
fn an_address_in_the_place_of_the_prefecture_goes() {
    let buyer = Buyer { prefecture: "東京都世田谷区池尻3-4-5".into(), ..Buyer::default() };
    assert_eq!(taken(&key(1), order("a", buyer)).buyer, Buyer::default());
    for prefecture in ["北海道", "大阪府", "神奈川県", "東京都"] {
        let buyer = Buyer { prefecture: prefecture.into(), ..Buyer::default() };
        assert_eq!(taken(&key(1), order("a", buyer.clone())).buyer, buyer);
    }
}

#[test]
fn the_same_people_share_a_key_and_only_under_one_secret() {
    let shares = |a: &Order, b: &Order| {
        let people = |order: &Order| order.keyed.clone().expect("keyed").people;
        people(a).iter().any(|person| people(b).contains(person))
    };
    let one = taken(&key(1), order("a", person("髙橋", "090-0246-1357", "a@example.jp")));
    let spelled = taken(&key(1), order("b", person("高橋 ", "+81 90 0246 1357", "b@example.jp")));
    let other = taken(&key(1), order("c", person("例示", "090-0246-1357", "c@example.jp")));
    let elsewhere = taken(&key(2), order("a", person("髙橋", "090-0246-1357", "a@example.jp")));
    assert!(shares(&one, &spelled));
    assert!(!shares(&one, &other), "a family on one line is several people");
    assert!(!shares(&one, &elsewhere), "another secret");
    // Unlike those of a ledger with names, which anybody can work out.
    let plain = person("髙橋", "090-0246-1357", "a@example.jp").identity_keys(Mall::Rakuten);
    assert!(one.keyed.expect("keyed").people.iter().all(|person| !plain.contains(person)));
}

#[test]
fn a_number_made_of_what_an_order_says_is_keyed_once() {
    let made = "1970-01-01-0123456789abcdef-2";
    let order = taken(&key(1), order(made, person("見本", "", "")));
    assert!(order.number.starts_with("1970-01-01-k") && order.number.ends_with("-2"), "{}", order.number);
    assert!(!order.number.contains("0123456789abcdef"));
    let mut again = Order { keyed: None, ..order.clone() };
    key(1).take_names(&mut again);
    assert_eq!(again.number, order.number);
    let of_mall = "400001-19700101-0123456789";
    assert_eq!(taken(&key(1), self::order(of_mall, Buyer::default())).number, of_mall);
}

#[test]
fn a_recovery_code_is_read_back_however_it_is_typed() {
    let bytes: Vec<u8> = (0..32).map(|byte: u8| byte.wrapping_mul(37).wrapping_add(11)).collect();
    let key = NamelessKey::new(bytes.try_into().expect("32 bytes"));
    let code = key.recovery_code();
    assert_eq!(code.split('-').map(str::len).collect::<Vec<_>>(), [4; 13]);
    assert_eq!(NamelessKey::of_recovery_code(&code), Some(key.clone()));
    let typed = code.to_lowercase().replace('-', " ").replace('0', "o").replace('1', "l");
    assert_eq!(NamelessKey::of_recovery_code(&typed), Some(key));
    for wrong in [&code[..code.len() - 1], &format!("{code}0"), "", "U", &code.replacen('-', "?", 1)] {
        assert_eq!(NamelessKey::of_recovery_code(wrong), None, "{wrong}");
    }
    // 32 zero bytes are 52 zeros; the last letter's four spare bits must be clear.
    assert_eq!(NamelessKey::new([0; 32]).recovery_code().replace('-', ""), "0".repeat(52));
    assert_eq!(NamelessKey::of_recovery_code(&("0".repeat(51) + "1")), None);
}

#[test]
fn the_secret_is_never_shown() {
    assert_eq!(format!("{:?}", key(7)), "NamelessKey");
}
