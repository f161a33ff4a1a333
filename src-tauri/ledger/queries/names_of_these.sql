-- names_of_these: one row per customer asked for, the name on the newest order that states one.
-- ?1  customer ids as a JSON array
-- customer_id, family_name, given_name, (newest moment)
select
    b.customer_id,
    b.family_name,
    b.given_name,
    max(o.ordered_at)
from json_each(?1) asked
cross join buyer_rows b on
    (b.buyer_id = asked.value or b.customer_id = asked.value and b.customer_id <> b.buyer_id)
    and b.customer_id = asked.value
cross join orders o on
    (o.buyer_id = b.buyer_id and o.order_id < 1073741824
        or o.buyer_id = b.buyer_id and o.order_id >= 1073741824)
where o.is_current = 1 and (b.family_name <> '' or b.given_name <> '')
group by b.customer_id
