-- Where a value stands in the filter follows its upper bits now, so that values looked up in order are near each other. One
-- that is missing is made by the next import.
delete from person_filter;
