-- The place of a step that another piece brings; alone it changes nothing.
select 1;
