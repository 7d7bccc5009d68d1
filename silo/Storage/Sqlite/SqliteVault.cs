using System.Collections.Immutable;
using Gamification.Rules.Recognition;
using Gamification.Vault;
using Microsoft.Data.Sqlite;

namespace Gamification.Storage.Sqlite;

/// <summary>The vault in a SQLite file of its own, apart from the journal.</summary>
public sealed class SqliteVault : IVault, IAsyncDisposable
{
    private const string Memberships = "select m.member, m.public_id, m.enrolled from member m ";

    private readonly SqliteDatabase _database;
    private readonly CardHash _cards;
    private readonly SharedTrips<IReadOnlyList<Proposal>, ImmutableArray<Membership?>> _admissions;

    public SqliteVault(string path, CardHash cards)
    {
        _database = new(path, "vault", SqliteDurability.Full, readers: 2);
        _cards = cards;
        _admissions = new(4_096, 256, Admit);
    }

    internal SqliteVaultCopy Copy => new(_database);

    public ValueTask<Membership?> FindCard(string programme, string card, CancellationToken cancellation)
    {
        var hash = _cards.Of(programme, card);
        return Read(session => FindCard(session, programme, hash), cancellation);
    }

    public ValueTask<IReadOnlyDictionary<string, Membership>> FindCards(string programme, IReadOnlyCollection<string> cards, CancellationToken cancellation)
    {
        (string Card, Guid Hash)[] hashes = [.. cards.Select(card => (card, _cards.Of(programme, card)))];
        return Read<IReadOnlyDictionary<string, Membership>>(
            session =>
            {
                Dictionary<string, Membership> found = new(StringComparer.Ordinal);
                foreach (var (card, hash) in hashes)
                {
                    if (FindCard(session, programme, hash) is { } membership)
                        found[card] = membership;
                }

                return found;
            },
            cancellation);
    }

    public ValueTask<Membership?> FindPublicId(string programme, string publicId, CancellationToken cancellation) =>
        Read(session => FindPublicId(session, programme, publicId), cancellation);

    public ValueTask<IReadOnlyDictionary<string, Membership>> FindPublicIds(
        string programme, IReadOnlyCollection<string> publicIds, CancellationToken cancellation) => Read<IReadOnlyDictionary<string, Membership>>(
        session => publicIds
            .Distinct(StringComparer.Ordinal)
            .Select(publicId => FindPublicId(session, programme, publicId))
            .OfType<Membership>()
            .ToDictionary(membership => membership.PublicId, StringComparer.Ordinal),
        cancellation);

    /// <summary>Throws <see cref="WrongSecretException"/> when the vault was made with another secret; a new vault keeps this one's.</summary>
    public async ValueTask Check(byte[] secret) => SecretCheck.Compare(
        await Write(session => session.InTransaction(() =>
        {
            session.Run("insert into secret_check (id, value) values (1, $1) on conflict do nothing", secret);
            return session.ReadFirst("select value from secret_check", row => row.GetBlob(0))!;
        })),
        secret);

    public ValueTask<IReadOnlyDictionary<MemberId, Membership>> FindMembers(
        string programme, IReadOnlyCollection<MemberId> members, CancellationToken cancellation) => Read<IReadOnlyDictionary<MemberId, Membership>>(
        session => session.AtOnce(() =>
        {
            Dictionary<MemberId, Membership> found = [];
            foreach (var member in members)
            {
                if (session.ReadFirst(Memberships + "where m.programme = $1 and m.member = $2", ReadMembership, programme, member.Value.ToBlob()) is { } membership)
                    found[member] = membership;
            }

            return found;
        }),
        cancellation);

    public async ValueTask<ImmutableArray<Membership>> Admit(string programme, IReadOnlyList<NewMembership> proposals)
    {
        if (proposals.Count == 0)
            return [];

        Proposal[] group = [.. proposals.Select(proposal => new Proposal(programme, _cards.Of(programme, proposal.Card), proposal))];
        var admitted = await _admissions.Submit(group).ConfigureAwait(false);
        return [.. admitted.Select((membership, i) => membership ?? throw group[i].NoPublicIdLeft())];
    }

    public ValueTask<bool> Enrol(string programme, MemberId member) => Write(
        session => session.Run("update member set enrolled = 1 where programme = $1 and member = $2 and enrolled = 0", programme, member.Value.ToBlob()) == 1);

    public ValueTask<BirthDate> FindBirthDate(string programme, MemberId member, CancellationToken cancellation) => Read(
        session => session.ReadAll(
            "select birth_date, birth_given from member where programme = $1 and member = $2",
            row => new BirthDate(row.IsDBNull(0) ? null : DateOnly.FromDayNumber(row.GetInt32(0)), row.GetInt32(1)),
            programme,
            member.Value.ToBlob()).FirstOrDefault(),
        cancellation);

    public ValueTask<bool> SetBirthDate(string programme, MemberId member, BirthDate before, BirthDate after) => Write(
        session => session.Run(
            "update member set birth_date = $3, birth_given = $4 where programme = $1 and member = $2 and birth_date is $5 and birth_given = $6",
            programme,
            member.Value.ToBlob(),
            after.On?.DayNumber,
            after.Given,
            before.On?.DayNumber,
            before.Given) == 1);

    public ValueTask<int> Quarantine(QuarantinedBody body, QuarantineBounds bounds) => Write(session => session.InTransaction(() =>
    {
        var kept = session.Run(
            """
            insert into quarantine (programme, store, digest, reason, detail, body, received_at) values ($1, $2, $3, $4, $5, $6, $7)
            on conflict do nothing
            """,
            body.Programme,
            body.Store,
            body.Digest.ToBlob(),
            body.Reason,
            body.Detail,
            body.Body.ToBlob(),
            body.ReceivedAt.ToMicroseconds());
        return kept == 0 ? 0 : session.Run(
            """
            delete from quarantine where number in (
                select number from (
                    select number, row_number() over newest as place, sum(length(body)) over newest as bytes
                    from quarantine where programme = $1 and store = $2 window newest as (order by number desc))
                where place > 1 and (place > $3 or bytes > $4))
            """,
            body.Programme,
            body.Store,
            bounds.BodiesPerStore,
            bounds.BytesPerStore);
    }));

    public ValueTask<int> ForgetQuarantined(DateTimeOffset before) =>
        Write(session => session.Run("delete from quarantine where received_at < $1", before.ToMicroseconds()));

    public ValueTask<ImmutableArray<QuarantinedBody>> ReadQuarantine(
        string programme, string? store, long before, int limit, CancellationToken cancellation) => Read(
        session => session.ReadAll(
            """
            select number, store, digest, reason, detail, body, received_at from quarantine
            where programme = $1 and ($2 is null or store = $2) and number < $3 order by number desc limit $4
            """,
            row => new QuarantinedBody
            {
                Number = row.GetInt64(0),
                Programme = programme,
                Store = row.GetString(1),
                Digest = row.GetBlobGuid(2),
                Reason = row.GetString(3),
                Detail = row.GetString(4),
                Body = row.GetBlob(5),
                ReceivedAt = row.GetInt64(6).ToInstant(),
            },
            programme,
            store,
            before,
            limit).ToImmutableArray(),
        cancellation);

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private ValueTask<T> Read<T>(Func<SqliteSession, T> work, CancellationToken cancellation) => Reach.Guard(() => _database.Read(work, cancellation));

    private ValueTask<T> Write<T>(Func<SqliteSession, T> work) => Reach.Guard(() => _database.Write(work));

    private ValueTask<IReadOnlyList<ImmutableArray<Membership?>>> Admit(IReadOnlyList<IReadOnlyList<Proposal>> groups) =>
        Write<IReadOnlyList<ImmutableArray<Membership?>>>(session => session.InTransaction(() =>
        {
            foreach (var proposal in Proposal.Distinct(groups))
                Admit(session, proposal);
            return groups.Select(group => group.Select(each => FindCard(session, each.Programme, each.CardHash)).ToImmutableArray()).ToArray();
        }));

    /// <summary>Leaves nothing behind when the card is known or when every proposed public id is taken.</summary>
    private static void Admit(SqliteSession session, Proposal proposal)
    {
        var (programme, member) = (proposal.Programme, proposal.Membership.Member.Value.ToBlob());
        if (FindCard(session, programme, proposal.CardHash) is not null)
            return;

        foreach (var publicId in proposal.Membership.PublicIds)
        {
            var stored = session.Run(
                "insert into member (programme, member, public_id, enrolled) values ($1, $2, $3, $4) on conflict (programme, public_id) do nothing",
                programme,
                member,
                publicId,
                proposal.Membership.Enrolled);
            if (stored == 0)
                continue;
            session.Run("insert into card (programme, hash, member) values ($1, $2, $3)", programme, proposal.CardHash.ToBlob(), member);
            return;
        }
    }

    private static Membership? FindCard(SqliteSession session, string programme, Guid hash) => session.ReadFirst(
        Memberships + "join card c on c.programme = m.programme and c.member = m.member where c.programme = $1 and c.hash = $2",
        ReadMembership,
        programme,
        hash.ToBlob());

    private static Membership? FindPublicId(SqliteSession session, string programme, string publicId) =>
        session.ReadFirst(Memberships + "where m.programme = $1 and m.public_id = $2", ReadMembership, programme, publicId);

    private static Membership ReadMembership(SqliteDataReader row) => new(new(row.GetBlobGuid(0)), row.GetString(1), row.GetBoolean(2));
}
