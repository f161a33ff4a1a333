-- What an undo has to look at: rows that came before its import can have nothing to do with it.

-- How far each table went when the import began; no row where that is not known. Says nothing that the tables do not, and
-- may be emptied at any time: then all of them are looked at.
create table batch_marks (
    batch_id integer primary key references batches (batch_id) on delete cascade,
    orders_before integer not null,
    -- the last of its orders
    orders_to integer not null,
    buyers_before integer not null,
    products_before integer not null,
    states_before integer not null,
    places_before integer not null,
    mail_ends_before integer not null
) strict;

-- No declared reference, for deleting an import would look at every order: it is taken out of the declaration, as
-- https://www.sqlite.org/lang_altertable.html has it, without writing the rows anew.
pragma writable_schema = on;
update sqlite_schema
set sql = replace(sql, 'batch_id integer not null references batches (batch_id),', 'batch_id integer not null,')
where type = 'table' and name = 'order_rows';
pragma writable_schema = reset;
