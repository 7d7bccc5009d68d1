using System.Collections.Immutable;
using Gamification.Programmes.Earning;

namespace Gamification.Challenges;

/// <summary>
/// What challenges see of one event, as it stands: a sale less what came back of it. What the member was when it was received is recorded with it
/// and never decided again (spec §4).
/// </summary>
[GenerateSerializer, Immutable, Alias("deed")]
public sealed record Deed
{
    [Id(0)] public required EarningEvent Type { get; init; }

    [Id(1)] public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>The business date; of a sale that of its receipt.</summary>
    [Id(2)] public required DateOnly Date { get; init; }

    /// <summary>Null for what happens in no store.</summary>
    [Id(3)] public string? Store { get; init; }

    /// <summary>Net, in minor units, of the whole basket that is left.</summary>
    [Id(4)] public long Spend { get; init; }

    /// <summary>What is left of a sale's goods; nothing for other events.</summary>
    [Id(5)] public ImmutableArray<DeedGoods> Goods { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>What an event without a purchase is about.</summary>
    [Id(6)] public string? Subject { get; init; }

    [Id(7)] public string? Tier { get; init; }

    [Id(8)] public ImmutableArray<string> Segments { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>What rules add to impact counters for what is left of it.</summary>
    [Id(9)] public ImmutableArray<ImpactAdded> Impacts { get => field.IsDefault ? [] : field; init; } = [];
}

/// <summary>So much, in thousandths, that rules add to an impact counter; the counter's factor says what it comes to (spec F7).</summary>
[GenerateSerializer, Immutable, Alias("impact-added")]
public readonly record struct ImpactAdded([property: Id(0)] string Counter, [property: Id(1)] long Thousandths);

/// <summary>One line, with what the line or else the catalogue says of it.</summary>
[GenerateSerializer, Immutable, Alias("deed-goods")]
public sealed record DeedGoods
{
    [Id(0)] public required string Sku { get; init; }

    [Id(1)] public string? Category { get; init; }

    [Id(2)] public string? Family { get; init; }

    [Id(3)] public ImmutableArray<string> Labels { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>Net, in minor units.</summary>
    [Id(4)] public required long Spend { get; init; }

    [Id(5)] public required decimal Quantity { get; init; }
}

/// <summary>
/// One thing that changed for a member, as it stands now: a deed under its key (null: it is no more), or that the member joined, left or hides.
/// Always the whole of it, never a difference.
/// </summary>
/// <param name="Key">128 bits of the event's business key; for joining and hiding 0.</param>
[GenerateSerializer, Immutable, Alias("deed-change")]
public sealed record DeedChange([property: Id(0)] Guid Key, [property: Id(1)] Deed? Deed = null, [property: Id(2)] Participation? Participation = null)
{
    /// <summary>The deed is an older one, that something was taken from or that is back. False for the entry that brought it.</summary>
    [Id(3)] public bool IsRevision { get; init; }
}

/// <summary>Where a member stands with a challenge that is joined.</summary>
/// <param name="Challenge">Its id.</param>
/// <param name="Joined">False when the member has left.</param>
/// <param name="Team">In a contest of teams.</param>
/// <param name="Hidden">The member wishes to appear in no standings (spec §11).</param>
[GenerateSerializer, Immutable, Alias("participation")]
public sealed record Participation(
    [property: Id(0)] string Challenge, [property: Id(1)] bool Joined, [property: Id(2)] string? Team = null, [property: Id(3)] bool Hidden = false);
