using System.Collections.Immutable;
using Gamification.Rules.Recognition;
using Gamification.Vault;
using Npgsql;

namespace Gamification.Storage.Postgres;

/// <summary>
/// The vault in PostgreSQL, in the schema <c>vault</c>, which may as well be in another database than the journal. Lists of people are looked up
/// one by one inside a statement (lateral, with a limit): while a chain enrols thousands a minute no statistics are true, and a planner that
/// believes in a small table reads all of it for every card.
/// </summary>
public sealed class PostgresVault : IVault
{
    private const string Memberships = "select m.member, m.public_id, m.enrolled from vault.member m ";

    private readonly NpgsqlDataSource _database;
    private readonly CardHash _cards;
    private readonly PostgresAdmissions _admissions;
    private readonly SharedTrips<(string Programme, Guid Hash), Membership?> _lookups;

    private PostgresVault(NpgsqlDataSource database, CardHash cards)
    {
        _database = database;
        _cards = cards;
        _admissions = new(database);
        _lookups = new(8_192, 512, FindHashes);
    }

    public static async Task<PostgresVault> Open(NpgsqlDataSource database, CardHash cards, CancellationToken cancellation = default)
    {
        await PostgresMigrations.Apply(database, "vault", cancellation);
        return new(database, cards);
    }

    public async ValueTask<Membership?> FindCard(string programme, string card, CancellationToken cancellation) =>
        await _lookups.Submit((programme, _cards.Of(programme, card))).AsTask().WaitAsync(cancellation).ConfigureAwait(false);

    public ValueTask<Membership?> FindPublicId(string programme, string publicId, CancellationToken cancellation) =>
        FindOne(Memberships + "where m.programme = $1 and m.public_id = $2", cancellation, programme, publicId);

    public async ValueTask<IReadOnlyDictionary<string, Membership>> FindCards(
        string programme, IReadOnlyCollection<string> cards, CancellationToken cancellation)
    {
        // Every receipt of a new card comes here alone; together they are one statement.
        if (cards.Count == 1)
        {
            var card = cards.First();
            return await FindCard(programme, card, cancellation).ConfigureAwait(false) is { } only
                ? new Dictionary<string, Membership>(StringComparer.Ordinal) { [card] = only }
                : new Dictionary<string, Membership>(StringComparer.Ordinal);
        }

        IReadOnlyList<(string, Guid)> wanted = [.. cards.Select(card => (programme, _cards.Of(programme, card)))];
        var memberships = await FindHashes(wanted).ConfigureAwait(false);
        Dictionary<string, Membership> found = new(StringComparer.Ordinal);
        foreach (var (card, membership) in cards.Zip(memberships))
        {
            if (membership is not null) found[card] = membership;
        }

        return found;
    }

    public async ValueTask<IReadOnlyDictionary<string, Membership>> FindPublicIds(
        string programme, IReadOnlyCollection<string> publicIds, CancellationToken cancellation)
    {
        var rows = await Read(Memberships + "where m.programme = $1 and m.public_id = any($2)", ReadMembership, cancellation, programme, publicIds.ToArray());
        return rows.ToDictionary(membership => membership.PublicId, StringComparer.Ordinal);
    }

    public async ValueTask<IReadOnlyDictionary<MemberId, Membership>> FindMembers(
        string programme, IReadOnlyCollection<MemberId> members, CancellationToken cancellation)
    {
        var rows = await Read(
            Memberships + "where m.programme = $1 and m.member = any($2)",
            ReadMembership,
            cancellation,
            programme,
            members.Select(member => member.Value).ToArray());
        return rows.ToDictionary(membership => membership.Member);
    }

    /// <summary>Throws <see cref="WrongSecretException"/> when the vault was made with another secret; a new vault keeps this one's.</summary>
    public async ValueTask Check(byte[] secret, CancellationToken cancellation = default)
    {
        await Run("insert into vault.secret_check (id, value) values (1, $1) on conflict do nothing", secret);
        var kept = await Read("select value from vault.secret_check", row => row.GetFieldValue<byte[]>(0), cancellation);
        SecretCheck.Compare(kept[0], secret);
    }

    public async ValueTask<ImmutableArray<Membership>> Admit(string programme, IReadOnlyList<NewMembership> proposals)
    {
        if (proposals.Count == 0)
            return [];

        Proposal[] group = [.. proposals.Select(proposal => new Proposal(programme, _cards.Of(programme, proposal.Card), proposal))];
        var admitted = await _admissions.Admit(group).ConfigureAwait(false);
        return [.. admitted.Select((membership, i) => membership ?? throw group[i].NoPublicIdLeft())];
    }

    public async ValueTask<bool> Enrol(string programme, MemberId member) =>
        await Run("update vault.member set enrolled = true where programme = $1 and member = $2 and not enrolled", programme, member.Value) == 1;

    public async ValueTask<BirthDate> FindBirthDate(string programme, MemberId member, CancellationToken cancellation) =>
        (await Read(
            "select birth_date, birth_given from vault.member where programme = $1 and member = $2",
            row => new BirthDate(row.IsDBNull(0) ? null : row.GetFieldValue<DateOnly>(0), row.GetInt16(1)),
            cancellation,
            programme,
            member.Value)).FirstOrDefault();

    public async ValueTask<bool> SetBirthDate(string programme, MemberId member, BirthDate before, BirthDate after) => await Run(
        """
        update vault.member set birth_date = $3, birth_given = $4
        where programme = $1 and member = $2 and birth_date is not distinct from $5 and birth_given = $6
        """,
        programme,
        member.Value,
        Day(after.On),
        (short)after.Given,
        Day(before.On),
        (short)before.Given) == 1;

    public async ValueTask<int> Quarantine(QuarantinedBody body, QuarantineBounds bounds)
    {
        var kept = await Run(
            """
            insert into vault.quarantine (programme, store, digest, reason, detail, body, received_at) values ($1, $2, $3, $4, $5, $6, $7)
            on conflict do nothing
            """,
            body.Programme,
            body.Store,
            body.Digest,
            Storable(body.Reason),
            Storable(body.Detail),
            body.Body.ToArray(),
            body.ReceivedAt.UtcDateTime);
        return kept == 0 ? 0 : await Run(
            """
            delete from vault.quarantine q using (
                select number, row_number() over newest as place, sum(octet_length(body)) over newest as bytes
                from vault.quarantine where programme = $1 and store = $2 window newest as (order by number desc)) ranked
            where q.number = ranked.number and place > 1 and (place > $3 or bytes > $4)
            """,
            body.Programme,
            body.Store,
            bounds.BodiesPerStore,
            bounds.BytesPerStore);
    }

    public async ValueTask<int> ForgetQuarantined(DateTimeOffset before) =>
        await Run("delete from vault.quarantine where received_at < $1", before.UtcDateTime);

    public async ValueTask<ImmutableArray<QuarantinedBody>> ReadQuarantine(
        string programme, string? store, long before, int limit, CancellationToken cancellation) => [.. await Read(
        """
        select number, store, digest, reason, detail, body, received_at from vault.quarantine
        where programme = $1 and number < $2 and ($4::text is null or store = $4) order by number desc limit $3
        """,
        row => new QuarantinedBody
        {
            Number = row.GetInt64(0),
            Programme = programme,
            Store = row.GetString(1),
            Digest = row.GetGuid(2),
            Reason = row.GetString(3),
            Detail = row.GetString(4),
            Body = row.GetFieldValue<byte[]>(5),
            ReceivedAt = new(row.GetDateTime(6)),
        },
        cancellation,
        programme,
        before,
        limit,
        (object?)store ?? DBNull.Value)];

    private async ValueTask<IReadOnlyList<Membership?>> FindHashes(IReadOnlyList<(string Programme, Guid Hash)> wanted)
    {
        var rows = await Read(
            """
            select m.member, m.public_id, m.enrolled, w.n
            from unnest($1::text[], $2::uuid[]) with ordinality w (programme, hash, n)
            cross join lateral (select c.member from vault.card c where c.programme = w.programme and c.hash = w.hash limit 1) c
            cross join lateral (select m.* from vault.member m where m.programme = w.programme and m.member = c.member limit 1) m
            """,
            row => (Place: (int)row.GetInt64(3) - 1, Membership: ReadMembership(row)),
            CancellationToken.None,
            wanted.Select(card => card.Programme).ToArray(),
            wanted.Select(card => card.Hash).ToArray());
        var found = new Membership?[wanted.Count];
        foreach (var (place, membership) in rows) found[place] = membership;
        return found;
    }

    /// <summary>A detail may quote what the till sent, and PostgreSQL keeps no NUL in text; the body has it in full.</summary>
    internal static string Storable(string text) => text.Replace('\0', '\ufffd');

    private async ValueTask<Membership?> FindOne(string sql, CancellationToken cancellation, params object[] parameters) =>
        await Read(sql, ReadMembership, cancellation, parameters) is [var only, ..] ? only : null;

    private ValueTask<List<T>> Read<T>(string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancellation, params object[] parameters) => Reach.Guard(async ValueTask<List<T>> () =>
    {
        await using var command = Command(sql, parameters);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        List<T> rows = [];
        while (await row.ReadAsync(cancellation))
            rows.Add(read(row));
        return rows;
    });

    private ValueTask<int> Run(string sql, params object[] parameters) => Reach.Guard(async ValueTask<int> () =>
    {
        await using var command = Command(sql, parameters);
        return await command.ExecuteNonQueryAsync();
    });

    private static NpgsqlParameter Day(DateOnly? day) => new() { NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Date, Value = (object?)day ?? DBNull.Value };

    internal static Membership ReadMembership(NpgsqlDataReader row) => new(new(row.GetGuid(0)), row.GetString(1), row.GetBoolean(2));

    private NpgsqlCommand Command(string sql, params ReadOnlySpan<object> parameters)
    {
        var command = _database.CreateCommand(sql);
        foreach (var parameter in parameters)
            command.Parameters.Add(parameter as NpgsqlParameter ?? new() { Value = parameter });
        return command;
    }
}
