-- What the owner has said about the malls' event days. Nothing is overwritten: the changes of a rule that are not undone
-- hold one after the other, over the program's own rules and the imported campaigns.
create table event_changes (
    change_id integer primary key,
    changed_at integer not null,
    -- the rule's key: of the program's own (rakuten-5-0), of an imported window (imported-…), or own-1, own-2, …
    rule_key text not null,
    -- set: as `rule` says, and on; off: not an event; on: again; default: as the program or the import says it
    what text not null check (what in ('set', 'off', 'on', 'default')),
    -- of a 'set': mall, name, days and validity as JSON
    rule text,
    undone_at integer
) strict;
