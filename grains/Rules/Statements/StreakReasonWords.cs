using Gamification.Recognition;
using Gamification.Rules.Earning;
using Gamification.Rules.Recognition;
using Gamification.Rules.Streaks;

namespace Gamification.Rules.Statements;

/// <summary>A streak's reasons as sentences, without a threat (spec E5).</summary>
internal static class StreakReasonWords
{
    private const int NamedMax = 5;

    /// <summary>"Votre série « Habitué » compte 5 semaines, depuis la semaine du 4 mai 2026."</summary>
    public static string Run(StreakWhy why, RecognitionWords words)
    {
        var (formats, name) = (words.Formats, words.NameOf(why.Name, why.Id));
        if (why.View.Since is not { } since) return formats.Pick($"Aucune série {name} n’est en cours.", $"Er loopt geen reeks {name}.", $"No {name} streak is running.");
        var (length, first) = (words.Periods(why.Per, why.View.Current), Period(why.Per, since, formats));
        return formats.Pick($"Votre série {name} compte {length}, depuis {first}.", $"Uw reeks {name} telt {length}, sinds {first}.", $"Your {name} streak counts {length}, since {first}.");
    }

    /// <summary>"Un gel a couvert la semaine du 11 mai 2026."</summary>
    public static string Bridged(PeriodFate fate, DateOnly[] periods, StreakPeriod per, RecognitionWords words)
    {
        var formats = words.Formats;
        List<string> named = [.. periods.Take(NamedMax).Select(first => Period(per, first, formats))];
        var more = periods.Length - named.Count;
        if (more > 0) named.Add(formats.Pick($"{more} de plus", $"{more} meer", $"{more} more"));
        var which = formats.Both(named);
        return fate switch
        {
            PeriodFate.Frozen => formats.Pick($"Un gel a couvert {which}.", $"Een bevriezing vulde {which}.", $"A freeze covered {which}."),
            PeriodFate.Incident => formats.Pick($"Un incident de notre côté\u00A0: {which} ne manque pas.", $"Een incident aan onze kant: {which} ontbreekt niet.", $"An incident on our side: {which} is not missing."),
            PeriodFate.Vacation => formats.Pick($"Vos congés annoncés couvrent {which}.", $"Uw aangekondigde vakantie dekt {which}.", $"Your announced holidays cover {which}."),
            _ => formats.Pick($"Réparé\u00A0: {which}.", $"Hersteld: {which}.", $"Repaired: {which}."),
        };
    }

    /// <summary>"Cette semaine compte avec encore 2 jours."</summary>
    public static string Open(StreakWhy why, RecognitionWords words)
    {
        var formats = words.Formats;
        var days = formats.Count(why.DaysMissing, ("jour", "jours"), ("dag", "dagen"), ("day", "days"));
        return why.Per switch
        {
            StreakPeriod.Day => formats.Pick("Aujourd’hui ne compte pas encore\u00A0; vous avez toute la journée.", "Vandaag telt nog niet; u hebt de hele dag.", "Today does not count yet; you have all day."),
            StreakPeriod.Week => formats.Pick($"Cette semaine compte avec encore {days}.", $"Deze week telt met nog {days}.", $"This week counts with {days} more."),
            _ => formats.Pick($"Ce mois compte avec encore {days}.", $"Deze maand telt met nog {days}.", $"This month counts with {days} more."),
        };
    }

    /// <summary>"Même sans rien de plus, la série continue jusqu’au 24 mai 2026. 2 gels sont en réserve."</summary>
    public static string Time(StreakWhy why, DateOnly end, RecognitionWords words)
    {
        var formats = words.Formats;
        var (last, freezes) = (formats.Date(end.AddDays(-1)), formats.Count(why.View.FreezesHeld, ("gel", "gels"), ("bevriezing", "bevriezingen"), ("freeze", "freezes")));
        var held = why.View.FreezesHeld == 0 ? "" : formats.Pick($" En réserve\u00A0: {freezes}.", $" In reserve: {freezes}.", $" In reserve: {freezes}.");
        return formats.Pick($"Même sans rien de plus, la série continue jusqu’au {last}.", $"Ook zonder iets meer loopt de reeks door tot en met {last}.", $"Even with nothing more, the streak goes on until {last}.") + held;
    }

    /// <summary>"Encore 2 semaines jusqu’à 4 semaines : 20 points."</summary>
    public static string Milestone(int periods, StreakWhy why, StreakRule rule, RecognitionWords words)
    {
        var formats = words.Formats;
        var (left, all, gift) = (words.Periods(why.Per, periods - why.View.Current), words.Periods(why.Per, periods), words.Of(rule.Milestones.First(one => one.Periods == periods).Gift));
        return formats.Pick($"Encore {left} pour en compter {formats.Number(periods)}\u00A0: {gift}.", $"Nog {left} tot {all}: {gift}.", $"Another {left} to {all}: {gift}.");
    }

    /// <summary>"La série d’avant, 7 semaines, s’est arrêtée avec la semaine du 4 mai 2026 : 1 jour sur 2, et aucun gel n’était en réserve."</summary>
    public static string Broken(BrokenRun broken, StreakRule rule, RecognitionWords words)
    {
        var formats = words.Formats;
        var (length, missed) = (words.Periods(rule.Per, broken.Periods), Period(rule.Per, broken.Missed, formats));
        var had = broken.Days == 0
            ? formats.Pick("rien n’y a compté", "er telde niets", "nothing counted in it")
            : formats.Pick($"{broken.Days} jours comptés sur {rule.Times}", $"{broken.Days} van de {rule.Times} dagen telden", $"{broken.Days} of {rule.Times} days counted");
        var freezes = rule.Freezes is null ? "" : formats.Pick(", et aucun gel n’était en réserve", ", en er was geen bevriezing in reserve", ", and no freeze was in reserve");
        var repair = broken.RepairBy is { } by
            ? formats.Pick($" Elle peut être réparée jusqu’au {formats.Date(by)}.", $" Ze kan hersteld worden tot en met {formats.Date(by)}.", $" It can be repaired until {formats.Date(by)}.")
            : "";
        return formats.Pick(
            $"La série d’avant, {length}, s’est arrêtée avec {missed}\u00A0: {had}{freezes}.",
            $"De reeks ervoor, {length}, stopte met {missed}: {had}{freezes}.",
            $"The streak before, {length}, ended with {missed}: {had}{freezes}.") + repair;
    }

    private static string Period(StreakPeriod per, DateOnly first, Formats formats) => per switch
    {
        StreakPeriod.Day => formats.Pick($"le {formats.Date(first)}", formats.Date(first), formats.Date(first)),
        StreakPeriod.Week => formats.Pick($"la semaine du {formats.Date(first)}", $"de week van {formats.Date(first)}", $"the week of {formats.Date(first)}"),
        _ => formats.Pick($"le mois du {formats.Date(first)}", $"de maand vanaf {formats.Date(first)}", $"the month from {formats.Date(first)}"),
    };
}
