using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Gamification.Recognition;
using Gamification.Rules.Badges;
using Gamification.Rules.Streaks;
using Gamification.Rules.Tiers;
using Gamification.Rules.Vip;

namespace Gamification.Rules.Recognition;

/// <summary>A streak under the id of its rule.</summary>
public readonly record struct StreakStanding(string Id, Streak Streak);

/// <summary>How many of a card a member has filled, without those that a return opened again. Its stamps lie in the ledger.</summary>
public readonly record struct CardStanding(string Id, int Filled);

/// <summary>
/// What an entry made of a member's recognition: what happened, in order, and every standing that it touched as it is afterwards, so that
/// folding is replacing and needs no rule. A sale's tells a return what it had counted for: only that is undone, whatever the document says by then.
/// </summary>
public sealed record RecognitionMade
{
    public static RecognitionMade Nothing { get; } = new();

    public ImmutableArray<RecognitionChange> Changes { get; init; } = [];

    public TierStanding? Tier { get; init; }

    public ImmutableArray<StreakStanding> Streaks { get; init; } = [];

    public ImmutableArray<BadgeStanding> Badges { get; init; } = [];

    public ImmutableArray<CardStanding> Cards { get; init; } = [];

    public ImmutableArray<VipMembership> Plans { get; init; } = [];

    public PersonalDates? Dates { get; init; }

    public ToldGoals? Told { get; init; }

    public HomeZone? Home { get; init; }

    /// <summary>The bonuses that notices of expiry promised, as they are afterwards; null when they did not change.</summary>
    public ImmutableArray<ExpiryOffer>? Offers { get; init; }

    /// <summary>Day number through which everything that time brings was seen to; 0 when it did not move.</summary>
    public int SeenThrough { get; init; }

    /// <summary>Day number through which the member was told what time brings; 0 when it did not move.</summary>
    public int ToldThrough { get; init; }

    /// <summary>Day number on which the member's reminder is to come, -1 for none; 0 when that did not change.</summary>
    public int RemindOn { get; init; }

    /// <summary>The number of the newest incident that the streaks were bridged for; 0 when it did not move.</summary>
    public int IncidentsSeen { get; init; }

    /// <summary>Points of gifts, less those of gifts taken back. They count for the lifetime points beside the entry's own.</summary>
    public long Points { get; init; }

    [JsonIgnore]
    public bool IsEmpty => Changes.IsEmpty && Tier is null && Streaks.IsEmpty && Badges.IsEmpty && Cards.IsEmpty && Plans.IsEmpty
        && (Dates, Told, Home, Offers, SeenThrough, ToldThrough, RemindOn, IncidentsSeen, Points) is (null, null, null, null, 0, 0, 0, 0, 0);

    public bool Touched(string badge) => Badges.Any(one => one.Badge == badge);

    public bool TouchedStreak(string streak) => Streaks.Any(one => one.Id == streak);
}

/// <summary>A member's recognition: a fold of <see cref="RecognitionMade"/>. Lists are in the order in which their ids first came.</summary>
public sealed record RecognitionState
{
    public static RecognitionState Empty { get; } = new();

    public TierStanding? Tier { get; init; }

    public ImmutableArray<StreakStanding> Streaks { get; init; } = [];

    public ImmutableArray<BadgeStanding> Badges { get; init; } = [];

    public ImmutableArray<CardStanding> Cards { get; init; } = [];

    public ImmutableArray<VipMembership> Plans { get; init; } = [];

    public PersonalDates Dates { get; init; } = PersonalDates.None;

    public ToldGoals Told { get; init; } = ToldGoals.None;

    /// <summary>Null while the programme's zone is the member's.</summary>
    public HomeZone? Home { get; init; }

    /// <summary>The bonuses that notices of expiry have promised, in the order of their days; null for none.</summary>
    public ImmutableArray<ExpiryOffer>? Offers { get; init; }

    public int SeenThrough { get; init; }

    public int ToldThrough { get; init; }

    /// <summary>Day number on which the member's reminder comes; 0 for none.</summary>
    public int RemindOn { get; init; }

    public int IncidentsSeen { get; init; }

    public Streak StreakOf(string id) => Find(Streaks, one => one.Id == id) is var at and >= 0 ? Streaks[at].Streak : Streak.None;

    public BadgeStanding BadgeOf(string id) => Find(Badges, one => one.Badge == id) is var at and >= 0 ? Badges[at] : BadgeStanding.Of(id);

    public int FilledOf(string card) => Find(Cards, one => one.Id == card) is var at and >= 0 ? Cards[at].Filled : 0;

    public VipMembership? PlanOf(string plan) => Find(Plans, one => one.Plan == plan) is var at and >= 0 ? Plans[at] : null;

    public RecognitionState Apply(RecognitionMade made) => this with
    {
        Tier = made.Tier ?? Tier,
        Streaks = With(Streaks, made.Streaks, static (one, other) => one.Id == other.Id),
        Badges = With(Badges, made.Badges, static (one, other) => one.Badge == other.Badge),
        Cards = With(Cards, made.Cards, static (one, other) => one.Id == other.Id),
        Plans = With(Plans, made.Plans, static (one, other) => one.Plan == other.Plan),
        Dates = made.Dates ?? Dates,
        Told = made.Told ?? Told,
        Home = made.Home ?? Home,
        Offers = made.Offers is { } offers ? offers.IsEmpty ? null : offers : Offers,
        SeenThrough = Math.Max(SeenThrough, made.SeenThrough),
        ToldThrough = Math.Max(ToldThrough, made.ToldThrough),
        IncidentsSeen = Math.Max(IncidentsSeen, made.IncidentsSeen),
        RemindOn = made.RemindOn == 0 ? RemindOn : Math.Max(0, made.RemindOn),
    };

    internal static ImmutableArray<T> With<T>(ImmutableArray<T> all, ImmutableArray<T> changed, Func<T, T, bool> isSame)
    {
        foreach (var one in changed)
        {
            var at = Find(all, other => isSame(one, other));
            all = at < 0 ? all.Add(one) : all.SetItem(at, one);
        }

        return all;
    }

    private static int Find<T>(ImmutableArray<T> all, Func<T, bool> isWanted)
    {
        for (var at = 0; at < all.Length; at++)
        {
            if (isWanted(all[at])) return at;
        }

        return -1;
    }
}
