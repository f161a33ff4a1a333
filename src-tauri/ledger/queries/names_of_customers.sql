-- names_of_customers: one row per customer, the name on the newest order that states one.
-- customer_id, family_name, given_name, (newest moment)
select
    b.customer_id,
    b.family_name,
    b.given_name,
    max(o.ordered_at)
from buyers b
join orders o on o.buyer_id = b.buyer_id
where o.is_current = 1 and (b.family_name <> '' or b.given_name <> '')
group by b.customer_id
