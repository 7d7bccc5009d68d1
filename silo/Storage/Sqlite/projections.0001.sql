create table programme (
    number integer primary key,
    name   text not null unique
) strict;

create table rollup (
    programme           integer not null,
    day                 integer not null,
    store               text not null,
    actor               text not null,
    version             integer not null,
    points              integer not null,
    receipts            integer not null,
    spend               integer not null,
    points_reached_at   integer not null,
    receipts_reached_at integer not null,
    primary key (programme, day, store, actor)
) strict, without rowid;

create table rollup_offset (
    partition integer primary key,
    seq       integer not null
) strict;

create table rollup_clock (
    programme          integer primary key,
    newest_occurred_at integer not null -- Unix milliseconds
) strict;
