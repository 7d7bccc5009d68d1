using System.Collections.Immutable;
using Gamification.Journal;
using Gamification.Programmes;
using Gamification.Rules;

namespace Gamification.Members;

/// <summary>What an account has behind it, read back from the journal: all of it, or what a return looks at.</summary>
internal sealed class AccountPast(ActorId actor, IJournal journal, ProgrammeCatalog programmes)
{
    private const int ReadPage = 500;

    private NetSpendSettings NetSpend => programmes.Of(actor.Programme).NetSpend;

    /// <summary>With that of the accounts that are part of this one, theirs first.</summary>
    public async Task<SaleHistory> Whole(AccountState state)
    {
        var history = new SaleHistory();
        foreach (var part in state.Merged ?? []) await Read(history, ActorId.Member(actor.Programme, part.From), after: 0, part.Version);
        await Read(history, actor, after: 0, long.MaxValue);
        return history;
    }

    /// <summary>From the entry of this version onward.</summary>
    public async Task<SaleHistory> From(long version)
    {
        var history = new SaleHistory();
        await Read(history, actor, version - 1, long.MaxValue);
        return history;
    }

    /// <summary>The sales that a return looks at, each with every entry that touched it; the whole past where memory does not tell which they are.</summary>
    public async Task<SaleHistory> Touched(AccountState state, Receipt back, UnlinkedReturns unlinked)
    {
        if (state.Sales is null) return await Whole(state);
        var entries = new SortedDictionary<long, AccountEntry>();
        while (true)
        {
            var history = SaleHistory.Some(state, entries.Values, NetSpend);
            if (Lookback.Next(state, back, unlinked, history.Read) is not { } next) return await Whole(state);
            if (next.IsEmpty) return history;
            var before = entries.Count;
            foreach (var version in next.SelectMany(mark => mark.Entries))
            {
                if (!entries.ContainsKey(version)) entries.Add(version, await Entry(version));
            }

            if (entries.Count == before) throw new InvalidOperationException($"The account of {actor} marks sales that their entries do not hold.");
        }
    }

    /// <summary>The entries of an account in (<paramref name="after"/>, <paramref name="through"/>].</summary>
    public async Task<ImmutableArray<AccountEntry>> Entries(ActorId whose, long after, long through) => [.. (await Numbered(whose, after, through)).Select(one => one.Entry)];

    /// <summary>The same with their versions.</summary>
    public async Task<ImmutableArray<(long Version, AccountEntry Entry)>> Numbered(ActorId whose, long after, long through)
    {
        var entries = ImmutableArray.CreateBuilder<(long Version, AccountEntry Entry)>();
        while (true)
        {
            var page = await journal.ReadForward(whose, after, ReadPage, CancellationToken.None);
            foreach (var stored in page)
            {
                if (stored.Version > through) return entries.DrainToImmutable();
                if (AccountEntryJson.Read(stored) is { } entry) entries.Add((stored.Version, entry));
                after = stored.Version;
            }

            if (page.Length < ReadPage) return entries.DrainToImmutable();
        }
    }

    private async Task<AccountEntry> Entry(long version) =>
        await journal.ReadForward(actor, version - 1, limit: 1, CancellationToken.None) is [var stored] && stored.Version == version && AccountEntryJson.Read(stored) is { } entry
            ? entry
            : throw new InvalidOperationException($"The account of {actor} marks entry {version}, which the journal does not hold.");

    private async Task Read(SaleHistory history, ActorId whose, long after, long through)
    {
        foreach (var entry in await Entries(whose, after, through)) history.Fold(entry, NetSpend);
    }
}
