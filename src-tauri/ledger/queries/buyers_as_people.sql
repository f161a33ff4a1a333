-- buyers_as_people: one row per buyer, with what decides who they are.
-- buyer_id, buyer_hash, customer_id, mall, the buyer's ten texts, stands_alone (0 or 1), person_key as written
-- stands_alone: a separated order's buyer, or one whom a list of the shop's own names by itself
select
    b.buyer_id,
    b.buyer_hash,
    b.customer_id,
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
    b.mail,
    b.is_separated = 1
        or (b.mall = 'own' and exists (select 1 from given_keys g where g.buyer_id = b.buyer_id)),
    b.person_key
from buyers b
order by b.buyer_id
