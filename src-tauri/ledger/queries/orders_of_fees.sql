-- orders_of_fees: one row per order that a settlement names, with its number as the settlement writes it.
-- mall, order_number, order_id
with
named as (
    select distinct
        mall,
        order_number
    from fees
    where order_number <> ''
),
numbered as (
    select
        o.order_id,
        s.mall,
        o.number
    from orders o
    join stores s on s.store_id = o.store_id
    where o.is_current = 1
),
-- Yahoo's digits without the store, where one store alone has them
bare as (
    select
        max(o.order_id) as order_id,
        substr(o.number, length(s.account) + 2) as digits
    from orders o
    join stores s on s.store_id = o.store_id
    where o.is_current = 1 and s.mall = 'yahoo' and s.account <> ''
    group by digits
    having count(*) = 1
)
select
    f.mall,
    f.order_number,
    coalesce(n.order_id, bare.order_id) as order_id
from named f
left join numbered n on n.mall = f.mall and n.number = f.order_number
left join bare on f.mall = 'yahoo' and bare.digits = f.order_number
where coalesce(n.order_id, bare.order_id) is not null
order by f.mall, f.order_number
