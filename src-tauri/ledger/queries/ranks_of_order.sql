-- ranks_of_order: one row per statement of an order, with what decides which one counts.
-- ?1  order_key
-- coverage, phase, export_newest_at, order_newest_at, status_code, content_hash, payment, affiliate, order_id, is_current
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
    o.affiliate,
    o.order_id,
    o.is_current
from orders o
join batches b on b.batch_id = o.batch_id
where o.order_key = ?1
