-- every_line: one row per line of an order, by position.
-- ?1  order_id
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
where l.order_id = ?1
order by l.position
