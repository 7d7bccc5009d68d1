namespace Gamification.Programmes.Documents;

/// <summary>
/// What a programme is made of, each a document of its own. A new version of one takes the place of the version before from an instant on;
/// rules and goods carry their instants and dates themselves, so that of these two the newest document says everything.
/// </summary>
public enum ProgrammePart
{
    /// <summary>Stores, names, and what happens to unknown cards and unlinked returns. Id, currency, zone, clock and net spend never change.</summary>
    Settings,

    /// <summary>How long points wait and stay valid, and what debt there may be.</summary>
    Ledger,

    /// <summary>The earning rules with all their versions.</summary>
    Earning,

    /// <summary>Tiers, badges, streaks, stamp cards, plans.</summary>
    Recognition,

    /// <summary>What points buy.</summary>
    Rewards,

    /// <summary>Stock code → category, family, labels, dated.</summary>
    Catalogue,

    /// <summary>Impact counters, and the factors with their sources that turn deeds into meals and kilograms.</summary>
    Impact,

    /// <summary>Leagues of effort.</summary>
    Leagues,
}

/// <summary>The words for parts in addresses and documents.</summary>
public static class ProgrammeParts
{
    public static string NameOf(ProgrammePart part) => part switch
    {
        ProgrammePart.Settings => "settings",
        ProgrammePart.Ledger => "ledger",
        ProgrammePart.Earning => "earning",
        ProgrammePart.Recognition => "recognition",
        ProgrammePart.Rewards => "rewards",
        ProgrammePart.Impact => "impact",
        ProgrammePart.Leagues => "leagues",
        _ => "catalogue",
    };

    public static bool TryParse(string? text, out ProgrammePart part)
    {
        foreach (var candidate in Enum.GetValues<ProgrammePart>())
        {
            if (NameOf(candidate) != text) continue;
            part = candidate;
            return true;
        }

        part = default;
        return false;
    }
}
