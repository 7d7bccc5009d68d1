using System.Collections.Concurrent;

namespace Gamification.Storage.Sqlite;

/// <summary>The numbers of programmes in one file. They are given once and never change, so they are remembered.</summary>
internal sealed class SqliteProgrammes
{
    private readonly ConcurrentDictionary<string, long> _numbers = [];
    private readonly ConcurrentDictionary<long, string> _names = [];

    public long? Find(SqliteSession session, string name)
    {
        if (_numbers.TryGetValue(name, out var known))
            return known;

        var number = session.ReadFirst("select number from programme where name = $1", row => (long?)row.GetInt64(0), name);
        if (number is { } found)
            Remember(name, found);
        return number;
    }

    /// <summary>Finds or numbers the programme in a transaction of its own, so that a rollback never takes back a number that is remembered.</summary>
    public long Ensure(SqliteSession session, string name)
    {
        if (Find(session, name) is { } known)
            return known;

        session.Run("insert into programme (name) values ($1) on conflict do nothing", name);
        return Find(session, name)!.Value;
    }

    public string NameOf(SqliteSession session, long number)
    {
        if (_names.TryGetValue(number, out var name))
            return name;

        name = session.ReadFirst("select name from programme where number = $1", row => row.GetString(0), number)
            ?? throw new InvalidOperationException($"Programme number {number} has no name.");
        Remember(name, number);
        return name;
    }

    private void Remember(string name, long number)
    {
        _numbers[name] = number;
        _names[number] = name;
    }
}
