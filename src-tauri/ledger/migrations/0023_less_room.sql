-- Less room: what few orders have stands with what many have in common, and values of people stand many to a row.
-- Runs with references unchecked.

-- Fees for cash on delivery and wrapping, deliveries of subscriptions and names of coupons are few and come again and again.
drop view orders;
alter table order_states rename to order_states_before;
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
    is_gift integer not null check (is_gift = 0 or is_gift = 1),
    subscription_delivery integer not null,
    cod_charged integer not null,
    wrapping_charged integer not null,
    shop_coupon_name text not null
) strict;
create index order_states_by_coupon on order_states (shop_coupon_name, subscription_delivery, cod_charged, wrapping_charged);
-- Which of the states of before each of these is, while orders are written anew.
create temp table states_before (
    state_id integer primary key,
    before integer not null,
    subscription_delivery integer not null,
    cod_charged integer not null,
    wrapping_charged integer not null,
    shop_coupon_name text not null,
    unique (before, subscription_delivery, cod_charged, wrapping_charged, shop_coupon_name)
);
insert into states_before (before, subscription_delivery, cod_charged, wrapping_charged, shop_coupon_name)
select distinct state_id, subscription_delivery, cod_charged, wrapping_charged, shop_coupon_name from order_rows;
insert into order_states
select
    s.state_id, b.status, b.status_code, b.provisional, b.phase, b.coverage, b.time_known, b.payment, b.affiliate,
    b.point_multiplier, b.is_gift, s.subscription_delivery, s.cod_charged, s.wrapping_charged, s.shop_coupon_name
from states_before s join order_states_before b on b.state_id = s.before
order by s.state_id;

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
    buyer_id integer not null,
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
    -- what the export says the buyer still pays, counted from what follows from the other amounts
    billed_besides integer,
    -- like `number`
    parent_number any
) strict;
insert into order_rows_anew
select
    o.order_id, o.store_id, o.number, o.content_hash, o.is_current, o.is_set_apart, o.batch_id, o.buyer_id, o.ordered_at,
    o.newest_after, s.state_id, o.goods, o.shop_coupon, o.shop_discount, o.refund, o.mall_coupon, o.points_used, o.gift_card,
    o.postage_charged, o.billed_besides, o.parent_number
from order_rows o
cross join states_before s on s.before = o.state_id and s.subscription_delivery = o.subscription_delivery
    and s.cod_charged = o.cod_charged and s.wrapping_charged = o.wrapping_charged and s.shop_coupon_name = o.shop_coupon_name
order by o.order_id;
drop table states_before;
drop table order_states_before;
drop table order_rows;
alter table order_rows_anew rename to order_rows;
create index orders_by_number on order_rows (store_id, number);
create index orders_of_buyer on order_rows (buyer_id) where order_id < 1073741824;
create index later_orders_of_buyer on order_rows (buyer_id) where order_id >= 1073741824;
create index orders_set_apart on order_rows (ordered_at) where is_current = 1 and is_set_apart = 1;
create index orders_superseded on order_rows (number) where is_current = 0;

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
    (select t.cod_charged from order_states t where t.state_id = o.state_id) as cod_charged,
    (select t.wrapping_charged from order_states t where t.state_id = o.state_id) as wrapping_charged,
    o.billed_besides + o.goods - o.shop_coupon - o.shop_discount - o.mall_coupon - o.points_used - o.gift_card
            + o.postage_charged
            + (select t.cod_charged + t.wrapping_charged from order_states t where t.state_id = o.state_id) as billed,
    case
        when typeof(o.parent_number) <> 'integer' then o.parent_number
        when (select s.mall from stores s where s.store_id = o.store_id) = 'rakuten'
            then (select s.account from stores s where s.store_id = o.store_id) || strftime('-%Y%m%d-', (o.parent_number / 10000000000 + 10957) * 86400, 'unixepoch')
                || printf('%010d', o.parent_number % 10000000000)
        else (select s.account from stores s where s.store_id = o.store_id) || '-' || o.parent_number
    end as parent_number,
    (select t.subscription_delivery from order_states t where t.state_id = o.state_id) as subscription_delivery,
    (select t.shop_coupon_name from order_states t where t.state_id = o.state_id) as shop_coupon_name,
    (select t.point_multiplier from order_states t where t.state_id = o.state_id) as point_multiplier,
    (select t.is_gift from order_states t where t.state_id = o.state_id) as is_gift,
    (select t.payment from order_states t where t.state_id = o.state_id) as payment,
    (select t.affiliate from order_states t where t.state_id = o.state_id) as affiliate
from order_rows o;

-- Values of people in order, some hundred to a row (`ledger/runs.rs`): each as what it is more than the one before, beginning with
-- `first_key`, seven bits to a byte, the lowest first, and eight bytes of who has it. For now all of them wait as those of
-- later people do; the next import that adds some moves them here. What is known of the large table begins anew with it.
create table person_key_runs (
    first_key integer primary key,
    entries blob not null
) strict;
drop view every_person_key;
insert into person_keys select identity_key, person_key from newer_person_keys;
drop table newer_person_keys;
alter table person_keys rename to newer_person_keys;
delete from person_filter;
delete from common_names;
