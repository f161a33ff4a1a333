-- every_order: one row per order in the statement that counts, sale or not, with its buyer, in the order in which
-- orders were first stated, so that customers and products are met in the order of their numbers; of one store all
-- statements.
-- ?1  store_id, or null for all stores
select
    o.order_id,
    b.customer_id,
    s.mall,
    s.account,
    o.number,
    o.ordered_at,
    o.time_known,
    o.status,
    o.provisional,
    o.status_code,
    o.newest_at,
    o.shop_coupon,
    o.shop_discount,
    o.refund,
    o.mall_coupon,
    o.points_used,
    o.gift_card,
    o.postage_charged,
    o.cod_charged,
    o.wrapping_charged,
    o.billed,
    o.parent_number,
    o.subscription_delivery,
    o.shop_coupon_name,
    b.family_name,
    b.given_name,
    b.family_kana,
    b.given_kana,
    b.postal_code,
    b.prefecture,
    b.city,
    b.street,
    b.phone,
    b.mail,
    o.payment,
    o.affiliate,
    o.coverage
from orders o
join order_rows r on r.order_id = o.order_id
join buyers b on b.buyer_id = o.buyer_id
join stores s on s.store_id = o.store_id
where iif(?1 is null, o.is_current = 1, o.store_id = ?1)
order by (select min(f.order_id) from order_rows f where f.number = r.number and f.store_id = r.store_id), o.order_id
