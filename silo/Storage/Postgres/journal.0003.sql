-- What was committed under a lease: every commit adds to it, and the one that ends it finds it exact. Never opened twice.
-- One hot row for each lease that is in use: room in its page, so that every update stays in place.
create table journal_lease (
    points    bigint not null,
    awards    bigint not null,
    lease     uuid not null,
    programme smallint not null,
    is_open   boolean not null,
    primary key (programme, lease)
) with (fillfactor = 20);
