using System.Collections.Concurrent;
using Gamification.Journal;
using Npgsql;

namespace Gamification.Storage.Postgres;

/// <summary>The numbers of programmes in one database. They are given once and never change, so they are remembered.</summary>
internal sealed class PostgresProgrammes(NpgsqlDataSource database)
{
    private readonly ConcurrentDictionary<string, short> _numbers = [];
    private readonly ConcurrentDictionary<short, string> _names = [];

    public bool TryGet(string name, out short number) => _numbers.TryGetValue(name, out number);

    public async ValueTask<short?> Find(string name, CancellationToken cancellation)
    {
        if (_numbers.TryGetValue(name, out var known))
            return known;

        await using var command = database.CreateCommand("select number from programme where name = $1");
        command.Parameters.Add(new() { Value = name });
        if (await command.ExecuteScalarAsync(cancellation) is not short number)
            return null;
        Remember(name, number);
        return number;
    }

    /// <summary>Finds or numbers the programme, in a transaction of its own, so that a rollback never takes back a number that is remembered.</summary>
    public async ValueTask<short> Ensure(string name, CancellationToken cancellation)
    {
        if (await Find(name, cancellation) is { } known)
            return known;

        await using var command = database.CreateCommand("insert into programme (name) values ($1) on conflict do nothing");
        command.Parameters.Add(new() { Value = name });
        await command.ExecuteNonQueryAsync(cancellation);
        return (await Find(name, cancellation))!.Value;
    }

    public async ValueTask<string> NameOf(short number, CancellationToken cancellation)
    {
        if (_names.TryGetValue(number, out var known))
            return known;

        await using var command = database.CreateCommand("select name from programme where number = $1");
        command.Parameters.Add(new() { Value = number });
        var name = (string?)await command.ExecuteScalarAsync(cancellation)
            ?? throw new InvalidOperationException($"Programme number {number} has no name.");
        Remember(name, number);
        return name;
    }

    /// <summary>A row with its programme's name.</summary>
    public async ValueTask<StoredEntry> Entry(PostgresEntry row) =>
        row.Of(ActorId.FromPath(await NameOf(row.Programme, CancellationToken.None).ConfigureAwait(false), row.Actor));

    private void Remember(string name, short number)
    {
        _numbers[name] = number;
        _names[number] = name;
    }
}
