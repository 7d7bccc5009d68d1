using System.Collections.Concurrent;

namespace Gamification.Programmes;

/// <summary>
/// The time that windows, grace, expiry and ages are told by. Live it is the wall clock. In a replay it stands at the newest
/// event fed and never goes back, so that history from 2011 fills the boards of 2011; the roll-up keeps it across restarts.
/// </summary>
public sealed class BusinessClock(ProgrammeCatalog programmes, TimeProvider wallClock)
{
    private readonly ConcurrentDictionary<string, long> _newest = new();

    /// <summary>The programmes whose time this clock tells.</summary>
    public IEnumerable<string> Programmes => programmes.All.Select(programme => programme.Id);

    /// <summary>Null in a replay to which nothing was fed yet.</summary>
    public DateTimeOffset? Now(string programme) =>
        programmes.Of(programme).Clock == BusinessClockKind.Live ? wallClock.GetUtcNow()
        : _newest.TryGetValue(programme, out var newest) ? DateTimeOffset.FromUnixTimeMilliseconds(newest)
        : null;

    /// <summary>An event was made durable; earlier ones than the newest change nothing.</summary>
    public void Observe(string programme, long occurredAt) =>
        _newest.AddOrUpdate(programme, occurredAt, (_, newest) => Math.Max(newest, occurredAt));
}
