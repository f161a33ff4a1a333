-- buyers_of_person: one row per buyer of one person, with what decides who they are.
-- ?1  person_key
-- buyer_id, buyer_hash, customer_id, mall, the buyer's ten texts, stands_alone (0 or 1), person_key as written,
-- end of the mail address; postal code, phone and mail as they are kept (`ledger/digits.rs`)
-- stands_alone: a separated order's buyer, or one whom a list of the shop's own names by itself
select
    b.buyer_id,
    b.buyer_hash,
    b.customer_id,
    p.mall,
    b.family_name,
    b.given_name,
    b.family_kana,
    b.given_kana,
    b.postal_code,
    p.prefecture,
    p.city,
    b.street,
    b.phone,
    b.mail,
    b.is_separated = 1
        or (p.mall = 'own' and exists (select 1 from given_keys g where g.buyer_id = b.buyer_id)),
    b.person_key,
    e.mail_end
from buyer_rows b
left join places p on p.place_id = b.place_id
left join mail_ends e on e.mail_end_id = b.mail_end_id
where (b.person_key = ?1 and b.is_newer = 0 or b.person_key = ?1 and b.is_newer = 1)
order by b.buyer_id
