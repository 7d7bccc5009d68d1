create table circle (
    programme integer not null,
    kind      integer not null, -- 0 segments, 1 tier
    actor     text not null,
    version   integer not null,
    partition integer not null,
    seq       integer not null, -- up to where the partition was folded in when the row changed
    value     text not null,
    primary key (programme, kind, actor)
) strict, without rowid;

create index circle_changed on circle (programme, partition, seq);

-- What is in the journal already is folded anew, so that it is in the new table too; and measures are kept by event now.
delete from rollup;
delete from measure;
delete from visibility;
delete from rollup_clock;
delete from rollup_offset;
