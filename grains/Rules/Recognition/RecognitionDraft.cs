using System.Collections.Immutable;
using Gamification.Incidents;
using Gamification.Ledger;
using Gamification.Programmes.Earning;
using Gamification.Recognition;
using Gamification.Rules.Badges;
using Gamification.Rules.Ledger;
using Gamification.Rules.StampCards;
using Gamification.Rules.Streaks;
using Gamification.Rules.Tiers;
using Gamification.Rules.Vip;

namespace Gamification.Rules.Recognition;

/// <summary>
/// A decision about a member's recognition being made: first everything that time has brought, then what happened, then what follows from it.
/// It knows no ledger: gifts are changes here, and whoever keeps the ledger posts them.
/// </summary>
internal sealed class RecognitionDraft
{
    private readonly RecognitionState _before;
    private readonly RecognitionBook _book;
    private readonly AccountContext _context;
    private readonly Tallies _tallies;
    private readonly DateOnly _today;
    private readonly ImmutableArray<RecognitionChange>.Builder _changes = ImmutableArray.CreateBuilder<RecognitionChange>();
    private RecognitionState _now;
    private bool _isSettled;

    public RecognitionDraft(AccountState account, RecognitionBook book, AccountContext context)
    {
        var before = account.Recognition ?? RecognitionState.Empty;
        (_before, _now, _book, _context, _tallies) = (before, before, book, context, account.Tallies);
        _today = DateOnly.FromDayNumber(Math.Max(before.SeenThrough, book.Calendar.DayOf(context.At.ToUnixTimeMilliseconds())));
    }

    public RecognitionState State => _now;

    public RecognitionBook Book => _book;

    public DateOnly Today => _today;

    public int Count => _changes.Count;

    public RecognitionChange this[int at] => _changes[at];

    /// <summary>The day as the member lives it.</summary>
    public DateOnly HomeDay => _now.Home is { } home ? home.DatesOf(_context.At).Date : _today;

    /// <summary>When it is decided.</summary>
    public DateTimeOffset At => _context.At;

    public void Add(RecognitionChange change) => _changes.Add(change);

    /// <summary>Everything that time alone has brought since it was last looked at; safe to repeat.</summary>
    public void Settle()
    {
        if (_isSettled) return;
        _isSettled = true;
        var (since, isNew) = (_before.SeenThrough, _before.SeenThrough == 0);
        if (_book.Rules.Tiers is { } ladder && (isNew || _today.DayNumber > since || _now.Tier is null))
        {
            var standing = _now.Tier ?? TierRulings.Enrol(ladder, _today);
            if (_book.HasTierFreezes && !isNew) MonthlyFreezes.Give(this, standing, ladder, DateOnly.FromDayNumber(since));
            Take(TierRulings.Settle(standing, ladder, _today));
        }

        if (_context.Incidents.Last > _now.IncidentsSeen) BridgeIncidents();
        if (_today.DayNumber > since) _now = _now with { SeenThrough = _today.DayNumber, ToldThrough = isNew ? _today.DayNumber : _now.ToldThrough };
    }

    /// <summary>Tells what became due since the member was last told: notices about tier, expiry and plans, and the dates that come round.</summary>
    /// <param name="expiring">What becomes due of the ledger's units after a day.</param>
    public void Tell(Func<DateOnly, IEnumerable<ExpiryReminder>> expiring)
    {
        Settle();
        if (_now.ToldThrough >= _today.DayNumber) return;
        var after = DateOnly.FromDayNumber(_now.ToldThrough);
        if (_book.Rules.Tiers is { } ladder && _now.Tier is { } standing && TierRulings.NoticeDue(standing, ladder, after, _today) is { } notice) _changes.Add(new TierNoticeDue(notice));
        ExpiryNoticeDue[] notices = [.. expiring(after).Select(reminder => ExpiryOffers.Notice(reminder, _book.Rules.ExpiryBonus))];
        _changes.AddRange(notices);
        _now = _now with { Offers = ExpiryOffers.After(_now.Offers, notices, _today) };
        foreach (var plan in _now.Plans)
        {
            if (plan.StatusOn(_today) is var status && status != plan.StatusOn(after)) _changes.Add(new PlanTurned(plan.Plan, status, _today));
        }

        var (dates, celebrations) = Anniversaries.Due(_now.Dates, _context.Birth, after, _today);
        foreach (var celebration in celebrations) _changes.Add(new Celebrated(celebration.Event, celebration.On, celebration.Years));
        _now = _now with { ToldThrough = _today.DayNumber, Dates = celebrations.IsEmpty ? _now.Dates : dates };
    }

    /// <summary>
    /// When time next brings something, so that a reminder comes then. An earlier day that is known already is left until it has been looked at: a
    /// birthday, perhaps, which only <see cref="Tell"/> knows of.
    /// </summary>
    public void Remind(IEnumerable<Purse> purses)
    {
        var due = RecognitionDue.NextDay(_now, _book, _context.Birth, purses) ?? 0;
        if (_now.RemindOn > _now.ToldThrough && (due == 0 || due > _now.RemindOn)) return;
        if (due != _now.RemindOn) _now = _now with { RemindOn = due };
    }

    /// <summary>Something happened, shrank or went. <paramref name="of"/> is what it had been recognised for; null when it is new.</summary>
    public void Happen(in ActivityChange change, RecognitionMade? of)
    {
        Settle();
        var takes = change.Before is not null;
        CountTier(change, of);
        CountStreaks(change, of);
        CountBadges(change, of);
        Follow(takes);
    }

    /// <summary>The member enrolled, on the day that <see cref="Enrolment.DayOf"/> tells.</summary>
    public void Enrol()
    {
        Settle();
        var on = Enrolment.DayOf(_book, _context);
        if (_now.Dates.EnrolledOn is null) _now = _now with { Dates = _now.Dates with { EnrolledOn = on } };
        foreach (var badge in _book.FounderBadges) Take(BadgeRulings.Enrol(_now.BadgeOf(badge), _book.Badges, on, Founders.IsGranted(_book, badge, _context)));
        Follow(takes: false);
    }

    /// <summary>The date of the member's first purchase that stands; null for none.</summary>
    public void FirstPurchase(DateOnly? on)
    {
        if (on != _now.Dates.FirstPurchaseOn) _now = _now with { Dates = _now.Dates with { FirstPurchaseOn = on } };
    }

    public void Take(StampRuling ruling, string card)
    {
        var (filled, opened) = (ruling.Changes.Count(change => change is CardFilled), ruling.Changes.Count(change => change is GiftTakenBack));
        if (filled != opened) Take(new CardStanding(card, _now.FilledOf(card) + filled - opened));
        _changes.AddRange(ruling.Changes);
    }

    public void Take(CardStanding card) => _now = _now with { Cards = RecognitionState.Put(_now.Cards, card, static one => one.Id) };

    public void Take(HomeZone? home) => _now = _now with { Home = home };

    /// <summary>The dates, what was told and what is on offer: nothing follows from them.</summary>
    public void Take(PersonalDates dates, ToldGoals told, ImmutableArray<ExpiryOffer>? offers) => _now = _now with { Dates = dates, Told = told, Offers = offers };

    /// <summary>The birth date is another: when to look next is found anew.</summary>
    public void LookAnew(bool isBirthKnown) => _now = _now with { RemindOn = 0, Dates = _now.Dates with { IsBirthKnown = isBirthKnown } };

    public void Take(TierRuling ruling)
    {
        if (!ReferenceEquals(ruling.Standing, _now.Tier)) _now = _now with { Tier = ruling.Standing };
        _changes.AddRange(ruling.Changes);
    }

    public void Take(BadgeRuling ruling)
    {
        if (!ReferenceEquals(ruling.Standing, Known(ruling.Standing.Badge)) && (Known(ruling.Standing.Badge) is not null || !ruling.Standing.Progress.IsEmpty || !ruling.Standing.Awards.IsEmpty))
            _now = _now with { Badges = RecognitionState.Put(_now.Badges, ruling.Standing, static one => one.Badge) };
        _changes.AddRange(ruling.Changes);
    }

    public void Take(string streak, StreakRuling ruling)
    {
        if (!ReferenceEquals(ruling.Streak, _now.StreakOf(streak)))
            _now = _now with { Streaks = RecognitionState.Put(_now.Streaks, new StreakStanding(streak, ruling.Streak), static one => one.Id) };
        _changes.AddRange(ruling.Changes);
    }

    public void Take(VipMembership membership)
    {
        if (_now.PlanOf(membership.Plan) is { } before && before.StatusOn(_today) == membership.StatusOn(_today) && before.Equals(membership)) return;
        if (_now.PlanOf(membership.Plan)?.StatusOn(_today) != membership.StatusOn(_today)) _changes.Add(new PlanTurned(membership.Plan, membership.StatusOn(_today), _today));
        _now = _now with { Plans = RecognitionState.Put(_now.Plans, membership, static one => one.Plan) };
    }

    /// <summary>What follows from standings that changed: badges on streaks and on conditions. Nothing but what was brought back or removed revokes them.</summary>
    public void Follow(bool takes)
    {
        foreach (var id in _book.StreakBadges)
        {
            if (_book.Badges.InForceOn(id, _today) is not { For: StreakOf { Streak: var streak } } || !Changed(streak)) continue;
            Take(BadgeRulings.Measure(_now.BadgeOf(id), _book.Badges, _book.BestOf(streak, _now, HomeDay), _today, mayRevoke: takes));
        }

        if (_changes.Count == 0 && _now.Streaks == _before.Streaks) return;
        foreach (var id in _book.ConditionalBadges)
        {
            var standing = _now.BadgeOf(id);
            if (_book.Badges.InForceOn(id, _today) is not { For: Conditional conditional } || (!takes && standing.Level > 0)) continue;
            var stands = new Recognised(badge => _now.BadgeOf(badge).Level, tier => _book.HasTier(_now.Tier?.Level ?? 0, tier), streak => _book.BestOf(streak, _now, HomeDay));
            Take(BadgeRulings.Measure(standing, _book.Badges, stands.Meets(conditional), _today, mayRevoke: takes));
        }
    }

    /// <summary>"Vous y êtes presque", about what this decision brought the member nearer to.</summary>
    public void TellGoals(Func<Unit, long> stamps)
    {
        var near = MemberGoals.Near(_now, _before, _book, _today, stamps);
        if (near.Count == 0) return;
        var (told, changes) = Goals.Near(_now.Told, near, _book.Rules.AlmostThere);
        if (changes.IsEmpty) return;
        HashSet<string> open = [.. MemberGoals.Of(_now, _book, _today, stamps).Select(goal => goal.Goal.Key)];
        _now = _now with { Told = Goals.Forget(told, open.Contains) };
        _changes.AddRange(changes);
    }

    /// <summary>What is to be recorded: the changes, and each standing that is another object than before.</summary>
    public RecognitionMade Close(long points)
    {
        if (ReferenceEquals(_now, _before) && _changes.Count == 0 && points == 0) return RecognitionMade.Nothing;
        return new()
        {
            Changes = _changes.DrainToImmutable(),
            Tier = ReferenceEquals(_now.Tier, _before.Tier) ? null : _now.Tier,
            Streaks = Others(_now.Streaks, _before.Streaks, one => !ReferenceEquals(one.Streak, _before.StreakOf(one.Id))),
            Badges = Others(_now.Badges, _before.Badges, one => !ReferenceEquals(one, Known(_before, one.Badge))),
            Cards = Others(_now.Cards, _before.Cards, one => one.Filled != _before.FilledOf(one.Id)),
            Plans = Others(_now.Plans, _before.Plans, one => !ReferenceEquals(one, _before.PlanOf(one.Plan))),
            Dates = ReferenceEquals(_now.Dates, _before.Dates) ? null : _now.Dates,
            Told = ReferenceEquals(_now.Told, _before.Told) ? null : _now.Told,
            Home = ReferenceEquals(_now.Home, _before.Home) ? null : _now.Home,
            Offers = _now.Offers == _before.Offers ? null : _now.Offers ?? [],
            SeenThrough = _now.SeenThrough == _before.SeenThrough ? 0 : _now.SeenThrough,
            ToldThrough = _now.ToldThrough == _before.ToldThrough ? 0 : _now.ToldThrough,
            IncidentsSeen = _now.IncidentsSeen == _before.IncidentsSeen ? 0 : _now.IncidentsSeen,
            RemindOn = _now.RemindOn == _before.RemindOn ? 0 : _now.RemindOn == 0 ? -1 : _now.RemindOn,
            Points = points,
        };
    }

    private void CountTier(in ActivityChange change, RecognitionMade? of)
    {
        var points = (change.After?.Points ?? 0) - (change.Before?.Points ?? 0);
        if (points == 0 || _now.Tier is not { } standing || _book.Rules.Tiers is not { } ladder || of is { Tier: null }) return;
        var isSale = (change.After ?? change.Before)!.Value.Type == EarningEvent.Sale;
        Take(TierRulings.Count(standing, ladder, isSale ? new(points, 0) : new(0, points), change.Date, _today));
    }

    private void CountStreaks(in ActivityChange change, RecognitionMade? of)
    {
        var activity = (change.After ?? change.Before)!.Value;
        foreach (var rule in _book.StreaksOn(activity.Type))
        {
            var (was, isNow) = (Proves(change.Before, rule), Proves(change.After, rule));
            if (was == isNow || (of is not null && !of.TouchedStreak(rule.Id))) continue;
            var dates = activity.IsAtHome ? (_now.Home ?? new HomeZone(_book.Zone)).DatesOf(activity.OccurredAt, rule.DayStartsAt) : new(activity.Date);
            var streak = _now.StreakOf(rule.Id);
            Take(rule.Id, isNow ? StreakRulings.Prove(streak, rule, dates, HomeDay) : StreakRulings.Remove(streak, rule, dates, HomeDay));
            if (streak.Dates.IsEmpty && isNow) BridgeAll(rule, _context.Incidents.Concerning(_tallies, after: 0).Where(incident => incident.To > dates.Date));
        }
    }

    /// <summary>What was declared since the account was last looked at. A streak that begins later has it from its beginning.</summary>
    private void BridgeIncidents()
    {
        var concerning = _context.Incidents.Concerning(_tallies, _now.IncidentsSeen).ToArray();
        foreach (var rule in _book.Rules.Streaks)
        {
            if (!_now.StreakOf(rule.Id).Dates.IsEmpty) BridgeAll(rule, concerning);
        }

        _now = _now with { IncidentsSeen = _context.Incidents.Last };
    }

    private void BridgeAll(StreakRule rule, IEnumerable<Incident> incidents)
    {
        foreach (var incident in incidents)
        {
            var streak = _now.StreakOf(rule.Id);
            var ruling = StreakRulings.Bridge(streak, rule, incident.From, incident.To, HomeDay);
            if (ReferenceEquals(ruling.Streak, streak)) continue;
            _changes.Add(new StreakBridged(rule.Id, incident.From, incident.To.AddDays(-1)));
            Take(rule.Id, ruling);
        }
    }

    private void CountBadges(in ActivityChange change, RecognitionMade? of)
    {
        var activity = (change.After ?? change.Before)!.Value;
        foreach (var id in of is null ? _book.BadgesOf(activity) : [.. of.Badges.Select(badge => badge.Badge)])
            Take(BadgeRulings.CountOn(_now.BadgeOf(id), _book.Badges, change, _today));
    }

    private bool Changed(string streak) => !ReferenceEquals(_now.StreakOf(streak), _before.StreakOf(streak));

    private BadgeStanding? Known(string badge) => Known(_now, badge);

    private static BadgeStanding? Known(RecognitionState state, string badge) => RecognitionState.Find(state.Badges, badge, static one => one.Badge) is var at and >= 0 ? state.Badges[at] : null;

    private static ImmutableArray<T> Others<T>(ImmutableArray<T> now, ImmutableArray<T> before, Func<T, bool> isOther) => now == before ? [] : [.. now.Where(isOther)];

    private static bool Proves(Activity? activity, StreakRule rule) =>
        activity is { } there && (there.Type != EarningEvent.Sale || there.Spend >= rule.MinSpend);
}
