-- items_set_apart: one row per line of an order that counts in the ledger and is cancelled, returned or not yet confirmed by
-- the mall.
-- Cross joins keep this order: from the few orders to their lines, not through all lines of the ledger.
-- order_id, code
select
    l.order_id,
    p.code
from orders o
cross join order_lines l on l.order_id = o.order_id
cross join products p on p.product_id = l.product_id
where o.is_current = 1
    and (o.status in ('cancelled', 'returned') or o.provisional = 1)
