using System.Collections.Immutable;
using Gamification.Vault;
using Npgsql;

namespace Gamification.Storage.Postgres;

/// <summary>
/// People who come for the first time, many in one transaction. Whose surrogate stands on a card is decided by the card's unique row, so whoever
/// asks again, or at the same time from another program, gets the same answer.
/// </summary>
internal sealed class PostgresAdmissions
{
    private readonly NpgsqlDataSource _database;
    private readonly SharedTrips<IReadOnlyList<Proposal>, ImmutableArray<Membership?>> _trips;

    public PostgresAdmissions(NpgsqlDataSource database)
    {
        _database = database;
        _trips = new(4_096, 256, AdmitAll);
    }

    /// <summary>The membership of each proposal's card, the proposed one or the one that stood there before; null when no public id was left.</summary>
    public ValueTask<ImmutableArray<Membership?>> Admit(IReadOnlyList<Proposal> group) => _trips.Submit(group);

    private async ValueTask<IReadOnlyList<ImmutableArray<Membership?>>> AdmitAll(IReadOnlyList<IReadOnlyList<Proposal>> groups)
    {
        var proposals = Proposal.Distinct(groups);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var stored = await Reach.Guard(() => new ValueTask<Dictionary<(string, Guid), Membership>>(Store(proposals))).ConfigureAwait(false);
                return [.. groups.Select(group => group.Select(each => stored.GetValueOrDefault((each.Programme, each.CardHash))).ToImmutableArray())];
            }
            catch (PostgresException race) when (PostgresFaults.IsRace(race) && race.ConstraintName != "member_pkey" && attempt < 8)
            {
                // Another program admits the same people; what it stored is visible now.
            }
        }
    }

    /// <summary>
    /// One transaction: cards first, in the order of their hashes, so that two programs never wait for each other in a circle; whoever's surrogate
    /// stands on the card has won and stores the member; a public id that is taken gives way to the next candidate.
    /// </summary>
    private async Task<Dictionary<(string, Guid), Membership>> Store(List<Proposal> proposals)
    {
        var connection = await _database.OpenConnectionAsync().ConfigureAwait(false);
        await using var closing = connection.ConfigureAwait(false);
        var transaction = await connection.BeginTransactionAsync().ConfigureAwait(false);
        await using var ending = transaction.ConfigureAwait(false);

        string[] programmes = [.. proposals.Select(proposal => proposal.Programme)];
        Guid[] hashes = [.. proposals.Select(proposal => proposal.CardHash)];
        Guid[] members = [.. proposals.Select(proposal => proposal.Membership.Member.Value)];
        bool[] enrolled = [.. proposals.Select(proposal => proposal.Membership.Enrolled)];

        // Nearly always every proposal has its first public id: then all of it is one trip, and the commit another.
        for (var candidate = 0; candidate < proposals.Max(proposal => proposal.Membership.PublicIds.Length); candidate++)
        {
            string?[] publicIds = [.. proposals.Select(proposal => proposal.Membership.PublicIds.ElementAtOrDefault(candidate))];
            var found = await Find(
                    Statement("insert into vault.card (programme, hash, member) select * from unnest($1::text[], $2::uuid[], $3::uuid[]) on conflict do nothing", programmes, hashes, members),
                    Statement(
                        """
                        insert into vault.member (programme, member, public_id, enrolled)
                        select p.programme, p.member, p.public_id, p.enrolled
                        from unnest($1::text[], $2::uuid[], $3::uuid[], $4::text[], $5::boolean[]) p (programme, hash, member, public_id, enrolled)
                        cross join lateral (
                            select from vault.card c where c.programme = p.programme and c.hash = p.hash and c.member = p.member limit 1) c
                        left join lateral (
                            select true as stored from vault.member m where m.programme = p.programme and m.member = p.member limit 1) m on true
                        where p.public_id is not null and m.stored is null
                        on conflict on constraint member_public_id do nothing
                        """,
                        programmes,
                        hashes,
                        members,
                        publicIds,
                        enrolled))
                .ConfigureAwait(false);
            if (found.Count == proposals.Count)
            {
                await transaction.CommitAsync().ConfigureAwait(false);
                return found;
            }
        }

        var admitted = await Find(Statement(
                """
                delete from vault.card c using unnest($1::text[], $2::uuid[], $3::uuid[]) p (programme, hash, member)
                where c.programme = p.programme and c.hash = p.hash and c.member = p.member
                and not exists (select from vault.member m where m.programme = p.programme and m.member = p.member)
                """,
                programmes,
                hashes,
                members))
            .ConfigureAwait(false);
        await transaction.CommitAsync().ConfigureAwait(false);
        return admitted;

        async Task<Dictionary<(string, Guid), Membership>> Find(params NpgsqlBatchCommand[] before)
        {
            var batch = new NpgsqlBatch(connection, transaction);
            await using var disposing = batch.ConfigureAwait(false);
            foreach (var statement in before)
                batch.BatchCommands.Add(statement);
            batch.BatchCommands.Add(Statement(
                """
                select m.member, m.public_id, m.enrolled, c.programme, c.hash
                from unnest($1::text[], $2::uuid[]) p (programme, hash)
                cross join lateral (select c.* from vault.card c where c.programme = p.programme and c.hash = p.hash limit 1) c
                cross join lateral (select m.* from vault.member m where m.programme = p.programme and m.member = c.member limit 1) m
                """,
                programmes,
                hashes));
            Dictionary<(string, Guid), Membership> found = [];
            var row = await batch.ExecuteReaderAsync().ConfigureAwait(false);
            await using var reading = row.ConfigureAwait(false);
            while (await row.ReadAsync().ConfigureAwait(false))
                found[(row.GetString(3), row.GetGuid(4))] = PostgresVault.ReadMembership(row);
            return found;
        }

        static NpgsqlBatchCommand Statement(string sql, params object[] parameters)
        {
            var statement = new NpgsqlBatchCommand(sql);
            foreach (var parameter in parameters)
                statement.Parameters.Add(new() { Value = parameter });
            return statement;
        }
    }
}
