using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Gamification.Programmes.Earning;

/// <summary>Which firsts an event is, of its own kind: asked of the member's past when the event is received, and recorded.</summary>
[Flags]
public enum FirstTime
{
    None = 0,
    Ever = 1,
    InStore = 2,
    OfDay = 4,
    OfWeek = 8,
    OfMonth = 16,
}

/// <summary>How the member came to the shop.</summary>
public enum Channel
{
    Store,
    Web,
    Drive,
    App,
}

/// <summary>
/// What must hold for a rule to apply. A tree of at most 6 levels; a list holds 1 to 200 entries and any of them will do.
/// A return tests again only what a smaller basket can lose: spend at least, and goods contained. All else stays as it was at the sale,
/// so that bringing goods back never makes a rule apply (spec §5).
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(AllOf), "all")]
[JsonDerivedType(typeof(AnyOf), "any")]
[JsonDerivedType(typeof(Not), "not")]
[JsonDerivedType(typeof(StoreIs), "store")]
[JsonDerivedType(typeof(ZoneIs), "zone")]
[JsonDerivedType(typeof(ChannelIs), "channel")]
[JsonDerivedType(typeof(Daypart), "daypart")]
[JsonDerivedType(typeof(WeekdayIs), "weekday")]
[JsonDerivedType(typeof(DateWithin), "dates")]
[JsonDerivedType(typeof(SegmentIs), "segment")]
[JsonDerivedType(typeof(TierIs), "tier")]
[JsonDerivedType(typeof(FirstTimeOf), "first")]
[JsonDerivedType(typeof(JoinedWithin), "joined")]
[JsonDerivedType(typeof(SpendIs), "spend")]
[JsonDerivedType(typeof(Contains), "contains")]
[GenerateSerializer, Immutable, Alias("condition")]
public abstract record Condition;

[GenerateSerializer, Immutable, Alias("condition.all")]
public sealed record AllOf([property: Id(0), Bounds(1, 20)] ImmutableArray<Condition> Of) : Condition;

[GenerateSerializer, Immutable, Alias("condition.any")]
public sealed record AnyOf([property: Id(0), Bounds(1, 20)] ImmutableArray<Condition> Of) : Condition;

[GenerateSerializer, Immutable, Alias("condition.not")]
public sealed record Not([property: Id(0)] Condition Of) : Condition;

[GenerateSerializer, Immutable, Alias("condition.store")]
public sealed record StoreIs([property: Id(0), Bounds(1, 200)] ImmutableArray<string> Stores) : Condition;

[GenerateSerializer, Immutable, Alias("condition.zone")]
public sealed record ZoneIs([property: Id(0), Bounds(1, 200), Slug] ImmutableArray<string> Zones) : Condition;

[GenerateSerializer, Immutable, Alias("condition.channel")]
public sealed record ChannelIs([property: Id(0), Bounds(1, 7)] ImmutableArray<Channel> Channels) : Condition;

/// <summary>The store's wall clock in [<see cref="From"/>, <see cref="Until"/>); over midnight when the end is not after the start.</summary>
[GenerateSerializer, Immutable, Alias("condition.daypart")]
public sealed record Daypart([property: Id(0)] TimeOnly From, [property: Id(1)] TimeOnly Until) : Condition;

/// <summary>The weekday of the business date.</summary>
[GenerateSerializer, Immutable, Alias("condition.weekday")]
public sealed record WeekdayIs([property: Id(0), Bounds(1, 7)] ImmutableArray<DayOfWeek> Days) : Condition;

/// <summary>The business date in [<see cref="From"/>, <see cref="Until"/>); null for no end on that side.</summary>
[GenerateSerializer, Immutable, Alias("condition.dates")]
public sealed record DateWithin([property: Id(0)] DateOnly? From = null, [property: Id(1)] DateOnly? Until = null) : Condition;

[GenerateSerializer, Immutable, Alias("condition.segment")]
public sealed record SegmentIs([property: Id(0), Bounds(1, 200), Slug] ImmutableArray<string> Segments) : Condition;

[GenerateSerializer, Immutable, Alias("condition.tier")]
public sealed record TierIs([property: Id(0), Bounds(1, 200), Slug] ImmutableArray<string> Tiers) : Condition;

[GenerateSerializer, Immutable, Alias("condition.first")]
public sealed record FirstTimeOf([property: Id(0)] FirstTime Scope) : Condition;

/// <summary>
/// The event occurred within the first hours of the member's life here (spec A6): in [joining - 1 h, joining + <see cref="WithinHours"/>). The hour before is for the basket with which one joins at
/// the till. Joining is enrolling, or where cards need not enrol the first receipt. Never of whoever joined before that instant was recorded.
/// </summary>
[GenerateSerializer, Immutable, Alias("condition.joined")]
public sealed record JoinedWithin([property: Id(0), Bounds(1, 8_784)] int WithinHours) : Condition
{
    public static readonly TimeSpan Before = TimeSpan.FromHours(1);
}

/// <summary>The receipt's net spend in minor units, in [<see cref="AtLeast"/>, <see cref="Below"/>).</summary>
[GenerateSerializer, Immutable, Alias("condition.spend")]
public sealed record SpendIs([property: Id(0), Bounds(1, 100_000_000_000)] long? AtLeast = null, [property: Id(1), Bounds(1, 100_000_000_000)] long? Below = null) : Condition;

/// <summary>The receipt holds such goods: any, or at least so many of them, or for at least so much net spend in minor units.</summary>
[GenerateSerializer, Immutable, Alias("condition.contains")]
public sealed record Contains(
    [property: Id(0)] Goods Goods,
    [property: Id(1), Bounds(0, 1_000_000), Decimals(3)] decimal? Quantity = null,
    [property: Id(2), Bounds(1, 100_000_000_000)] long? Spend = null) : Condition;

/// <summary>
/// Goods by what the line or else the catalogue says of them. Within a list any entry will do; the lists given must all agree;
/// what <see cref="Except"/> describes is left out. Lines without net spend are no goods: what was free earns nothing.
/// </summary>
[GenerateSerializer, Immutable, Alias("goods")]
public sealed record Goods
{
    [Id(0), Bounds(0, 1_000)] public ImmutableArray<string> Skus { get => field.IsDefault ? [] : field; init; } = [];

    [Id(1), Bounds(0, 200)] public ImmutableArray<string> Categories { get => field.IsDefault ? [] : field; init; } = [];

    [Id(2), Bounds(0, 200)] public ImmutableArray<string> Families { get => field.IsDefault ? [] : field; init; } = [];

    [Id(3), Bounds(0, 200)] public ImmutableArray<string> Labels { get => field.IsDefault ? [] : field; init; } = [];

    [Id(4)] public Goods? Except { get; init; }
}
