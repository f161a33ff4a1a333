-- SHA-256 of the file as it was given, where the table was written out of it: a workbook, a text of UTF-16. Null where `sha256` is
-- that of the file, and for files recorded before.
alter table batch_files add column file_sha256 blob;
