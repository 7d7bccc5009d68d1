create table visibility (
    programme integer not null,
    member    text not null,
    is_hidden integer not null,
    version   integer not null, -- of the member's wishes, not of its account
    primary key (programme, member)
) strict, without rowid;

create table measure (
    programme  integer not null,
    measure    text not null,
    day        integer not null,
    store      text not null, -- empty for what was done in none
    actor      text not null,
    thing      text not null, -- what a measure of distinct things counts once, otherwise empty
    version    integer not null,
    value      integer not null,
    reached_at integer not null,
    primary key (programme, measure, day, store, actor, thing)
) strict, without rowid;
