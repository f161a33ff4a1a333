-- says_how_paid: one row, whether any order an import states says how it was paid or whether an affiliate sent it.
-- ?1 the import
with said as (
    select
        o.payment,
        o.affiliate
    from orders o
    where o.batch_id = ?1
    union all
    select
        o.payment,
        o.affiliate
    from sightings s
    join orders o on o.order_id between s.block << 5 and (s.block << 5) + 31 and s.orders >> (o.order_id & 31) & 1
    where s.batch_id = ?1
)
select
    exists (select 1 from said where payment is not null or affiliate is not null) as says
