//! Two periods beside each other, worked out by hand, through the door an owner uses: a file in, a question, the rows out.

#[path = "support/shops.rs"]
mod shops;

use otokui_lib::app::comparison::{self, Compared, Comparison, ComparisonQuery};
use otokui_lib::app::screens::{GroupsQuery, OrdersPart, RulesDraft};
use otokui_lib::app::{Session, groups, overview, profit};
use otokui_lib::insight::Scope;
use otokui_lib::insight::history::Compare;
use otokui_lib::insight::margin::Step;
use otokui_lib::shop::Day;

const HEADS: &str = "注文番号,ステータス,注文日時,注文者姓,注文者名,注文者メールアドレス,店舗発行クーポン利用額,送料合計,商品明細ID,商品管理番号,商品名,商品毎税込価格,個数,商品税率,ポイント倍率\n";

/// Five buyers, and three whose orders were cancelled. A tea is 1,100 yen, a cup 2,200; at Rakuten days with 5 and 0 are events.
///
/// 2025: a 01-07 tea · b 01-05 two teas, five times the points · c 02-12 a cup less 200 yen of coupon · a 03-10 tea
/// 2026: a 01-07 tea · d 01-15 three teas · b 02-12 cup · e 03-03 tea · d 03-20 tea · e 03-31 cup
/// Cancelled: g and h in 2025, f in 2026.
const FIVE: &str = "
    a 2025-01-07 tea 1
    b 2025-01-05 tea 2 x5
    g 2025-02-07 cup 1 cancelled
    c 2025-02-12 cup 1 coupon
    a 2025-03-10 tea 1
    h 2025-03-12 cup 1 cancelled
    a 2026-01-07 tea 1
    d 2026-01-15 tea 3
    b 2026-02-12 cup 1
    e 2026-03-03 tea 1
    f 2026-03-12 cup 1 cancelled
    d 2026-03-20 tea 1
    e 2026-03-31 cup 1";

/// One order a line: who, when, what, pieces, and `x5`, `coupon` or `cancelled`.
fn recorded(lines: &str) -> Session {
    let row = |(number, line): (usize, &str)| {
        let words: Vec<&str> = line.split_whitespace().collect();
        let [who, on, item, pieces, ref rest @ ..] = words[..] else { panic!("four words: {line}") };
        let status = if rest.contains(&"cancelled") { 900 } else { 500 };
        let coupon = if rest.contains(&"coupon") { 200 } else { 0 };
        let times = if rest.contains(&"x5") { 5 } else { 1 };
        let (name, price) = if item == "tea" { ("見本のお茶", 1_100) } else { ("見本の湯のみ", 2_200) };
        format!(
            "123456-{}-{number:010},{status},{on} 10:00:00,見本,{who},{who}@example.jp,{coupon},0,1,{item},{name},{price},{pieces},0.1,{times}\n",
            on.replace('-', ""),
        )
    };
    let orders = lines.lines().map(str::trim).filter(|line| !line.is_empty());
    let text: String = std::iter::once(HEADS.to_owned()).chain(orders.enumerate().map(row)).collect();
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("rakuten.csv");
    std::fs::write(&path, text).expect("a folder to write to");
    let mut session = shops::empty();
    shops::import(&mut session, &[path]);
    session
}

fn day(text: &str) -> Day {
    text.parse().expect("a day")
}

/// January to March 2026, beside the same months of 2025.
fn spring() -> Scope {
    Scope {
        from: Some(day("2026-01-01")),
        to: Some(day("2026-03-31")),
        compare: Some(Compare::PreviousYear),
        ..Scope::default()
    }
}

fn asked(session: &Session, query: &ComparisonQuery) -> Comparison {
    comparison::answer(session, query).expect("an answer").expect("a comparison")
}

fn of(session: &Session, of: Compared) -> Comparison {
    asked(session, &ComparisonQuery::of(&spring(), of))
}

/// Now, then and the change of a row.
#[track_caller]
fn row(comparison: &Comparison, key: &str) -> [String; 3] {
    let row = comparison.rows.iter().find(|row| row.key == key);
    let row = row.unwrap_or_else(|| panic!("no row {key} in {:?}", comparison.rows));
    [row.text.clone(), row.other_text.clone(), row.change.clone()]
}

#[track_caller]
fn check(comparison: &Comparison, expected: &[(&str, [&str; 3])]) {
    for (key, texts) in expected {
        assert_eq!(row(comparison, key), *texts, "{key}");
    }
}

#[test]
fn a_list_of_orders_is_added_up_in_both_periods() {
    let session = recorded(FIVE);
    let found = of(&session, Compared::Orders);
    assert_eq!((found.other_from, found.other_to), (day("2025-01-01"), day("2025-03-31")));
    check(
        &found,
        &[
            // 2026: 1,100 + 3,300 + 2,200 + 1,100 + 1,100 + 2,200 = 11,000. 2025: 1,100 + 2,200 + 2,200 + 1,100 = 6,600,
            // less the coupon of 200. 11,000 ÷ 6,400 = 1.71875.
            ("net_sales", ["11,000円", "6,400円", "+71.9%"]),
            ("goods", ["11,000円", "6,600円", "+66.7%"]),
            // Of so few no percentage: six orders by a, b, d, e against four by a, b, c.
            ("order_count", ["6件", "4件", "+2件"]),
            ("customer_count", ["4人", "3人", "+1人"]),
            // 11,000 ÷ 6 = 1,833; 6,400 ÷ 4 = 1,600.
            ("average_order_value", ["1,833円", "1,600円", "+14.6%"]),
            ("left_out", ["1件", "2件", "-1件"]),
        ],
    );
    assert!(found.finding.contains("6,400円") && found.finding.contains("+71.9%"), "{}", found.finding);

    let first = ComparisonQuery { part: OrdersPart::First, ..ComparisonQuery::of(&spring(), Compared::Orders) };
    // First purchases: d 3,300 and e 1,100; a 1,100, b 2,200 and c 2,000. 4,400 ÷ 5,300 = 0.830.
    check(
        &asked(&session, &first),
        &[("net_sales", ["4,400円", "5,300円", "-17.0%"]), ("order_count", ["2件", "3件", "-1件"])],
    );
    let left_out = ComparisonQuery { part: OrdersPart::LeftOut, ..first };
    check(
        &asked(&session, &left_out),
        &[("left_out", ["1件", "2件", "-1件"]), ("goods", ["2,200円", "4,400円", "-50.0%"])],
    );
}

#[test]
fn a_list_of_people_keeps_its_people_and_a_step_its_orders() {
    let session = recorded(FIVE);
    let of_people = |people: &str| ComparisonQuery {
        people: Some(people.to_owned()),
        ..ComparisonQuery::of(&spring(), Compared::Orders)
    };
    // Won in January 2025: a and b. Of 2026 they bought for 1,100 and 2,200, in spring 2025 for 1,100 + 2,200 + 1,100.
    let found = asked(&session, &of_people("cohort:2025-01"));
    check(&found, &[("net_sales", ["3,300円", "4,400円", "-25.0%"]), ("customer_count", ["2人", "2人", "0人"])]);
    let is_said = |found: &Comparison| found.notes.iter().any(|note| note.contains("同じ方々"));
    assert!(is_said(&found), "that the people are the same: {:?}", found.notes);
    // The shop's coupon: one order of spring 2025, none of 2026.
    let found = asked(&session, &of_people("profit:shop_coupon"));
    check(&found, &[("order_count", ["0件", "1件", "-1件"]), ("net_sales", ["0円", "2,000円", "-100.0%"])]);
    assert!(!is_said(&found), "each period has the orders of its own step: {:?}", found.notes);
}

#[test]
fn one_item_beside_itself() {
    let session = recorded(FIVE);
    let scope = Scope { item: Some("rakuten:tea".to_owned()), ..spring() };
    let found = asked(&session, &ComparisonQuery::of(&scope, Compared::Item));
    check(
        &found,
        &[
            // 2026: a 1, d 3, e 1, d 1 = six teas; 2025: a 1, b 2, a 1 = four.
            ("goods", ["6,600円", "4,400円", "+50.0%"]),
            ("quantity", ["6個", "4個", "+2個"]),
            ("customer_count", ["3人", "2人", "+1人"]),
            ("item_first", ["2人", "2人", "0人"]),
            // Had tea before: a (2025) and d (January) of a, d, e. In 2025: a (in March) of a, b.
            ("item_repeat_share", ["2/3人", "1/2人", ""]),
            // Under five people won in the period nothing is said.
            ("item_again_180", ["まだ分かりません", "まだ分かりません", ""]),
        ],
    );
    // The same is said of the item list, of all items: two kinds in both.
    check(
        &of(&session, Compared::Items),
        &[("items_sold", ["2種類", "2種類", "0種類"]), ("quantity", ["8個", "5個", "+3個"])],
    );
}

#[test]
fn who_came_back_in_both_periods() {
    let found = of(&recorded(FIVE), Compared::ComingBack);
    check(
        &found,
        &[
            // 2026: a and b had bought in 2025, d and e come twice. 2025: a of a, b, c.
            ("repeat_share", ["4/4人", "1/3人", ""]),
            ("back_count", ["4人", "1人", "+3人"]),
            // a 1,100, b 2,200, d 1,100, e 2,200; a's 1,100.
            ("back_sales", ["6,600円", "1,100円", "+500.0%"]),
            ("f2_90", ["まだ分かりません", "まだ分かりません", ""]),
        ],
    );
}

#[test]
fn the_growth_map_of_two_days() {
    let session = recorded(FIVE);
    let found = of(&session, Compared::GrowthMap);
    assert_eq!((found.to, found.other_to), (day("2026-03-31"), day("2025-03-31")), "a map is that of a day");
    assert_eq!((found.from, found.other_from), (day("2025-04-01"), day("2024-04-01")), "and looks at a year");
    check(
        &found,
        &[
            // 2026-03-31: a has bought three times, b, d and e twice, c not for a year. 2025-03-31: a twice, b and c once.
            ("active", ["4人", "3人", "+1人"]),
            ("new", ["0人", "2人", "-2人"]),
            ("f2", ["3人", "1人", "+2人"]),
            ("settled", ["1人", "0人", "+1人"]),
            ("lapsed", ["1人", "0人", "+1人"]),
            // Customers for a year: a, b, c, of whom a was back within one. A year before nobody had been.
            ("arrow_f2", ["1/3人", "まだ分かりません", ""]),
            // Of a, b, c, active a year ago, a and b are again.
            ("retention", ["2/3人", "まだ分かりません", ""]),
        ],
    );
    let other = Scope { compare: Some(Compare::Period { from: day("2025-01-01"), to: day("2025-01-31") }), ..spring() };
    let found = asked(&session, &ComparisonQuery::of(&other, Compared::GrowthMap));
    // At the end of January 2025: a and b, once each.
    check(&found, &[("active", ["4人", "2人", "+2人"]), ("new", ["0人", "2人", "-2人"])]);
    assert!(
        found.notes.iter().any(|note| note.contains("2025年1月5日")),
        "the ledger begins in that year: {:?}",
        found.notes
    );
}

#[test]
fn what_orders_were_given_for_in_both_periods() {
    let session = recorded(FIVE);
    let found = of(&session, Compared::Points);
    check(
        &found,
        &[
            // Repeat purchases of 2026: a, b, d on 03-20 (an event), e. Of 2025: a on 03-10 (an event).
            ("repeat_events", ["1/4回", "1/1回", ""]),
            ("events_excess", ["まだ分かりません", "まだ分かりません", ""]),
            // 2026: all but d's two. 2025: a's first alone; b had an event, c a coupon, a an event.
            ("full_value", ["4/6件", "1/4件", ""]),
            ("event_orders", ["2/6件", "2/4件", ""]),
            ("raised_orders", ["0/6件", "1/4件", ""]),
            ("coupon_orders", ["0/6件", "1/4件", ""]),
            // The coupon of 200 and four more points for each 100 yen of b's 2,000 before tax: 80.
            ("incentives", ["0円", "280円", "-100.0%"]),
        ],
    );
    // What the shop paid for points is what the waterfall takes off.
    let points = |scope: &Scope| {
        let steps = profit::answer(&session, scope, None).expect("a waterfall").steps;
        let step = steps.iter().find(|step| step.key == Step::Points).expect("the step");
        -(step.low.as_f64() + step.high.as_f64()) / 2.0
    };
    let row = found.rows.iter().find(|row| row.key == "shop_points").expect("a row");
    let before = Scope { from: Some(day("2025-01-01")), to: Some(day("2025-03-31")), ..Scope::default() };
    assert_eq!((row.value, row.other), (Some(points(&spring())), Some(points(&before))));
    assert!(row.value > Some(0.0), "the usual 1 % at least");
}

#[test]
fn from_thirty_on_shares_and_percentages_are_said() {
    // 2025: 30 buyers with an order each, 15 on the 5th (an event) and 15 on the 7th; 2026: 40 others, 10 and 30.
    let mut lines = String::new();
    let mut put = |who: std::ops::Range<u32>, on: &str| who.for_each(|n| lines += &format!("n{n} {on} tea 1\n"));
    put(0..15, "2025-01-05");
    put(15..30, "2025-01-07");
    put(30..40, "2026-01-05");
    put(40..70, "2026-01-07");
    lines += "z 2026-03-31 tea 1 cancelled\n";
    let session = recorded(&lines);
    let found = of(&session, Compared::Points);
    check(
        &found,
        &[
            ("event_orders", ["25.0%", "50.0%", "-25.0pt"]),
            ("full_value", ["75.0%", "50.0%", "+25.0pt"]),
            ("raised_orders", ["0.0%", "0.0%", "+0.0pt"]),
            // Nobody came back.
            ("repeat_events", ["まだ分かりません", "まだ分かりません", ""]),
        ],
    );
    assert!(found.finding.contains("+25.0pt"), "the first row that has a change is said: {}", found.finding);
    let found = of(&session, Compared::GrowthMap);
    // Seen on 2026-01-07, the last order day; a year before that the 30 of 2025 had just bought.
    check(
        &found,
        &[
            ("active", ["40人", "30人", "+33.3%"]),
            ("new", ["40人", "30人", "+33.3%"]),
            ("lapsed", ["30人", "0人", "+30人"]),
            ("arrow_f2", ["0.0%", "まだ分かりません", ""]),
        ],
    );
}

#[test]
fn a_group_is_that_of_today_on_both_sides() {
    let session = recorded(FIVE);
    let now = groups::answer(&session, &Scope::default()).expect("groups");
    for group in now.groups.iter().filter(|group| group.customer_count > 0) {
        let scope = Scope { group: Some(group.key), ..spring() };
        let found = asked(&session, &ComparisonQuery::of(&scope, Compared::GrowthMap));
        let stages = ["new", "f2", "settled", "best", "lapsed", "returned"];
        let rows: Vec<_> = found.rows.iter().filter(|row| stages.contains(&&*row.key)).collect();
        let sum =
            |of: &dyn Fn(&comparison::ComparedRow) -> Option<f64>| rows.iter().filter_map(|row| of(row)).sum::<f64>();
        assert_eq!(sum(&|row| row.value), f64::from(group.customer_count), "{:?}", group.key);
        assert!(sum(&|row| row.other) <= f64::from(group.customer_count), "nobody else a year before: {:?}", group.key);
        assert!(found.notes.iter().any(|note| note.contains("グループは今の分け方")), "{:?}", found.notes);
    }
}

#[test]
fn thresholds_tried_out_and_campaigns_are_compared_as_they_are_asked() {
    let session = recorded(FIVE);
    let tried = RulesDraft { recency: Some("1/2/3/4".into()), ..RulesDraft::default() };
    let scope = spring();
    let question = GroupsQuery { scope: scope.clone(), rules: Some(tried.clone()), ..GroupsQuery::default() };
    let now = groups::asked(&session, &question).expect("groups");
    let query = ComparisonQuery { rules: Some(tried), ..ComparisonQuery::of(&scope, Compared::Groups) };
    let found = asked(&session, &query);
    let plain = of(&session, Compared::Groups);
    for group in &now.groups {
        let row = found.rows.iter().find(|row| row.key == group.key.word()).expect("a row");
        assert_eq!(row.value, Some(f64::from(group.customer_count)), "{:?}", group.key);
    }
    assert_ne!(found.rows, plain.rows, "within four days almost everybody is long gone");

    // On days with 5 and 0: d's two orders of 2026, b's and a's of 2025.
    let query = ComparisonQuery { event: Some("rakuten-5-0".into()), ..ComparisonQuery::of(&scope, Compared::Profit) };
    check(&asked(&session, &query), &[("goods", ["4,400円", "3,300円", "+33.3%"])]);
}

#[test]
fn the_year_before_of_the_overview_knows_what_was_left() {
    let mut session = recorded(FIVE);
    let folder = tempfile::tempdir().expect("a folder");
    let costs = folder.path().join("costs.csv");
    std::fs::write(&costs, "商品管理番号,SKU管理番号,原価（税込）,適用日\ntea,,500,\ncup,,900,\n").expect("a file");
    shops::import(&mut session, &[costs]);
    let answer = |scope: &Scope| overview::answer(&session, scope).expect("an overview");
    let before = answer(&Scope { from: Some(day("2025-01-05")), to: Some(day("2025-03-31")), ..Scope::default() });
    let now = answer(&Scope { from: Some(day("2026-01-05")), ..spring() });
    let previous = now.previous_year.expect("the ledger reaches back");
    assert_eq!((previous.contribution_margin, previous.known_cost_share), (before.contribution_margin, 1.0));
    assert!(previous.contribution_margin.is_some_and(|margin| margin.high < previous.net_sales), "something was paid");
}

#[test]
fn before_the_ledger_begins_nothing_is_compared() {
    let session = recorded(FIVE);
    let compare = Some(Compare::Period { from: day("2020-01-01"), to: day("2020-03-31") });
    let scope = Scope { compare, item: Some("tea".into()), ..spring() };
    for figures in [
        Compared::ComingBack,
        Compared::GrowthMap,
        Compared::Item,
        Compared::Items,
        Compared::Orders,
        Compared::Overview,
        Compared::Points,
    ] {
        let found = asked(&session, &ComparisonQuery::of(&scope, figures));
        assert!(found.rows.is_empty(), "{figures:?}");
        assert!(found.finding.contains("データはありません"), "{figures:?}: {}", found.finding);
    }
    let without = Scope { compare: None, ..scope };
    let none = comparison::answer(&session, &ComparisonQuery::of(&without, Compared::Orders)).expect("an answer");
    assert_eq!(none, None, "nothing is asked for");
}
