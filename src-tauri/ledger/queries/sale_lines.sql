-- sale_lines: one row per line of every order, by order_id and position.
-- order_id, product_id, quantity, goods (yen), point_multiplier, tax_permille (null when not stated)
select
    order_id,
    product_id,
    quantity,
    unit_price * quantity,
    point_multiplier,
    tax_permille
from order_lines
order by order_id, position
