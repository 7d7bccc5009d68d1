using System.Collections.Immutable;
using Gamification.Journal;
using Gamification.Projections;
using Gamification.Rewards;
using Gamification.Rules;

namespace Gamification.Members;

/// <summary>
/// What is about to become durable, and what memory is from then on. Hundreds of accounts wait for one flush: meanwhile they hold this, and nothing else of
/// what was decided.
/// </summary>
/// <param name="Append">What the journal is asked for.</param>
/// <param name="Next">The state after it.</param>
/// <param name="Tail">What the account then has in the journal since its last snapshot.</param>
/// <param name="Drawn">What it takes of campaigns; it settles with the commit.</param>
internal sealed record AccountChange(Append Append, AccountState Next, JournalTail Tail, CampaignDraws Drawn)
{
    public long Version => Append.NextVersion;

    /// <summary>What consumers are told once it is durable.</summary>
    public static AccountNotice NoticeOf(ActorId actor, MemberId? member, ImmutableArray<AccountEntry> entries, Tallies tallies, long version, ImmutableArray<MeasureChange> measures) => new()
    {
        Actor = actor,
        Member = member,
        Version = version,
        Changed = entries.Length == 1 ? entries[0].Tallies : LastValues(entries),
        Tallies = tallies,
        OccurredAt = AccountNotice.OccurredAtOf(entries[0]),
        Measures = measures,
        Circles = entries.Any(CircleRow.MayMove) ? [.. entries.SelectMany(entry => CircleRow.Of(actor, entry, version))] : [],
    };

    /// <summary>The entries as bytes: the first carries the key.</summary>
    public static ImmutableArray<NewEntry> Written(ImmutableArray<AccountEntry> entries, BusinessKey? key, ImmutableArray<NewEntry> claims)
    {
        var written = ImmutableArray.CreateBuilder<NewEntry>(entries.Length + claims.Length);
        for (var i = 0; i < entries.Length; i++) written.Add(AccountEntryJson.Write(entries[i], i == 0 ? key : null));
        written.AddRange(claims);
        return written.MoveToImmutable();
    }

    private static ImmutableArray<TallyRow> LastValues(ImmutableArray<AccountEntry> entries)
    {
        var rows = ImmutableArray.CreateBuilder<TallyRow>();
        foreach (var entry in entries)
        {
            foreach (var row in entry.Tallies)
            {
                var at = 0;
                while (at < rows.Count && (rows[at].Day != row.Day || rows[at].Store != row.Store)) at++;
                if (at == rows.Count) rows.Add(row);
                else rows[at] = row;
            }
        }

        return rows.DrainToImmutable();
    }
}

/// <summary>What became of a receipt that was looked at: a change with the record of it, or without one the answer.</summary>
internal readonly record struct DecidedReceipt(AccountChange? Change, ReceiptRecord? Record, ReceiptOutcome? Answer);
