-- Programmes are numbered, because their number leads every key of every row.
create table if not exists programme (
    number smallint generated always as identity primary key,
    name   text collate "C" not null unique
);

-- One hot row a partition: room in its page for the newest versions, so that every update stays in place.
create table journal_head (
    partition integer primary key,
    owner     uuid not null,
    epoch     bigint not null,
    last_seq  bigint not null,
    last_at   timestamptz not null
) with (fillfactor = 10);

-- One row a fact, with its idempotency key in it: a key is durable exactly when its effect is.
-- The actor's version is that of its newest entry; the index that reads an actor also refuses a second entry of one version,
-- so there is no row to update and nothing for vacuum to clean.
create table journal_entry (
    seq         bigint not null,
    version     bigint not null,
    recorded_at timestamptz not null,
    key_digest  uuid,
    key_content uuid,
    partition   integer not null,
    key_month   integer,
    programme   smallint not null,
    actor       text collate "C" not null,
    type        text collate "C" not null,
    payload     bytea not null,
    primary key (partition, seq),
    constraint journal_payload_size check (octet_length(payload) <= 1048576),
    constraint journal_key_complete check ((key_digest is null) = (key_month is null) and (key_digest is null) = (key_content is null))
);

create unique index journal_entry_actor on journal_entry (programme, actor, version);

-- The month leads, so that today's keys share pages however old the ledger is.
create unique index journal_entry_key on journal_entry (programme, key_month, key_digest) where key_digest is not null;

create table journal_snapshot (
    version   bigint not null,
    programme smallint not null,
    actor     text collate "C" not null,
    state     bytea not null,
    primary key (programme, actor)
) with (fillfactor = 70);
