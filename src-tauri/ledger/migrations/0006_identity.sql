-- Who is who: people as they are written, under which values they are found, pairs that may be one person, and what
-- the owner has decided. Everything but the decisions follows from the buyers and can be made anew.

-- Buyers written alike but for spelling and mail address are one person: equal person_key. 0: not yet worked out.
alter table buyers add column person_key integer not null default 0;
-- The buyer of an order that the owner has said is somebody else's: stands alone.
alter table buyers add column is_separated integer not null default 0;
create index buyers_by_person on buyers (person_key);

-- Values two people may have in common: phone, address, name and postcode, mail at a mall.
create table person_keys (
    identity_key integer not null,
    person_key integer not null,
    primary key (identity_key, person_key)
) strict, without rowid;
drop table buyer_keys;
create index given_keys_by_key on given_keys (identity_key);

-- One row: how many people are compared; how common a value is depends on it.
create table people_count (
    only_row integer primary key check (only_row = 1),
    people integer not null
) strict;
insert into people_count (only_row, people) values (1, 0);

-- Pairs that may be one person and are not joined; score is log2 of the odds.
create table likely_pairs (
    first_person integer not null,
    second_person integer not null,
    score real not null,
    primary key (first_person, second_person)
) strict, without rowid;
create index likely_pairs_by_second on likely_pairs (second_person);

-- The owner's decisions. They name buyers by content, not by row, so that they survive any import and its undo.
drop table identity_decisions;
create table identity_decisions (
    decision_id integer primary key,
    decided_at integer not null,
    -- join: both sides are one person; apart: they are two; separate: the order is somebody else's
    kind text not null check (kind in ('join', 'apart', 'separate')),
    -- hash of mall, store and number; of a 'separate' only
    order_key integer,
    order_number text,
    undone_at integer
) strict;
create table decided_buyers (
    decision_id integer not null references identity_decisions (decision_id) on delete cascade,
    side integer not null check (side in (1, 2)),
    buyer_hash integer not null,
    primary key (decision_id, side, buyer_hash)
) strict, without rowid;
