-- says_how_paid: one row, whether any order an import states says how it was paid or whether an affiliate sent it.
-- ?1 name of a file of the import, ?2 when it was recorded
with stated as (
    select
        b.batch_id
    from batches b
    join batch_files f on f.batch_id = b.batch_id
    where b.recorded_at = ?2 and f.file_name = ?1
),
said as (
    select
        o.payment,
        o.affiliate
    from stated
    join orders o on o.batch_id = stated.batch_id
    union all
    select
        o.payment,
        o.affiliate
    from stated
    join sightings s on s.batch_id = stated.batch_id
    join orders o on o.order_id between s.block << 5 and (s.block << 5) + 31 and s.orders >> (o.order_id & 31) & 1
)
select
    exists (select 1 from said where payment is not null or affiliate is not null) as says
