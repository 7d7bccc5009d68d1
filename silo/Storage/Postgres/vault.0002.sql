-- Tells the secret that the cards were hashed with from any other.
create table vault.secret_check (
    id    smallint primary key check (id = 1),
    value bytea not null
);
