create table impact_person (
    counted integer not null,
    factor  text not null,
    store   text not null, -- '' for none
    member  blob not null, -- not all of them: as many as it takes to know that they are not few
    primary key (counted, factor, store, member)
) strict, without rowid;

-- What is counted already is counted anew, so that it is known of how many people.
delete from impact_deed;
delete from impact_sum;
delete from impact_position;
delete from impact_set;
