create table if not exists programme (
    number smallint generated always as identity primary key,
    name   text collate "C" not null unique
);

create table rollup (
    points              bigint not null,
    receipts            bigint not null,
    spend               bigint not null,
    points_reached_at   bigint not null,
    receipts_reached_at bigint not null,
    version             bigint not null,
    day                 integer not null,
    programme           smallint not null,
    store               text collate "C" not null,
    actor               text collate "C" not null,
    primary key (programme, day, store, actor)
) with (fillfactor = 80);

create table rollup_offset (
    partition integer primary key,
    seq       bigint not null
) with (fillfactor = 10);

create table rollup_clock (
    programme          smallint primary key,
    newest_occurred_at bigint not null -- Unix milliseconds
) with (fillfactor = 10);
