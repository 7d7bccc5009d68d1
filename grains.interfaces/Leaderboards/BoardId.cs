using System.Diagnostics.CodeAnalysis;

namespace Gamification.Leaderboards;

/// <summary>What a board counts.</summary>
public enum BoardMetric
{
    /// <summary>Points earned, less what returns took back.</summary>
    Points,

    /// <summary>Sales that still stand.</summary>
    Receipts,
}

/// <summary>
/// A board is a definition and a window: programme, scope, metric, window. Nothing is ever reset; a new window is a new board.
/// <see cref="Store"/> is null for the programme's own board.
/// </summary>
[GenerateSerializer, Immutable, Alias("board-id")]
public readonly record struct BoardId(
    [property: Id(0)] string Programme,
    [property: Id(1)] string? Store,
    [property: Id(2)] BoardMetric Metric,
    [property: Id(3)] BoardWindow Window)
{
    public string Scope => Store is null ? "programme" : $"store:{Store}";

    /// <summary>The grain key, <c>demo|store:BRU|points|week|2011-W19</c>.</summary>
    public override string ToString() => $"{Programme}|{Scope}|{BoardNames.Of(Metric)}|{BoardNames.Of(Window.Period)}|{Window.Name}";

    public static BoardId Parse(string key)
    {
        var parts = key.Split('|');
        if (parts.Length == 5
            && BoardNames.TryScope(parts[1], out var store)
            && BoardNames.TryMetric(parts[2], out var metric)
            && BoardNames.TryPeriod(parts[3], out var period)
            && BoardWindow.TryParse(period, parts[4], out var window))
        {
            return new(parts[0], store, metric, window);
        }

        throw new FormatException($"'{key}' is not a board: programme|scope|metric|period|window is expected.");
    }
}

/// <summary>The words for scopes, metrics and periods in addresses, topics and keys.</summary>
public static class BoardNames
{
    public static string Of(BoardMetric metric) => metric == BoardMetric.Points ? "points" : "receipts";

    public static string Of(BoardPeriod period) => period switch
    {
        BoardPeriod.Day => "day",
        BoardPeriod.Week => "week",
        BoardPeriod.Month => "month",
        _ => "all",
    };

    public static string Of(OrderReason reason) => reason switch
    {
        OrderReason.Score => "score",
        OrderReason.ReachedAt => "reachedAt",
        _ => "draw",
    };

    public static bool TryMetric(string text, out BoardMetric metric)
    {
        metric = text == "receipts" ? BoardMetric.Receipts : BoardMetric.Points;
        return text is "points" or "receipts";
    }

    public static bool TryPeriod(string text, out BoardPeriod period)
    {
        period = text switch { "day" => BoardPeriod.Day, "week" => BoardPeriod.Week, "month" => BoardPeriod.Month, _ => BoardPeriod.All };
        return text is "day" or "week" or "month" or "all";
    }

    /// <summary><c>programme</c>, or <c>store:</c> and a store's id.</summary>
    public static bool TryScope(string text, [MaybeNullWhen(true)] out string? store)
    {
        store = text.StartsWith("store:", StringComparison.Ordinal) ? text["store:".Length..] : null;
        return text == "programme" || store is { Length: > 0 };
    }
}
