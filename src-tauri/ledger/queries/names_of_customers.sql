-- names_of_customers: one row per customer, the name on the newest order that states one.
-- ?1  customer ids as a JSON array; null for everybody
-- customer_id, family_name, given_name, (newest moment)
select
    b.customer_id,
    b.family_name,
    b.given_name,
    max(o.ordered_at)
from buyers b
join orders o on o.buyer_id = b.buyer_id
where o.is_current = 1
    and (b.family_name <> '' or b.given_name <> '')
    and (?1 is null or b.customer_id in (select value from json_each(?1)))
group by b.customer_id
