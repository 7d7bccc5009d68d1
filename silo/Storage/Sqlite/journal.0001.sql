-- Programmes are numbered, because their number leads every key of every row.
create table programme (
    number integer primary key,
    name   text not null unique
) strict;

create table journal_head (
    partition integer primary key,
    owner     blob not null,
    epoch     integer not null,
    last_seq  integer not null,
    last_at   integer not null -- Unix microseconds, as everywhere here
) strict;

-- One row a fact, with its idempotency key in it: a key is durable exactly when its effect is.
-- The actor's version is that of its newest entry; the index that reads an actor also refuses a second entry of one version.
create table journal_entry (
    place       integer primary key, -- partition * 2^40 + seq: rows lie in commit order, and the key costs no index
    programme   integer not null,
    version     integer not null,
    recorded_at integer not null,
    actor       text not null,
    type        text not null,
    key_month   integer,
    key_digest  blob,
    key_content blob,
    payload     blob not null check (length(payload) <= 1048576),
    check ((key_digest is null) = (key_month is null) and (key_digest is null) = (key_content is null))
) strict;

create unique index journal_entry_actor on journal_entry (programme, actor, version);

-- The month leads, so that today's keys share pages however old the ledger is.
create unique index journal_entry_key on journal_entry (programme, key_month, key_digest) where key_digest is not null;

create table journal_snapshot (
    programme integer not null,
    actor     text not null,
    version   integer not null,
    state     blob not null,
    primary key (programme, actor)
) strict;
