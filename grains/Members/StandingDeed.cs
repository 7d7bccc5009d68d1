using System.Collections.Immutable;
using Gamification.Challenges;
using Gamification.Programmes.Earning;
using Gamification.Rules;

namespace Gamification.Members;

/// <summary>What the member was when an event was received, never decided again (spec §4). Null where there is nothing to say.</summary>
public sealed record MemberWas(string? Tier, ImmutableArray<string>? Segments)
{
    internal static MemberWas? Of(AccountState state, AccountContext context)
    {
        if (context.Kind != AccountKind.Member) return null;
        var tier = context.Scheme?.TierOf(state, context.At);
        var segments = state.Segments is { IsEmpty: false } ? state.Segments : null;
        return tier is null && segments is null ? null : new(tier, segments);
    }
}

/// <summary>An older event as an entry leaves it; <see cref="Deed"/> is null when it is no more.</summary>
/// <param name="Key">128 bits of its business key.</param>
/// <param name="Deed">The whole of it as it stands.</param>
public sealed record DeedNow(Guid Key, StandingDeed? Deed);

/// <summary>
/// What is left of an event. An entry that changes an older event carries it, so that whoever counts deeds needs no earlier entry; the event's own
/// entry says as much by itself.
/// </summary>
public sealed record StandingDeed
{
    public required EarningEvent Type { get; init; }

    public required DateTimeOffset OccurredAt { get; init; }

    public required DateOnly Date { get; init; }

    public string? Store { get; init; }

    /// <summary>Net, in minor units.</summary>
    public long Spend { get; init; }

    /// <summary>A sale's lines with what is left of each: quantity and net spend. Null for other events.</summary>
    public ImmutableArray<BroughtBack>? Left { get; init; }

    public string? Subject { get; init; }

    public MemberWas? Was { get; init; }

    /// <summary>What rules add to impact counters for what is left. Null for nothing.</summary>
    public ImmutableArray<ImpactAdded>? Impacts { get; init; }
}
