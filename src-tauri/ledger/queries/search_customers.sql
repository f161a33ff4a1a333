-- search_customers: one row per customer whose name or order number holds a text.
-- ?1  the text with % around it, escaped with \
-- customer_id
select b.customer_id
from buyers b
where b.family_name || b.given_name like ?1 escape '\'
    or b.family_name || ' ' || b.given_name like ?1 escape '\'
    or b.family_kana || b.given_kana like ?1 escape '\'
union
select b.customer_id
from orders o
join buyers b on b.buyer_id = o.buyer_id
where o.is_current = 1 and o.number like ?1 escape '\'
