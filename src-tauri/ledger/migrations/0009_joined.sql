-- Whom a value that has become common may concern is asked of a few small pages: only buyers of a customer who is written
-- in several ways stand in these.
create index buyers_joined_by_person on buyers (person_key) where customer_id <> buyer_id;
create index buyers_joined_by_customer on buyers (customer_id) where customer_id <> buyer_id;
