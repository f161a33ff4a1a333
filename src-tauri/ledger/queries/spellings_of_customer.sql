-- spellings_of_customer: one row per way a customer was written, the one with the newest order first.
-- ?1  customer_id
-- mall, the buyer's nine texts besides the mail, newest mail, mails, orders, first and last moment of ordering
select
    b.mall,
    b.family_name,
    b.given_name,
    b.family_kana,
    b.given_kana,
    b.postal_code,
    b.prefecture,
    b.city,
    b.street,
    b.phone,
    max(b.mail),
    count(distinct nullif(b.mail, '')),
    count(*),
    min(o.ordered_at),
    max(o.ordered_at)
from buyers b
cross join orders o on
    (o.buyer_id = b.buyer_id and o.order_id < 1073741824
        or o.buyer_id = b.buyer_id and o.order_id >= 1073741824)
where o.is_current = 1
    and (b.buyer_id = ?1 or b.customer_id = ?1 and b.customer_id <> b.buyer_id) and b.customer_id = ?1
group by
    b.mall, b.family_name, b.given_name, b.family_kana, b.given_kana, b.postal_code, b.prefecture, b.city, b.street, b.phone
order by max(o.ordered_at) desc, b.mall, b.family_name, b.given_name, b.postal_code, b.street, b.phone
