-- every_parcel: one row per parcel of an order that keeps its parcels, by position.
-- ?1  order_id
select
    order_id,
    ship_to_key,
    same_as_buyer,
    postage,
    recipient_name,
    recipient_kana,
    postal_code,
    prefecture,
    city,
    street,
    phone
from ship_tos
where order_id = ?1
order by position
