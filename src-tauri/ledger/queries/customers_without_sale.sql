-- customers_without_sale: one row per customer with orders in scope of which none counts as a sale, newest order first.
-- ?1  the moment before which orders count, ?2  the only mall, or null
-- customer_id, number, mall, status and ordered_at of the newest of these orders
with
-- who has any order that is no sale; few, and found by the index of orders set apart
asked as (
    select distinct b.customer_id
    from orders o
    join buyers b on b.buyer_id = o.buyer_id
    where o.is_current = 1
        and (o.status in ('cancelled', 'returned') or o.provisional = 1)
        and o.status in ('cancelled', 'returned')
)
select
    b.customer_id,
    o.number,
    s.mall,
    o.status,
    max(o.ordered_at)
from asked
cross join buyers b on b.customer_id = asked.customer_id
cross join orders o on o.buyer_id = b.buyer_id
join stores s on s.store_id = o.store_id
where o.is_current = 1 and o.ordered_at < ?1 and (?2 is null or s.mall = ?2)
group by b.customer_id
having sum(o.status in ('placed', 'shipped')) = 0
order by max(o.ordered_at) desc, b.customer_id
