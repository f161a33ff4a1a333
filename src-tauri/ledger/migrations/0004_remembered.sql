-- How the owner reads a table that no mall writes, by the header row it has. A decision of the owner, of no batch.
create table remembered_maps (
    fingerprint text primary key,
    file_name text not null,
    headers text not null,
    map text not null,
    remembered_at integer not null
) strict, without rowid;

-- The store of a mall that files with bare order numbers are of. A decision of the owner, of no batch.
create table remembered_stores (
    mall text primary key,
    store text not null
) strict, without rowid;
