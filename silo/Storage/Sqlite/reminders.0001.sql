create table reminder (
    grain     text not null,
    key       text not null,
    name      text not null,
    first_due integer not null, -- Instants and the period are .NET ticks of 100 ns, instants in UTC: what is read is exactly what was written.
    period    integer not null,
    next_due  integer not null,
    primary key (grain, key, name)
) strict, without rowid;
