-- sale_lines: one row per line of every order, by order_id and position.
-- order_id, product_id, quantity, goods (yen)
select
    order_id,
    product_id,
    quantity,
    unit_price * quantity
from order_lines
order by order_id, position
