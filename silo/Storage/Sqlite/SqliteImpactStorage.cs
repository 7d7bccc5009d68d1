using Gamification.Impacts;
using Gamification.Rules.Challenges;
using Microsoft.Data.Sqlite;

namespace Gamification.Storage.Sqlite;

/// <summary>Impact counters in a SQLite file of their own, without a flush a commit: rows and positions go back together, and the journal brings both forward again.</summary>
public sealed class SqliteImpactStorage(string path) : IImpactStorage, IAsyncDisposable
{
    private const string Columns = "member, deed, version, store, day, quantities";

    private readonly SqliteDatabase _database = new(path, "impacts", SqliteDurability.Rebuildable, readers: 2);
    private readonly SqliteProgrammes _programmes = new();

    public async ValueTask<IReadOnlyDictionary<int, long>> Positions(ImpactSet set, CancellationToken cancellation) =>
        await _database.Read(session => Positions(session, Number(session, set)), cancellation);

    public async ValueTask<IReadOnlyList<ImpactRow>> Find(ImpactSet set, IReadOnlyList<(Guid Member, Guid Deed)> deeds, CancellationToken cancellation) =>
        await _database.Read(
            session =>
            {
                var (number, found) = (Number(session, set), new List<ImpactRow>());
                foreach (var (member, deed) in deeds)
                {
                    if (session.ReadFirst($"select {Columns} from impact_deed where counted = $1 and member = $2 and deed = $3", Row, number, member.ToBlob(), deed.ToBlob()) is { } row)
                        found.Add(row);
                }

                return found;
            },
            cancellation);

    public async ValueTask<IReadOnlyList<ImpactRow>> Of(ImpactSet set, Guid member, CancellationToken cancellation) => await _database.Read(
        session => session.ReadAll($"select {Columns} from impact_deed where counted = $1 and member = $2", Row, Number(session, set), member.ToBlob()), cancellation);

    public async ValueTask<IReadOnlyList<ImpactSum>> Sums(ImpactSet set, CancellationToken cancellation) => await _database.Read(
        session => session.ReadAll(
            "select factor, store, day, thousandths from impact_sum where counted = $1",
            row => new ImpactSum(row.GetString(0), row.GetString(1), row.GetInt32(2), row.GetInt64(3)),
            Number(session, set)),
        cancellation);

    public async ValueTask<IReadOnlyList<ImpactPerson>> People(ImpactSet set, CancellationToken cancellation) => await _database.Read(
        session => session.ReadAll(
            "select factor, store, member from impact_person where counted = $1", row => new ImpactPerson(row.GetString(0), row.GetString(1), row.GetBlobGuid(2)), Number(session, set)),
        cancellation);

    public IAsyncEnumerable<ImpactRow> Rows(ImpactSet set, CancellationToken cancellation) =>
        _database.Stream($"select {Columns} from impact_deed where counted = $1", session => [Number(session, set)], Row, cancellation);

    public async ValueTask Keep(ImpactSet set, IReadOnlyList<ImpactRow> rows, IReadOnlyList<ImpactSum> sums, IReadOnlyList<ImpactPerson> people, IReadOnlyList<Position> from, IReadOnlyList<Position> to) =>
        await _database.Write(session =>
        {
            var number = Ensure(session, set);
            return session.InTransaction(() =>
            {
                var stored = Positions(session, number);
                if (stored.Count != from.Count || from.Any(position => !stored.TryGetValue(position.Partition, out var seq) || seq != position.Seq))
                    throw new InvalidOperationException($"The impact of {set} does not stand where it is said to.");
                foreach (var row in rows)
                    session.Run(
                        $"""
                        insert into impact_deed (counted, {Columns}) values ($1, $2, $3, $4, $5, $6, $7)
                        on conflict (counted, member, deed) do update set version = excluded.version, store = excluded.store, day = excluded.day, quantities = excluded.quantities
                        """,
                        number, row.Member.ToBlob(), row.Deed.ToBlob(), row.Version, row.Store, row.Day, QuantitiesText.Of(row.Quantities));
                foreach (var sum in sums)
                    session.Run(
                        """
                        insert into impact_sum (counted, factor, store, day, thousandths) values ($1, $2, $3, $4, $5)
                        on conflict (counted, factor, store, day) do update set thousandths = excluded.thousandths
                        """,
                        number, sum.Factor, sum.Store, sum.Day, sum.Thousandths);
                foreach (var person in people)
                    session.Run("insert into impact_person (counted, factor, store, member) values ($1, $2, $3, $4) on conflict do nothing", number, person.Factor, person.Store, person.Member.ToBlob());
                foreach (var position in to)
                    session.Run(
                        "insert into impact_position values ($1, $2, $3) on conflict (counted, partition) do update set seq = excluded.seq", number, position.Partition, position.Seq);
                return 0;
            });
        });

    public async ValueTask<IReadOnlyList<ImpactSet>> Sets(string programme, CancellationToken cancellation) => await _database.Read(
        session => session.ReadAll(
            "select counting from impact_set where programme = $1 order by number", row => new ImpactSet(programme, row.GetString(0)), _programmes.Find(session, programme) ?? -1),
        cancellation);

    public async ValueTask Drop(ImpactSet set) => await _database.Write(session =>
    {
        var number = Number(session, set);
        return session.InTransaction(() => session.Run("delete from impact_deed where counted = $1", number)
            + session.Run("delete from impact_sum where counted = $1", number)
            + session.Run("delete from impact_person where counted = $1", number)
            + session.Run("delete from impact_position where counted = $1", number)
            + session.Run("delete from impact_set where number = $1", number));
    });

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private static ImpactRow Row(SqliteDataReader row) =>
        new(row.GetBlobGuid(0), row.GetBlobGuid(1), row.GetInt64(2), row.GetString(3), row.GetInt32(4), QuantitiesText.Read(row.GetString(5)));

    private static Dictionary<int, long> Positions(SqliteSession session, long number) => session.ReadAll(
        "select partition, seq from impact_position where counted = $1", row => (Partition: row.GetInt32(0), Seq: row.GetInt64(1)), number)
        .ToDictionary(position => position.Partition, position => position.Seq);

    private long Number(SqliteSession session, ImpactSet set) => session.ReadFirst(
        "select number from impact_set where programme = $1 and counting = $2", row => (long?)row.GetInt64(0), _programmes.Find(session, set.Programme) ?? -1, set.Counting) ?? -1;

    private long Ensure(SqliteSession session, ImpactSet set)
    {
        session.Run("insert into impact_set (programme, counting) values ($1, $2) on conflict do nothing", _programmes.Ensure(session, set.Programme), set.Counting);
        return Number(session, set);
    }
}
