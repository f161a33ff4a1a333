//! Every figure opens down to its orders and adds up to the yen; what was left out is counted and can be seen.

#[path = "support/shops.rs"]
mod shops;

use otokui_lib::app::screens::{OrdersPage, OrdersPart, OrdersQuery};
use otokui_lib::app::{Error, Session, basis, customers, order_list, orders, overview, profit};
use otokui_lib::insight::Scope;
use otokui_lib::shop::{Mall, Yen};
use shops::{empty, import, monthly};
use std::path::PathBuf;

fn ask(session: &Session, query: OrdersQuery) -> OrdersPage {
    order_list::page(session, &query).expect("an answer")
}

fn of(session: &Session, scope: &Scope, part: OrdersPart, people: Option<&str>) -> OrdersPage {
    ask(
        session,
        OrdersQuery { scope: scope.clone(), part, people: people.map(str::to_owned), ..OrdersQuery::default() },
    )
}

fn sample(orders: u32) -> (tempfile::TempDir, Session) {
    let folder = tempfile::tempdir().expect("a folder");
    let mut files = shops::sample(orders, folder.path());
    files.push(folder.path().join("item_costs.csv"));
    let mut session = empty();
    import(&mut session, &files);
    (folder, session)
}

/// Two sales on one day and one later of Hanako, one cancelled, one returned, one not yet confirmed of Jiro.
fn hand() -> (tempfile::TempDir, Session) {
    let folder = tempfile::tempdir().expect("a folder");
    let rows = [
        ("0000000001", "2026-01-05 10:00:00", 700, "見本", "花子", "a", 1000),
        ("0000000002", "2026-01-05 20:00:00", 700, "見本", "花子", "b", 500),
        ("0000000003", "2026-02-10 10:00:00", 700, "見本", "花子", "a", 2000),
        ("0000000004", "2026-02-11 10:00:00", 900, "見本", "花子", "a", 4000),
        ("0000000005", "2026-03-01 10:00:00", 100, "例示", "次郎", "b", 8000),
    ];
    let mut text =
        String::from("\u{feff}注文番号,ステータス,注文日時,商品管理番号,個数,単価,注文者姓,注文者名,注文者電話番号1\n");
    for (number, at, status, family, given, item, yen) in rows {
        let phone = if family == "見本" { "090-0246-1357" } else { "080-0999-8887" };
        text += &format!("400001-20260301-{number},{status},{at},{item},1,{yen},{family},{given},{phone}\n");
    }
    let path: PathBuf = folder.path().join("orders.csv");
    std::fs::write(&path, text).expect("written");
    let mut session = empty();
    import(&mut session, &[path]);
    (folder, session)
}

#[test]
fn orders_of_a_period_are_listed_newest_first_with_their_sums() {
    let (_folder, session) = hand();
    let all = of(&session, &Scope::default(), OrdersPart::Sales, None);
    // 1,000 + 500 + 2,000 + 8,000; the cancelled 4,000 is in no sum.
    assert_eq!((all.total, all.customer_count, all.net_sales), (4, 2, Yen(11_500)));
    let numbers: Vec<&str> = all.rows.iter().map(|row| &row.order_number[16..]).collect();
    assert_eq!(numbers, ["0000000005", "0000000003", "0000000002", "0000000001"]);
    assert_eq!(all.left_out_count, 1);
    // Hanako's first purchase day holds two orders.
    let first = of(&session, &Scope::default(), OrdersPart::First, None);
    assert_eq!((first.total, first.net_sales), (3, Yen(9_500)));
    let later = of(&session, &Scope::default(), OrdersPart::Later, None);
    assert_eq!((later.total, later.net_sales), (1, Yen(2_000)));
    let provisional = of(&session, &Scope::default(), OrdersPart::Provisional, None);
    assert_eq!((provisional.total, provisional.net_sales), (1, Yen(8_000)), "not yet confirmed, and counted");
    let left_out = of(&session, &Scope::default(), OrdersPart::LeftOut, None);
    assert_eq!((left_out.total, left_out.contribution_margin), (1, None));
    assert!(!left_out.rows[0].is_sale);
    let january = Scope { to: "2026-01-31".parse().ok(), ..Scope::default() };
    assert_eq!(of(&session, &january, OrdersPart::Sales, None).net_sales, Yen(1_500));
    let of_b = Scope { item: Some("b".to_owned()), ..Scope::default() };
    assert_eq!(of(&session, &of_b, OrdersPart::Sales, None).net_sales, Yen(8_500));
}

#[test]
fn one_customer_or_the_people_of_a_figure_can_be_asked_for() {
    let (_folder, session) = hand();
    let hanako = orders::all(&session).expect("orders").last().expect("the oldest").customer_id;
    let mine = ask(&session, OrdersQuery { customer: Some(hanako), ..OrdersQuery::default() });
    assert_eq!((mine.total, mine.net_sales, mine.left_out_count), (3, Yen(3_500), 1));
    // Buyers of March are Jiro alone; all his orders of the period are listed.
    let march = of(&session, &Scope::default(), OrdersPart::Sales, Some("month:2026-03"));
    assert_eq!((march.total, march.net_sales, march.left_out_count), (1, Yen(8_000), 0));
    assert!(!march.people_label.is_empty());
    let both =
        OrdersQuery { customer: Some(hanako), people: Some("month:2026-03".to_owned()), ..OrdersQuery::default() };
    assert_eq!(ask(&session, both).total, 0, "she did not buy in March");
    let wrong = OrdersQuery { people: Some("nonsense".to_owned()), ..OrdersQuery::default() };
    assert!(matches!(order_list::page(&session, &wrong), Err(Error::BadQuestion(_))));
    assert_eq!(ask(&session, OrdersQuery { page: 7, ..OrdersQuery::default() }).rows.len(), 0);
    assert_eq!(ask(&empty(), OrdersQuery::default()).total, 0);
}

#[test]
fn what_is_left_out_is_counted_by_reason() {
    let (_folder, session) = hand();
    let answer = basis::answer(&session, &Scope::default()).expect("an answer");
    let ever = answer.ever.expect("orders");
    assert_eq!((ever.order_count, ever.customer_count), (4, 2));
    // Status 900 is a cancellation, 100 not yet confirmed.
    assert_eq!((ever.cancelled_count, ever.returned_count, ever.provisional_count), (1, 0, 1));
    assert_eq!(ever.from, "2026-01-05".parse().expect("a day"), "from the first order");
    let february = Scope { from: "2026-02-01".parse().ok(), to: "2026-02-28".parse().ok(), ..Scope::default() };
    let period = basis::answer(&session, &february).expect("an answer").period.expect("orders");
    assert_eq!((period.order_count, period.cancelled_count, period.provisional_count), (1, 1, 0));
    let nothing = basis::answer(&empty(), &Scope::default()).expect("an answer");
    assert_eq!((nothing.as_of, nothing.period, nothing.known_cost_share), (None, None, None));
}

#[test]
fn the_orders_behind_a_sum_add_up_to_it() {
    let (_folder, session) = sample(600);
    let scopes = [
        Scope::default(),
        Scope { mall: Some(Mall::Yahoo), ..Scope::default() },
        Scope { from: "2026-03-01".parse().ok(), to: "2026-05-31".parse().ok(), ..Scope::default() },
        Scope { group: "champions".parse().ok(), ..Scope::default() },
    ];
    for scope in scopes {
        let sums = overview::answer(&session, &scope).expect("an answer");
        let behind = of(&session, &scope, OrdersPart::Sales, None);
        assert_eq!((behind.net_sales, behind.customer_count), (sums.net_sales, sums.customer_count), "{scope:?}");
        assert_eq!(behind.contribution_margin, sums.contribution_margin, "{scope:?}");
        let (first, later) =
            (of(&session, &scope, OrdersPart::First, None), of(&session, &scope, OrdersPart::Later, None));
        assert_eq!(first.net_sales, sums.new_vs_existing.new.net_sales, "{scope:?}");
        assert_eq!(later.net_sales, sums.new_vs_existing.existing.net_sales, "{scope:?}");
        let known = basis::answer(&session, &scope).expect("an answer").period.expect("orders");
        assert_eq!((known.order_count, known.customer_count), (sums.order_count, sums.customer_count), "{scope:?}");
        assert_eq!(
            (behind.total - behind.split_count, behind.split_count),
            (known.order_count, known.split_count),
            "{scope:?}"
        );
        assert_eq!(behind.left_out_count, known.cancelled_count + known.returned_count, "{scope:?}");
        // A step of the waterfall opens to its very orders.
        for step in profit::answer(&session, &scope, None).expect("an answer").steps {
            let of_step = of(&session, &scope, OrdersPart::Sales, Some(&step.people));
            assert_eq!(of_step.total - of_step.split_count, step.order_count, "{scope:?} {}", step.label);
        }
    }
}

#[test]
fn pages_hold_every_order_once() {
    let mut session = empty();
    import(&mut session, &monthly());
    let scope = Scope { from: "2000-01-01".parse().ok(), ..Scope::default() };
    let first = of(&session, &scope, OrdersPart::Sales, None);
    let mut seen = Vec::new();
    for page in 0..first.total.div_ceil(order_list::PAGE_SIZE) {
        let rows = ask(&session, OrdersQuery { scope: scope.clone(), page, ..OrdersQuery::default() }).rows;
        seen.extend(rows.into_iter().map(|row| (row.mall, row.order_number)));
    }
    let count = seen.len();
    seen.sort();
    seen.dedup();
    assert_eq!((seen.len(), count), (first.total as usize, first.total as usize));
    let people = customers::all(&session, &Scope::default(), None).expect("customers");
    assert_eq!(people.iter().map(|row| row.net_sales).sum::<Yen>(), first.net_sales, "of everybody");
}
