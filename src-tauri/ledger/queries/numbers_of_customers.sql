-- numbers_of_customers: one row per order that counts in the ledger, with whose it is.
-- customer_id, mall, account, number as it is kept (`ledger/digits.rs`)
select
    b.customer_id,
    s.mall,
    s.account,
    o.number
from order_rows o
cross join buyer_rows b on b.buyer_id = o.buyer_id
cross join stores s on s.store_id = o.store_id
where o.is_current = 1
