-- every_parcel: one row per parcel of every order that keeps its parcels, by order_id and position.
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
order by order_id, position
