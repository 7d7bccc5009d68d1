create table programme (
    number integer primary key,
    name   text not null unique
) strict;

create table challenge_track (
    programme integer not null,
    run       text not null, -- challenge/run/generation
    member    blob not null,
    version   integer not null,
    track     blob not null,
    primary key (programme, run, member)
) strict, without rowid;

create table challenge_position (
    programme integer not null,
    run       text not null,
    partition integer not null,
    seq       integer not null,
    primary key (programme, run, partition)
) strict, without rowid;

create table challenge_seal (
    programme integer not null,
    run       text not null,
    primary key (programme, run)
) strict, without rowid;

create table challenge_chunk (
    id        integer primary key,
    programme integer not null,
    run       text not null, -- challenge/run
    part      integer not null, -- 0 standings, 1 prizes, 2 members, 3 winners
    number    integer not null,
    bytes     blob not null,
    unique (programme, run, part, number)
) strict;
