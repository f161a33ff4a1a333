-- The owner's settings: what the malls charge and what sending a parcel costs.

-- One row per setting and change. Nothing is overwritten: of the rows of one setting with the same holds_from that are
-- not undone, the newest counts. Without any, the program's own default holds and is shown as not confirmed.
create table setting_changes (
    -- settings that were changed together share it: they are undone together
    change_id integer not null,
    changed_at integer not null,
    setting text not null,
    -- as the owner wrote it, in the setting's own form; nothing: the default holds again
    value text,
    -- days since 1970-01-01, the first day on which it holds; nothing: from the beginning
    holds_from integer,
    undone_at integer,
    primary key (change_id, setting)
) strict, without rowid;
