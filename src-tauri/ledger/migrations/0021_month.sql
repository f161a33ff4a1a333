-- A month's work is that of the month: what is asked about many others is answered by a few pages.

-- How many people of `person_keys` have each name that many have (`ledger/common_names.rs`). No row: they are counted.
create table common_names (
    only_row integer primary key check (only_row = 1),
    counts blob not null
) strict;

-- People with the smallest buyer of a customer that is written as several people. Some may be here who are that no more.
create table customer_heads (
    person_key integer primary key
) strict;
insert or ignore into customer_heads (person_key)
select h.person_key
from buyer_rows b indexed by buyers_joined_by_customer
cross join buyer_rows h on h.buyer_id = b.customer_id
where b.customer_id <> b.buyer_id and h.person_key <> b.person_key;

-- Orders after those of the first import are numbered from 2^30 on. The buyers of a few days' orders lie all over the ledger:
-- whose these are stands in an index of its own. No declared reference, for deleting a buyer would look at every order: it
-- is taken out of the declaration, as https://www.sqlite.org/lang_altertable.html has it, without writing the rows anew.
drop index orders_of_buyer;
pragma writable_schema = on;
update sqlite_schema
set sql = replace(sql, 'buyer_id integer not null references buyer_rows (buyer_id),', 'buyer_id integer not null,')
where type = 'table' and name = 'order_rows';
pragma writable_schema = reset;
create index orders_of_buyer on order_rows (buyer_id) where order_id < 1073741824;
create index later_orders_of_buyer on order_rows (buyer_id) where order_id >= 1073741824;

-- Numbers of a further store lie together, not among those of the others.
drop index orders_by_number;
create index orders_by_number on order_rows (store_id, number);
