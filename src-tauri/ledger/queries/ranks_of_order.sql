-- ranks_of_order: one row per statement of an order, with what decides which one counts.
-- ?1  store_id, ?2  number as it is kept
-- coverage, phase, export_newest_at, saved_ms, order_newest_at, status_code, content_hash, payment, affiliate, is_own, order_id, is_current
select
    t.coverage,
    t.phase,
    max(b.newest_at, coalesce((
        select max(later.newest_at)
        from sightings s
        join batches later on later.batch_id = s.batch_id
        where s.block = o.order_id >> 5 and s.orders >> (o.order_id & 31) & 1
    ), b.newest_at)),
    -- Only lists that owners keep have it.
    case when b.profile = 'mapped' or m.mall = 'own' then max(b.saved_ms, coalesce((
        select max(later.saved_ms)
        from sightings s
        join batches later on later.batch_id = s.batch_id
        where s.block = o.order_id >> 5 and s.orders >> (o.order_id & 31) & 1
    ), b.saved_ms)) else 0 end,
    o.ordered_at + o.newest_after,
    t.status_code,
    o.content_hash,
    t.payment,
    t.affiliate,
    m.mall = 'own',
    o.order_id,
    o.is_current
from order_rows o
join order_states t on t.state_id = o.state_id
join batches b on b.batch_id = o.batch_id
join stores m on m.store_id = o.store_id
where o.number = ?2 and o.store_id = ?1
