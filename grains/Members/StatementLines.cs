using System.Collections.Immutable;
using Gamification.Journal;
using Gamification.Ledger;
using Gamification.Rules;
using Gamification.Rules.Ledger;
using Gamification.Rules.Redeeming;

namespace Gamification.Members;

/// <summary>Stored entries as their owner reads them.</summary>
internal static class StatementLines
{
    /// <summary>The entries come newest first, without gaps; the first entry of an account ends its last page.</summary>
    public static StatementPage Page(ImmutableArray<StoredEntry> entries, Scheme? scheme) => new(
        [.. entries.Select(stored => Line(stored, scheme)).OfType<StatementLine>()],
        Next: entries.IsEmpty || entries[^1].Version == 1 ? null : entries[^1].Version);

    private static StatementLine? Line(StoredEntry stored, Scheme? scheme) => AccountEntryJson.Read(stored) is { } entry
        ? Describe(entry, new()
        {
            Version = stored.Version,
            Type = stored.Type,
            Points = entry is RewardEntry or GestureTaken or LedgerCorrected ? Moved(entry) : entry.Points,
            Balance = entry.Balance,
            RecordedAt = stored.RecordedAt,
            Postings = [.. (entry.Postings ?? []).Select(LedgerLines.Of)],
            Recognised = scheme?.Recognition?.Say(entry) ?? [],
        }, scheme)
        : null;

    private static StatementLine Describe(AccountEntry entry, StatementLine line, Scheme? scheme) => entry switch
    {
        ReceiptPosted posted => Of(posted.Receipt, line) with { Treatment = posted.Treatment, Taken = posted.Taken, Why = scheme?.Why(posted.Earned) ?? [] },
        ReturnSettled settled => line with { Receipt = settled.Return, Treatment = Treatment.TakenBack, Taken = settled.Taken },
        SaleAttributed attributed => Of(attributed.Receipt, line) with { Treatment = Treatment.Earned, Why = scheme?.Why(attributed.Earned) ?? [] },
        TimePassed passed => line with { OccurredAt = passed.At },
        ActivityPosted posted => line with
        {
            OccurredAt = posted.Activity.OccurredAt,
            Activity = new(posted.Activity.Key, posted.Activity.Type, posted.Activity.Subject, posted.Treatment, posted.Award, RemovedBy: null),
            Why = scheme?.Why(posted.Earned) ?? [],
        },
        ActivityRevised { Revision: var revision } revised => line with
        {
            OccurredAt = revision.OccurredAt,
            Activity = new(revision.Key, Type: null, Subject: null, revised.Treatment, revision.Original, revision.Removes ? revision.By : null),
        },
        SaleReleased released => line with { Receipt = released.Receipt },
        RewardEntry or GestureTaken => line with { Reward = RewardLineWords.Of(entry) },
        _ => line,
    };

    /// <summary>What it set aside, gave back or granted; what time alone did before it is in the postings.</summary>
    private static long Moved(AccountEntry entry) => (entry.Postings ?? [])
        .Where(posting => posting.Kind is PostingKind.Held or PostingKind.HoldVoided or PostingKind.HoldTimedOut or PostingKind.SpendRestored or PostingKind.Granted or PostingKind.Corrected)
        .Sum(posting => posting.Into(LedgerAccount.Available));

    private static StatementLine Of(Receipt receipt, StatementLine line) => line with
    {
        Receipt = receipt.Key,
        ReceiptType = receipt.Type,
        Total = receipt.Total,
        OccurredAt = receipt.OccurredAt,
    };
}
