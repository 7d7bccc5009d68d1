create table if not exists programme (
    number smallint generated always as identity primary key,
    name   text collate "C" not null unique
);

create table challenge_track (
    version   bigint not null,
    member    uuid not null,
    programme smallint not null,
    run       text collate "C" not null, -- challenge/run/generation
    track     bytea not null,
    primary key (programme, run, member)
) with (fillfactor = 80);

create table challenge_position (
    seq       bigint not null,
    partition integer not null,
    programme smallint not null,
    run       text collate "C" not null,
    primary key (programme, run, partition)
) with (fillfactor = 10);

-- A row for each run that is counted: whoever keeps tracks locks it first.
create table challenge_run (
    programme smallint not null,
    run       text collate "C" not null,
    is_sealed boolean not null,
    primary key (programme, run)
);

create table challenge_chunk (
    number    integer not null,
    programme smallint not null,
    part      smallint not null, -- 0 standings, 1 prizes, 2 members, 3 winners
    run       text collate "C" not null,
    bytes     bytea not null,
    primary key (programme, run, part, number)
);
