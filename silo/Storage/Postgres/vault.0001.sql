-- A schema of its own, so that one role may read the ledger and another the people.
create schema if not exists vault;

create table vault.member (
    programme text collate "C" not null,
    member    uuid not null,
    public_id text collate "C" not null,
    enrolled  boolean not null,
    primary key (programme, member),
    constraint member_public_id unique (programme, public_id)
) with (fillfactor = 80);

-- The card itself is never stored: nothing needs to show it, and a keyed hash finds its member.
create table vault.card (
    programme text collate "C" not null,
    hash      uuid not null,
    member    uuid not null,
    primary key (programme, hash)
);

create table vault.quarantine (
    number      bigint generated always as identity primary key,
    programme   text collate "C" not null,
    store       text collate "C" not null,
    digest      uuid not null,
    reason      text not null,
    detail      text not null,
    body        bytea not null,
    received_at timestamptz not null,
    unique (programme, store, digest)
);

create index quarantine_newest on vault.quarantine (programme, number);
