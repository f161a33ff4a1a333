-- taken: one row per recorded action that stands, the newest day first; of one customer when one is named.
-- ?1  customer_id, or null
-- the action, the people it went to (a count), and what was proposed
select
    t.taken_id,
    t.recorded_at,
    t.taken_on,
    t.channel,
    t.channel_mall,
    t.people_count,
    t.action_key,
    t.rule,
    t.item_mall,
    t.item_code,
    t.item_name,
    t.customer_group,
    t.as_of,
    t.proposed_count,
    t.past_count,
    t.past_bought,
    t.window_days,
    t.lift_low,
    t.lift_high,
    t.value_basis,
    t.typical_value,
    t.cost,
    t.worth_low,
    t.worth_high
from taken_actions t
where
    t.removed = 0
    and (?1 is null or exists (
        select 1 from taken_buyers p
        cross join buyer_rows b
                on (b.buyer_hash = p.buyer_hash and b.is_newer = 0 or b.buyer_hash = p.buyer_hash and b.is_newer = 1)
        where p.taken_id = t.taken_id and b.customer_id = ?1
    ))
order by t.taken_on desc, t.taken_id desc
