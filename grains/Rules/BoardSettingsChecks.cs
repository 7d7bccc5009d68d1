using Gamification.Leaderboards;
using Gamification.Programmes.Earning;

namespace Gamification.Rules;

/// <summary>What is wrong with a programme's boards, as one line that names the field and the remedy.</summary>
public static class BoardSettingsChecks
{
    private const int SeasonDaysMax = 732;
    private const int NameMax = 80;

    private static readonly DateOnly Earliest = new(2000, 1, 1);
    private static readonly DateOnly Latest = new(2100, 1, 1);

    /// <summary>Null when there is nothing to complain of.</summary>
    public static string? Complaint(BoardSettings boards)
    {
        if (boards.Seasons.Length > BoardSettings.SeasonsMax) return $"boards/seasons holds {BoardSettings.SeasonsMax} at most.";
        if (boards.Measures.Length > BoardSettings.MeasuresMax) return $"boards/measures holds {BoardSettings.MeasuresMax} at most.";
        if (boards.GraceHours is < 0 or > 720) return "boards/graceHours takes 0 to 720 hours.";
        for (var at = 0; at < boards.Seasons.Length; at++)
        {
            if (Complaint(boards.Seasons[at], boards.Seasons[..at].Any(season => season.Id == boards.Seasons[at].Id)) is { } complaint) return $"boards/seasons/{at}/{complaint}";
        }

        for (var at = 0; at < boards.Measures.Length; at++)
        {
            if (Complaint(boards, boards.Measures[at], boards.Measures[..at].Any(measure => measure.Code == boards.Measures[at].Code)) is { } complaint) return $"boards/measures/{at}/{complaint}";
        }

        return null;
    }

    private static string? Complaint(Season season, bool isTwice)
    {
        if (!IsSlug(season.Id)) return "id takes lower-case letters, digits and hyphens, 32 at most.";
        if (isTwice) return "id is that of a season before; give each its own.";
        if (season.From < Earliest || season.To > Latest) return "from and to lie between 2000-01-01 and 2100-01-01.";
        if (season.To <= season.From) return "to lies after from: it is the first date that no longer counts.";
        if (season.To.DayNumber - season.From.DayNumber > SeasonDaysMax) return $"to lies at most {SeasonDaysMax} days after from.";
        return Names(season.NameFr, season.NameNl, season.NameEn);
    }

    private static string? Complaint(BoardSettings boards, BoardMeasure measure, bool isTwice)
    {
        if (!BoardMetricName.TryParse(measure.Code, out var name)) return "code takes a lower-case letter, then letters, digits and hyphens, 32 at most.";
        if (name.Measure is null) return $"code '{measure.Code}' is what every programme counts; give the measure another.";
        if (isTwice) return "code is that of a measure before; give each its own.";
        return Counts(boards, measure) ?? Names(measure.NameFr, measure.NameNl, measure.NameEn);
    }

    private static string? Counts(BoardSettings boards, BoardMeasure measure)
    {
        if (!Enum.IsDefined(measure.Of) || !Enum.IsDefined(measure.Aggregator) || !Enum.IsDefined(measure.Thing)) return "of, aggregator and thing take the words of the schema.";
        if (measure.On.Length > BoardMeasure.EventsMax || measure.On.Any(type => !Enum.IsDefined(type))) return $"on holds {BoardMeasure.EventsMax} kinds of events at most.";
        if (measure.Of is MeasureOf.Events or MeasureOf.Points && measure.On.IsEmpty) return "on names at least one kind of event.";
        if (measure.Of is not (MeasureOf.Events or MeasureOf.Points) && !measure.On.IsEmpty) return "on is for events and points; leave it out.";
        if (measure.Of == MeasureOf.Spend && !boards.Spend) return "of takes spend only where boards/spend is true: such boards shame.";
        if (measure.Of == MeasureOf.Streak && string.IsNullOrEmpty(measure.Named)) return "named takes the id of a streak.";
        if (measure.Of == MeasureOf.Impact && string.IsNullOrEmpty(measure.Named)) return "named takes the id of an impact counter.";
        if (measure is { Of: MeasureOf.Impact, Aggregator: not Aggregator.Sum }) return "aggregator takes sum for impact.";
        if (measure.Named is { Length: > 64 }) return "named takes an id of 64 characters at most.";
        if (measure is { Of: MeasureOf.Streak, Aggregator: not (Aggregator.Best or Aggregator.Latest) }) return "aggregator takes best or latest for a streak.";
        if (measure.Goods is not null && !IsOfSales(measure)) return "goods are those of sales; leave them out.";
        return null;
    }

    private static bool IsOfSales(BoardMeasure measure) =>
        measure.Of is MeasureOf.Goods or MeasureOf.Spend || (measure.Of is MeasureOf.Events or MeasureOf.Points && measure.On.Contains(EarningEvent.Sale));

    private static string? Names(string fr, string nl, string en) =>
        !IsName(fr) ? "nameFr takes 1 to 80 characters." : !IsName(nl) ? "nameNl takes 1 to 80 characters." : !IsName(en) ? "nameEn takes 1 to 80 characters." : null;

    private static bool IsName(string name) => name.Length is >= 1 and <= NameMax && !string.IsNullOrWhiteSpace(name) && !name.Any(char.IsControl);

    private static bool IsSlug(string id) => id.Length is >= 1 and <= 32 && id.All(letter => letter is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-');
}
