-- How far a proof of the journal has come: what was proved cannot be written anew without the deployment's secret.
create table journal_seal (
    seq       bigint not null,
    partition integer not null,
    mac       bytea not null,
    primary key (partition, seq)
);

-- Stands from the first row of an import to its proof: an engine does not start on half a journal.
create table journal_transfer (
    id      smallint primary key check (id = 1),
    chunk   bigint not null,
    running bytea not null
);
