-- every_line: one row per line of every order, by order_id and position.
select
    l.order_id,
    cast(l.line_key as text),
    cast(l.ship_to_key as text),
    p.code,
    p.sku,
    p.name,
    p.variation,
    l.quantity,
    l.unit_price,
    l.tax_permille,
    l.point_multiplier
from order_lines l
join products p on p.product_id = l.product_id
order by l.order_id, l.position
