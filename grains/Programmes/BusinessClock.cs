using System.Collections.Concurrent;

namespace Gamification.Programmes;

/// <summary>
/// The time that windows, grace, expiry and ages are told by. Live it is the wall clock. In a replay it stands at the newest
/// event fed and never goes back, so that history from 2011 fills the boards of 2011; the roll-up keeps it across restarts.
/// One event far ahead of all others does not move it: see <see cref="Later"/>.
/// </summary>
public sealed class BusinessClock(ProgrammeCatalog programmes, TimeProvider wallClock)
{
    private const long AheadMaxMs = 31L * 24 * 60 * 60 * 1000;

    private readonly ConcurrentDictionary<string, long> _newest = new();
    private readonly ConcurrentDictionary<string, long> _placed = new();

    /// <summary>The programmes whose time this clock tells.</summary>
    public IEnumerable<string> Programmes => programmes.All.Select(programme => programme.Id);

    /// <summary>Null in a replay to which nothing was fed yet, and in a sandbox whose time was not placed yet.</summary>
    public DateTimeOffset? Now(string programme) =>
        programmes.Of(programme).Clock == BusinessClockKind.Live ? wallClock.GetUtcNow()
        : _newest.TryGetValue(programme, out var newest) ? DateTimeOffset.FromUnixTimeMilliseconds(newest)
        : null;

    /// <summary>
    /// The time by which an account decides about an event: live when it was received, in a replay the time that the event itself would bring, in
    /// a sandbox where its clock stands.
    /// </summary>
    public DateTimeOffset At(string programme, DateTimeOffset receivedAt, DateTimeOffset occurredAt) =>
        programmes.Of(programme).Clock == BusinessClockKind.Live ? receivedAt
        : programmes.Of(programme).Clock == BusinessClockKind.Sandbox ? Now(programme) ?? receivedAt
        : DateTimeOffset.FromUnixTimeMilliseconds(Later(_newest.TryGetValue(programme, out var newest) ? newest : null, occurredAt.ToUnixTimeMilliseconds()));

    /// <summary>An event was made durable. Events are observed in the order of the journal; they do not move a sandbox.</summary>
    public void Observe(string programme, long occurredAt)
    {
        if (programmes.Find(programme) is { Clock: BusinessClockKind.Sandbox }) return;
        _newest.AddOrUpdate(programme, occurredAt, (_, newest) => Later(newest, occurredAt));
    }

    /// <summary>The time of a sandbox, or of a replay on another node, stands here or already further.</summary>
    public void Place(string programme, DateTimeOffset at)
    {
        _newest.AddOrUpdate(programme, at.ToUnixTimeMilliseconds(), (_, placed) => Math.Max(placed, at.ToUnixTimeMilliseconds()));
        _placed.AddOrUpdate(programme, at.ToUnixTimeMilliseconds(), (_, placed) => Math.Max(placed, at.ToUnixTimeMilliseconds()));
    }

    /// <summary>Where other nodes have brought a replay, in Unix milliseconds; null when none has, and for any other programme.</summary>
    internal long? Placed(string programme) => programmes.Find(programme) is { Clock: BusinessClockKind.Replay } && _placed.TryGetValue(programme, out var placed) ? placed : null;

    /// <summary>
    /// The newest event after one more, in Unix milliseconds: the one rule for this clock and for the roll-up that keeps it. The first event
    /// sets the time; one more than 31 days ahead of it is taken for a mistyped year, which would otherwise end a replay's history for good.
    /// </summary>
    internal static long Later(long? newest, long occurredAt) =>
        newest is not { } known ? occurredAt : occurredAt <= known || occurredAt - known > AheadMaxMs ? known : occurredAt;
}
