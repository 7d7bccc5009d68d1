create table circle (
    version   bigint not null,
    seq       bigint not null, -- up to where the partition was folded in when the row changed
    partition integer not null,
    programme smallint not null,
    kind      smallint not null, -- 0 segments, 1 tier
    actor     text collate "C" not null,
    value     text collate "C" not null,
    primary key (programme, kind, actor)
);

create index circle_changed on circle (programme, partition, seq);

-- What is in the journal already is folded anew, so that it is in the new table too; and measures are kept by event now.
truncate rollup, measure, visibility, rollup_clock, rollup_offset;
