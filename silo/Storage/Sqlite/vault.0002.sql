-- Tells the secret that the cards were hashed with from any other.
create table secret_check (
    id    integer primary key check (id = 1),
    value blob not null
) strict;
