namespace Gamification.Live;

/// <summary>When a topic is asked for because nobody tells of it. Instants are in <see cref="Uptime"/>.</summary>
internal static class Polling
{
    /// <summary>Some time after the last news, and not before that time has passed since the loss, or all topics would be asked for at once.</summary>
    public static TimeSpan Due(TimeSpan? lostSince, TimeSpan heardAt, TimeSpan after) =>
        lostSince is not { } lost ? TimeSpan.MaxValue : (lost > heardAt ? lost : heardAt) + after;

    public static TimeSpan Earliest(params ReadOnlySpan<TimeSpan> dues)
    {
        var earliest = TimeSpan.MaxValue;
        foreach (var due in dues) earliest = due < earliest ? due : earliest;
        return earliest;
    }
}

/// <summary>Draws lots for whoever would otherwise do the same at the same time.</summary>
internal sealed class Jitter(Random random)
{
    private readonly Lock _gate = new();

    /// <summary>From a period up to twice that.</summary>
    public TimeSpan Over(TimeSpan period)
    {
        lock (_gate) return period * (1 + random.NextDouble());
    }
}
