-- orders_of_customers: one row per order that counts in the ledger, sale or not, newest first.
-- number: as it is kept (`ledger/digits.rs`)
-- ?1  customer ids as a JSON array, ?2  order ids as a JSON array; of the two at most one, null for both: all orders
with
-- found by index where somebody or something is asked for
asked as (
    select distinct value as order_id from json_each(?2)
    union all
    select o.order_id
    from (select distinct value from json_each(?1)) customers
    cross join buyer_rows b on
        (b.buyer_id = customers.value or b.customer_id = customers.value and b.customer_id <> b.buyer_id)
        and b.customer_id = customers.value
    cross join order_rows o on
        (o.buyer_id = b.buyer_id and o.order_id < 1073741824
            or o.buyer_id = b.buyer_id and o.order_id >= 1073741824)
    union all
    select order_id from order_rows where ?1 is null and ?2 is null
)
select
    o.order_id,
    s.mall,
    s.account,
    o.number,
    o.ordered_at,
    t.time_known,
    t.status,
    t.provisional,
    b.customer_id,
    o.goods,
    o.goods - o.shop_coupon - o.shop_discount - o.refund,
    o.points_used,
    o.shop_coupon,
    o.mall_coupon,
    o.postage_charged,
    t.point_multiplier,
    coalesce(p.prefecture, ''),
    t.payment,
    t.affiliate
from asked
cross join order_rows o on o.order_id = asked.order_id
cross join order_states t on t.state_id = o.state_id
cross join buyer_rows b on b.buyer_id = o.buyer_id
cross join stores s on s.store_id = o.store_id
left join places p on p.place_id = b.place_id
where o.is_current = 1
order by o.ordered_at desc, o.order_id desc
