-- What Orleans' ADO.NET providers keep: who is in the cluster, and reminders. The providers know no table but the one that names their
-- queries; the tables, and what makes two writers of one row agree, are ours. Parameters and result columns have the providers' names.

-- Every change of the membership moves the version by one, under the version that its writer had read: of two writers one must read again.
create table cluster_version (
    cluster text collate "C" primary key,
    version integer not null
) with (fillfactor = 10);

create table cluster_member (
    start_time    timestamptz not null,
    i_am_alive_at timestamptz not null,
    port          integer not null,
    generation    integer not null,
    status        integer not null,
    proxy_port    integer not null,
    cluster       text collate "C" not null references cluster_version (cluster),
    address       text collate "C" not null,
    silo_name     text not null,
    host_name     text not null,
    suspected_by  text,
    primary key (cluster, address, port, generation)
);

-- A reminder is one row from its first registration on: a second one of its name meets the primary key and becomes an update.
create table cluster_reminder (
    start_time timestamptz not null,
    period     bigint not null, -- milliseconds
    hash       integer not null,
    version    integer not null,
    service    text collate "C" not null,
    grain      text collate "C" not null,
    name       text collate "C" not null,
    primary key (service, grain, name)
) with (fillfactor = 80);

create index cluster_reminder_hash on cluster_reminder (service, hash);

-- The one name that the providers bring along.
create table OrleansQuery (
    QueryKey  text collate "C" primary key,
    QueryText text not null
);

insert into OrleansQuery (QueryKey, QueryText) values
('GatewaysQueryKey', $$
    select address as Address, proxy_port as ProxyPort, generation as Generation
    from cluster_member where cluster = @DeploymentId and status = @Status and proxy_port > 0
$$),
('MembershipReadAllKey', $$
    select v.version as Version, m.address as Address, m.port as Port, m.generation as Generation, m.silo_name as SiloName,
           m.host_name as HostName, m.status as Status, m.proxy_port as ProxyPort, m.suspected_by as SuspectTimes,
           m.start_time as StartTime, m.i_am_alive_at as IAmAliveTime
    from cluster_version v left join cluster_member m on m.cluster = v.cluster
    where v.cluster = @DeploymentId
$$),
('MembershipReadRowKey', $$
    select v.version as Version, m.address as Address, m.port as Port, m.generation as Generation, m.silo_name as SiloName,
           m.host_name as HostName, m.status as Status, m.proxy_port as ProxyPort, m.suspected_by as SuspectTimes,
           m.start_time as StartTime, m.i_am_alive_at as IAmAliveTime
    from cluster_version v
    left join cluster_member m on m.cluster = v.cluster and m.address = @Address and m.port = @Port and m.generation = @Generation
    where v.cluster = @DeploymentId
$$),
('InsertMembershipVersionKey', $$
    with made as (insert into cluster_version (cluster, version) values (@DeploymentId, 0) on conflict do nothing returning 1)
    select exists (select from made)
$$),
('InsertMembershipKey', $$
    with moved as (
        update cluster_version set version = version + 1
        where cluster = @DeploymentId and version = @Version
          and not exists (
              select from cluster_member
              where cluster = @DeploymentId and address = @Address and port = @Port and generation = @Generation)
        returning cluster
    ), made as (
        insert into cluster_member
            (cluster, address, port, generation, silo_name, host_name, status, proxy_port, start_time, i_am_alive_at)
        select cluster, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime from moved
        returning 1
    )
    select exists (select from made)
$$),
('UpdateMembershipKey', $$
    with moved as (
        update cluster_version set version = version + 1
        where cluster = @DeploymentId and version = @Version
          and exists (
              select from cluster_member
              where cluster = @DeploymentId and address = @Address and port = @Port and generation = @Generation)
        returning cluster
    ), changed as (
        update cluster_member m set status = @Status, suspected_by = @SuspectTimes, i_am_alive_at = @IAmAliveTime
        from moved
        where m.cluster = moved.cluster and m.address = @Address and m.port = @Port and m.generation = @Generation
        returning 1
    )
    select exists (select from changed)
$$),
('UpdateIAmAlivetimeKey', $$
    update cluster_member set i_am_alive_at = @IAmAliveTime
    where cluster = @DeploymentId and address = @Address and port = @Port and generation = @Generation
$$),
('DeleteMembershipTableEntriesKey', $$
    with members as (delete from cluster_member where cluster = @DeploymentId)
    delete from cluster_version where cluster = @DeploymentId
$$),
('CleanupDefunctSiloEntriesKey', $$
    delete from cluster_member where cluster = @DeploymentId and i_am_alive_at < @IAmAliveTime and status <> 3 -- active
$$),
('ReadReminderRowsKey', $$
    select grain as GrainId, name as ReminderName, start_time as StartTime, period as Period, version as Version
    from cluster_reminder where service = @ServiceId and grain = @GrainId
$$),
('ReadReminderRowKey', $$
    select grain as GrainId, name as ReminderName, start_time as StartTime, period as Period, version as Version
    from cluster_reminder where service = @ServiceId and grain = @GrainId and name = @ReminderName
$$),
('ReadRangeRows1Key', $$
    select grain as GrainId, name as ReminderName, start_time as StartTime, period as Period, version as Version
    from cluster_reminder where service = @ServiceId and hash > @BeginHash and hash <= @EndHash
$$),
('ReadRangeRows2Key', $$
    select grain as GrainId, name as ReminderName, start_time as StartTime, period as Period, version as Version
    from cluster_reminder where service = @ServiceId and (hash > @BeginHash or hash <= @EndHash)
$$),
('UpsertReminderRowKey', $$
    insert into cluster_reminder as r (service, grain, name, hash, start_time, period, version)
    values (@ServiceId, @GrainId, @ReminderName, @GrainHash, @StartTime, @Period, 0)
    on conflict (service, grain, name) do update set
        hash = excluded.hash, start_time = excluded.start_time, period = excluded.period, version = r.version + 1
    returning version as Version
$$),
('DeleteReminderRowKey', $$
    with gone as (
        delete from cluster_reminder
        where service = @ServiceId and grain = @GrainId and name = @ReminderName and version = @Version
        returning 1
    )
    select exists (select from gone)
$$),
('DeleteReminderRowsKey', $$
    delete from cluster_reminder where service = @ServiceId
$$);

-- Which node writes which partition of the journal, and until when it may count on that. Epochs keep a writer out that lost its lease;
-- the lease keeps nodes from taking partitions from each other.
create table partition_lease (
    partition integer primary key,
    owner     uuid not null,
    until     timestamptz not null
) with (fillfactor = 10);
