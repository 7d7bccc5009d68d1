using Gamification.Journal;
using Gamification.Members;
using Gamification.Programmes;
using Gamification.Rewards;
using Gamification.Rules.Ledger;
using Gamification.Rules.Merging;
using Microsoft.Extensions.Logging;

namespace Gamification.Merging;

/// <summary>
/// Leads two accounts through a merge, one merge at a time. It keeps nothing: what each account did is in its journal under the merge's id, and a reminder that is set
/// before the first step finishes what ends between the two.
/// </summary>
internal sealed class MergesGrain(IJournal journal, ProgrammeCatalog programmes, ILogger<MergesGrain> log) : Grain, IMergesGrain, IRemindable
{
    private const int IdMax = 100;
    private const int ReasonMax = 200;
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(1);

    private NamedReminders Merging => new(this, "merge/", log);

    private NamedReminders Undoing => new(this, "unmerge/", log);

    private string Programme => this.GetPrimaryKeyString();

    public async Task<MergeOutcome> Merge(MergeOrder order, DateTimeOffset receivedAt)
    {
        if (Objection(order) is { } objection) return new MergeOutcome.Refused(objection);
        var (from, into) = (Account(order.From), Account(order.Into));
        if (await Find(MergeKeys.Left(order.Id)) is null && await into.MayJoin(order.From) is { } refusal) return new MergeOutcome.Refused(refusal);
        await Merging.Set(order.Id, Soon);
        var left = await from.Leave(order, receivedAt);
        if (left.Refusal is not null)
        {
            if (left.Refusal.Code == "id-reused") return new MergeOutcome.Conflict();
            await Merging.Forget(order.Id);
            return new MergeOutcome.Refused(left.Refusal);
        }

        var joined = await into.Join(order.Id, order.From, receivedAt);
        await Merging.Forget(order.Id);
        return Done(order.Id, order.From, order.Into, joined);
    }

    public async Task<MergeOutcome> Undo(string merge, MemberId into, string by, DateTimeOffset receivedAt)
    {
        if (merge.Length is 0 or > IdMax || merge.Any(char.IsControl)) return new MergeOutcome.Unknown();
        if (await Find(MergeKeys.Joined(merge)) is not { } stored || AccountEntryJson.Read(stored) is not MemberJoined joined) return new MergeOutcome.Unknown();
        var (from, kept) = (joined.Other, Account(MemberId.Parse(stored.Actor.Key)));
        if (joined.Accounts[^1].Via != into && stored.Actor.Key != into.ToString()) return new MergeOutcome.Unknown();
        await Undoing.Set(merge, Soon);
        var parted = await kept.Part(merge, by, receivedAt);
        if (parted.Refusal is not null)
        {
            await Undoing.Forget(merge);
            return parted.Refusal.Code == "unknown-merge" ? new MergeOutcome.Unknown() : new MergeOutcome.Refused(parted.Refusal);
        }

        var revived = await Account(from).Revive(merge, receivedAt);
        await Undoing.Forget(merge);
        return Done(merge, from, into, revived);
    }

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        var now = new DateTimeOffset(status.CurrentTickTime, TimeSpan.Zero);
        if (Merging.NameIn(reminderName) is { } merge)
        {
            if (await Find(MergeKeys.Left(merge)) is { } stored && AccountEntryJson.Read(stored) is MemberLeft left)
                await Account(left.Other).Join(merge, MemberId.Parse(stored.Actor.Key), now);
            await Merging.Forget(merge);
        }
        else if (Undoing.NameIn(reminderName) is { } undone)
        {
            if (await Find(MergeKeys.Parted(undone)) is { } stored && AccountEntryJson.Read(stored) is MemberParted parted) await Account(parted.Other).Revive(undone, now);
            await Undoing.Forget(undone);
        }
    }

    private static Refusal? Objection(MergeOrder order) =>
        order.Id.Length is 0 or > IdMax || order.Id.Any(char.IsControl) ? new("invalid-id", "/id", "Send 1 to 100 printable characters.")
        : order.Reason.Length is 0 or > ReasonMax || order.Reason.Any(char.IsControl) ? new("invalid-reason", "/reason", "Say why, in 1 to 200 printable characters.")
        : order.From == order.Into ? new("same-member", "/from", "Name another member.")
        : null;

    private MergeOutcome.Done Done(string merge, MemberId from, MemberId into, MergeStep last)
    {
        var day = LedgerCalendar.In(programmes.Of(Programme).TimeZone).DayOf(last.At.ToUnixTimeMilliseconds());
        return new(merge, from, into, last.At, DateOnly.FromDayNumber(day + Unmerging.Days), last.Replayed);
    }

    private IMergingAccount Account(MemberId member) => GrainFactory.GetGrain<IMergingAccount>($"{Programme}/{member}");

    private ValueTask<StoredEntry?> Find(BusinessKey key) => journal.FindKey(Programme, key, CancellationToken.None);
}
