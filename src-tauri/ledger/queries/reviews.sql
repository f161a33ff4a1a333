-- reviews: one row per review in the newest file that has it, with its order. What Otokui wrote out without the text
-- of reviews says less than any other file, so it counts only where there is no other.
-- order_id, customer_id (nothing when the ledger does not have the order)
with
current as (
    select
        r.batch_id,
        r.row_number,
        r.mall,
        r.of_shop,
        r.order_number,
        r.item_code,
        r.item_name,
        r.posted_at,
        r.time_known,
        r.stars,
        r.title,
        r.body
    from reviews r
    join batches b on b.batch_id = r.batch_id
    where not exists (
        select 1 from reviews newer
        join batches n on n.batch_id = newer.batch_id
        where
            newer.entry_key = r.entry_key
            and (n.profile <> 'otokui-reviews' or newer.title <> '' or newer.body <> '', newer.batch_id)
            > (b.profile <> 'otokui-reviews' or r.title <> '' or r.body <> '', r.batch_id)
    )
),
numbered as (
    select
        o.order_id,
        s.mall,
        o.number,
        b.customer_id
    from orders o
    join stores s on s.store_id = o.store_id
    join buyers b on b.buyer_id = o.buyer_id
    where o.is_current = 1
),
-- Yahoo's digits without the store, where one store alone has them
bare as (
    select
        max(o.order_id) as order_id,
        substr(o.number, length(s.account) + 2) as digits,
        max(b.customer_id) as customer_id
    from orders o
    join stores s on s.store_id = o.store_id
    join buyers b on b.buyer_id = o.buyer_id
    where o.is_current = 1 and s.mall = 'yahoo' and s.account <> ''
    group by digits
    having count(*) = 1
)
select
    c.mall,
    c.of_shop,
    c.order_number,
    c.item_code,
    c.item_name,
    c.posted_at,
    c.time_known,
    c.stars,
    c.title,
    c.body,
    coalesce(n.order_id, bare.order_id) as order_id,
    coalesce(n.customer_id, bare.customer_id) as customer_id
from current c
left join numbered n on n.mall = c.mall and n.number = c.order_number
left join bare on c.mall = 'yahoo' and bare.digits = c.order_number
order by c.posted_at, c.batch_id, c.row_number
