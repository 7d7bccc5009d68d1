using Gamification.Journal;
using Npgsql;

namespace Gamification.Storage.Postgres;

/// <summary>
/// A commit over the connection that writes a partition: one round trip, one transaction, and a batch with a refusal writes nothing at all.
/// A batch that expects no refusal does not look: the unique indexes refuse what is taken, and the caller runs it again with a look. Only a
/// version that this connection has not written itself is looked up all the same, because an index cannot see a gap. The leases that it uses are
/// locked in one order before anything else, and stay open until it is committed: whoever ends one waits for that, and counts it.
/// </summary>
internal sealed class PostgresBatch : IDisposable
{
    private const int WrittenMax = 131_072;

    /// <summary>The newest versions written over this connection, of the actors that wrote lately.</summary>
    private readonly Dictionary<ActorId, long> _written = [];

    private readonly PostgresBatchColumns _columns = new();
    private readonly PostgresBatchStatement _plain;
    private readonly PostgresBatchStatement _looking;

    public PostgresBatch(NpgsqlConnection connection)
    {
        _plain = PostgresBatchStatement.WithoutLook(connection, _columns);
        _looking = PostgresBatchStatement.WithLook(connection, _columns);
    }

    /// <summary>What the statement answered, in the order of the rows: either the head moved, or some appends were refused and nothing was written.</summary>
    internal abstract record Answer(int Append)
    {
        internal sealed record Moved(long Base, DateTime At) : Answer(-1);

        internal sealed record Taken(int Append, int Index, Guid Content, PostgresEntry First) : Answer(Append);

        internal sealed record Stale(int Append, long Version) : Answer(Append);

        internal sealed record Over(int Append, Guid Lease) : Answer(Append);
    }

    public async Task Prepare()
    {
        await _plain.Prepare().ConfigureAwait(false);
        await _looking.Prepare().ConfigureAwait(false);
    }

    /// <summary>Runs the statement for the appends at <paramref name="positions"/> of the batch, numbered in that order.</summary>
    public async Task<List<Answer>> Run(
        int partition, long epoch, DateTime now, IReadOnlyList<Append> batch, IReadOnlyList<int> positions, Func<string, short> programmeOf, bool looks)
    {
        _columns.Fill(batch, positions, programmeOf, append => !looks && IsSure(append));
        var statement = _columns.MustLook ? _looking : _plain;
        List<Answer> answers = [];
        await using var reader = await statement.Run(partition, epoch, _columns.Rows.Count, now, looks).ConfigureAwait(false);
        while (await reader.ReadAsync().ConfigureAwait(false))
            Read(reader, batch, positions, answers);
        if (answers is [Answer.Moved]) Remember(batch, positions);
        return answers;
    }

    public void Dispose()
    {
        _plain.Dispose();
        _looking.Dispose();
    }

    private void Read(NpgsqlDataReader reader, IReadOnlyList<Append> batch, IReadOnlyList<int> positions, List<Answer> answers)
    {
        var kind = reader.GetInt32(0);
        if (kind == 0)
        {
            answers.Add(new Answer.Moved(reader.GetInt64(2), reader.GetDateTime(3)));
            return;
        }

        var number = (int)reader.GetInt64(1) - 1;
        if (kind == 3)
        {
            answers.AddRange(positions.Where(position => batch[position].Uses.Any(use => use.Lease == _columns.Leases[number])).Select(position => new Answer.Over(position, _columns.Leases[number])));
            return;
        }

        var (append, index) = _columns.Rows[number];
        answers.Add(kind == 2 ? new Answer.Stale(append, reader.GetInt64(7)) : new Answer.Taken(append, index, reader.GetGuid(10), PostgresEntry.Read(reader, at: 2)));
    }

    private void Remember(IReadOnlyList<Append> batch, IReadOnlyList<int> positions)
    {
        if (_written.Count + positions.Count > WrittenMax) _written.Clear();
        foreach (var position in positions) _written[batch[position].Actor] = batch[position].NextVersion;
    }

    /// <summary>A first version is refused by the index when there is one already; any other is sure only after one that was written here.</summary>
    private bool IsSure(Append append) =>
        append.ExpectedVersion == 0 || (_written.TryGetValue(append.Actor, out var written) && written == append.ExpectedVersion);
}
