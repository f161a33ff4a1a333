-- How often one person is written alike, moves, changes phone, marries or mistypes is learned from this ledger.

-- Pairs of people with one mail address that show each habit, of those that tell of its field (`shop/identity/habits.rs`). No row:
-- not yet counted, and everybody is decided about when the ledger is opened.
create table habits (
    field text not null,
    level text not null,
    pair_count integer not null check (pair_count >= 0),
    primary key (field, level)
) strict, without rowid;
