-- How far a proof of the journal has come: what was proved cannot be written anew without the deployment's secret.
create table journal_seal (
    partition integer not null,
    seq       integer not null,
    mac       blob not null,
    primary key (partition, seq)
) strict, without rowid;

-- Stands from the first row of an import to its proof: an engine does not start on half a journal.
create table journal_transfer (
    id      integer primary key check (id = 1),
    chunk   integer not null,
    running blob not null
) strict;
