-- Whether names are kept. A ledger begins by keeping them; once it does not, it never does again.
create table privacy (
    only_row integer primary key check (only_row = 1),
    names_kept integer not null check (names_kept in (0, 1)),
    -- random, names this ledger's secret in the system's own store of secrets; empty while names are kept
    secret_name text not null,
    -- HMAC of a constant: tells the right secret from a wrong one, and nothing else
    check_value blob not null,
    -- how often a lost secret was given up for a new one
    new_secrets integer not null,
    check ((names_kept = 1) = (secret_name = ''))
) strict;
insert into privacy (only_row, names_kept, secret_name, check_value, new_secrets) values (1, 1, '', x'', 0);
