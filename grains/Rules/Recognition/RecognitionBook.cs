using System.Collections.Frozen;
using System.Collections.Immutable;
using Gamification.Ledger;
using Gamification.Members;
using Gamification.Programmes.Earning;
using Gamification.Recognition;
using Gamification.Rules.Badges;
using Gamification.Rules.Ledger;
using Gamification.Rules.StampCards;
using Gamification.Rules.Streaks;
using Gamification.Statements;

namespace Gamification.Rules.Recognition;

/// <summary>A card and the terms of its stamps.</summary>
public sealed record CardTerms(StampCard Card, UnitTerms Stamps);

/// <summary>
/// A programme's recognition, prepared once a document so that an event asks only the badges and streaks that it can concern. Immutable; one
/// serves all threads.
/// </summary>
public sealed class RecognitionBook
{
    private static readonly int Events = Enum.GetValues<EarningEvent>().Length;

    private readonly ImmutableArray<StreakRule>[] _streaksOn = new ImmutableArray<StreakRule>[Events];
    private readonly ImmutableArray<string>[] _badgesOn = new ImmutableArray<string>[Events];
    private readonly FrozenSet<string> _stepBadges;
    private readonly FrozenDictionary<string, CardTerms> _cards;
    private readonly FrozenDictionary<string, StreakRule> _streaks;
    private readonly FrozenDictionary<string, VipPlan> _plans;
    private readonly ImmutableArray<RecognitionWords> _words;
    private readonly ImmutableArray<ChangeWords> _changes;

    /// <param name="rules">A document that <see cref="RecognitionValidation"/> has passed.</param>
    /// <param name="calendar">Local days in the programme's zone.</param>
    /// <param name="zone">The IANA name of that zone.</param>
    /// <param name="currency">The programme's currency, for its words.</param>
    public RecognitionBook(RecognitionRules rules, LedgerCalendar calendar, string zone, string currency)
    {
        (Rules, Calendar, Zone, Badges) = (rules, calendar, zone, new(rules.Badges));
        foreach (var one in Enum.GetValues<EarningEvent>())
        {
            _streaksOn[(int)one] = [.. rules.Streaks.Where(streak => streak.On.Contains(one))];
            _badgesOn[(int)one] = [.. Badges.Badges.Where(badge => rules.Badges.Any(version => version.Id == badge && BadgeCounting.EventsOf(version.For).Contains(one)))];
        }

        _stepBadges = rules.Badges.Where(badge => BadgeCounting.Counts(badge.For) && BadgeCounting.EventsOf(badge.For).IsEmpty).Select(badge => badge.Id).ToFrozenSet();
        _cards = rules.Cards.ToFrozenDictionary(card => card.Id, card => new CardTerms(card, Stamping.TermsOf(card, calendar)));
        _streaks = rules.Streaks.ToFrozenDictionary(streak => streak.Id);
        _plans = rules.Plans.ToFrozenDictionary(plan => plan.Id);
        StreakBadges = Having<StreakOf>();
        ConditionalBadges = Having<Conditional>();
        FounderBadges = Having<Founder>();
        CollectiveBadges = Having<Collective>();
        CountsItems = rules.Badges.Any(badge => BadgeCounting.MeasureOf(badge.For) == BadgeMeasure.Items);
        HasTierFreezes = rules.Streaks.Any(streak => streak.Freezes is { ByTier.IsEmpty: false });
        _words = [.. Enum.GetValues<Language>().Select(language => new RecognitionWords(language, rules, currency))];
        _changes = [.. Enum.GetValues<Language>().Select(language => new ChangeWords(language, rules, _words[(int)language]))];
    }

    public RecognitionRules Rules { get; }

    public LedgerCalendar Calendar { get; }

    public string Zone { get; }

    public BadgeBook Badges { get; }

    /// <summary>Ids, in ordinal order.</summary>
    public ImmutableArray<string> StreakBadges { get; }

    public ImmutableArray<string> ConditionalBadges { get; }

    public ImmutableArray<string> FounderBadges { get; }

    public ImmutableArray<string> CollectiveBadges { get; }

    public bool HasTierFreezes { get; }

    /// <summary>Whether a badge counts goods, which takes a look at every line.</summary>
    public bool CountsItems { get; }

    public ImmutableArray<StreakRule> StreaksOn(EarningEvent type) => _streaksOn[(int)type];

    public ImmutableArray<string> BadgesOn(EarningEvent type) => _badgesOn[(int)type];

    /// <summary>The badges that an event can concern, each once: those that count its kind, and those whose steps it brings.</summary>
    public ImmutableArray<string> BadgesOf(in Activity activity)
    {
        var badges = BadgesOn(activity.Type);
        if (activity.Effects.IsDefault) return badges;
        foreach (var effect in activity.Effects)
        {
            if (effect.Kind == NamedKind.Badge && IsStepBadge(effect.Id) && !badges.Contains(effect.Id)) badges = badges.Add(effect.Id);
        }

        return badges;
    }

    /// <summary>Whether the badge's steps are brought by earning rules.</summary>
    public bool IsStepBadge(string badge) => _stepBadges.Contains(badge);

    public CardTerms? CardOf(string id) => _cards.GetValueOrDefault(id);

    /// <summary>The terms of a card's unit; null for units that are no known card's.</summary>
    public UnitTerms? StampsOf(Unit unit) => _cards.Values.FirstOrDefault(card => card.Stamps.Unit == unit)?.Stamps;

    public StreakRule? StreakOf(string id) => _streaks.GetValueOrDefault(id);

    public VipPlan? PlanOf(string id) => _plans.GetValueOrDefault(id);

    /// <summary>Whether a place on the ladder is this tier or one above it; 0 is below all.</summary>
    public bool HasTier(int level, string tier)
    {
        if (Rules.Tiers is not { } ladder) return false;
        for (var at = 0; at < Math.Min(level, ladder.Levels.Length); at++)
        {
            if (ladder.Levels[at].Id == tier) return true;
        }

        return false;
    }

    /// <summary>The longest run of a streak up to a day of the member's, in periods; 0 for one that is stated no longer.</summary>
    public int BestOf(string streak, RecognitionState state, DateOnly homeDay) =>
        StreakOf(streak) is { } rule ? StreakWalk.Through(state.StreakOf(streak), rule, homeDay.DayNumber, int.MaxValue).Best : 0;

    /// <summary>The same thing in the three languages.</summary>
    public Sentence Say(Func<RecognitionWords, string> say) => new(say(_words[(int)Language.Fr]), say(_words[(int)Language.Nl]), say(_words[(int)Language.En]));

    /// <summary>What an entry made of recognition, in order.</summary>
    public ImmutableArray<Sentence> Say(AccountEntry entry)
    {
        if (entry.Recognised is not { Changes: { IsEmpty: false } changes }) return [];
        var why = Undoing.Of(entry);
        return [.. changes.Select(change => Say(change, why))];
    }

    public Sentence Say(AlmostThere near) => Say(near, default);

    /// <summary>The local day in the programme's zone.</summary>
    public DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDayNumber(Calendar.DayOf(at.ToUnixTimeMilliseconds()));

    private Sentence Say(RecognitionChange change, Undoing why) =>
        new(_changes[(int)Language.Fr].Of(change, why), _changes[(int)Language.Nl].Of(change, why), _changes[(int)Language.En].Of(change, why));

    private ImmutableArray<string> Having<T>()
        where T : BadgeKind => [.. Badges.Badges.Where(badge => Rules.Badges.Any(version => version.Id == badge && version.For is T))];
}
