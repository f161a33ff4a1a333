-- Actions the owner has carried out, and people who have shown interest without buying.

-- One row per action and day; what the card proposed is kept beside it, so that its result can be measured later.
create table taken_actions (
    taken_id integer primary key,
    recorded_at integer not null,
    taken_on integer not null,
    -- by which tool, and of which mall it is; empty: not said
    channel text not null,
    channel_mall text not null,
    -- people it went to, as they were counted then
    people_count integer not null check (people_count > 0),
    -- the card's name and the rule that found it
    action_key text not null,
    rule text not null,
    -- the item it was about; all empty when it was about none
    item_mall text not null,
    item_code text not null,
    item_name text not null,
    -- the group most of them were in; empty when the rule is about no group
    customer_group text not null,
    -- the last day the proposal knew of
    as_of integer not null,
    proposed_count integer not null,
    -- of so many people like these in the past so many bought within the window
    past_count integer not null,
    past_bought integer not null,
    window_days integer not null check (window_days > 0),
    lift_low real not null,
    lift_high real not null,
    value_basis text not null,
    typical_value integer not null,
    cost integer not null,
    worth_low integer not null,
    worth_high integer not null,
    -- taken back; the row stays, so that this can be undone as well
    removed integer not null check (removed in (0, 1))
) strict;

-- Whom it went to, person by person (`place`). Buyers by content, not by row, so that it survives any import and its undo.
create table taken_buyers (
    taken_id integer not null references taken_actions (taken_id) on delete cascade,
    place integer not null,
    buyer_hash integer not null,
    primary key (taken_id, place, buyer_hash)
) strict, without rowid;
create index taken_buyers_by_hash on taken_buyers (buyer_hash);

-- People who asked, reviewed or favourited, entered by hand.
create table contacts (
    contact_id integer primary key,
    written_at integer not null,
    mall text not null,
    kind text not null check (kind in ('asked', 'reviewed', 'favourited', 'other')),
    contact_on integer not null,
    -- a name or what the owner calls them; empty: nobody said
    name text not null,
    note text not null,
    -- each with what stood before the last change: taking the change back exchanges the two
    removed integer not null check (removed in (0, 1)),
    removed_before integer not null check (removed_before in (0, 1)),
    tied integer not null check (tied in (0, 1)),
    tied_before integer not null check (tied_before in (0, 1))
) strict;

-- Who of the customers it is, where the owner has said so (`tied`). Buyers by content, as above.
create table contact_buyers (
    contact_id integer not null references contacts (contact_id) on delete cascade,
    buyer_hash integer not null,
    primary key (contact_id, buyer_hash)
) strict, without rowid;
create index contact_buyers_by_hash on contact_buyers (buyer_hash);
