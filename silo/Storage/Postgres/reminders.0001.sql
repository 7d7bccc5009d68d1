create table reminder (
    first_due bigint not null, -- Instants and the period are .NET ticks of 100 ns, instants in UTC: what is read is exactly what was written.
    period    bigint not null,
    next_due  bigint not null,
    grain     text collate "C" not null,
    key       text collate "C" not null,
    name      text collate "C" not null,
    primary key (grain, key, name)
) with (fillfactor = 80);
