using Gamification.Journal;
using Gamification.Members;
using Gamification.Recognition;

namespace Gamification.Projections;

/// <summary>What a member belongs to. The numbers are durable.</summary>
public enum CircleKind
{
    Segments,
    Tier,
}

/// <summary>
/// What a member belongs to since a version of its account, as recorded: its segments with a space between them, or its tier's id; empty for none.
/// A row is replaced only by one with a newer version.
/// </summary>
public readonly record struct CircleRow(ActorId Actor, CircleKind Kind, string Value, long Version)
{
    /// <summary>False for nearly every entry, at no cost.</summary>
    public static bool MayMove(AccountEntry entry) => entry is MemberSegmented || entry.Recognised is { Changes.IsEmpty: false };

    /// <summary>The same of an entry that is not read yet: changes of a tier call themselves so.</summary>
    public static bool MaySay(CircleKind kind, StoredEntry stored) => kind == CircleKind.Segments ? stored.Type == MemberSegmented.Type : stored.Payload.Span.IndexOf("\"tier-"u8) >= 0;

    /// <summary>What an entry says of it; a tier that a period's end takes is recorded when the member is woken for it, or does something.</summary>
    public static IEnumerable<CircleRow> Of(ActorId actor, AccountEntry entry, long version)
    {
        if (entry is MemberSegmented segmented) yield return new(actor, CircleKind.Segments, string.Join(' ', segmented.Segments), version);
        if (entry.Recognised is not { } made) yield break;
        string? tier = null;
        foreach (var change in made.Changes)
        {
            if (change is TierReached reached) tier = reached.Tier;
            else if (change is TierLost lost) tier = lost.Now ?? "";
        }

        if (tier is not null) yield return new(actor, CircleKind.Tier, tier, version);
    }
}
