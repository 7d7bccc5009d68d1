using System.Text.RegularExpressions;

namespace Gamification.Leaderboards;

/// <summary>What a board counts.</summary>
public enum BoardMetric
{
    /// <summary>Points earned, less what returns took back.</summary>
    Points,

    /// <summary>Sales that still stand.</summary>
    Receipts,

    /// <summary>Net spend in minor units. Only where the programme opted in: such boards shame.</summary>
    Spend,

    /// <summary>What the programme's settings define under <see cref="BoardId.Measure"/>.</summary>
    Measure,
}

/// <summary>
/// A board is a definition and a window: programme, scope, metric, window. Nothing is ever reset; a new window is a new board.
/// <see cref="Store"/> and <see cref="Group"/> are null for the programme's own board.
/// </summary>
[GenerateSerializer, Immutable, Alias("board-id")]
public readonly record struct BoardId(
    [property: Id(0)] string Programme,
    [property: Id(1)] string? Store,
    [property: Id(2)] BoardMetric Metric,
    [property: Id(3)] BoardWindow Window)
{
    /// <summary>Null unless the scope is a region, a segment, a team or a tier.</summary>
    [Id(4)] public BoardGroup? Group { get; init; }

    /// <summary>The measure's code; null for other metrics.</summary>
    [Id(5)] public string? Measure { get; init; }

    public static BoardId Of(string programme, BoardScope scope, BoardMetricName metric, BoardWindow window) =>
        new(programme, scope.Store, metric.Metric, window) { Group = scope.Group, Measure = metric.Measure };

    public BoardScope Scope => new(Store, Group);

    /// <summary>The word for what is counted: <c>points</c>, <c>receipts</c>, <c>spend</c> or a measure's code.</summary>
    public string MetricName => new BoardMetricName(Metric, Measure).ToString();

    /// <summary>The grain key, <c>demo|store:BRU|points|week|2011-W19</c>.</summary>
    public override string ToString() => $"{Programme}|{Scope}|{MetricName}|{BoardNames.Of(Window.Period)}|{Window.Name}";

    public static BoardId Parse(string key)
    {
        var parts = key.Split('|');
        if (parts.Length == 5
            && BoardScope.TryParse(parts[1], out var scope)
            && BoardMetricName.TryParse(parts[2], out var metric)
            && BoardNames.TryPeriod(parts[3], out var period)
            && BoardWindow.TryParse(period, parts[4], out var window))
        {
            return Of(parts[0], scope, metric, window);
        }

        throw new FormatException($"'{key}' is not a board: programme|scope|metric|period|window is expected.");
    }
}

/// <summary>A metric by the word that addresses, topics and keys use for it.</summary>
public readonly partial record struct BoardMetricName(BoardMetric Metric, string? Measure = null)
{
    public override string ToString() => Metric switch
    {
        BoardMetric.Points => "points",
        BoardMetric.Receipts => "receipts",
        BoardMetric.Spend => "spend",
        _ => Measure ?? "",
    };

    /// <summary>Any word that could be a measure's code is one; whether the programme defines it is another question.</summary>
    public static bool TryParse(string text, out BoardMetricName name)
    {
        name = text switch
        {
            "points" => new(BoardMetric.Points),
            "receipts" => new(BoardMetric.Receipts),
            "spend" => new(BoardMetric.Spend),
            _ => new(BoardMetric.Measure, text),
        };
        return name.Measure is null || Code().IsMatch(text);
    }

    /// <summary>What a measure may be called.</summary>
    [GeneratedRegex(@"^[a-z][a-z0-9-]{0,31}\z")]
    private static partial Regex Code();
}

/// <summary>The words for periods and reasons in addresses, topics and keys.</summary>
public static class BoardNames
{
    public static string Of(BoardPeriod period) => period switch
    {
        BoardPeriod.Day => "day",
        BoardPeriod.Week => "week",
        BoardPeriod.Month => "month",
        BoardPeriod.Season => "season",
        _ => "all",
    };

    public static string Of(OrderReason reason) => reason switch
    {
        OrderReason.Score => "score",
        OrderReason.ReachedAt => "reachedAt",
        _ => "draw",
    };

    public static bool TryPeriod(string text, out BoardPeriod period)
    {
        period = text switch
        {
            "day" => BoardPeriod.Day,
            "week" => BoardPeriod.Week,
            "month" => BoardPeriod.Month,
            "season" => BoardPeriod.Season,
            _ => BoardPeriod.All,
        };
        return text is "day" or "week" or "month" or "season" or "all";
    }
}
