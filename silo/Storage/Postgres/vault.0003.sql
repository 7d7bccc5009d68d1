-- With the member's row it goes when the member is erased. The ledger never holds it.
alter table vault.member add column birth_date date, add column birth_given smallint not null default 0;
