create table programme (
    number integer primary key,
    name   text not null unique
) strict;

create table impact_set (
    number    integer primary key,
    programme integer not null,
    counting  text not null,
    unique (programme, counting)
) strict;

create table impact_position (
    counted   integer not null, -- impact_set
    partition integer not null,
    seq       integer not null,
    primary key (counted, partition)
) strict, without rowid;

create table impact_deed (
    counted    integer not null,
    member     blob not null,
    deed       blob not null,
    version    integer not null,
    day        integer not null,
    store      text not null, -- '' for none
    quantities text not null, -- factor=thousandths, a space between them
    primary key (counted, member, deed)
) strict, without rowid;

create table impact_sum (
    counted     integer not null,
    factor      text not null,
    store       text not null,
    day         integer not null,
    thousandths integer not null,
    primary key (counted, factor, store, day)
) strict, without rowid;
