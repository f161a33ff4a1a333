-- rank_of_current: the rank of the statement of an order that counts, none for an unknown order.
-- ?1  order_key
-- coverage, phase, export_newest_at, order_newest_at, status_code, content_hash, payment, affiliate
select
    o.coverage,
    o.phase,
    max(b.newest_at, coalesce((
        select max(later.newest_at)
        from sightings s
        join batches later on later.batch_id = s.batch_id
        where s.order_id = o.order_id
    ), b.newest_at)),
    o.newest_at,
    o.status_code,
    o.content_hash,
    o.payment,
    o.affiliate
from orders o
join batches b on b.batch_id = o.batch_id
where o.order_key = ?1 and o.is_current = 1
