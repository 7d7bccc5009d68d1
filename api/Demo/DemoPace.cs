namespace Gamification.Api.Demo;

/// <summary>
/// When each receipt of the history is due on the wall: history runs <paramref name="speed"/> times faster than it did, and a silence of the
/// shop counts for an hour at most, so that nights and Saturdays do not stop the show. A speed of 0 knows no waiting.
/// </summary>
public sealed class DemoPace(double speed)
{
    private static readonly TimeSpan SilenceMax = TimeSpan.FromHours(1);

    private DateTimeOffset? _last;
    private TimeSpan _history;

    /// <summary>The time from the start of the replay to the moment this receipt is due. Receipts must come in order.</summary>
    public TimeSpan Due(DateTimeOffset occurredAt)
    {
        if (speed <= 0) return TimeSpan.Zero;
        var silence = occurredAt - (_last ?? occurredAt);
        _history += silence < TimeSpan.Zero ? TimeSpan.Zero : silence > SilenceMax ? SilenceMax : silence;
        _last = occurredAt;
        return _history / speed;
    }
}
