using System.Collections.Immutable;
using Gamification.Journal;
using Gamification.Merging;
using Gamification.Programmes;
using Gamification.Rewards;
using Gamification.Rules;
using Gamification.Rules.Merging;
using Gamification.Rules.Redeeming;

namespace Gamification.Members;

/// <summary>
/// The account's steps of a merge and of its undoing. Each is decided from what both journals hold, so that it comes out the same whenever it is made, and
/// its key lets it be made once.
/// </summary>
internal sealed class MemberMerges(ActorId actor, AccountLedger account, IJournal journal, BusinessClock clock, MemberBirthday birthday)
{
    private MemberId Member => MemberId.Parse(actor.Key);

    public async Task<MergeStep> Leave(MergeOrder order, DateTimeOffset receivedAt)
    {
        while (true)
        {
            if (await Find(MergeKeys.Left(order.Id)) is { } first)
            {
                return first.Actor == actor && AccountEntryJson.Read(first) is MemberLeft { At: var at } left && left.Other == order.Into
                    ? new(at, Replayed: true)
                    : MergeStep.Refused(new("id-reused", "/id", "Give each merge an id of its own."));
            }

            var context = account.Context(AccountKind.Member, receivedAt, clock.Now(actor.Programme) ?? receivedAt, await account.WholePast());
            var (entry, refusal) = Rules.Merging.Merging.Leave(account.State, order, context);
            if (entry is null) return MergeStep.Refused(refusal!);
            if (await account.Commit([entry], key: null) is AppendOutcome.Appended) return new(entry.At, Replayed: false);
        }
    }

    public async Task<MergeStep> Join(string merge, MemberId from, DateTimeOffset receivedAt)
    {
        while (true)
        {
            if (await Find(MergeKeys.Joined(merge)) is { } first) return new(((MergeEntry)AccountEntryJson.Read(first)!).At, Replayed: true);
            var (stored, left) = await Left(merge);
            var theirs = await Side(stored.Actor, stored.Version - 1);
            var accounts = (theirs.State.Merged ?? []).Select(part => part with { Merge = merge }).Append(new(merge, from, stored.Version - 1, left.Other)).ToImmutableArray();
            var context = account.Context(AccountKind.Member, receivedAt, left.At, history: null) with { At = left.At, Birth = await birthday.FindWith(from) };
            var had = await Had(theirs.State.Wallet ?? Wallet.Empty);
            var entry = Rules.Merging.Merging.Join(await Own(except: null), theirs, left, accounts, had.Contains, context);
            if (await account.Commit([entry], key: null) is AppendOutcome.Appended) return new(entry.At, Replayed: false);
            await account.Load(CancellationToken.None);
        }
    }

    public async Task<MergeStep> Part(string merge, string by, DateTimeOffset receivedAt)
    {
        while (true)
        {
            if (await Find(MergeKeys.Joined(merge)) is not { } joined || joined.Actor != actor) return MergeStep.Refused(new("unknown-merge", "/merge", "Name a merge into this member."));
            if (await Find(MergeKeys.Parted(merge)) is { } first) return new(((MergeEntry)AccountEntryJson.Read(first)!).At, Replayed: true);
            var context = account.Context(AccountKind.Member, receivedAt, clock.Now(actor.Programme) ?? receivedAt, history: null) with { Birth = await birthday.Find() };
            var (entry, refusal) = Unmerging.Part(await Pair(joined, await Own(except: merge)), by, context);
            if (entry is null) return MergeStep.Refused(refusal!);
            if (await account.Commit([entry], key: null) is AppendOutcome.Appended) return new(entry.At, Replayed: false);
        }
    }

    public async Task<MergeStep> Revive(string merge, DateTimeOffset receivedAt)
    {
        while (true)
        {
            if (await Find(MergeKeys.Revived(merge)) is { } first) return new(((MergeEntry)AccountEntryJson.Read(first)!).At, Replayed: true);
            var stored = await Find(MergeKeys.Parted(merge)) ?? throw new InvalidOperationException($"Merge '{merge}' was not undone by the account that took {actor}.");
            var parted = (MemberParted)AccountEntryJson.Read(stored)!;
            var context = account.Context(AccountKind.Member, receivedAt, parted.At, history: null) with { At = parted.At };
            var pair = await Pair((await Find(MergeKeys.Joined(merge)))!, await Side(stored.Actor, stored.Version - 1, except: merge));
            var entry = Unmerging.Revive(pair, parted, context);
            if (await account.Commit([entry], key: null) is AppendOutcome.Appended) return new(entry.At, Replayed: false);
        }
    }

    private async Task<MergedPair> Pair(StoredEntry joined, MergeSide kept)
    {
        var (stored, left) = await Left(joined: (MemberJoined)AccountEntryJson.Read(joined)!);
        var before = (await account.Entries(joined.Actor, 0, joined.Version - 1)).Aggregate(AccountState.Empty, (state, entry) => state.Apply(entry));
        return new(kept, before, await Side(stored.Actor, stored.Version - 1), left, (MemberJoined)AccountEntryJson.Read(joined)!);
    }

    private Task<MergeSide> Own(string? except) => Side(actor, account.Version, except);

    /// <summary>An account as it was through a version, without the accounts that came to it with one merge.</summary>
    private async Task<MergeSide> Side(ActorId whose, long through, string? except = null)
    {
        var own = await account.Entries(whose, 0, through);
        var state = own.Aggregate(AccountState.Empty, (folded, entry) => folded.Apply(entry));
        var entries = ImmutableArray.CreateBuilder<AccountEntry>();
        foreach (var part in (state.Merged ?? []).Where(part => part.Merge != except)) entries.AddRange(await account.Entries(ActorId.Member(actor.Programme, part.From), 0, part.Version));
        entries.AddRange(own);
        return new(state, entries.DrainToImmutable());
    }

    /// <summary>Causes for which this account was given something, open or over.</summary>
    private async Task<HashSet<string>> Had(Wallet theirs)
    {
        HashSet<string> had = [.. (account.State.Wallet?.Open ?? []).Select(one => one.Cause).OfType<string>(), .. (account.State.Wallet?.Owed ?? []).Select(owed => owed.Cause)];
        foreach (var cause in theirs.Open.Select(one => one.Cause).OfType<string>().Concat(theirs.Owed.Select(owed => owed.Cause)))
        {
            if (await Find(RewardKeys.Begun(EntitlementId.Of(actor.Programme, Member, $"gift/{cause}"))) is not null) had.Add(cause);
        }

        return had;
    }

    private Task<(StoredEntry Stored, MemberLeft Left)> Left(MemberJoined joined) => Left(joined.Merge);

    private async Task<(StoredEntry Stored, MemberLeft Left)> Left(string merge) =>
        await Find(MergeKeys.Left(merge)) is { } stored && AccountEntryJson.Read(stored) is MemberLeft left
            ? (stored, left)
            : throw new InvalidOperationException($"Nothing has left for {actor} with merge '{merge}'.");

    private ValueTask<StoredEntry?> Find(BusinessKey key) => journal.FindKey(actor.Programme, key, CancellationToken.None);
}
