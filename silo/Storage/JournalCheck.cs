using System.Collections.Immutable;

namespace Gamification.Storage;

/// <summary>What <c>journal verify</c> reports: how much was looked at, and one line for everything that is wrong.</summary>
public sealed record JournalCheck(long Entries, long Actors, long Keys, ImmutableArray<string> Findings)
{
    public bool IsSound => Findings.IsEmpty;
}

/// <summary>
/// A storage that can prove itself: sequences and versions without gaps, times that never go back, heads where their partitions end,
/// keys complete, snapshots no newer than their actor. Reads everything; run it on a copy or at a quiet hour.
/// </summary>
public interface ISelfChecking
{
    ValueTask<JournalCheck> Verify(CancellationToken cancellation);
}
