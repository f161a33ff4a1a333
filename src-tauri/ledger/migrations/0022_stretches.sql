-- What an export says once more: which orders as bits, and whole stretches of rows by their bytes, so that they need not be read.

alter table sightings rename to sightings_before;
drop index sightings_of_order;
-- Further batches that stated orders exactly as their rows do.
create table sightings (
    -- order_id / 32
    block integer not null,
    batch_id integer not null references batches (batch_id),
    -- bit order_id % 32 for each of them
    orders integer not null check (orders between 1 and 4294967295),
    primary key (block, batch_id)
) strict, without rowid;
create index sightings_of_batch on sightings (batch_id);
insert into sightings (block, batch_id, orders)
select order_id >> 5, batch_id, sum(1 << (order_id & 31)) from sightings_before group by order_id >> 5, batch_id;
drop table sightings_before;

-- Statements that do not count: orders of which there are several have one of them at least.
create index orders_superseded on order_rows (number) where is_current = 0;

-- Rows of orders that stood side by side in an export, known again by their bytes. Says nothing that the orders do not,
-- and may be emptied at any time.
create table stretches (
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

-- How the program that made them reads files: one that reads otherwise begins anew.
create table stretch_reading (reading text not null) strict;
insert into stretch_reading values ('');
