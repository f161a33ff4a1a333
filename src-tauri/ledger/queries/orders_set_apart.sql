-- orders_set_apart: one row per order that counts in the ledger and is cancelled, returned or not yet confirmed by the
-- mall, newest first.
-- order_id, status, provisional, mall, ordered_at, customer_id, number
select
    o.order_id,
    o.status,
    o.provisional,
    s.mall,
    o.ordered_at,
    b.customer_id,
    o.number
from order_rows r
cross join orders o on o.order_id = r.order_id
join buyer_rows b on b.buyer_id = o.buyer_id
join stores s on s.store_id = o.store_id
where r.is_current = 1
    and r.is_set_apart = 1
order by o.ordered_at desc, o.order_id desc
