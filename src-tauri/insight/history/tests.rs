use super::*;

pub(crate) fn row(order: i64, customer: i64, at: &str, yen: i64) -> OrderRow {
    OrderRow {
        order,
        customer: CustomerId(customer),
        ordered_at: at.parse().expect("a moment"),
        time_known: true,
        mall: Mall::Rakuten,
        goods: Yen(yen),
        net_sales: Yen(yen),
        margin: None,
        shop_coupon: Yen::ZERO,
        paid_by_mall: Yen::ZERO,
        mall_coupon: Yen::ZERO,
        point_multiplier: 1,
        split: false,
        subscription: false,
        gift: false,
    }
}

#[test]
fn two_orders_of_one_day_are_one_purchase() {
    let mut builder = HistoryBuilder::default();
    builder.push(row(3, 2, "2025-02-01T08:00:00", 500), &[]);
    builder.push(row(2, 1, "2025-01-05T20:00:00", 300), &[]);
    builder.push(row(1, 1, "2025-01-05T10:00:00", 700), &[]);
    let history = builder.finish(Vec::new());
    let view = View::new(&history, &Scope::default()).expect("orders");
    assert_eq!(history.orders.order.iter().collect::<Vec<_>>(), [1, 2, 3]);
    assert_eq!(view.starts, [0, 1, 2]);
    assert_eq!(view.purchases.net_sales, [Yen(1000), Yen(500)]);
    assert_eq!(view.as_of.to_string(), "2025-02-01");
    assert_eq!(view.from.to_string(), "2024-02-02");
}

#[test]
fn the_day_asked_for_ends_the_history() {
    let mut builder = HistoryBuilder::default();
    builder.push(row(1, 1, "2025-01-05T10:00:00", 700), &[]);
    builder.push(row(2, 1, "2025-01-06T00:00:00", 300), &[]);
    let history = builder.finish(Vec::new());
    let scope = Scope { as_of: "2025-01-05".parse().ok(), ..Scope::default() };
    let view = View::new(&history, &scope).expect("orders");
    assert_eq!(view.purchases.net_sales, [Yen(700)]);
}

#[test]
fn a_subscription_delivery_is_money_and_no_new_decision() {
    let mut builder = HistoryBuilder::default();
    builder.push(OrderRow { subscription: false, ..row(1, 1, "2025-01-05T10:00:00", 700) }, &[]);
    builder.push(OrderRow { subscription: true, ..row(2, 1, "2025-02-05T10:00:00", 700) }, &[]);
    let history = builder.finish(Vec::new());
    let view = View::new(&history, &Scope::default()).expect("orders");
    assert_eq!(view.purchases.fresh, [true, false]);
    assert_eq!(view.purchases.net_sales.iter().copied().sum::<Yen>(), Yen(1400));
}

#[test]
fn customers_taken_for_one_have_their_orders_under_each_other() {
    let line = |item: u32| LineRow { item, quantity: 1, goods: Yen(100) };
    let pushed = |third: i64| {
        let mut builder = HistoryBuilder::default();
        builder.push(row(1, 1, "2025-01-05T10:00:00", 700), &[line(0)]);
        builder.push(row(2, 2, "2025-01-07T10:00:00", 300), &[line(1), line(0)]);
        builder.push(row(3, third, "2025-01-06T10:00:00", 500), &[line(1)]);
        builder.finish(Vec::new())
    };
    // 3 is 1: as if order 3, between the other two, had been 1's from the beginning.
    let renamed = pushed(3).renamed(|customer| if customer == CustomerId(3) { CustomerId(1) } else { customer });
    assert_eq!(renamed, pushed(1));
    assert_eq!(renamed.orders.order.iter().collect::<Vec<_>>(), [1, 3, 2]);
    assert_eq!(renamed.starts, [0, 2, 3]);
    assert_eq!(renamed.line_starts, [0, 1, 2, 4]);
}
