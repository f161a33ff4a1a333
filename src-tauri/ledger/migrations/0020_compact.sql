-- The same facts in less room and less time: what stands in many rows stands once, and what is made of digits is kept as a
-- number. `orders`, `buyers` and `ship_tos` say it all as it was stated; they are views now. Runs with references unchecked.

-- Where people live. A place is no declared reference, for that would need an index that nothing else uses.
create table places (
    place_id integer primary key,
    mall text not null,
    prefecture text not null,
    city text not null,
    unique (mall, prefecture, city)
) strict;
insert into places (mall, prefecture, city)
select mall, prefecture, city from buyers
union
select s.mall, p.prefecture, p.city
from ship_tos p join orders o on o.order_id = p.order_id join stores s on s.store_id = o.store_id;

-- Ends of mail addresses that begin with hexadecimal digits, as those do that a mall has masked.
create table mail_ends (
    mail_end_id integer primary key,
    mail_end text not null unique
) strict;
insert into mail_ends (mail_end)
select distinct substr(mail, 33) from buyers
where length(mail) > 32 and not substr(mail, 1, 32) glob '*[^0-9a-f]*';

-- What orders have in common besides their amounts.
create table order_states (
    state_id integer primary key,
    status text not null check (status = 'shipped' or status = 'placed' or status = 'cancelled' or status = 'returned'),
    status_code integer not null,
    provisional integer not null check (provisional = 0 or provisional = 1),
    -- 0 open, 1 sent, 2 gone
    phase integer not null check (phase between 0 and 2),
    -- more is known: 1 a buyer, 2 lines
    coverage integer not null,
    time_known integer not null check (time_known = 0 or time_known = 1),
    -- 1 card, 2 PayPay, 3 points, 4 convenience store, 5 bank transfer, 6 cash on delivery, 7 telephone bill, 8 after
    -- receiving, 9 another known way; null: not said
    payment integer,
    affiliate integer check (affiliate = 0 or affiliate = 1),
    point_multiplier integer not null,
    is_gift integer not null check (is_gift = 0 or is_gift = 1)
) strict;
insert into order_states (status, status_code, provisional, phase, coverage, time_known, payment, affiliate, point_multiplier, is_gift)
select distinct status, status_code, provisional, phase, coverage, time_known, payment, affiliate, point_multiplier, is_gift from orders;
-- Every order is looked for below.
create index order_states_below on order_states (point_multiplier, status_code, payment, is_gift);

alter table buyers rename to buyer_rows;
create table buyer_rows_anew (
    buyer_id integer primary key,
    buyer_hash integer not null,
    person_key integer not null,
    place_id integer not null,
    -- the smallest buyer_id of those who are the same person
    customer_id integer not null,
    -- the buyer of an order that the owner has said is somebody else's: stands alone
    is_separated integer not null check (is_separated = 0 or is_separated = 1),
    -- of a later import: found through indexes of its own
    is_newer integer not null check (is_newer = 0 or is_newer = 1),
    -- seven digits as a number, anything else as it was stated
    postal_code any not null,
    -- ten or eleven digits as a number, with where the hyphens stand (`ledger/digits.rs`), anything else as it was stated
    phone any not null,
    -- 32 hexadecimal digits as the 16 bytes they are, where there is an end; otherwise as it was stated
    mail any not null,
    mail_end_id integer,
    family_name text not null,
    given_name text not null,
    family_kana text not null,
    given_kana text not null,
    street text not null
) strict;
insert into buyer_rows_anew
select
    b.buyer_id, b.buyer_hash, b.person_key,
    (select p.place_id from places p where p.mall = b.mall and p.prefecture = b.prefecture and p.city = b.city),
    b.customer_id, b.is_separated, b.is_newer,
    iif(length(b.postal_code) = 7 and not b.postal_code glob '*[^0-9]*', cast(b.postal_code as integer), b.postal_code),
    case
        when length(replace(b.phone, '-', '')) not in (10, 11) or replace(b.phone, '-', '') glob '*[^0-9]*' then b.phone
        when replace(b.phone, '-', '') = b.phone then (length(b.phone) - 10) * 100000000000 + cast(b.phone as integer)
        when length(b.phone) = length(replace(b.phone, '-', '')) + 2 and instr(b.phone, '-') - 1 between 1 and 9 and instr(substr(b.phone, instr(b.phone, '-') + 1), '-') - 1 between 1 and 9 and b.phone glob '*[0-9]'
            then (((instr(b.phone, '-') - 1) * 10 + instr(substr(b.phone, instr(b.phone, '-') + 1), '-') - 1) * 2 + length(replace(b.phone, '-', '')) - 10) * 100000000000 + cast(replace(b.phone, '-', '') as integer)
        else b.phone
    end,
    iif(e.mail_end_id is null, b.mail, unhex(substr(b.mail, 1, 32))),
    e.mail_end_id,
    b.family_name, b.given_name, b.family_kana, b.given_kana, b.street
from buyer_rows b
left join mail_ends e
    on e.mail_end = substr(b.mail, 33) and not substr(b.mail, 1, 32) glob '*[^0-9a-f]*'
order by b.buyer_id;
drop table buyer_rows;
alter table buyer_rows_anew rename to buyer_rows;
create index buyers_by_hash on buyer_rows (buyer_hash) where is_newer = 0;
create index newer_buyers_by_hash on buyer_rows (buyer_hash) where is_newer = 1;
create index buyers_by_person on buyer_rows (person_key) where is_newer = 0;
create index newer_buyers_by_person on buyer_rows (person_key) where is_newer = 1;
create index buyers_joined_by_person on buyer_rows (person_key) where customer_id <> buyer_id;
create index buyers_joined_by_customer on buyer_rows (customer_id) where customer_id <> buyer_id;

alter table orders rename to order_rows;
create table order_rows_anew (
    order_id integer primary key,
    store_id integer not null references stores (store_id),
    -- the mall's number; without what every number of the store has in common where it is made as the malls make it:
    -- Rakuten's as days since 2000-01-01 × 10^10 + serial, Yahoo's as its digits. Store and number name an order.
    number any not null,
    content_hash integer not null,
    is_current integer not null check (is_current = 0 or is_current = 1),
    -- cancelled, returned or not yet confirmed, as its state says
    is_set_apart integer not null check (is_set_apart = 0 or is_set_apart = 1),
    -- of the batches that stated it this way, the one with the newest export
    batch_id integer not null references batches (batch_id),
    buyer_id integer not null references buyer_rows (buyer_id),
    ordered_at integer not null,
    -- newest_at, counted from ordered_at
    newest_after integer not null,
    state_id integer not null,
    goods integer not null,
    shop_coupon integer not null,
    shop_discount integer not null,
    refund integer not null,
    mall_coupon integer not null,
    points_used integer not null,
    gift_card integer not null,
    postage_charged integer not null,
    cod_charged integer not null,
    wrapping_charged integer not null,
    -- what the export says the buyer still pays, counted from what follows from the other amounts
    billed_besides integer,
    -- like `number`
    parent_number any,
    subscription_delivery integer not null,
    shop_coupon_name text not null
) strict;
insert into order_rows_anew
select
    o.order_id, o.store_id,
    case
        when s.account = '' or substr(o.number, 1, length(s.account) + 1) <> s.account || '-' then o.number
        when s.mall = 'rakuten' and substr(o.number, length(s.account) + 2) glob '[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]-[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]' and substr(substr(o.number, length(s.account) + 2), 1, 4) || '-' || substr(substr(o.number, length(s.account) + 2), 5, 2) || '-' || substr(substr(o.number, length(s.account) + 2), 7, 2) between '2000-01-01' and '2099-12-31'
            and strftime('%Y%m%d', substr(substr(o.number, length(s.account) + 2), 1, 4) || '-' || substr(substr(o.number, length(s.account) + 2), 5, 2) || '-' || substr(substr(o.number, length(s.account) + 2), 7, 2)) = substr(substr(o.number, length(s.account) + 2), 1, 8)
            then (unixepoch(substr(substr(o.number, length(s.account) + 2), 1, 4) || '-' || substr(substr(o.number, length(s.account) + 2), 5, 2) || '-' || substr(substr(o.number, length(s.account) + 2), 7, 2)) / 86400 - 10957) * 10000000000 + cast(substr(substr(o.number, length(s.account) + 2), 10) as integer)
        when s.mall = 'yahoo' and substr(o.number, length(s.account) + 2) glob '[1-9]*' and not substr(o.number, length(s.account) + 2) glob '*[^0-9]*' and length(substr(o.number, length(s.account) + 2)) < 16
            then cast(substr(o.number, length(s.account) + 2) as integer)
        else o.number
    end,
    o.content_hash, o.is_current, o.status in ('cancelled', 'returned') or o.provisional = 1,
    o.batch_id, o.buyer_id, o.ordered_at, o.newest_at - o.ordered_at,
    (select t.state_id from order_states t where t.status is o.status and t.status_code is o.status_code and t.provisional is o.provisional and t.phase is o.phase and t.coverage is o.coverage and t.time_known is o.time_known and t.payment is o.payment and t.affiliate is o.affiliate and t.point_multiplier is o.point_multiplier and t.is_gift is o.is_gift),
    o.goods, o.shop_coupon, o.shop_discount, o.refund, o.mall_coupon, o.points_used, o.gift_card,
    o.postage_charged, o.cod_charged, o.wrapping_charged,
    o.billed - (o.goods - o.shop_coupon - o.shop_discount - o.mall_coupon - o.points_used - o.gift_card
            + o.postage_charged + o.cod_charged + o.wrapping_charged),
    case
        when s.account = '' or substr(o.parent_number, 1, length(s.account) + 1) <> s.account || '-' then o.parent_number
        when s.mall = 'rakuten' and substr(o.parent_number, length(s.account) + 2) glob '[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]-[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]' and substr(substr(o.parent_number, length(s.account) + 2), 1, 4) || '-' || substr(substr(o.parent_number, length(s.account) + 2), 5, 2) || '-' || substr(substr(o.parent_number, length(s.account) + 2), 7, 2) between '2000-01-01' and '2099-12-31'
            and strftime('%Y%m%d', substr(substr(o.parent_number, length(s.account) + 2), 1, 4) || '-' || substr(substr(o.parent_number, length(s.account) + 2), 5, 2) || '-' || substr(substr(o.parent_number, length(s.account) + 2), 7, 2)) = substr(substr(o.parent_number, length(s.account) + 2), 1, 8)
            then (unixepoch(substr(substr(o.parent_number, length(s.account) + 2), 1, 4) || '-' || substr(substr(o.parent_number, length(s.account) + 2), 5, 2) || '-' || substr(substr(o.parent_number, length(s.account) + 2), 7, 2)) / 86400 - 10957) * 10000000000 + cast(substr(substr(o.parent_number, length(s.account) + 2), 10) as integer)
        when s.mall = 'yahoo' and substr(o.parent_number, length(s.account) + 2) glob '[1-9]*' and not substr(o.parent_number, length(s.account) + 2) glob '*[^0-9]*' and length(substr(o.parent_number, length(s.account) + 2)) < 16
            then cast(substr(o.parent_number, length(s.account) + 2) as integer)
        else o.parent_number
    end,
    o.subscription_delivery, o.shop_coupon_name
from order_rows o join stores s on s.store_id = o.store_id
order by o.order_id;
drop index order_states_below;
drop table order_rows;
alter table order_rows_anew rename to order_rows;
create index orders_by_number on order_rows (number);
create index orders_of_buyer on order_rows (buyer_id);
create index orders_set_apart on order_rows (ordered_at) where is_current = 1 and is_set_apart = 1;

alter table ship_tos rename to parcel_rows;
create table parcel_rows_anew (
    order_id integer not null references order_rows (order_id) on delete cascade,
    position integer not null,
    -- a number where it is one
    ship_to_key any not null,
    same_as_buyer integer not null check (same_as_buyer = 0 or same_as_buyer = 1),
    postage integer not null,
    place_id integer not null,
    -- both as in buyer_rows
    postal_code any not null,
    phone any not null,
    recipient_name text not null,
    recipient_kana text not null,
    street text not null,
    primary key (order_id, position)
) strict, without rowid;
insert into parcel_rows_anew
select
    p.order_id, p.position,
    iif(length(p.ship_to_key) < 16 and cast(cast(p.ship_to_key as integer) as text) = p.ship_to_key, cast(p.ship_to_key as integer), p.ship_to_key),
    p.same_as_buyer, p.postage,
    (select l.place_id from places l where l.mall = s.mall and l.prefecture = p.prefecture and l.city = p.city),
    iif(length(p.postal_code) = 7 and not p.postal_code glob '*[^0-9]*', cast(p.postal_code as integer), p.postal_code),
    case
        when length(replace(p.phone, '-', '')) not in (10, 11) or replace(p.phone, '-', '') glob '*[^0-9]*' then p.phone
        when replace(p.phone, '-', '') = p.phone then (length(p.phone) - 10) * 100000000000 + cast(p.phone as integer)
        when length(p.phone) = length(replace(p.phone, '-', '')) + 2 and instr(p.phone, '-') - 1 between 1 and 9 and instr(substr(p.phone, instr(p.phone, '-') + 1), '-') - 1 between 1 and 9 and p.phone glob '*[0-9]'
            then (((instr(p.phone, '-') - 1) * 10 + instr(substr(p.phone, instr(p.phone, '-') + 1), '-') - 1) * 2 + length(replace(p.phone, '-', '')) - 10) * 100000000000 + cast(replace(p.phone, '-', '') as integer)
        else p.phone
    end,
    p.recipient_name, p.recipient_kana, p.street
from parcel_rows p join order_rows o on o.order_id = p.order_id join stores s on s.store_id = o.store_id
order by p.order_id, p.position;
drop table parcel_rows;
alter table parcel_rows_anew rename to parcel_rows;

create view buyers as
select
    b.buyer_id,
    b.buyer_hash,
    (select p.mall from places p where p.place_id = b.place_id) as mall,
    b.family_name,
    b.given_name,
    b.family_kana,
    b.given_kana,
    iif(typeof(b.postal_code) = 'integer', printf('%07d', b.postal_code), b.postal_code) as postal_code,
    (select p.prefecture from places p where p.place_id = b.place_id) as prefecture,
    (select p.city from places p where p.place_id = b.place_id) as city,
    b.street,
    case
        when typeof(b.phone) = 'text' then b.phone
        when b.phone < 200000000000 then printf('%0*d', 10 + b.phone / 100000000000 % 2, b.phone % 100000000000)
        else substr(printf('%0*d', 10 + b.phone / 100000000000 % 2, b.phone % 100000000000), 1, b.phone / 2000000000000) || '-' || substr(printf('%0*d', 10 + b.phone / 100000000000 % 2, b.phone % 100000000000), b.phone / 2000000000000 + 1, b.phone / 200000000000 % 10) || '-'
            || substr(printf('%0*d', 10 + b.phone / 100000000000 % 2, b.phone % 100000000000), b.phone / 2000000000000 + b.phone / 200000000000 % 10 + 1)
    end as phone,
    iif(typeof(b.mail) = 'blob', lower(hex(b.mail)), b.mail)
        || coalesce((select e.mail_end from mail_ends e where e.mail_end_id = b.mail_end_id), '') as mail,
    b.customer_id,
    b.person_key,
    b.is_separated,
    b.is_newer
from buyer_rows b;

create view ship_tos as
select
    p.order_id,
    p.position,
    cast(p.ship_to_key as text) as ship_to_key,
    p.same_as_buyer,
    p.postage,
    p.recipient_name,
    p.recipient_kana,
    iif(typeof(p.postal_code) = 'integer', printf('%07d', p.postal_code), p.postal_code) as postal_code,
    (select l.prefecture from places l where l.place_id = p.place_id) as prefecture,
    (select l.city from places l where l.place_id = p.place_id) as city,
    p.street,
    case
        when typeof(p.phone) = 'text' then p.phone
        when p.phone < 200000000000 then printf('%0*d', 10 + p.phone / 100000000000 % 2, p.phone % 100000000000)
        else substr(printf('%0*d', 10 + p.phone / 100000000000 % 2, p.phone % 100000000000), 1, p.phone / 2000000000000) || '-' || substr(printf('%0*d', 10 + p.phone / 100000000000 % 2, p.phone % 100000000000), p.phone / 2000000000000 + 1, p.phone / 200000000000 % 10) || '-'
            || substr(printf('%0*d', 10 + p.phone / 100000000000 % 2, p.phone % 100000000000), p.phone / 2000000000000 + p.phone / 200000000000 % 10 + 1)
    end as phone
from parcel_rows p;

create view orders as
select
    o.order_id,
    o.store_id,
    case
        when typeof(o.number) <> 'integer' then o.number
        when (select s.mall from stores s where s.store_id = o.store_id) = 'rakuten'
            then (select s.account from stores s where s.store_id = o.store_id) || strftime('-%Y%m%d-', (o.number / 10000000000 + 10957) * 86400, 'unixepoch')
                || printf('%010d', o.number % 10000000000)
        else (select s.account from stores s where s.store_id = o.store_id) || '-' || o.number
    end as number,
    o.content_hash,
    o.is_current,
    o.batch_id,
    o.buyer_id,
    o.ordered_at,
    (select t.time_known from order_states t where t.state_id = o.state_id) as time_known,
    o.ordered_at + o.newest_after as newest_at,
    (select t.status from order_states t where t.state_id = o.state_id) as status,
    (select t.status_code from order_states t where t.state_id = o.state_id) as status_code,
    (select t.provisional from order_states t where t.state_id = o.state_id) as provisional,
    (select t.phase from order_states t where t.state_id = o.state_id) as phase,
    (select t.coverage from order_states t where t.state_id = o.state_id) as coverage,
    o.goods,
    o.shop_coupon,
    o.shop_discount,
    o.refund,
    o.mall_coupon,
    o.points_used,
    o.gift_card,
    o.postage_charged,
    o.cod_charged,
    o.wrapping_charged,
    o.billed_besides + o.goods - o.shop_coupon - o.shop_discount - o.mall_coupon - o.points_used - o.gift_card
            + o.postage_charged + o.cod_charged + o.wrapping_charged as billed,
    case
        when typeof(o.parent_number) <> 'integer' then o.parent_number
        when (select s.mall from stores s where s.store_id = o.store_id) = 'rakuten'
            then (select s.account from stores s where s.store_id = o.store_id) || strftime('-%Y%m%d-', (o.parent_number / 10000000000 + 10957) * 86400, 'unixepoch')
                || printf('%010d', o.parent_number % 10000000000)
        else (select s.account from stores s where s.store_id = o.store_id) || '-' || o.parent_number
    end as parent_number,
    o.subscription_delivery,
    o.shop_coupon_name,
    (select t.point_multiplier from order_states t where t.state_id = o.state_id) as point_multiplier,
    (select t.is_gift from order_states t where t.state_id = o.state_id) as is_gift,
    (select t.payment from order_states t where t.state_id = o.state_id) as payment,
    (select t.affiliate from order_states t where t.state_id = o.state_id) as affiliate
from order_rows o;
