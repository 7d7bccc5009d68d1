namespace Gamification.Merging;

/// <summary>What one account did in a merge: when, and in which version of it.</summary>
[GenerateSerializer, Immutable, Alias("merge-step")]
public sealed record MergeStep([property: Id(0)] DateTimeOffset At, [property: Id(1)] bool Replayed, [property: Id(2)] Refusal? Refusal = null)
{
    public static MergeStep Refused(Refusal refusal) => new(default, Replayed: false, refusal);
}

/// <summary>
/// A member's account as a merge moves it. Each step is durable on return, happens once for a merge, and may be asked for again. Only
/// <see cref="IMergesGrain"/> calls these, the leaving side first. The key is the member's.
/// </summary>
[Alias("merging-account")]
public interface IMergingAccount : IGrainWithStringKey
{
    /// <summary>Whether this account may take another one; null when it may. The second step cannot be refused.</summary>
    [Alias("may-join")]
    Task<Refusal?> MayJoin(MemberId from);

    /// <summary>Everything leaves this account: from now on it answers as the other one.</summary>
    [Alias("leave")]
    Task<MergeStep> Leave(MergeOrder order, DateTimeOffset receivedAt);

    /// <summary>Takes what has left the other one. An account that is part of another by then passes it on.</summary>
    [Alias("join")]
    Task<MergeStep> Join(string merge, MemberId from, DateTimeOffset receivedAt);

    /// <summary>What is left of what came with a merge leaves again. The refusal has the code <c>unknown-merge</c> when there was none.</summary>
    [Alias("part")]
    Task<MergeStep> Part(string merge, string by, DateTimeOffset receivedAt);

    /// <summary>This account is itself again, with what has parted.</summary>
    [Alias("revive")]
    Task<MergeStep> Revive(string merge, DateTimeOffset receivedAt);

    /// <summary>Whom this account is part of by now: itself unless it was merged.</summary>
    [Alias("kept")]
    Task<MemberId> Kept();
}
