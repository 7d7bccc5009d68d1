using Microsoft.Extensions.Logging;

namespace Gamification.Leaderboards;

/// <summary>
/// Loads a board's content, and loads it anew beside the one that is shown: millions of rows take long, and meanwhile the board goes on being told, asked and published.
/// What it is told until then is told what comes next as well; versions make it harmless that some of that was loaded.
/// </summary>
internal sealed class BoardRenewal(BoardId board, BoardSources sources, IGrainFactory grains, TimeProvider time, ILogger log)
{
    /// <summary>How long what changes a board as a whole may gather: old days, members who join a segment, a region's stores.</summary>
    private static readonly TimeSpan ReloadEvery = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private BoardContent? _next;
    private BoardMeanwhile? _meanwhile;
    private bool _hasMissed;
    private bool _isOutdated;
    private bool _isRunning;
    private int _loads;
    private long _loadedAt = time.GetTimestamp();
    private TimeSpan _rest;

    /// <summary>Something was loaded, or is being loaded, that is not shown yet.</summary>
    public bool IsUnderWay => _isRunning || _next is not null;

    /// <summary>A board that misses something all the time loads half of the time at most.</summary>
    public bool IsDue => !IsUnderWay && time.GetElapsedTime(_loadedAt) is var since && since >= _rest && (_hasMissed || (_isOutdated && since >= ReloadEvery));

    /// <summary>What is shown lacks something: loads as soon as may be.</summary>
    public void Miss() => _hasMissed = true;

    /// <summary>A load would come to something else than what is shown, though nothing was missed: it waits until it is worth it.</summary>
    public void Outdate() => _isOutdated = true;

    /// <summary>A stretch that the board was told.</summary>
    public void Tell(BoardChanges stretch) => _meanwhile?.Take(stretch);

    /// <summary>
    /// From the roll-up, which is brought up to everything committed first: so at least to the registered positions,
    /// and past any change that was missed. What the feed then repeats is stale by version.
    /// </summary>
    /// <param name="stream">Names the registration: shards of two loads are never the same.</param>
    /// <param name="fromDay">From which day on the board is told scores.</param>
    /// <param name="cancellation">Gives it up.</param>
    public async Task<BoardContent> Load(string stream, int fromDay, CancellationToken cancellation)
    {
        var (load, began) = (++_loads, time.GetTimestamp());
        await sources.Projector.CatchUp();
        var content = await BoardContent.Load(board, fromDay, sources, number => grains.GetGrain<IBoardShardGrain>($"{board}#{stream}-{load}-{number}"), cancellation);
        (_loadedAt, _rest) = (time.GetTimestamp(), time.GetElapsedTime(began));
        return content;
    }

    /// <summary>Loads what is to be shown next, if it is time. Whatever comes between keeps its turn.</summary>
    /// <param name="registered">Under which registration, and from which day on the board is told scores; anew when the board is outdated.</param>
    /// <param name="cancellation">Gives it up.</param>
    public async Task Run(Func<bool, Task<(string Stream, int FromDay)>> registered, CancellationToken cancellation)
    {
        if (!IsDue) return;
        _isRunning = true;
        BoardContent? content = null;
        try
        {
            var (stream, fromDay) = await registered(_isOutdated);
            (_hasMissed, _isOutdated, _meanwhile) = (false, false, new(fromDay));
            content = await Load(stream, fromDay, cancellation);
            if (_meanwhile.Drain() is { } told) await content.Apply(told);
            _next = content;
        }
        catch (Exception fault) when (!cancellation.IsCancellationRequested)
        {
            log.LogWarning(fault, "Board {Board} could not be loaded anew; it goes on with what it has.", board);
            await GiveUp(content);
        }
        finally
        {
            _isRunning = false;
        }
    }

    /// <summary>What is to be shown from now on, told everything that the board was; null when there is nothing new. The board does nothing else meanwhile.</summary>
    public async Task<BoardContent?> Take()
    {
        if (_next is not { } next) return null;
        try
        {
            if (_meanwhile!.Drain() is { } told) await next.Apply(told);
            (_next, _meanwhile) = (null, null);
            return next;
        }
        catch (Exception fault)
        {
            log.LogWarning(fault, "Board {Board} lost what it had loaded anew; it goes on with what it has.", board);
            await GiveUp(next);
            return null;
        }
    }

    public Task Leave() => _next?.Leave() ?? Task.CompletedTask;

    private async Task GiveUp(BoardContent? content)
    {
        (_hasMissed, _next, _meanwhile, _loadedAt, _rest) = (true, null, null, time.GetTimestamp(), RetryAfter);
        if (content is not null) await content.Leave();
    }
}
