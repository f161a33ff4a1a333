-- orders_set_apart: one row per order that counts in the ledger and is cancelled, returned or not yet confirmed by the
-- mall, newest first.
-- ?1 mall  ?2 first moment  ?3 moment after the last  ?4 item code  ?5 customer ids as a JSON array; null does not restrict
-- order_id, status, provisional
select
    o.order_id,
    o.status,
    o.provisional
from orders o
join buyers b on b.buyer_id = o.buyer_id
join stores s on s.store_id = o.store_id
where o.is_current = 1
    and (o.status in ('cancelled', 'returned') or o.provisional = 1)
    and (?1 is null or s.mall = ?1)
    and (?2 is null or o.ordered_at >= ?2)
    and (?3 is null or o.ordered_at < ?3)
    and (?4 is null or exists (
        select 1 from order_lines l join products p on p.product_id = l.product_id
        where l.order_id = o.order_id and p.code = ?4
    ))
    and (?5 is null or b.customer_id in (select value from json_each(?5)))
order by o.ordered_at desc, o.order_id desc
