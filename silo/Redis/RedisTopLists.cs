using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Gamification.Live;
using StackExchange.Redis;

namespace Gamification.Redis;

/// <summary>
/// Top lists as sorted sets with what belongs to them, replaced in one transaction, under <see cref="RedisKeys"/>. They go by themselves a minute
/// after the last write, so that nobody reads a list that nobody keeps up to date.
/// </summary>
public sealed class RedisTopLists(RedisLink link, RedisOptions options, RedisMetrics metrics, TimeProvider clock) : ITopLists
{
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan WriteEvery = TimeSpan.FromSeconds(1);

    public async Task<bool> Write(TopList list)
    {
        if (list.Rows.Length > TopList.RowsMax) throw new ArgumentException($"A top list has {TopList.RowsMax} rows at most.", nameof(list));
        if (link.Connection is not { } connection) throw new TimeoutException("Redis is away.");

        // Several hosts may watch one board, and one of them writes.
        var database = connection.GetDatabase();
        var isTurn = await database.StringSetAsync(RedisKeys.Turn(list.Board), "", WriteEvery, When.NotExists).WaitAsync(options.AnswerMax, clock);
        if (!isTurn) return false;
        await Replace(database, list).WaitAsync(options.AnswerMax, clock);
        metrics.ListWritten();
        return true;
    }

    private Task Replace(IDatabase database, TopList list)
    {
        var (top, rows, about) = (RedisKeys.Top(list.Board), RedisKeys.Rows(list.Board), RedisKeys.About(list.Board));
        var transaction = database.CreateTransaction();
        List<Task> steps = [transaction.KeyDeleteAsync([top, rows])];
        if (!list.Rows.IsEmpty)
        {
            steps.Add(transaction.SortedSetAddAsync(top, [.. list.Rows.Select(row => new SortedSetEntry(row.Id, row.Score))]));
            steps.Add(transaction.HashSetAsync(rows, [.. list.Rows.Select(row => new HashEntry(row.Id, JsonSerializer.SerializeToUtf8Bytes(Of(row), RowJson.Default.MirroredRow)))]));
        }

        steps.Add(transaction.HashIncrementAsync(about, "version"));
        steps.Add(transaction.HashSetAsync(about,
        [
            new("size", list.Size),
            new("asOf", list.AsOf.ToString("O", CultureInfo.InvariantCulture)),
            new("writtenAt", clock.GetUtcNow().ToString("O", CultureInfo.InvariantCulture)),
        ]));
        steps.AddRange(new[] { top, rows, about }.Select(key => transaction.KeyExpireAsync(key, Kept)));
        steps.Add(transaction.ExecuteAsync());
        return Task.WhenAll(steps);
    }

    private static MirroredRow Of(TopRow row) => new(row.Name, row.Place, row.Rank, row.Score);
}

internal sealed record MirroredRow(string Name, long Place, long Rank, long Score);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(MirroredRow))]
internal sealed partial class RowJson : JsonSerializerContext;
