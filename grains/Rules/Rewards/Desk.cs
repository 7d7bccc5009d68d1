using System.Collections.Immutable;
using System.Globalization;
using Gamification.Rewards;

namespace Gamification.Rules.Rewards;

/// <summary>Facts of one agent's desk, kept for ever. Instants are Unix milliseconds.</summary>
public abstract record DeskEntry
{
    public sealed record Set(AgentTerms Terms, string By, long At) : DeskEntry
    {
        public const string Type = "agent.set";
    }

    public sealed record Given(Gesture Gesture, bool NeedsSecond, string By, long At) : DeskEntry
    {
        public const string Type = "agent.given";
    }

    public sealed record Decided(Guid Id, string By, bool Approved, long At) : DeskEntry
    {
        public const string Type = "agent.decided";
    }

    /// <summary>The account has taken it, or never will.</summary>
    public sealed record Arrived(Guid Id, string? Refusal, long At) : DeskEntry
    {
        public const string Type = "agent.arrived";
    }
}

/// <summary>An agent's quota and unfinished gestures: the fold of the entries, and its snapshot. Finished ones are remembered by the journal's keys.</summary>
public sealed record Desk
{
    public const int OpenMax = 500;

    /// <summary>A correction for last month may still come; what is older is never given again.</summary>
    private const int PeriodsKept = 3;

    public static Desk Empty { get; } = new();

    public AgentTerms? Terms { get; init; }

    /// <summary>Points by period, <c>yyyy-MM</c>.</summary>
    public ImmutableSortedDictionary<string, long> Used { get; init; } = ImmutableSortedDictionary<string, long>.Empty.WithComparers(StringComparer.Ordinal);

    /// <summary>Oldest first.</summary>
    public ImmutableList<GestureLine> Open { get; init; } = [];

    public static string PeriodOf(DateOnly date) => date.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    public Decision<DeskEntry, GestureOutcome> Give(Gesture gesture, string agent, DateTimeOffset at)
    {
        if (Open.Find(line => line.Gesture.Id == gesture.Id) is { } known)
            return known.Gesture == gesture ? Now(known.State) : Refused("gesture-id-used", "/id", "Give another gesture its own id.");
        if (Objection(gesture) is { } refusal) return new([], new GestureOutcome.Refused(refusal));
        var needsSecond = gesture.Points > Terms!.AloneMax || gesture.Points == 0;
        return Now(needsSecond ? GestureState.Waiting : GestureState.Approved, new DeskEntry.Given(gesture, needsSecond, agent, at.ToUnixTimeMilliseconds()));
    }

    public Decision<DeskEntry, GestureOutcome> Decide(Guid id, string agent, string second, bool approved, DateTimeOffset at) => Open.Find(line => line.Gesture.Id == id) switch
    {
        null => Refused("gesture-unknown", "/gesture", "Name a gesture that waits for a second agent."),
        { State: not GestureState.Waiting } line => Now(line.State),
        _ when string.Equals(second, agent, StringComparison.OrdinalIgnoreCase) => Refused("four-eyes", "/secondAgent", "Another agent must decide this."),
        _ => Now(approved ? GestureState.Approved : GestureState.Declined, new DeskEntry.Decided(id, second, approved, at.ToUnixTimeMilliseconds())),
    };

    public Desk Apply(DeskEntry entry) => entry switch
    {
        DeskEntry.Set set => this with { Terms = set.Terms },
        DeskEntry.Given { Gesture: var gesture } given => Charged(gesture, gesture.Points) with
        {
            Open = Open.Add(new(gesture, given.NeedsSecond ? GestureState.Waiting : GestureState.Approved, null)),
        },
        DeskEntry.Decided { Approved: true } decided => At(decided.Id) is >= 0 and var at
            ? this with { Open = Open.SetItem(at, Open[at] with { State = GestureState.Approved, SecondAgent = decided.By }) }
            : this,
        DeskEntry.Decided decided => Closed(decided.Id, givesBack: true),
        DeskEntry.Arrived arrived => Closed(arrived.Id, givesBack: arrived.Refusal is not null),
        _ => this,
    };

    /// <summary>Listed in order of precedence.</summary>
    private Refusal? Objection(Gesture gesture)
    {
        if (Terms is null) return new("agent-unknown", "/agent", "Give this agent a quota first.");
        if (gesture.Points < (gesture.Reward is null ? 1 : 0) || gesture.Points > 1_000_000) return new("out-of-bounds", "/points", "Give 1 to 1000000 points.");
        if (!Terms.Reasons.Contains(gesture.Reason)) return new("unknown-reason", "/reason", $"Give one of {string.Join(", ", Terms.Reasons)}.");
        var period = PeriodOf(gesture.Date);
        if (Used.Count >= PeriodsKept && string.CompareOrdinal(period, Used.Keys.First()) < 0) return new("too-old", "/date", "Date it in this month.");
        if (Used.GetValueOrDefault(period) + gesture.Points > Terms.Quota)
            return new("quota-used", "/points", FormattableString.Invariant($"{Math.Max(0, Terms.Quota - Used.GetValueOrDefault(period))} points are left this month; ask another agent."));
        return Open.Count >= OpenMax ? new("too-many-open", "/gesture", "Decide what waits first.") : null;
    }

    private Desk Charged(Gesture gesture, long points)
    {
        var period = PeriodOf(gesture.Date);
        var used = Used.SetItem(period, Used.GetValueOrDefault(period) + points);
        return this with { Used = used.Count > PeriodsKept ? used.Remove(used.Keys.First()) : used };
    }

    private Desk Closed(Guid id, bool givesBack)
    {
        if (At(id) is not (>= 0 and var at)) return this;
        var gesture = Open[at].Gesture;
        var next = givesBack && Used.ContainsKey(PeriodOf(gesture.Date)) ? Charged(gesture, -gesture.Points) : this;
        return next with { Open = Open.RemoveAt(at) };
    }

    private int At(Guid id) => Open.FindIndex(line => line.Gesture.Id == id);

    private static Decision<DeskEntry, GestureOutcome> Refused(string code, string field, string remedy) => new([], new GestureOutcome.Refused(new(code, field, remedy)));

    private static Decision<DeskEntry, GestureOutcome> Now(GestureState state, params ImmutableArray<DeskEntry> entries) => new(entries, new GestureOutcome.Now(state));
}
