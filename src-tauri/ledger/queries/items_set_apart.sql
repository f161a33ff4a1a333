-- items_set_apart: one row per line of an order that counts in the ledger and is cancelled, returned or not yet confirmed by
-- the mall.
-- Cross joins keep this order: from the few orders to their lines, not through all lines of the ledger.
-- order_id, code
select
    l.order_id,
    p.code
from order_rows r
cross join order_lines l on l.order_id = r.order_id
cross join products p on p.product_id = l.product_id
where r.is_current = 1
    and r.is_set_apart = 1
