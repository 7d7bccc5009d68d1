namespace Gamification.Leaderboards;

/// <summary>How ranks are counted among equal scores (spec G3). The order of the rows is the same under each of them.</summary>
public enum TiePolicy
{
    /// <summary>Equals share the rank and the next is skipped: 1-2-2-4. The default.</summary>
    Standard,

    /// <summary>Equals share the rank and none is skipped: 1-2-2-3.</summary>
    Dense,

    /// <summary>Nobody shares a rank: it is the place in the total order, 1-2-3-4.</summary>
    Ordinal,
}

/// <summary>The words for tie policies.</summary>
public static class TieNames
{
    public static string Of(TiePolicy ties) => ties switch { TiePolicy.Dense => "dense", TiePolicy.Ordinal => "ordinal", _ => "standard" };

    public static bool TryParse(string text, out TiePolicy ties)
    {
        ties = text switch { "dense" => TiePolicy.Dense, "ordinal" => TiePolicy.Ordinal, _ => TiePolicy.Standard };
        return text is "standard" or "dense" or "ordinal";
    }
}
