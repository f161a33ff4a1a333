-- search_customers: one row per customer whose name holds a text.
-- ?1  the text with % around it, escaped with \
-- customer_id
select distinct b.customer_id
from buyer_rows b
where b.family_name || b.given_name like ?1 escape '\'
    or b.family_name || ' ' || b.given_name like ?1 escape '\'
    or b.family_kana || b.given_kana like ?1 escape '\'
