-- orders_of_customers: one row per order that counts in the ledger, sale or not, newest first.
-- ?1  customer ids as a JSON array; null for everybody
-- ?2  order ids as a JSON array; null for all of theirs
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
from orders o
join buyers b on b.buyer_id = o.buyer_id
join stores s on s.store_id = o.store_id
where o.is_current = 1
    and (?1 is null or b.customer_id in (select value from json_each(?1)))
    and (?2 is null or o.order_id in (select value from json_each(?2)))
order by o.ordered_at desc, o.order_id desc
