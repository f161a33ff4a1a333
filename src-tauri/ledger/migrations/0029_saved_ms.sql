-- When the file was last written to: of two lists that owners keep themselves, which say nothing of when they were made, the
-- newer. Imports of before know it as little as a mall's export needs it.
alter table batches add column saved_ms integer not null default 0;
