using System.Collections.Immutable;

namespace Gamification.Programmes.Earning;

/// <summary>What happened, as far as a rule may ask. Everything local to the store was computed when the event came in (spec §2).</summary>
[GenerateSerializer, Immutable, Alias("event-facts")]
public sealed record EventFacts
{
    [Id(0)] public required EarningEvent Type { get; init; }

    /// <summary>Decides which versions are in force.</summary>
    [Id(1)] public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>Decides weekday, dates, cap periods and the catalogue's version.</summary>
    [Id(2)] public required DateOnly BusinessDate { get; init; }

    /// <summary>The wall clock where it happened.</summary>
    [Id(3)] public required TimeOnly LocalTime { get; init; }

    /// <summary>Null for what happens in no store.</summary>
    [Id(4)] public string? Store { get; init; }

    [Id(5)] public Channel Channel { get; init; }

    /// <summary>A receipt's facts. The till's own offset tells the wall clock.</summary>
    public static EventFacts Of(Receipt receipt, Channel channel = Channel.Store) => new()
    {
        Type = EarningEvent.Sale,
        OccurredAt = receipt.OccurredAt,
        BusinessDate = receipt.Key.BusinessDate,
        LocalTime = TimeOnly.FromTimeSpan(receipt.OccurredAt.TimeOfDay),
        Store = receipt.Key.Store,
        Channel = channel,
    };
}

/// <summary>Who it is, when the event is received. An award records the part that its rules asked for, and returns are rated by that.</summary>
[GenerateSerializer, Immutable, Alias("member-facts")]
public sealed record MemberFacts
{
    public static MemberFacts Unknown { get; } = new();

    [Id(0)] public string? Tier { get; init; }

    [Id(1)] public ImmutableArray<string> Segments { get; init; } = [];

    [Id(2)] public FirstTime Firsts { get; init; }

    /// <summary>What capped rules have brought this member so far, at least for the periods that hold the event's business date.</summary>
    [Id(3)] public ImmutableArray<CapCount> Counts { get; init; } = [];

    /// <summary>When the member joined; null for who has not, and where it was not recorded.</summary>
    [Id(4)] public DateTimeOffset? JoinedAt { get; init; }
}

/// <summary>What one rule has brought one member in one period; <see cref="FromDay"/> is the number of the period's first day, 0 for <see cref="CapPeriod.Campaign"/>.</summary>
[GenerateSerializer, Immutable, Alias("cap-count")]
public readonly record struct CapCount(
    [property: Id(0)] string Rule,
    [property: Id(1)] CapPeriod Per,
    [property: Id(2)] int FromDay,
    [property: Id(3)] long Points,
    [property: Id(4)] int Times);

/// <summary>What a campaign leaves to this decision: leased beforehand, so that what is taken of it can never be too much.</summary>
[GenerateSerializer, Immutable, Alias("campaign-grant")]
public readonly record struct CampaignGrant([property: Id(0)] string Campaign, [property: Id(1)] long Points, [property: Id(2)] long Awards);

/// <summary>What a decision took of a campaign: to be committed with it. Points come back with a return; awards never do.</summary>
[GenerateSerializer, Immutable, Alias("campaign-use")]
public readonly record struct CampaignUse([property: Id(0)] string Campaign, [property: Id(1)] long Points, [property: Id(2)] long Awards);

/// <summary>How much to tell beside the award. The award is the same whatever is asked.</summary>
[Flags]
public enum EarningDetail
{
    Award = 0,
    Lines = 1,
    WhyNot = 2,
}
