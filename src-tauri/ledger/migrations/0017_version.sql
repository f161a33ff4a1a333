-- Which state of which ledger this is, so that a copy of its columns beside it can be told to be of exactly this state.
-- Numbers alone cannot: a ledger brought back from a copy counts on from there and says other things under the same number.

-- Drawn anew whenever the version grows, whichever program makes it grow.
alter table ledger_version add column stamp blob not null default x'';
update ledger_version set stamp = randomblob(16);
create trigger stamp_of_version after update of version on ledger_version
begin
    update ledger_version set stamp = randomblob(16);
end;

-- The few orders that figures leave out, or count before the mall has confirmed them: looked for on every screen.
create index orders_set_apart on orders (ordered_at)
where is_current = 1 and (status in ('cancelled', 'returned') or provisional = 1);
