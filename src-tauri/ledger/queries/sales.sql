-- sales: one row per order that counts as a sale, in the statement that counts, by order_id.
-- order_id, customer_id, ordered_at, time_known, mall, goods, net_sales (yen), shop_coupon, paid_by_mall,
-- point_multiplier, split (1 when its parent is in the ledger), subscription (1 from the second delivery), is_gift,
-- account of the store, store_id, refund, postage_charged, cod_charged, prefecture of the buyer,
-- mall_coupon (yen, also part of paid_by_mall), payment, affiliate (null where it is not said), number as it is kept
select
    o.order_id,
    b.customer_id,
    o.ordered_at,
    t.time_known,
    s.mall,
    o.goods,
    o.goods - o.shop_coupon - o.shop_discount - o.refund,
    o.shop_coupon,
    o.points_used + o.mall_coupon + o.gift_card,
    t.point_multiplier,
    o.parent_number is not null and exists (
        select 1 from order_rows p
        join order_states u on u.state_id = p.state_id
        where p.number = o.parent_number and p.store_id = o.store_id and p.is_current = 1
            and u.status in ('placed', 'shipped')
    ),
    t.subscription_delivery >= 2,
    t.is_gift,
    s.account,
    o.store_id,
    o.refund,
    o.postage_charged,
    t.cod_charged,
    p.prefecture,
    o.mall_coupon,
    t.payment,
    t.affiliate,
    o.number
from order_rows o
cross join order_states t on t.state_id = o.state_id
cross join buyer_rows b on b.buyer_id = o.buyer_id
cross join stores s on s.store_id = o.store_id
left join places p on p.place_id = b.place_id
where o.is_current = 1 and t.status in ('placed', 'shipped')
order by o.order_id
