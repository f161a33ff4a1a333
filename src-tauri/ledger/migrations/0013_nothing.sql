-- A number kept free.
select 1;
