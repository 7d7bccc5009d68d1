using System.Collections.Immutable;
using Gamification.Leaderboards;

namespace Gamification.Live;

/// <summary>
/// Keeps the top lists of the boards that somebody here looks at where other systems read them: at most once a second a board when it changes, and
/// every 15 s when it does not, so that the list is there for as long as somebody looks and who was erased is gone from it soon.
/// </summary>
internal sealed class BoardMirror(ITopLists lists, INotices notices, LiveStreams streams, LiveContext live) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan WriteEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RepeatEvery = TimeSpan.FromSeconds(15);

    private readonly Dictionary<BoardId, (ShownBoard? Shown, TimeSpan At)> _written = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookEvery, live.Clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                if (notices.AwaySince is null) await Look();
            }
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }

    private async Task Look()
    {
        var watched = streams.Boards().Select(board => board.Shown).OfType<ShownBoard>().DistinctBy(shown => shown.Board).ToDictionary(shown => shown.Board);
        foreach (var gone in _written.Keys.Where(board => !watched.ContainsKey(board)).ToArray()) _written.Remove(gone);
        foreach (var shown in watched.Values.Where(IsDue))
        {
            // Whatever comes of it, the next try is not at once.
            var now = Uptime.Now(live.Clock);
            var before = _written.GetValueOrDefault(shown.Board).Shown;
            _written[shown.Board] = (await TryWrite(shown) ? shown : before, now);
        }
    }

    private bool IsDue(ShownBoard shown)
    {
        if (!_written.TryGetValue(shown.Board, out var written)) return true;
        var since = Uptime.Now(live.Clock) - written.At;
        return since >= RepeatEvery || (since >= WriteEvery && !ReferenceEquals(written.Shown, shown));
    }

    private async Task<bool> TryWrite(ShownBoard shown)
    {
        try
        {
            var page = await live.Grains.GetGrain<IBoardGrain>(shown.Board.ToString()).Top(0, TopList.RowsMax);
            return await lists.Write(new(shown.Board, page.Size, shown.Snapshot.AsOf, await Named(shown.Board.Programme, page.Rows)));
        }
        catch (Exception fault)
        {
            live.Log.LogDebug(fault, "The top list of {Board} could not be mirrored.", shown.Board);
            return false;
        }
    }

    private async Task<ImmutableArray<TopRow>> Named(string programme, ImmutableArray<BoardRow> rows)
    {
        var names = await live.Names.Find(programme, [.. rows.Select(row => row.Member)], CancellationToken.None);
        return
        [
            .. rows.Where(row => names.ContainsKey(row.Member)).Select(row => new TopRow(names[row.Member].Id, names[row.Member].Name, row.Place, row.Rank, row.Score)),
        ];
    }
}
