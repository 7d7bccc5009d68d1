using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Gamification.Journal;
using Gamification.Members;
using Gamification.Storage.Postgres;
using Npgsql;

namespace Gamification.LoadTests;

/// <summary>
/// Is a board what the journal says? Reads the whole journal, adds up each member's points, sorts them, and compares the board's pages with that,
/// until they agree or half a minute has passed. The board must be one of all time and of the whole programme, and nobody may post meanwhile.
/// </summary>
internal static class BoardsScenario
{
    private const int Page = 500;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task<int> RunAsync(IReadOnlyList<Uri> origins, string bearer, string connection, string programme, string board)
    {
        await using var database = NpgsqlDataSource.Create(connection);
        var journal = await PostgresJournalStorage.Open(database);
        var (entries, expected) = await Sorted(journal, programme);
        await journal.DisposeAsync();

        var since = Stopwatch.GetTimestamp();
        foreach (var origin in origins)
        {
            while (!Read(origin, bearer, board).SequenceEqual(expected))
            {
                if (Stopwatch.GetElapsedTime(since) > Patience)
                {
                    Console.WriteLine($"  board      {board} of {origin} is NOT a sort of the journal");
                    return 1;
                }

                await Task.Delay(100);
            }
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  board      {board}: {expected.Length:N0} members, equal to a sort of the journal's {entries:N0} entries on {origins.Count} hosts, {Stopwatch.GetElapsedTime(since).TotalSeconds:N1} s after it was asked"));
        return 0;
    }

    private static async Task<(long Entries, long[] Scores)> Sorted(PostgresJournalStorage journal, string programme)
    {
        var (entries, points) = (0L, new Dictionary<string, long>());
        await foreach (var stored in journal.ReadAll(CancellationToken.None))
        {
            entries++;
            if (stored.Actor is { Kind: "member" } actor && actor.Programme == programme && AccountEntryJson.Read(stored) is { } entry)
                points[actor.Key] = points.GetValueOrDefault(actor.Key) + entry.Points;
        }

        return (entries, [.. points.Values.Where(score => score > 0).OrderDescending()]);
    }

    private static long[] Read(Uri origin, string bearer, string board)
    {
        using var http = new RawHttp(origin, TimeSpan.FromSeconds(30));
        List<long> scores = [];
        while (true)
        {
            var reply = http.Send(RawHttp.Head("GET", new(origin, string.Create(CultureInfo.InvariantCulture, $"/v1/boards/{board}?limit={Page}&offset={scores.Count}")), bearer));
            if (reply is not { Delivery: Delivery.Answered, Status: 200 }) return [];
            using var answer = JsonDocument.Parse(reply.Body);
            var rows = answer.RootElement.GetProperty("rows");
            foreach (var row in rows.EnumerateArray()) scores.Add(row.GetProperty("score").GetInt64());
            if (rows.GetArrayLength() < Page) return [.. scores];
        }
    }
}
