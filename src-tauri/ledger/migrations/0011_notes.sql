-- What the owner notes about customers.

create table notes (
    note_id integer primary key,
    written_at integer not null,
    changed_at integer not null,
    -- empty: removed
    note text not null,
    -- what stood there before the last change, empty for nothing: taking the change back exchanges the two
    note_before text not null
) strict;

-- Whom a note is about. Buyers by content, not by row, so that notes survive any import and its undo.
create table noted_buyers (
    note_id integer not null references notes (note_id) on delete cascade,
    buyer_hash integer not null,
    primary key (note_id, buyer_hash)
) strict, without rowid;
create index noted_buyers_by_hash on noted_buyers (buyer_hash);
