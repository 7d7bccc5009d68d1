create table visibility (
    version   bigint not null, -- of the member's wishes, not of its account
    programme smallint not null,
    is_hidden boolean not null,
    member    text collate "C" not null,
    primary key (programme, member)
);

create table measure (
    value      bigint not null,
    reached_at bigint not null,
    version    bigint not null,
    day        integer not null,
    programme  smallint not null,
    measure    text collate "C" not null,
    store      text collate "C" not null, -- empty for what was done in none
    actor      text collate "C" not null,
    thing      text collate "C" not null, -- what a measure of distinct things counts once, otherwise empty
    primary key (programme, measure, day, store, actor, thing)
) with (fillfactor = 80);
