//! Every screen of the window, by its name.

use otokui_lib::app::screens::{CustomersQuery, OrdersQuery};
use otokui_lib::app::{
    Error, Session, basis, cohorts, coming_back, customers, groups, growth_map, items, lifetime_value, next_items,
    order_list, overview, points, profit, radar, this_week,
};
use otokui_lib::insight::Scope;
use otokui_lib::insight::acquired::By;
use otokui_lib::insight::cohort::Measure;
use serde::Serialize;

/// A screen asked about a scope; how many bytes its answer is as it crosses to the window.
pub type Screen = (&'static str, fn(&Session, &Scope) -> Result<usize, Error>);

/// Bytes of an answer as it crosses to the window.
pub fn bytes(answer: &impl Serialize) -> usize {
    serde_json::to_vec(answer).map_or(0, |json| json.len())
}

/// All of them.
pub const SCREENS: [Screen; 17] = [
    ("overview", |session, scope| Ok(bytes(&overview::screen(session, scope)?))),
    ("groups", |session, scope| Ok(bytes(&groups::screen(session, scope)?))),
    ("cohorts", |session, scope| Ok(bytes(&cohorts::screen(session, scope, Measure::Retention)?))),
    ("cohorts by item", |session, scope| {
        Ok(bytes(&cohorts::screen_by(session, scope, Measure::NetSales, By::FirstItem, &[])?))
    }),
    ("lifetime value", |session, scope| Ok(bytes(&lifetime_value::screen_by(session, scope, By::Month, &[])?))),
    ("lifetime value by item", |session, scope| {
        Ok(bytes(&lifetime_value::screen_by(session, scope, By::FirstItem, &[])?))
    }),
    ("growth map", |session, scope| Ok(bytes(&growth_map::screen(session, scope)?))),
    ("gaps", |session, scope| Ok(bytes(&coming_back::screen(session, scope, 2, 10)?))),
    ("items", |session, scope| Ok(bytes(&items::screen(session, scope)?))),
    ("next items", |session, scope| Ok(bytes(&next_items::screen(session, scope, None)?))),
    ("radar", |session, scope| Ok(bytes(&radar::screen(session, scope, 0)?))),
    ("points", |session, scope| Ok(bytes(&points::screen(session, scope, None)?))),
    ("profit", |session, scope| Ok(bytes(&profit::screen(session, scope, None)?))),
    ("actions", |session, scope| Ok(bytes(&this_week::screen(session, scope)?))),
    ("customers", |session, scope| {
        Ok(bytes(&customers::page(session, &CustomersQuery { scope: scope.clone(), ..CustomersQuery::default() })?))
    }),
    ("orders", |session, scope| {
        Ok(bytes(&order_list::page(session, &OrdersQuery { scope: scope.clone(), ..OrdersQuery::default() })?))
    }),
    ("basis", |session, scope| Ok(bytes(&basis::answer(session, scope)?))),
];
