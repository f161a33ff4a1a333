-- A month's work is that of the month, not of the ledger: what it writes stands together.

-- Orders are found by their numbers, which lie beside those of their month. Hashes of them fall all over an index.
drop index orders_by_key;
create index orders_by_number on orders (number);

-- Which values `person_keys` does not have, told by a few bits each (`ledger/filter.rs`). No row: it may have any.
create table person_filter (
    only_row integer primary key check (only_row = 1),
    bits blob not null
) strict;

-- Hashes of buyers and people fall anywhere, whatever they are hashes of. Those of later buyers have indexes of their own,
-- which stay small: when they have become a tenth of all they join the others.
alter table buyers add column is_newer integer not null default 0 check (is_newer = 0 or is_newer = 1);
drop index buyers_by_hash;
drop index buyers_by_person;
create index buyers_by_hash on buyers (buyer_hash) where is_newer = 0;
create index newer_buyers_by_hash on buyers (buyer_hash) where is_newer = 1;
create index buyers_by_person on buyers (person_key) where is_newer = 0;
create index newer_buyers_by_person on buyers (person_key) where is_newer = 1;
