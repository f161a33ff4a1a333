-- Values of people who came later wait in a small table: they fall all over the large one, so that a month's would touch
-- every page of it. They move there when they have become a tenth of it. No value of a person stands in both.
create table newer_person_keys (
    identity_key integer not null,
    person_key integer not null,
    primary key (identity_key, person_key)
) strict, without rowid;
create view every_person_key as
select identity_key, person_key from person_keys
union all
select identity_key, person_key from newer_person_keys;
