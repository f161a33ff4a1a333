use super::*;

fn table(text: &str) -> (Vec<String>, Vec<Vec<String>>) {
    let row = |line: &str| line.split('|').map(|cell| cell.trim().to_owned()).collect::<Vec<_>>();
    let mut lines = text.lines().map(row);
    (lines.next().expect("a header"), lines.collect())
}

/// The fields of these columns in their order; `-` for none.
fn fields(text: &str) -> String {
    let (headers, rows) = table(text);
    let guessed = guessed(&headers, &rows);
    guessed.columns.iter().map(|column| column.field.unwrap_or("-")).collect::<Vec<_>>().join(" ")
}

fn dates(values: &[&str]) -> Vec<(Option<String>, String)> {
    let rows: Vec<Vec<String>> = values.iter().map(|value| vec![(*value).to_owned()]).collect();
    let column = guessed(&["Day".to_owned()], &rows).columns.remove(0);
    column.dates.into_iter().map(|reading| (reading.form, reading.reads_as.to_string())).collect()
}

#[test]
fn the_cart_of_an_own_shop_is_known_by_its_names() {
    assert_eq!(
        fields(
            "受注番号|注文日|発送日|商品コード|商品名|数量|単価|小計|送料|合計|氏名|お届け先氏名|電話番号|メール|郵便番号|対応状況\n\
             10021|2026/03/01|2026/03/02|tea-30|見本の茶|2|1,000|2,000|600|2,600|見本 花子|見本 太郎|090-0000-1111|a@example.jp|100-0001|発送済み"
        ),
        "order_number ordered_at - item_code item_name quantity unit_price line_total postage order_total buyer_name - \
         phone mail postal_code status"
    );
}

#[test]
fn how_an_order_is_paid_is_known_by_its_name_and_is_no_amount_or_day() {
    assert_eq!(
        fields(
            "注文番号|注文日|支払日|支払金額|決済手数料|お支払い方法|数量|単価\n\
             1|2026/03/01|2026/03/02|1000|50|銀行振込|1|1000\n\
             2|2026/03/01|2026/03/03|2000|50|代引き|2|1000"
        ),
        "order_number ordered_at - order_total - payment quantity unit_price"
    );
}

#[test]
fn amazon_states_amounts_of_rows_and_people_who_receive() {
    // item-price is of all pieces of the row (Seller Central, "Order report": "aggregates of the quantity, not unit
    // prices"), shipping-price likewise; ship-… is about the recipient.
    assert_eq!(
        fields(
            "order-id|order-item-id|purchase-date|payments-date|buyer-email|buyer-name|buyer-phone-number|sku|product-name|\
             quantity-purchased|currency|item-price|item-tax|shipping-price|ship-postal-code|order-status\n\
             250-0000000-0000001|01|2026-03-01T10:00:00+09:00|2026-03-01T10:00:00+09:00|x@marketplace.example.jp|見本 花子|\
             090-0000-1111|S-1|見本の茶|2|JPY|2000.00|182|0|100-0001|Shipped"
        ),
        "order_number - ordered_at - mail buyer_name phone item_code item_name quantity - line_total - - - status"
    );
}

#[test]
fn without_telling_names_the_values_speak() {
    assert_eq!(
        fields(
            "A|B|C|D|E|F\n\
             X-1001|2026-03-01|¥1,200|090-0000-1111|a@example.jp|〒100-0001\n\
             X-1002|2026-03-02|¥800|090-0000-2222|b@example.jp|〒100-0002"
        ),
        "order_number ordered_at order_total phone mail postal_code"
    );
    assert_eq!(fields("日付|金額\n2026/03/01|1200\n2026/03/02|800"), "ordered_at order_total");
    // No marks and no names: of two columns of numbers the larger sum is the amount.
    assert_eq!(fields("x|y|z\n2026/03/01|3|1500\n2026/03/02|1|500"), "ordered_at - order_total");
}

#[test]
fn values_that_contradict_a_name_win() {
    assert_eq!(fields("注文日|合計|備考\n午前中|未定|2026/03/01\n午後|未定|2026/03/05"), "- - ordered_at");
    assert_eq!(fields("発送日|合計\n2026/03/01|100\n2026/03/05|250"), "- order_total", "no day of shipping is guessed");
}

#[test]
fn an_amount_that_differs_within_an_order_is_of_its_row() {
    let same = "注文番号|注文日|金額\nA1001|2026/03/01|1500\nA1001|2026/03/01|1500\nA1002|2026/03/02|800";
    assert_eq!(fields(same), "order_number ordered_at order_total");
    let differs = "注文番号|注文日|金額\nA1001|2026/03/01|1500\nA1001|2026/03/01|300\nA1002|2026/03/02|800";
    assert_eq!(fields(differs), "order_number ordered_at line_total");
}

#[test]
fn a_field_is_one_column_and_a_name_is_one_column() {
    assert_eq!(fields("日付|日付|金額||合計金額\n2026/03/01|2026/03/02|1|x|5"), "ordered_at - - - order_total");
}

#[test]
fn the_form_of_days_is_read_off_them() {
    assert_eq!(dates(&["2026-03-01", "2026/3/2 10:00", "20260303"])[0], (None, "2026-03-03".into()));
    // The 13th can only be a day.
    let found = dates(&["04/13/2026 9:05", "04/02/2026 21:30"]);
    assert_eq!(found, [(Some("%m/%d/%Y %H:%M".into()), "2026-04-13".into())]);
    assert_eq!(dates(&["13.04.2026"])[0].0.as_deref(), Some("%d.%m.%Y"));
    assert_eq!(dates(&["Apr 3, 2026"])[0].0.as_deref(), Some("%b %d, %Y"));
    assert_eq!(dates(&["2026年4月3日 9時05分"])[0], (None, "2026-04-03".into()), "as people write it");
    // Both read: 1 to 3 April lie closer together than the 4th of January, February and March.
    let both = dates(&["04/01/2026", "04/02/2026", "04/03/2026"]);
    assert_eq!(both.iter().map(|(form, _)| form.as_deref()).collect::<Vec<_>>(), [Some("%m/%d/%Y"), Some("%d/%m/%Y")]);
    assert!(dates(&["1200", "800"]).is_empty());
    assert!(dates(&["A-1", "A-2"]).is_empty());
}

#[test]
fn few_short_values_may_be_statuses() {
    let (headers, rows) = table("状態|番号\n発送済|A1\nまとめ待ち|A2\n発送済|A3\nCanceled|A4");
    let words = guessed(&headers, &rows).columns.remove(0).words;
    let expected =
        [("発送済", Some(OrderStatus::Shipped)), ("まとめ待ち", None), ("Canceled", Some(OrderStatus::Cancelled))];
    assert_eq!(words, expected.map(|(word, status)| (word.to_owned(), status)));
}

#[test]
fn orders_with_numbers_of_a_mall_are_of_that_mall() {
    let of = |number: &str| {
        let (headers, rows) = table(&format!("注文番号|注文日|金額\n{number}|2026/03/01|1500"));
        guessed(&headers, &rows).mall
    };
    assert_eq!(of("123456-20260301-00000001"), Mall::Rakuten);
    assert_eq!(of("shop-10001"), Mall::Own);
}

#[test]
fn what_has_a_day_and_an_amount_is_like_orders() {
    let like = |text: &str| {
        let (headers, rows) = table(text);
        guessed(&headers, &rows).is_order_like()
    };
    assert!(like("Day|Sum\n2026-03-01|1200"));
    assert!(!like("商品コード|在庫\ntea-30|5"));
    assert!(!like("日付|来店\n2026-03-01|晴れ"));
}

#[test]
fn pieces_may_be_counted_with_a_word() {
    assert_eq!(
        fields("注文日|数量|合計金額\n2026/03/01|1個|1500\n2026/03/02|12個|800"),
        "ordered_at quantity order_total"
    );
    assert_eq!(
        fields("注文日|数量|合計金額\n2026/03/01|10個入|1500\n2026/03/02|12個入|800"),
        "ordered_at - order_total"
    );
}
