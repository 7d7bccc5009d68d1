-- What was committed under a lease: every commit adds to it, and the one that ends it finds it exact. Never opened twice.
create table journal_lease (
    programme integer not null,
    lease     blob not null,
    points    integer not null,
    awards    integer not null,
    is_open   integer not null,
    primary key (programme, lease)
) strict, without rowid;
