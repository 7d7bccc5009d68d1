using System.Collections.Immutable;
using Gamification.Journal;

namespace Gamification.Members;

/// <summary>Stored entries as their owner reads them.</summary>
internal static class StatementLines
{
    /// <summary>The entries come newest first, without gaps; the first entry of an account ends its last page.</summary>
    public static StatementPage Page(ImmutableArray<StoredEntry> entries) => new(
        [.. entries.Select(Line).OfType<StatementLine>()],
        Next: entries.IsEmpty || entries[^1].Version == 1 ? null : entries[^1].Version);

    private static StatementLine? Line(StoredEntry stored) => AccountEntryJson.Read(stored) is { } entry
        ? Describe(entry, new()
        {
            Version = stored.Version,
            Type = stored.Type,
            Points = entry.Points,
            Balance = entry.Balance,
            RecordedAt = stored.RecordedAt,
        })
        : null;

    private static StatementLine Describe(AccountEntry entry, StatementLine line) => entry switch
    {
        ReceiptPosted posted => Of(posted.Receipt, line) with { Treatment = posted.Treatment, Taken = posted.Taken },
        ReturnSettled settled => line with { Receipt = settled.Return, Treatment = Treatment.TakenBack, Taken = settled.Taken },
        SaleAttributed attributed => Of(attributed.Receipt, line) with { Treatment = Treatment.Earned },
        SaleReleased released => line with { Receipt = released.Receipt },
        _ => line,
    };

    private static StatementLine Of(Receipt receipt, StatementLine line) => line with
    {
        Receipt = receipt.Key,
        ReceiptType = receipt.Type,
        Total = receipt.Total,
        OccurredAt = receipt.OccurredAt,
    };
}
