-- likely_pairs: one row per pair of people that may be one and are two customers, the most likely first.
-- customer of the first, of the second, first_person, second_person, score (log2 of the odds)
with pairs as (
    select
        (select b.customer_id from buyer_rows b where
            (b.person_key = p.first_person and b.is_newer = 0 or b.person_key = p.first_person and b.is_newer = 1) limit 1) as first_customer,
        (select b.customer_id from buyer_rows b where
            (b.person_key = p.second_person and b.is_newer = 0 or b.person_key = p.second_person and b.is_newer = 1) limit 1) as second_customer,
        p.first_person,
        p.second_person,
        p.score
    from likely_pairs p
)
select
    first_customer,
    second_customer,
    first_person,
    second_person,
    score
from pairs
where first_customer <> second_customer
order by score desc, first_person, second_person
