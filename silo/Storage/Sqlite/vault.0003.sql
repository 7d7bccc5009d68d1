-- With the member's row it goes when the member is erased. The ledger never holds it. A day number.
alter table member add column birth_date integer;
alter table member add column birth_given integer not null default 0;
