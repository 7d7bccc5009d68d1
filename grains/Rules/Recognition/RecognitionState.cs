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

    public bool Touched(string badge) => RecognitionState.Find(Badges, badge, static one => one.Badge) >= 0;

    /// <summary>The same, also of badges that were filled in later: a return takes from those, too.</summary>
    internal static RecognitionMade? Also(RecognitionMade? made, ImmutableArray<string> filled) => filled.IsEmpty ? made : (made ?? Nothing) with
    {
        Badges = [.. made?.Badges ?? [], .. filled.Where(badge => made?.Touched(badge) != true).Order(StringComparer.Ordinal).Select(BadgeStanding.Of)],
    };

    public bool TouchedStreak(string streak) => RecognitionState.Find(Streaks, streak, static one => one.Id) >= 0;
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

    public Streak StreakOf(string id) => Find(Streaks, id, static one => one.Id) is var at and >= 0 ? Streaks[at].Streak : Streak.None;

    public BadgeStanding BadgeOf(string id) => Find(Badges, id, static one => one.Badge) is var at and >= 0 ? Badges[at] : BadgeStanding.Of(id);

    public int FilledOf(string card) => Find(Cards, card, static one => one.Id) is var at and >= 0 ? Cards[at].Filled : 0;

    public VipMembership? PlanOf(string plan) => Find(Plans, plan, static one => one.Plan) is var at and >= 0 ? Plans[at] : null;

    public RecognitionState Apply(RecognitionMade made) => this with
    {
        Tier = made.Tier ?? Tier,
        Streaks = With(Streaks, made.Streaks, static one => one.Id),
        Badges = With(Badges, made.Badges, static one => one.Badge),
        Cards = With(Cards, made.Cards, static one => one.Id),
        Plans = With(Plans, made.Plans, static one => one.Plan),
        Dates = made.Dates ?? Dates,
        Told = made.Told ?? Told,
        Home = made.Home ?? Home,
        Offers = made.Offers is { } offers ? offers.IsEmpty ? null : offers : Offers,
        SeenThrough = Math.Max(SeenThrough, made.SeenThrough),
        ToldThrough = Math.Max(ToldThrough, made.ToldThrough),
        IncidentsSeen = Math.Max(IncidentsSeen, made.IncidentsSeen),
        RemindOn = made.RemindOn == 0 ? RemindOn : Math.Max(0, made.RemindOn),
    };

    internal static ImmutableArray<T> With<T>(ImmutableArray<T> all, ImmutableArray<T> changed, Func<T, string> id)
    {
        foreach (var one in changed) all = Put(all, one, id);
        return all;
    }

    /// <summary>In the place of the one with its id, or at the end.</summary>
    internal static ImmutableArray<T> Put<T>(ImmutableArray<T> all, T one, Func<T, string> id)
    {
        var at = Find(all, id(one), id);
        return at < 0 ? all.Add(one) : all.SetItem(at, one);
    }

    /// <summary>Where it is; below zero for nowhere.</summary>
    internal static int Find<T>(ImmutableArray<T> all, string wanted, Func<T, string> id)
    {
        for (var at = 0; at < all.Length; at++)
        {
            if (id(all[at]) == wanted) return at;
        }

        return -1;
    }
}
