-- orders_of_customers: one row per order that counts in the ledger, sale or not, newest first.
-- ?1  customer ids as a JSON array, ?2  order ids as a JSON array; of the two at most one, null for both: all orders
with
-- found by index where somebody or something is asked for
asked as (
    select distinct value as order_id from json_each(?2)
    union all
    select o.order_id
    from (select distinct value from json_each(?1)) customers
    cross join buyers b on b.customer_id = customers.value
    cross join orders o on o.buyer_id = b.buyer_id
    union all
    select order_id from orders where ?1 is null and ?2 is null
)
select
    o.order_id,
    s.mall,
    s.account,
    o.number,
    o.ordered_at,
    o.time_known,
    o.status,
    o.provisional,
    b.customer_id,
    o.goods,
    o.goods - o.shop_coupon - o.shop_discount - o.refund,
    o.points_used,
    o.shop_coupon,
    o.mall_coupon,
    o.postage_charged,
    o.point_multiplier,
    b.prefecture,
    o.payment,
    o.affiliate
from asked
cross join orders o on o.order_id = asked.order_id
join buyers b on b.buyer_id = o.buyer_id
join stores s on s.store_id = o.store_id
where o.is_current = 1
order by o.ordered_at desc, o.order_id desc
