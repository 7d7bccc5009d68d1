using System.Collections.Immutable;
using System.Diagnostics;
using Gamification.Programmes.Earning;
using Gamification.Recognition;
using Gamification.Rules.Earning;

namespace Gamification.Rules.Recognition;

/// <summary>Tiers, streaks, badges, cards and plans as sentences (spec A13), made from the same document that decides.</summary>
public sealed class RecognitionWords
{
    private readonly Formats _formats;
    private readonly RecognitionRules _rules;
    private readonly EventWords _events;
    private readonly Dictionary<string, Name> _rewards;

    public RecognitionWords(Language language, RecognitionRules rules, string currency)
    {
        (_formats, _rules) = (new(language, currency), rules);
        _events = new(_formats);
        _rewards = rules.Names.Where(name => name.Kind == NamedKind.Reward).ToDictionary(name => name.Id);
    }

    internal Formats Formats => _formats;

    /// <summary>"Or : 1 000 points de statut grâce aux achats, sur une année civile. Avantages : …"</summary>
    public string Of(TierLevel level)
    {
        var ladder = _rules.Tiers ?? throw new InvalidOperationException("The document has no tiers.");
        var months = _formats.Number(ladder.Months);
        var period = ladder.Period switch
        {
            TierPeriod.Calendar when ladder.Months == 12 => _formats.Pick("sur une année civile", "in een kalenderjaar", "in a calendar year"),
            TierPeriod.Calendar => _formats.Pick($"sur une période de {months} mois civils", $"in een periode van {months} kalendermaanden", $"in a period of {months} calendar months"),
            TierPeriod.Anniversary => _formats.Pick($"sur {months} mois à partir de l’inscription", $"in {months} maanden vanaf de inschrijving", $"in {months} months from joining"),
            _ => _formats.Pick($"sur les {months} derniers mois", $"in de laatste {months} maanden", $"in the last {months} months"),
        };
        return $"{Of(level.Name)}{Colon}{Status(level.Spend ?? 0, level.Engagement ?? 0, level.Both)}, {period}.{Benefits(level.Benefits)}";
    }

    /// <summary>"5 jours verts : un achat (dès 1 €), 5 jours différents par semaine."</summary>
    public string Of(StreakRule streak)
    {
        var times = _formats.Number(streak.Times);
        var spend = streak.MinSpend == 0 ? "" : _formats.Pick($" (dès {_formats.Money(streak.MinSpend)})", $" (vanaf {_formats.Money(streak.MinSpend)})", $" (from {_formats.Money(streak.MinSpend)})");
        var per = (streak.Per, streak.Times) switch
        {
            (StreakPeriod.Day, _) => _formats.Pick("chaque jour", "elke dag", "each day"),
            (StreakPeriod.Week, 1) => _formats.Pick("chaque semaine", "elke week", "each week"),
            (StreakPeriod.Week, _) => _formats.Pick($"{times} jours différents par semaine", $"op {times} verschillende dagen per week", $"on {times} different days a week"),
            (_, 1) => _formats.Pick("chaque mois", "elke maand", "each month"),
            _ => _formats.Pick($"{times} jours différents par mois", $"op {times} verschillende dagen per maand", $"on {times} different days a month"),
        };
        var milestones = streak.Milestones.Select(milestone => $" {Periods(streak.Per, milestone.Periods)}{Colon}{Of(milestone.Gift)}.");
        return $"{Of(streak.Name)}{Colon}{_formats.Either([.. streak.On.Select(one => _events.Thing(one) + (one == EarningEvent.Sale ? spend : ""))])}, {per}.{string.Concat(milestones)}";
    }

    public string Of(BadgeRule badge) =>
        $"{Of(badge.Name)}{Colon}{Of(badge, badge.For)}.{string.Concat(badge.Levels.Where(level => level.Gift is not null).Select(level => $" {(badge.Levels.Length > 1 ? _formats.Number(level.At) + Colon : "+\u00A0")}{Of(level.Gift!)}."))}";

    public string Of(StampCard card)
    {
        var after = _formats.Number(card.ExpiresAfter ?? 0);
        var valid = card.Expiry switch
        {
            StampExpiry.Days => _formats.Pick($" Un tampon est valable {after} jours.", $" Een stempel is {after} dagen geldig.", $" A stamp is valid for {after} days."),
            StampExpiry.Months => _formats.Pick($" Un tampon est valable {after} mois.", $" Een stempel is {after} maanden geldig.", $" A stamp is valid for {after} months."),
            StampExpiry.RollingDays => _formats.Pick($" Chaque tampon prolonge la carte de {after} jours.", $" Elke stempel verlengt de kaart met {after} dagen.", $" Each stamp keeps the card for another {after} days."),
            StampExpiry.RollingMonths => _formats.Pick($" Chaque tampon prolonge la carte de {after} mois.", $" Elke stempel verlengt de kaart met {after} maanden.", $" Each stamp keeps the card for another {after} months."),
            _ => "",
        };
        var renews = card.AutoRenew ? _formats.Pick(" Ensuite, une nouvelle carte commence.", " Daarna begint een nieuwe kaart.", " Then a new card begins.") : "";
        return $"{Of(card.Name)}{Colon}{_formats.Count(card.Stamps, ("tampon", "tampons"), ("stempel", "stempels"), ("stamp", "stamps"))} = {Of(card.Gift)}.{renews}{valid}";
    }

    public string Of(VipPlan plan)
    {
        var term = plan.Months switch
        {
            1 => _formats.Pick("par mois", "per maand", "a month"),
            12 => _formats.Pick("par an", "per jaar", "a year"),
            _ => _formats.Pick($"pour {plan.Months} mois", $"voor {plan.Months} maanden", $"for {plan.Months} months"),
        };
        return $"{Of(plan.Name)}{Colon}{_formats.Money(plan.Price)} {term}.{Benefits(plan.Perks)}";
    }

    /// <summary>"Déjà 38 € d’avantages pour 24 € payés."</summary>
    public string EarnedBack(long saved, long paid) => _formats.Pick(
        $"Déjà {_formats.Money(saved)} d’avantages pour {_formats.Money(paid)} payés.",
        $"Al {_formats.Money(saved)} voordeel voor {_formats.Money(paid)} betaald.",
        $"Already {_formats.Money(saved)} of benefits for {_formats.Money(paid)} paid.");

    /// <summary>"« Or » est à vous jusqu’au 31 janvier 2027. Encore 40 points de statut grâce aux achats pour le garder ensuite."</summary>
    public string Of(TierNotice notice)
    {
        var (what, tier, until) = (Status(notice.MissingSpend, notice.MissingEngagement, notice.Both), TierName(notice.Tier), _formats.Date(notice.KeptUntil));
        return _formats.Pick(
            $"{tier} est à vous jusqu’au {until}. Encore {what} pour le garder ensuite.",
            $"{tier} is van u tot {until}. Nog {what} om het daarna te houden.",
            $"{tier} is yours until {until}. Another {what} will keep it after that.");
    }

    /// <summary>"Vous y êtes presque", without a threat.</summary>
    public string Of(AlmostThere near, string goal) => _formats.Pick(
        $"Vous y êtes presque\u00A0: encore {_formats.Number(near.Left)} sur {_formats.Number(near.Needed)} pour {goal}.",
        $"U bent er bijna: nog {_formats.Number(near.Left)} van {_formats.Number(near.Needed)} voor {goal}.",
        $"Almost there: {_formats.Number(near.Left)} of {_formats.Number(near.Needed)} to go for {goal}.");

    /// <summary>How a streak stands, gently: what was done, and that there is time.</summary>
    public string Of(StreakView view, StreakPeriod per) => view switch
    {
        { Current: 0 } => _formats.Pick("Une nouvelle série commence quand vous voulez.", "Een nieuwe reeks begint wanneer u wilt.", "A new streak begins whenever you like."),
        { IsDone: true } => _formats.Pick($"Belle série\u00A0: {Periods(per, view.Current)}.", $"Mooie reeks: {Periods(per, view.Current)}.", $"A fine streak: {Periods(per, view.Current)}."),
        _ => _formats.Pick($"Votre série\u00A0: {Periods(per, view.Current)}. {Time(per)}", $"Uw reeks: {Periods(per, view.Current)}. {Time(per)}", $"Your streak: {Periods(per, view.Current)}. {Time(per)}"),
    };

    private string Time(StreakPeriod per) => per switch
    {
        StreakPeriod.Day => _formats.Pick("Vous avez toute la journée.", "U hebt de hele dag.", "You have all day."),
        StreakPeriod.Week => _formats.Pick("Vous avez toute la semaine.", "U hebt de hele week.", "You have all week."),
        _ => _formats.Pick("Vous avez tout le mois.", "U hebt de hele maand.", "You have all month."),
    };

    /// <summary>What a notice of expiry promises.</summary>
    public string Offer(int percent) => _formats.Pick(
        $"Ce que vous en utilisez d’ici là vous rapporte {_formats.Number(percent)}\u00A0% de bonus.",
        $"Wat u ervan gebruikt tegen dan, brengt {_formats.Number(percent)}% bonus op.",
        $"What you use of them by then brings a bonus of {_formats.Number(percent)}%.");

    public string Of(ExpiryBonus bonus) => _formats.Pick(
        $"Points qui vont expirer\u00A0: ceux qui sont utilisés après l’annonce rapportent {_formats.Number(bonus.Percent)}\u00A0% de bonus.",
        $"Punten die zullen vervallen: wie ze na de aankondiging gebruikt, krijgt {_formats.Number(bonus.Percent)}% bonus.",
        $"Points that are about to expire: those used after the notice bring a bonus of {_formats.Number(bonus.Percent)}%.");

    /// <summary>"Annulé : retour", and whatever else it was.</summary>
    public string Undone(Undoing why) => why switch
    {
        { By: UndoneBy.Return } => _formats.Pick("Annulé\u00A0: retour", "Geannuleerd: retour", "Cancelled: return"),
        { By: UndoneBy.Removal } => _formats.Pick("Annulé\u00A0: contenu retiré", "Geannuleerd: inhoud verwijderd", "Cancelled: content removed"),
        { By: UndoneBy.Hand, Reason: { } reason } => _formats.Pick("Retiré\u00A0: ", "Ingetrokken: ", "Withdrawn: ") + _formats.Quote(reason),
        { By: UndoneBy.Merge } => _formats.Pick("Compté une seule fois\u00A0: comptes réunis", "Eén keer geteld: accounts samengevoegd", "Counted once: accounts joined"),
        { By: UndoneBy.Unmerge } => _formats.Pick("Annulé\u00A0: comptes de nouveau séparés", "Geannuleerd: accounts weer gescheiden", "Cancelled: accounts separated again"),
        _ => _formats.Pick("Annulé", "Geannuleerd", "Cancelled"),
    };

    private string Of(BadgeRule badge, BadgeKind kind)
    {
        var at = _formats.Either([.. badge.Levels.Select(level => _formats.Number(level.At))]);
        return kind switch
        {
            FirstOf first => Things(first.On) + _formats.Pick(", une seule fois suffit", ", één keer volstaat", ", once is enough"),
            CountOf count => Measured(count.On, count.Measure, badge.Levels),
            PeriodicCount periodic => $"{Measured(periodic.On, periodic.Measure, badge.Levels)}, {Per(periodic.Per)}",
            SeasonalCount season => $"{Measured(season.On, season.Measure, badge.Levels)}, {Season(season)}",
            Conditional conditional => _formats.Both([.. conditional.Requires.Select(Of)]),
            StreakOf streak => Run(streak.Streak, at, badge.Levels[^1].At),
            Collective collective => _formats.Pick("l’objectif commun ", "het gezamenlijke doel ", "the shared goal ") + _formats.Quote(collective.Challenge) + _formats.Pick(" atteint", " bereikt", " reached"),
            Founder { Before: { } before } => _formats.Pick($"inscription avant le {_formats.Date(before)}", $"ingeschreven vóór {_formats.Date(before)}", $"joined before {_formats.Date(before)}"),
            Founder => _formats.Pick("parmi les premiers membres", "bij de eerste leden", "among the first members"),
            Manual => _formats.Pick("décerné par notre équipe, qui en donne la raison", "toegekend door ons team, met de reden erbij", "given by our team, with the reason"),
            _ => throw new UnreachableException($"No words for {kind.GetType().Name}."),
        };
    }

    internal string Of(Requirement requirement) => requirement switch
    {
        HasBadge badge => _formats.Pick("le badge ", "de badge ", "the badge ") + NameOf(_rules.Badges.FirstOrDefault(one => one.Id == badge.Badge)?.Name, badge.Badge)
            + (badge.Level > 1 ? _formats.Pick($" (niveau {badge.Level})", $" (niveau {badge.Level})", $" (level {badge.Level})") : ""),
        HasTier tier => _formats.Pick("au moins le statut ", "minstens de status ", "at least the status ") + TierName(tier.Tier),
        HasStreak streak => Run(streak.Streak, _formats.Number(streak.Periods), streak.Periods),
        _ => throw new UnreachableException($"No words for {requirement.GetType().Name}."),
    };

    private string Measured(ImmutableArray<EarningEvent> on, BadgeMeasure measure, ImmutableArray<BadgeLevel> levels)
    {
        var at = _formats.Either([.. levels.Select(level => measure == BadgeMeasure.Spend ? _formats.Money(level.At) : _formats.Number(level.At))]);
        if (on.IsEmpty) return _formats.Pick($"{at} étapes", $"{at} stappen", $"{at} steps");
        var things = Things(on);
        return measure switch
        {
            BadgeMeasure.Items => _formats.Pick($"{at} articles achetés", $"{at} gekochte artikelen", $"{at} items bought"),
            BadgeMeasure.Spend => _formats.Pick($"{at} d’achats", $"voor {at} aankopen", $"{at} of purchases"),
            BadgeMeasure.Days => _formats.Pick($"{things}, {at} jours différents", $"{things}, op {at} verschillende dagen", $"{things}, on {at} different days"),
            BadgeMeasure.Stores => _formats.Pick($"{things}, dans {at} magasins différents", $"{things}, in {at} verschillende winkels", $"{things}, in {at} different stores"),
            _ => _formats.Pick($"{things}, {at} fois", $"{things}, {at} keer", $"{things}, {at} times"),
        };
    }

    /// <summary>"une série « Habitué » de 4 semaines": <paramref name="length"/> may be several lengths, of which <paramref name="longest"/> decides the plural.</summary>
    private string Run(string id, string length, long longest)
    {
        var streak = _rules.Streaks.FirstOrDefault(one => one.Id == id);
        var name = NameOf(streak?.Name, id);
        var (one, many) = streak?.Per switch
        {
            StreakPeriod.Day => (_formats.Pick("jour", "dag", "day"), _formats.Pick("jours", "dagen", "days")),
            StreakPeriod.Month => (_formats.Pick("mois", "maand", "month"), _formats.Pick("mois", "maanden", "months")),
            _ => (_formats.Pick("semaine", "week", "week"), _formats.Pick("semaines", "weken", "weeks")),
        };
        var periods = $"{length}\u00A0{(longest == 1 ? one : many)}";
        return _formats.Pick($"une série {name} de {periods}", $"een reeks {name} van {periods}", $"a {name} streak of {periods}");
    }

    private string Per(BadgePeriod per) => per switch
    {
        BadgePeriod.Day => _formats.Pick("sur un jour", "op één dag", "in one day"),
        BadgePeriod.Week => _formats.Pick("sur une semaine", "in één week", "in one week"),
        BadgePeriod.Month => _formats.Pick("sur un mois", "in één maand", "in one month"),
        BadgePeriod.Quarter => _formats.Pick("sur un trimestre", "in één kwartaal", "in one quarter"),
        _ => _formats.Pick("sur une année", "in één jaar", "in one year"),
    };

    private string Season(SeasonalCount season)
    {
        var (from, last) = (_formats.Date(season.From), _formats.Date(season.Until.AddDays(-1)));
        var yearly = season.Yearly ? _formats.Pick(", puis chaque année", ", en daarna elk jaar", ", and every year after") : "";
        return _formats.Pick($"du {from} au {last} inclus", $"van {from} tot en met {last}", $"from {from} to {last} inclusive") + yearly;
    }

    public string Of(Gift gift)
    {
        List<string> parts = [];
        if (gift.Points is { } points) parts.Add(_formats.Count(points, ("point", "points"), ("punt", "punten"), ("point", "points")));
        if (gift.Reward is { } reward) parts.Add(_rewards.TryGetValue(reward, out var name) ? _formats.Quote(_formats.Pick(name.Fr, name.Nl, name.En)) : reward);
        return _formats.Both(parts);
    }

    public string Periods(StreakPeriod per, int count) => per switch
    {
        StreakPeriod.Day => _formats.Count(count, ("jour", "jours"), ("dag", "dagen"), ("day", "days")),
        StreakPeriod.Week => _formats.Count(count, ("semaine", "semaines"), ("week", "weken"), ("week", "weeks")),
        _ => _formats.Count(count, ("mois", "mois"), ("maand", "maanden"), ("month", "months")),
    };

    /// <summary>"40 points de statut grâce aux achats ou 5 points de statut grâce à la participation": of both kinds, without a kind that is 0.</summary>
    internal string Status(long spend, long engagement, bool both)
    {
        List<string> parts = [];
        if (spend > 0) parts.Add(StatusPoints(spend) + _formats.Pick(" grâce aux achats", " met aankopen", " from purchases"));
        if (engagement > 0) parts.Add(StatusPoints(engagement) + _formats.Pick(" grâce à la participation", " door deel te nemen", " from taking part"));
        return both ? _formats.Both(parts) : _formats.Either(parts);
    }

    private string StatusPoints(long points) => _formats.Count(points, ("point de statut", "points de statut"), ("statuspunt", "statuspunten"), ("status point", "status points"));

    private string Things(ImmutableArray<EarningEvent> on) => _formats.Either([.. on.Select(_events.Thing)]);

    private string Benefits(ImmutableArray<Benefit> benefits) => benefits.IsEmpty
        ? ""
        : $" {_formats.Pick("Avantages\u00A0: ", "Voordelen: ", "Benefits: ")}{_formats.Both([.. benefits.Select(benefit => Of(benefit.Name))])}.";

    internal string TierName(string id) => NameOf(_rules.Tiers?.Levels.FirstOrDefault(level => level.Id == id)?.Name, id);

    internal string NameOf(Wording? name, string id) => _formats.Quote(name is null ? id : Of(name));

    private string Of(Wording name) => _formats.Pick(name.Fr, name.Nl, name.En);

    private string Colon => _formats.Pick("\u00A0: ", ": ", ": ");
}
