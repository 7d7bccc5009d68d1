using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Gamification.Journal;
using Gamification.Rules;
using Gamification.Rules.Ledger;

namespace Gamification.Members;

/// <summary>What a proof of all members' ledgers found: how much it looked at, each unit's accounts over all members, and a line for every fault.</summary>
public sealed record LedgerCheck(long Members, long Postings, ImmutableSortedDictionary<string, TrialBalance> Balances, ImmutableArray<string> Findings)
{
    private const int FindingsMax = 1_000;
    private const int FaultsMax = 10;

    public bool IsSound => Findings.IsEmpty;

    /// <summary>
    /// Proves every member's state, as an activation would read it, against all of its entries, one member at a time, and that all accounts of
    /// all members sum to zero. Reads everything; run it with the engine stopped. Ends after 1,000 findings, ten of a member.
    /// </summary>
    public static async Task<LedgerCheck> Run(IJournalStorage storage, CancellationToken cancellation)
    {
        var findings = ImmutableArray.CreateBuilder<string>();
        var balances = ImmutableSortedDictionary.CreateBuilder<string, TrialBalance>(StringComparer.Ordinal);
        long members = 0, postings = 0;
        await foreach (var member in EachMember(storage, cancellation))
        {
            members++;
            var (before, entries) = (findings.Count, await Entries(storage, member, findings.Add, cancellation));
            if (findings.Count == before) findings.AddRange(await FaultsIn(storage, member, entries, cancellation));
            if (findings.Count >= FindingsMax) break;
            foreach (var posting in AccountProof.PostingsOf(entries))
            {
                if (!balances.TryGetValue(posting.Unit.Code, out var balance)) balances.Add(posting.Unit.Code, balance = new());
                balance.Add(posting);
                postings++;
            }
        }

        foreach (var (unit, balance) in balances)
        {
            if (balance.Sum != 0) findings.Add($"all members: the accounts of {unit} sum to {balance.Sum}, not to zero.");
        }

        return new(members, postings, balances.ToImmutable(), findings.DrainToImmutable());
    }

    internal static async IAsyncEnumerable<ActorId> EachMember(IJournalStorage storage, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var stored in storage.ReadAll(cancellation))
        {
            if (stored is { Version: 1, Actor: { Kind: "member" } member }) yield return member;
        }
    }

    private static async Task<List<AccountEntry>> Entries(IJournalStorage storage, ActorId member, Action<string> found, CancellationToken cancellation)
    {
        var entries = new List<AccountEntry>();
        await foreach (var stored in storage.ReadAll(member, cancellation: cancellation))
        {
            try
            {
                if (AccountEntryJson.Read(stored) is { } entry) entries.Add(Whole(entry));
                else if (stored.Payload.Span.SequenceEqual("null"u8)) found($"{member}: entry {stored.Version}, {stored.Type}, is empty.");
            }
            catch (Exception fault) when (IsOfTheData(fault))
            {
                found($"{member}: entry {stored.Version}, {stored.Type}, cannot be read: {fault.Message}");
            }
        }

        return entries;
    }

    /// <summary>The entry with the parts that are otherwise read when they are asked for.</summary>
    private static AccountEntry Whole(AccountEntry entry)
    {
        _ = entry.Recognised;
        if (entry is ReceiptPosted posted) _ = posted.Earned;
        return entry;
    }

    private static async Task<string[]> FaultsIn(IJournalStorage storage, ActorId member, List<AccountEntry> entries, CancellationToken cancellation)
    {
        try
        {
            var state = AccountEntryJson.StateOf(await storage.Load(member, cancellation));
            return [.. AccountProof.FaultsIn(entries, state).Take(FaultsMax).Select(fault => $"{member}: {fault}")];
        }
        catch (Exception fault) when (IsOfTheData(fault))
        {
            return [$"{member}: the entries cannot be folded: {fault.Message}"];
        }
    }

    /// <summary>Rows that somebody changed may be no JSON, or move what is not there: that is found, not thrown.</summary>
    private static bool IsOfTheData(Exception fault) => fault is JsonException or FormatException or InvalidOperationException or OverflowException or ArgumentException;
}
