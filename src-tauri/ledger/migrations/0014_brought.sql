-- What Otokui's own export says of what the owner has told it elsewhere.

-- One row per row of such a file. Of rows with the same entry_key the one of the newest batch counts.
create table brought (
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
create index brought_by_key on brought (entry_key);

-- 1: follows from `brought` and goes with it. The owner's own word in this ledger, and what the owner has changed since,
-- is 0 and stays.
alter table setting_changes add column is_brought integer not null default 0 check (is_brought in (0, 1));
alter table event_changes add column is_brought integer not null default 0 check (is_brought in (0, 1));
alter table identity_decisions add column is_brought integer not null default 0 check (is_brought in (0, 1));
alter table notes add column is_brought integer not null default 0 check (is_brought in (0, 1));
alter table remembered_maps add column is_brought integer not null default 0 check (is_brought in (0, 1));
alter table remembered_columns add column is_brought integer not null default 0 check (is_brought in (0, 1));
alter table remembered_stores add column is_brought integer not null default 0 check (is_brought in (0, 1));

-- Which of several of one second the export calls it; nothing for what was never brought.
alter table setting_changes add column brought_as integer;
alter table event_changes add column brought_as integer;
alter table identity_decisions add column brought_as integer;
alter table notes add column brought_as integer;
