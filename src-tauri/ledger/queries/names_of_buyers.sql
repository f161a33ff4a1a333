-- names_of_buyers: one row per customer asked for and way they are written, with or without a name.
-- ?1  customer ids as a JSON array
-- customer_id, family_name, given_name
select
    b.customer_id,
    b.family_name,
    b.given_name
from json_each(?1) asked
cross join buyer_rows b on
    (b.buyer_id = asked.value or b.customer_id = asked.value and b.customer_id <> b.buyer_id)
    and b.customer_id = asked.value
