-- Nothing: its number is taken.
select 1;
