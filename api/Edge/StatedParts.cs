namespace Gamification.Api;

/// <summary>Parts that several documents have.</summary>
internal static class StatedParts
{
    /// <summary>Whole minor units, stated as a number of the currency's units with its decimals; below zero for what comes back. Null when it is not there.</summary>
    public static long? OptionalMoney(this StrictDocument document, string name, Programme programme)
    {
        if (document.OptionalAmount(name, -1_000_000, 1_000_000) is not { } amount) return null;
        var minor = amount * Currency.MinorPerUnit(programme.Settings.Currency);
        if (decimal.Truncate(minor) == minor) return (long)minor;
        document.Refuse(name, "too-precise", "Send no more decimals than the currency has.");
        return 0;
    }

    /// <summary>A till acts for its own store; whoever has none says which.</summary>
    public static string StoreOf(this StrictDocument document, Caller caller, Programme programme)
    {
        var stated = document.OptionalText("store", 16);
        if (caller.Store is { } own)
        {
            if (stated is not null && stated != own) document.Refuse("store", "wrong-store", "Leave it out: a till key belongs to one store.");
            return own;
        }

        if (stated is null || !programme.Stores.ContainsKey(stated)) document.Refuse("store", "unknown-value", "Send the id of one of the programme's stores, see /v1/stores.");
        return stated ?? "";
    }
}
