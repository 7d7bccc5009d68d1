using System.Collections.Immutable;

namespace Gamification.Rewards;

/// <summary>What one agent may give (spec B11). A period is a calendar month of the date that comes with the gesture.</summary>
[GenerateSerializer, Immutable, Alias("agent-terms")]
public sealed record AgentTerms
{
    /// <summary>Points in a period, those that wait for approval included.</summary>
    [Id(0)] public required long Quota { get; init; }

    /// <summary>The most points that need no second agent.</summary>
    [Id(1)] public required long AloneMax { get; init; }

    /// <summary>The reason codes that may be given; at least one.</summary>
    [Id(2)] public required ImmutableArray<string> Reasons { get => field.IsDefault ? [] : field; init; }
}

public enum GestureState
{
    /// <summary>Above the agent's own limit: a second agent decides.</summary>
    Waiting,

    /// <summary>Decided; on its way to the member until it arrives.</summary>
    Approved,

    /// <summary>On the member's account.</summary>
    Granted,

    /// <summary>A second agent said no, or the account could not take it; the quota is free again.</summary>
    Declined,
}

/// <summary>Points, a reward of the catalogue, or debt let go before its time, given for a reason. <see cref="Id"/> comes from the agent's screen, so that a second click is the same gesture.</summary>
[GenerateSerializer, Immutable, Alias("gesture")]
public sealed record Gesture
{
    [Id(0)] public required Guid Id { get; init; }

    [Id(1)] public required MemberId Member { get; init; }

    /// <summary>1 to 1,000,000; of a reward what it costs, 0 for one that is not for sale, which always takes a second agent.</summary>
    [Id(2)] public required long Points { get; init; }

    [Id(3)] public required string Reason { get; init; }

    /// <summary>The local date at the desk: decides the period.</summary>
    [Id(4)] public required DateOnly Date { get; init; }

    /// <summary>Given instead of points.</summary>
    [Id(5)] public string? Reward { get; init; }

    /// <summary>So many points of debt are forgiven, rather than given; the oldest debt first.</summary>
    [Id(6)] public bool Forgives { get; init; }
}

/// <summary>A gesture and who did what to it.</summary>
[GenerateSerializer, Immutable, Alias("gesture-line")]
public sealed record GestureLine(
    [property: Id(0)] Gesture Gesture,
    [property: Id(1)] GestureState State,
    [property: Id(2)] string? SecondAgent);

[GenerateSerializer, Immutable, Alias("gesture-outcome")]
public abstract record GestureOutcome
{
    [GenerateSerializer, Immutable, Alias("gesture-outcome.now")]
    public sealed record Now([property: Id(0)] GestureState State) : GestureOutcome;

    [GenerateSerializer, Immutable, Alias("gesture-outcome.refused")]
    public sealed record Refused([property: Id(0)] Refusal Refusal) : GestureOutcome;
}

/// <summary>One line of an agent's history.</summary>
[GenerateSerializer, Immutable, Alias("agent-audit-line")]
public sealed record AgentAuditLine(
    [property: Id(0)] long Version,
    [property: Id(1)] string Type,
    [property: Id(2)] Guid? Gesture,
    [property: Id(3)] string By,
    [property: Id(4)] DateTimeOffset RecordedAt);

/// <summary>
/// One agent's quota and gestures. The key is <c>programme/agent</c>; the edge has checked who calls. Everything is durable on return, and a
/// gesture reaches the member exactly once although either side may die: it is sent again until the account has taken it.
/// </summary>
[Alias("agent")]
public interface IAgentGrain : IGrainWithStringKey
{
    [Alias("set")]
    Task Set(AgentTerms terms, string by, DateTimeOffset at);

    /// <summary>Gives or, above the limit, asks for a second agent. The same gesture again is answered by where it stands; another with its id is refused.</summary>
    [Alias("give")]
    Task<GestureOutcome> Give(Gesture gesture, DateTimeOffset at);

    /// <summary>A second agent's word on what waits; never the first's own.</summary>
    [Alias("decide")]
    Task<GestureOutcome> Decide(Guid gesture, string secondAgent, bool approved, DateTimeOffset at);

    /// <summary>What is not finished, oldest first.</summary>
    [ReadOnly]
    [Alias("open")]
    Task<ImmutableArray<GestureLine>> Open();

    /// <summary>What was done, newest first, before a version; 200 at most.</summary>
    [ReadOnly]
    [Alias("audit")]
    Task<ImmutableArray<AgentAuditLine>> Audit(long before, int limit);
}

/// <summary>A member's account as it takes gestures. The key is <c>programme/member</c>.</summary>
[Alias("gesture-receiver")]
public interface IGestureReceiver : IGrainWithStringKey
{
    /// <summary>
    /// Puts the points on the account as a correction with reason, once for each gesture's id, durable on return. A refusal is final: the account
    /// never takes this gesture later.
    /// </summary>
    /// <param name="gesture">What is given.</param>
    /// <param name="by">Who gave it, and who approved it.</param>
    [Alias("receive-gesture")]
    Task<Refusal?> Receive(Gesture gesture, string by);
}
