-- sales: one row per order that counts as a sale, in the statement that counts, by order_id.
-- order_id, customer_id, ordered_at, time_known, mall, goods, net_sales (yen), shop_coupon, paid_by_mall,
-- point_multiplier, split (1 when its parent is in the ledger), subscription (1 from the second delivery), is_gift,
-- order_key (the same whatever was imported first), store_id, refund, postage_charged, cod_charged, prefecture of the buyer,
-- mall_coupon (yen, also part of paid_by_mall), payment, affiliate (null where it is not said)
select
    o.order_id,
    b.customer_id,
    o.ordered_at,
    o.time_known,
    s.mall,
    o.goods,
    o.goods - o.shop_coupon - o.shop_discount - o.refund,
    o.shop_coupon,
    o.points_used + o.mall_coupon + o.gift_card,
    o.point_multiplier,
    o.parent_key is not null and exists (
        select 1 from orders p
        where p.order_key = o.parent_key and p.is_current = 1 and p.status in ('placed', 'shipped')
    ),
    o.subscription_delivery >= 2,
    o.is_gift,
    o.order_key,
    o.store_id,
    o.refund,
    o.postage_charged,
    o.cod_charged,
    b.prefecture,
    o.mall_coupon,
    o.payment,
    o.affiliate
from orders o
join buyers b on b.buyer_id = o.buyer_id
join stores s on s.store_id = o.store_id
where o.is_current = 1 and o.status in ('placed', 'shipped')
order by o.order_id
