CREATE VIEW buyers as
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

CREATE VIEW orders as
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

CREATE VIEW ship_tos as
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

CREATE TRIGGER stamp_of_version after update of version on ledger_version
begin
    update ledger_version set stamp = randomblob(16);
end;

CREATE TABLE batch_files (
    batch_id integer not null references batches (batch_id) on delete cascade,
    position integer not null,
    file_name text not null,
    sha256 blob not null unique,
    profile text not null,
    rows_total integer not null,
    rows_used integer not null,
    rows_skipped integer not null,
    rows_problem integer not null, bytes integer, blake3 blob, file_sha256 blob,
    primary key (batch_id, position),
    check (rows_total = rows_used + rows_skipped + rows_problem)
) strict, without rowid;

CREATE TABLE batch_marks (
    batch_id integer primary key references batches (batch_id) on delete cascade,
    orders_before integer not null,
    -- the last of its orders
    orders_to integer not null,
    buyers_before integer not null,
    products_before integer not null,
    states_before integer not null,
    places_before integer not null,
    mail_ends_before integer not null
) strict;

CREATE TABLE batches (
    batch_id integer primary key,
    profile text not null,
    mall text not null,
    recorded_at integer not null,
    first_at integer,
    last_at integer,
    -- the newest moment any order of it states: which of two exports is newer
    newest_at integer not null,
    orders_new integer not null,
    orders_updated integer not null,
    orders_unchanged integer not null
, entries integer not null default 0, saved_ms integer not null default 0) strict;

CREATE TABLE brought (
    batch_id integer not null references batches (batch_id) on delete cascade,
    row_number integer not null,
    entry_key integer not null,
    content_hash integer not null,
    -- setting, event, decision, note, map, columns or store
    kind text not null,
    -- all it says, as JSON
    said text not null,
    primary key (batch_id, row_number)
) strict, without rowid;

CREATE TABLE "buyer_rows" (
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

CREATE TABLE campaigns (
    batch_id integer not null references batches (batch_id) on delete cascade,
    row_number integer not null,
    entry_key integer not null,
    content_hash integer not null,
    mall text not null,
    kind text not null,
    name text not null,
    begins_at integer not null,
    ends_at integer not null check (ends_at >= begins_at),
    primary key (batch_id, row_number)
) strict, without rowid;

CREATE TABLE common_names (
    only_row integer primary key check (only_row = 1),
    counts blob not null
) strict;

CREATE TABLE contact_buyers (
    contact_id integer not null references contacts (contact_id) on delete cascade,
    buyer_hash integer not null,
    primary key (contact_id, buyer_hash)
) strict, without rowid;

CREATE TABLE contacts (
    contact_id integer primary key,
    written_at integer not null,
    mall text not null,
    kind text not null check (kind in ('asked', 'reviewed', 'favourited', 'other')),
    contact_on integer not null,
    -- a name or what the owner calls them; empty: nobody said
    name text not null,
    note text not null,
    -- each with what stood before the last change: taking the change back exchanges the two
    removed integer not null check (removed in (0, 1)),
    removed_before integer not null check (removed_before in (0, 1)),
    tied integer not null check (tied in (0, 1)),
    tied_before integer not null check (tied_before in (0, 1))
, is_brought integer not null default 0 check (is_brought in (0, 1)), brought_as integer) strict;

CREATE TABLE customer_heads (
    person_key integer primary key
) strict;

CREATE TABLE decided_buyers (
    decision_id integer not null references identity_decisions (decision_id) on delete cascade,
    side integer not null check (side in (1, 2)),
    buyer_hash integer not null,
    primary key (decision_id, side, buyer_hash)
) strict, without rowid;

CREATE TABLE event_changes (
    change_id integer primary key,
    changed_at integer not null,
    -- the rule's key: of the program's own (rakuten-5-0), of an imported window (imported-…), or own-1, own-2, …
    rule_key text not null,
    -- set: as `rule` says, and on; off: not an event; on: again; default: as the program or the import says it
    what text not null check (what in ('set', 'off', 'on', 'default')),
    -- of a 'set': mall, name, days and validity as JSON
    rule text,
    undone_at integer
, is_brought integer not null default 0 check (is_brought in (0, 1)), brought_as integer) strict;

CREATE TABLE exports (
    export_id integer primary key,
    written_at integer not null,
    format text not null check (format in ('xlsx', 'csv', 'parquet')),
    with_names integer not null check (with_names in (0, 1)),
    -- name of the folder, not where it is
    folder_name text not null,
    orders integer not null
) strict;

CREATE TABLE favourites (
    batch_id integer not null references batches (batch_id) on delete cascade,
    row_number integer not null,
    entry_key integer not null,
    content_hash integer not null,
    mall text not null,
    code text not null,
    sku text not null,
    name text not null,
    from_day integer,
    to_day integer,
    total integer,
    added integer,
    visitors integer,
    primary key (batch_id, row_number)
) strict, without rowid;

CREATE TABLE fees (
    batch_id integer not null references batches (batch_id) on delete cascade,
    row_number integer not null,
    entry_key integer not null,
    content_hash integer not null,
    mall text not null,
    document text not null,
    order_number text not null,
    from_day integer not null,
    to_day integer not null,
    direction text not null,
    fee_group text not null,
    name text not null,
    note text not null,
    amount integer not null,
    tax integer,
    amount_with_tax integer,
    -- which of several equal lines
    occurrence integer not null,
    primary key (batch_id, row_number)
) strict, without rowid;

CREATE TABLE given_keys (
    batch_id integer not null references batches (batch_id) on delete cascade,
    identity_key integer not null,
    buyer_id integer not null references "buyer_rows" (buyer_id) on delete cascade,
    primary key (batch_id, identity_key, buyer_id)
) strict, without rowid;

CREATE TABLE habits (
    field text not null,
    level text not null,
    pair_count integer not null check (pair_count >= 0),
    primary key (field, level)
) strict, without rowid;

CREATE TABLE identity_decisions (
    decision_id integer primary key,
    decided_at integer not null,
    -- join: both sides are one person; apart: they are two; separate: the order is somebody else's
    kind text not null check (kind in ('join', 'apart', 'separate')),
    -- hash of mall, store and number; of a 'separate' only
    order_key integer,
    order_number text,
    undone_at integer
, is_brought integer not null default 0 check (is_brought in (0, 1)), brought_as integer) strict;

CREATE TABLE item_categories (
    batch_id integer not null references batches (batch_id) on delete cascade,
    row_number integer not null,
    entry_key integer not null,
    content_hash integer not null,
    mall text not null,
    code text not null,
    sku text not null,
    system_sku text not null,
    item_number text not null,
    name text not null,
    genre_id text not null,
    category text not null,
    price integer,
    primary key (batch_id, row_number)
) strict, without rowid;

CREATE TABLE item_costs (
    batch_id integer not null references batches (batch_id) on delete cascade,
    row_number integer not null,
    entry_key integer not null,
    content_hash integer not null,
    code text not null,
    sku text not null,
    name text not null,
    cost integer,
    tax_included integer check (tax_included in (0, 1)),
    -- days since 1970-01-01; nothing: from the beginning, or from the batch's day when an earlier batch has a cost
    holds_from integer,
    primary key (batch_id, row_number)
) strict, without rowid;

CREATE TABLE ledger_version (
    only_row integer primary key check (only_row = 1),
    version integer not null
, stamp blob not null default x'') strict;

CREATE TABLE likely_pairs (
    first_person integer not null,
    second_person integer not null,
    score real not null,
    primary key (first_person, second_person)
) strict, without rowid;

CREATE TABLE mail_ends (
    mail_end_id integer primary key,
    mail_end text not null unique
) strict;

CREATE TABLE mall_counts (
    batch_id integer not null references batches (batch_id) on delete cascade,
    row_number integer not null,
    entry_key integer not null,
    content_hash integer not null,
    mall text not null,
    -- days since 1970-01-01; of a month its first
    from_day integer not null,
    of_month integer not null check (of_month in (0, 1)),
    sales integer,
    orders integer,
    visitors integer,
    new_buyers integer,
    repeat_buyers integer,
    new_sales integer,
    repeat_sales integer,
    new_orders integer,
    repeat_orders integer,
    primary key (batch_id, row_number)
) strict, without rowid;

CREATE TABLE "newer_person_keys" (
    identity_key integer not null,
    person_key integer not null,
    primary key (identity_key, person_key)
) strict, without rowid;

CREATE TABLE noted_buyers (
    note_id integer not null references notes (note_id) on delete cascade,
    buyer_hash integer not null,
    primary key (note_id, buyer_hash)
) strict, without rowid;

CREATE TABLE notes (
    note_id integer primary key,
    written_at integer not null,
    changed_at integer not null,
    -- empty: removed
    note text not null,
    -- what stood there before the last change, empty for nothing: taking the change back exchanges the two
    note_before text not null
, is_brought integer not null default 0 check (is_brought in (0, 1)), brought_as integer) strict;

CREATE TABLE "order_lines" (
    order_id integer not null references "order_rows" (order_id) on delete cascade,
    position integer not null,
    line_key any not null,
    ship_to_key any not null,
    -- of products; no reference is declared, for that would need an index that nothing else uses
    product_id integer not null,
    quantity integer not null,
    unit_price integer not null,
    tax_permille integer,
    point_multiplier integer not null,
    primary key (order_id, position)
) strict, without rowid;

CREATE TABLE "order_rows" (
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
    batch_id integer not null,
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

CREATE TABLE order_states (
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

CREATE TABLE "parcel_rows" (
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

CREATE TABLE people_count (
    only_row integer primary key check (only_row = 1),
    people integer not null
) strict;

CREATE TABLE person_filter (
    only_row integer primary key check (only_row = 1),
    bits blob not null
) strict;

CREATE TABLE person_key_runs (
    first_key integer primary key,
    entries blob not null
) strict;

CREATE TABLE places (
    place_id integer primary key,
    mall text not null,
    prefecture text not null,
    city text not null,
    unique (mall, prefecture, city)
) strict;

CREATE TABLE privacy (
    only_row integer primary key check (only_row = 1),
    names_kept integer not null check (names_kept in (0, 1)),
    -- random, names this ledger's secret in the system's own store of secrets; empty while names are kept
    secret_name text not null,
    -- HMAC of a constant: tells the right secret from a wrong one, and nothing else
    check_value blob not null,
    -- how often a lost secret was given up for a new one
    new_secrets integer not null,
    check ((names_kept = 1) = (secret_name = ''))
) strict;

CREATE TABLE problems (
    batch_id integer not null,
    position integer not null,
    row_number integer not null,
    column_name text not null,
    kind text not null,
    found text not null,
    foreign key (batch_id, position) references batch_files (batch_id, position) on delete cascade
) strict;

CREATE TABLE products (
    product_id integer primary key,
    product_hash integer not null,
    mall text not null,
    code text not null,
    sku text not null,
    name text not null,
    variation text not null
) strict;

CREATE TABLE remembered_columns (
    fingerprint text primary key,
    code_header text not null,
    cost_header text not null
, is_brought integer not null default 0 check (is_brought in (0, 1))) strict, without rowid;

CREATE TABLE remembered_maps (
    fingerprint text primary key,
    file_name text not null,
    headers text not null,
    map text not null,
    remembered_at integer not null
, is_brought integer not null default 0 check (is_brought in (0, 1))) strict, without rowid;

CREATE TABLE remembered_stores (
    mall text primary key,
    store text not null
, is_brought integer not null default 0 check (is_brought in (0, 1))) strict, without rowid;

CREATE TABLE reviews (
    batch_id integer not null references batches (batch_id) on delete cascade,
    row_number integer not null,
    entry_key integer not null,
    content_hash integer not null,
    mall text not null,
    of_shop integer not null check (of_shop in (0, 1)),
    order_number text not null,
    item_code text not null,
    item_name text not null,
    posted_at integer not null,
    time_known integer not null check (time_known in (0, 1)),
    stars integer,
    title text not null,
    body text not null,
    primary key (batch_id, row_number)
) strict, without rowid;

CREATE TABLE setting_changes (
    -- settings that were changed together share it: they are undone together
    change_id integer not null,
    changed_at integer not null,
    setting text not null,
    -- as the owner wrote it, in the setting's own form; nothing: the default holds again
    value text,
    -- days since 1970-01-01, the first day on which it holds; nothing: from the beginning
    holds_from integer,
    undone_at integer, is_brought integer not null default 0 check (is_brought in (0, 1)), brought_as integer,
    primary key (change_id, setting)
) strict, without rowid;

CREATE TABLE sightings (
    -- order_id / 32
    block integer not null,
    batch_id integer not null references batches (batch_id),
    -- bit order_id % 32 for each of them
    orders integer not null check (orders between 1 and 4294967295),
    primary key (block, batch_id)
) strict, without rowid;

CREATE TABLE stores (
    store_id integer primary key,
    mall text not null,
    account text not null,
    unique (mall, account)
) strict;

CREATE TABLE stretch_reading (reading text not null) strict;

CREATE TABLE stretches (
    stretch_hash blob not null primary key,
    -- of the batch that was the first to hold it; it is taken back with that
    batch_id integer not null references batches (batch_id),
    -- the statements, in the order of the file: runs of how many numbers are left out and how many follow each other
    orders blob not null,
    row_count integer not null,
    -- the smallest and largest `number` of them
    number_from integer not null,
    number_to integer not null,
    store text not null,
    first_at integer not null,
    -- counted from first_at
    last_after integer not null,
    newest_after integer not null
) strict, without rowid;

CREATE TABLE taken_actions (
    taken_id integer primary key,
    recorded_at integer not null,
    taken_on integer not null,
    -- by which tool, and of which mall it is; empty: not said
    channel text not null,
    channel_mall text not null,
    -- people it went to, as they were counted then
    people_count integer not null check (people_count > 0),
    -- the card's name and the rule that found it
    action_key text not null,
    rule text not null,
    -- the item it was about; all empty when it was about none
    item_mall text not null,
    item_code text not null,
    item_name text not null,
    -- the group most of them were in; empty when the rule is about no group
    customer_group text not null,
    -- the last day the proposal knew of
    as_of integer not null,
    proposed_count integer not null,
    -- of so many people like these in the past so many bought within the window
    past_count integer not null,
    past_bought integer not null,
    window_days integer not null check (window_days > 0),
    lift_low real not null,
    lift_high real not null,
    value_basis text not null,
    typical_value integer not null,
    cost integer not null,
    worth_low integer not null,
    worth_high integer not null,
    -- taken back; the row stays, so that this can be undone as well
    removed integer not null check (removed in (0, 1))
, is_brought integer not null default 0 check (is_brought in (0, 1)), brought_as integer) strict;

CREATE TABLE taken_buyers (
    taken_id integer not null references taken_actions (taken_id) on delete cascade,
    place integer not null,
    buyer_hash integer not null,
    primary key (taken_id, place, buyer_hash)
) strict, without rowid;

CREATE TABLE waiting_halves (
    waiting_id integer primary key,
    file_name text not null,
    sha256 blob not null unique,
    profile text not null,
    bytes blob not null,
    -- the import that used it; it waits while there is none, and again when that import is taken back
    batch_id integer references batches (batch_id) on delete set null
) strict;

CREATE INDEX brought_by_key on brought (entry_key);

CREATE INDEX buyers_by_hash on buyer_rows (buyer_hash) where is_newer = 0;

CREATE INDEX buyers_by_person on buyer_rows (person_key) where is_newer = 0;

CREATE INDEX buyers_joined_by_customer on buyer_rows (customer_id) where customer_id <> buyer_id;

CREATE INDEX buyers_joined_by_person on buyer_rows (person_key) where customer_id <> buyer_id;

CREATE INDEX campaigns_by_key on campaigns (entry_key);

CREATE INDEX contact_buyers_by_hash on contact_buyers (buyer_hash);

CREATE INDEX favourites_by_key on favourites (entry_key);

CREATE INDEX fees_by_key on fees (entry_key);

CREATE INDEX fees_by_order on fees (order_number);

CREATE INDEX given_keys_by_key on given_keys (identity_key);

CREATE INDEX given_keys_of_buyer on given_keys (buyer_id);

CREATE INDEX item_categories_by_key on item_categories (entry_key);

CREATE INDEX item_costs_by_key on item_costs (entry_key);

CREATE INDEX later_orders_of_buyer on order_rows (buyer_id) where order_id >= 1073741824;

CREATE INDEX likely_pairs_by_second on likely_pairs (second_person);

CREATE INDEX mall_counts_by_key on mall_counts (entry_key);

CREATE INDEX newer_buyers_by_hash on buyer_rows (buyer_hash) where is_newer = 1;

CREATE INDEX newer_buyers_by_person on buyer_rows (person_key) where is_newer = 1;

CREATE INDEX noted_buyers_by_hash on noted_buyers (buyer_hash);

CREATE INDEX order_states_by_coupon on order_states (shop_coupon_name, subscription_delivery, cod_charged, wrapping_charged);

CREATE INDEX orders_by_number on order_rows (store_id, number);

CREATE INDEX orders_of_buyer on order_rows (buyer_id) where order_id < 1073741824;

CREATE INDEX orders_set_apart on order_rows (ordered_at) where is_current = 1 and is_set_apart = 1;

CREATE INDEX orders_superseded on order_rows (number) where is_current = 0;

CREATE INDEX problems_of_batch on problems (batch_id, position);

CREATE INDEX products_by_hash on products (product_hash);

CREATE INDEX reviews_by_key on reviews (entry_key);

CREATE INDEX reviews_by_order on reviews (order_number);

CREATE INDEX sightings_of_batch on sightings (batch_id);

CREATE INDEX taken_buyers_by_hash on taken_buyers (buyer_hash);
