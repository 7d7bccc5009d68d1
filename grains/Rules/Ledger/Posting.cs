using System.Collections.Immutable;
using Gamification.Ledger;

namespace Gamification.Rules.Ledger;

/// <summary>
/// One movement of the double-entry ledger: <see cref="Amount"/> leaves one account and enters another. A durable fact with all its results
/// in it: folding takes no rule, no clock and no settings.
/// </summary>
public sealed record Posting
{
    public required Unit Unit { get; init; }

    public required PostingKind Kind { get; init; }

    public required LedgerAccount From { get; init; }

    public required LedgerAccount To { get; init; }

    /// <summary>Above zero; zero only for <see cref="PostingKind.Extended"/>.</summary>
    public required long Amount { get; init; }

    /// <summary>Unix milliseconds on the business clock; of an expiry, a time-out or a forgiveness its boundary.</summary>
    public required long At { get; init; }

    /// <summary>The parts of lots that move, as they are where they arrive. They sum to <see cref="Amount"/> when a member's lots or holds are concerned.</summary>
    public ImmutableArray<Lot> Lots { get; init; } = [];

    /// <summary>The parts of debts that arise or go.</summary>
    public ImmutableArray<Debt> Debts { get; init; } = [];

    /// <summary>What it was for: the redemption, the return, the merge.</summary>
    public string? Cause { get; init; }

    /// <summary>The sale that a return takes back.</summary>
    public string? Source { get; init; }

    public string? Reason { get; init; }

    public string? By { get; init; }

    /// <summary>The rule version that awarded it.</summary>
    public string? Rule { get; init; }

    /// <summary>The hold that begins or ends.</summary>
    public string? Hold { get; init; }

    /// <summary>Unix milliseconds: when a hold ends; until when a late activity may undo an expiry. 0 otherwise.</summary>
    public long Until { get; init; }

    /// <summary>How far activity carries from now on; null when that did not change.</summary>
    public Roll? Roll { get; init; }

    /// <summary>What it adds to an account: the amount, minus the amount, or 0.</summary>
    public long Into(LedgerAccount account) => (To == account ? Amount : 0) - (From == account ? Amount : 0);
}

internal static class LedgerAccounts
{
    /// <summary>Whether what is in the account lies in lots of the purse.</summary>
    public static bool HasLots(this LedgerAccount account) => account is LedgerAccount.Available or LedgerAccount.Pending;

    public static bool IsMembers(this LedgerAccount account) => account <= LedgerAccount.Debt;
}
