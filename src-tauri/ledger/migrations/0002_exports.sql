-- What left the ledger, and what a file itself says about who is who.

-- One row per whole export that was written, so that the owner knows which copies exist.
create table exports (
    export_id integer primary key,
    written_at integer not null,
    format text not null check (format in ('xlsx', 'csv', 'parquet')),
    with_names integer not null check (with_names in (0, 1)),
    -- name of the folder, not where it is
    folder_name text not null,
    orders integer not null
) strict;

-- One row per identity key that a batch's file gave a buyer: undone with the batch.
create table given_keys (
    batch_id integer not null references batches (batch_id) on delete cascade,
    identity_key integer not null,
    buyer_id integer not null references buyers (buyer_id) on delete cascade,
    primary key (batch_id, identity_key, buyer_id)
) strict, without rowid;
create index given_keys_of_buyer on given_keys (buyer_id);
