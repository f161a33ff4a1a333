-- Files beside the orders. Every table keeps one row per used row of a file, with the row as a spreadsheet counts it.
-- Nothing is overwritten: of rows with the same entry_key (hash of what the row is about) the newest batch's counts,
-- so that taking a batch back brings back what it had replaced. content_hash tells whether two say the same.

-- Rows of a batch that hold no orders; 0 for order files.
alter table batches add column entries integer not null default 0;

-- What one piece of an item costs the shop; nothing when the list leaves it empty: unknown, not 0.
create table item_costs (
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
create index item_costs_by_key on item_costs (entry_key);

-- Items and their variations as the mall's item file lists them; a variation's empty texts are those of its item.
create table item_categories (
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
create index item_categories_by_key on item_categories (entry_key);

-- Reviews; they meet their order by mall and number when they are read, so either may come first.
create table reviews (
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
create index reviews_by_key on reviews (entry_key);
create index reviews_by_order on reviews (order_number);

-- Windows of a mall's events, ends included.
create table campaigns (
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
create index campaigns_by_key on campaigns (entry_key);

-- What the mall itself counted on a day or in a month, all devices together.
create table mall_counts (
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
create index mall_counts_by_key on mall_counts (entry_key);

-- Lines of the malls' settlements, amounts as stated.
create table fees (
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
create index fees_by_key on fees (entry_key);
create index fees_by_order on fees (order_number);

-- How many people marked an item as a favourite; nothing where the mall hides a small number.
create table favourites (
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
create index favourites_by_key on favourites (entry_key);

-- The columns the owner pointed at, by the header row they were in. A decision of the owner, of no batch.
create table remembered_columns (
    fingerprint text primary key,
    code_header text not null,
    cost_header text not null
) strict, without rowid;
