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
