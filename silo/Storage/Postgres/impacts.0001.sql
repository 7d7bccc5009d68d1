create table if not exists programme (
    number smallint generated always as identity primary key,
    name   text collate "C" not null unique
);

create table impact_set (
    number    integer generated always as identity primary key,
    programme smallint not null,
    counting  text collate "C" not null,
    unique (programme, counting)
);

create table impact_position (
    seq       bigint not null,
    counted   integer not null, -- impact_set
    partition integer not null,
    primary key (counted, partition)
) with (fillfactor = 10);

create table impact_deed (
    version    bigint not null,
    member     uuid not null,
    deed       uuid not null,
    counted    integer not null,
    day        integer not null,
    store      text collate "C" not null, -- '' for none
    quantities text collate "C" not null, -- factor=thousandths, a space between them
    primary key (counted, member, deed)
) with (fillfactor = 80);

create table impact_sum (
    thousandths bigint not null,
    counted     integer not null,
    day         integer not null,
    factor      text collate "C" not null,
    store       text collate "C" not null,
    primary key (counted, factor, store, day)
) with (fillfactor = 80);
