using System.Collections.Immutable;
using Gamification.Members;
using Gamification.Recognition;

namespace Gamification.Statements;

/// <summary>What a member has at an instant, unit by unit.</summary>
/// <param name="Version">The entries that it comes from.</param>
/// <param name="At">The business time; null in a replay to which nothing was fed yet, and then it is as the newest entry left it.</param>
[GenerateSerializer, Immutable, Alias("member-holdings")]
public sealed record MemberHoldings([property: Id(0)] long Version, [property: Id(1)] DateTimeOffset? At, [property: Id(2)] ImmutableArray<UnitHoldings> Units);

/// <summary>
/// A member's account as it is read back from the journal, for statements, exports and explanations. Stateless and apart from the member's actor: whoever reads
/// a long history keeps no receipt waiting. The key is <c>programme/surrogate</c>; it answers for a member without entries too.
/// </summary>
[Alias("statement")]
public interface IStatementGrain : IGrainWithStringKey
{
    [Alias("holdings")]
    Task<MemberHoldings> Holdings();

    /// <summary>
    /// Entries with a version above <paramref name="after"/>, oldest first, at most <paramref name="limit"/> (1 to 200). An empty list ends the history; entries of kinds
    /// that are no account's are passed over, never the place of the next page: that is <see cref="HistoryPage.Through"/>.
    /// </summary>
    [Alias("history")]
    Task<HistoryPage> History(long after, int limit);

    /// <summary>How this entry came to its points; null when the account has no such entry.</summary>
    [Alias("why")]
    Task<EntryExplanation?> Why(long version);

    /// <summary>Why the member has its tier or none, at the business time; null in a programme without tiers.</summary>
    [Alias("why-tier")]
    Task<TierWhy?> WhyTier();

    /// <summary>Why a streak is as long as it is; null for one that the programme does not have.</summary>
    [Alias("why-streak")]
    Task<StreakWhy?> WhyStreak(string streak);

    /// <summary>Why a badge is held or not; null for one that is not offered and not held, and for a secret one that is not held.</summary>
    [Alias("why-badge")]
    Task<BadgeWhy?> WhyBadge(string badge);
}

/// <summary>A page of a history. <see cref="Through"/> is the version up to which it goes: as asked when there was nothing more.</summary>
[GenerateSerializer, Immutable, Alias("history-page")]
public sealed record HistoryPage([property: Id(0)] ImmutableArray<StatementLine> Lines, [property: Id(1)] long Through);
