-- names_written: one row per customer asked for and name on an order of theirs that counts.
-- ?1  customer ids as a JSON array
-- customer_id, family_name, given_name
select distinct
    b.customer_id,
    b.family_name,
    b.given_name
from json_each(?1) asked
cross join buyer_rows b on
    (b.buyer_id = asked.value or b.customer_id = asked.value and b.customer_id <> b.buyer_id)
    and b.customer_id = asked.value
where (b.family_name <> '' or b.given_name <> '')
    and exists (select 1 from orders o where o.is_current = 1 and
        (o.buyer_id = b.buyer_id and o.order_id < 1073741824
            or o.buyer_id = b.buyer_id and o.order_id >= 1073741824))
