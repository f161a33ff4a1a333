-- Recorded actions and contacts come in with Otokui's own export, as decisions and notes do: 1 follows from `brought` and
-- goes with it; what the owner has recorded, or changed since, is 0 and stays. Which of several of one second the export
-- calls it; nothing for what was never brought.
alter table taken_actions add column is_brought integer not null default 0 check (is_brought in (0, 1));
alter table taken_actions add column brought_as integer;
alter table contacts add column is_brought integer not null default 0 check (is_brought in (0, 1));
alter table contacts add column brought_as integer;
