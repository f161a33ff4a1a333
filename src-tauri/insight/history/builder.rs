//! Orders as they come, made into the sorted columns of a history.

use super::super::category::Categories;
use super::super::margin::{Inputs, LineInput, OrderInput};
use super::super::rfm::GroupRules;
use super::{History, Item, LineRow, Once, OrderRow, Orders};
use crate::shop::CustomerId;

/// Takes orders in any order and makes the columns.
#[derive(Debug, Default)]
pub struct HistoryBuilder {
    orders: Orders,
    line_starts: Vec<u32>,
    lines: Vec<LineRow>,
    /// In the order of pushing; `app` fills in what is known only when every order has been seen.
    pub inputs: Inputs,
}

impl HistoryBuilder {
    /// The columns so far, in the order of pushing.
    pub fn orders(&self) -> &Orders {
        &self.orders
    }

    /// Adds one order with its lines and what its margin needs besides; a line without an input has no known cost.
    pub fn push_costed(&mut self, row: OrderRow, lines: &[LineRow], order: OrderInput, inputs: &[LineInput]) {
        self.push(row, lines);
        let from = self.inputs.lines.len() - lines.len();
        self.inputs.lines[from..].iter_mut().zip(inputs).for_each(|(to, input)| *to = *input);
        self.inputs.orders[self.orders.order.len() - 1] = order;
    }

    /// Adds one order with its lines.
    pub fn push(&mut self, row: OrderRow, lines: &[LineRow]) {
        let columns = &mut self.orders;
        columns.order.push(row.order);
        columns.customer.push(row.customer);
        columns.ordered_at.push(row.ordered_at);
        columns.time_known.push(row.time_known);
        columns.mall.push(row.mall);
        columns.goods.push(row.goods);
        columns.net_sales.push(row.net_sales);
        columns.margin.push(row.margin);
        columns.shop_coupon.push(row.shop_coupon);
        columns.paid_by_mall.push(row.paid_by_mall);
        columns.mall_coupon.push(row.mall_coupon);
        columns.point_multiplier.push(row.point_multiplier);
        columns.split.push(row.split);
        columns.subscription.push(row.subscription);
        columns.gift.push(row.gift);
        self.line_starts.push(self.lines.len() as u32);
        self.lines.extend_from_slice(lines);
        self.inputs.orders.push(OrderInput::default());
        self.inputs.lines.resize(self.lines.len(), LineInput::default());
    }

    /// Sorts what was pushed; lines keep the order in which they were pushed with their order.
    pub fn finish(mut self, items: Vec<Item>) -> History {
        self.line_starts.push(self.lines.len() as u32);
        let columns = &self.orders;
        let mut sorted: Vec<u32> = (0..columns.order.len() as u32).collect();
        sorted.sort_unstable_by_key(|&i| {
            let i = i as usize;
            (columns.customer[i], columns.ordered_at[i], columns.order[i])
        });
        fn gather<T: Copy>(column: &[T], sorted: &[u32]) -> Vec<T> {
            sorted.iter().map(|&i| column[i as usize]).collect()
        }
        let orders = Orders {
            order: gather(&columns.order, &sorted),
            customer: gather(&columns.customer, &sorted),
            ordered_at: gather(&columns.ordered_at, &sorted),
            time_known: gather(&columns.time_known, &sorted),
            mall: gather(&columns.mall, &sorted),
            goods: gather(&columns.goods, &sorted),
            net_sales: gather(&columns.net_sales, &sorted),
            margin: gather(&columns.margin, &sorted),
            shop_coupon: gather(&columns.shop_coupon, &sorted),
            paid_by_mall: gather(&columns.paid_by_mall, &sorted),
            mall_coupon: gather(&columns.mall_coupon, &sorted),
            point_multiplier: gather(&columns.point_multiplier, &sorted),
            split: gather(&columns.split, &sorted),
            subscription: gather(&columns.subscription, &sorted),
            gift: gather(&columns.gift, &sorted),
        };
        let mut line_starts = Vec::with_capacity(sorted.len() + 1);
        let mut lines = Vec::with_capacity(self.lines.len());
        let pushed = std::mem::take(&mut self.inputs.orders);
        let mut inputs = Inputs { orders: gather(&pushed, &sorted), lines: Vec::with_capacity(self.lines.len()) };
        drop(pushed);
        for &i in &sorted {
            line_starts.push(lines.len() as u32);
            let range = self.line_starts[i as usize] as usize..self.line_starts[i as usize + 1] as usize;
            lines.extend_from_slice(&self.lines[range.clone()]);
            inputs.lines.extend_from_slice(&self.inputs.lines[range]);
        }
        line_starts.push(lines.len() as u32);
        let mut customers = Vec::new();
        let mut starts = Vec::new();
        for (i, customer) in orders.customer.iter().enumerate() {
            if customers.last() != Some(customer) {
                customers.push(*customer);
                starts.push(i as u32);
            }
        }
        starts.push(orders.customer.len() as u32);
        History {
            customers,
            starts,
            orders,
            line_starts,
            lines,
            items,
            categories: Categories::default(),
            inputs,
            costs: None,
            any_cost_known: Once::default(),
            ends: Once::default(),
            by_age: Once::default(),
            raised: Once::default(),
            rules: GroupRules::default(),
        }
    }
}

impl History {
    /// The same sales as if every customer were whom `named` says, sorted anew. What an order earns hangs on nobody.
    pub fn renamed(&self, named: impl Fn(CustomerId) -> CustomerId) -> History {
        let mut builder = HistoryBuilder {
            orders: self.orders.clone(),
            line_starts: self.line_starts[..self.orders.order.len()].to_vec(),
            lines: self.lines.clone(),
            inputs: self.inputs.clone(),
        };
        builder.orders.customer.iter_mut().for_each(|customer| *customer = named(*customer));
        History {
            categories: self.categories.clone(),
            costs: self.costs.clone(),
            rules: self.rules,
            ..builder.finish(self.items.clone())
        }
    }
}
