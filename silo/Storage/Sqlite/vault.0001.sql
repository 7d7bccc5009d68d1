create table member (
    programme text not null,
    member    blob not null,
    public_id text not null,
    enrolled  integer not null,
    primary key (programme, member),
    unique (programme, public_id)
) strict, without rowid;

-- The card itself is never stored: nothing needs to show it, and a keyed hash finds its member.
create table card (
    programme text not null,
    hash      blob not null,
    member    blob not null,
    primary key (programme, hash)
) strict, without rowid;

create table quarantine (
    number      integer primary key autoincrement,
    programme   text not null,
    store       text not null,
    digest      blob not null,
    reason      text not null,
    detail      text not null,
    body        blob not null,
    received_at integer not null, -- Unix microseconds
    unique (programme, store, digest)
) strict;

create index quarantine_newest on quarantine (programme, number);
