using System.Collections.Immutable;
using Gamification.Journal;
using Gamification.Rules.Rewards;
using Microsoft.Extensions.Logging;

namespace Gamification.Rewards;

/// <summary>A programme's catalogue of rewards: made durable here, then told to every stock until it has heard.</summary>
[Reentrant]
internal sealed class RewardCatalogueGrain(IJournal journal, JournalSnapshotOptions snapshots, RewardBook book, TimeProvider time, ILogger<RewardCatalogueGrain> log)
    : Grain, IRewardCatalogueGrain, IRemindable
{
    private const string Reminder = "stocks";
    private const int TellTogether = 64;
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);
    private static readonly Guid Subject = new("6f1f7a52-3f0f-4d53-a4b2-0d2a2b1f7c11");

    private SharedAppends<RewardList, RewardListEntry> _list = null!;
    private DueReminder _reminder = null!;

    private string Programme => this.GetPrimaryKeyString();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _list = new(new(Programme, "rewards", "catalogue"), journal, RewardListForm.Json, snapshots, letGo: DeactivateOnIdle);
        _reminder = new(this, Reminder, Period);
        return _list.Load(cancellationToken);
    }

    public Task Publish(RewardCatalogue catalogue, string by, DateTimeOffset at) => Change(list => list.Publish(catalogue, by, at));

    public Task<PublishedRewards?> Published(long known)
    {
        var list = _list.State;
        return Task.FromResult(list.Version == known ? null : new PublishedRewards(
            list.Version, [.. list.Rewards.Values.OrderBy(one => one.Place).Select(one => new PublishedReward(one.Reward, one.Number))]));
    }

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        if (await Tell(new(status.CurrentTickTime, TimeSpan.Zero))) await _reminder.Cancel();
    }

    private async Task Change(Func<RewardList, ImmutableArray<RewardListEntry>> rule)
    {
        if (rule(_list.State).IsEmpty && _list.State.Untold.IsEmpty) return;

        // Whoever dies from here on, the reminder finds what was not told.
        await _reminder.Set();
        await _list.Change(Subject, list => (rule(list), true));
        book.Forget(Programme);
        if (await Tell(time.GetUtcNow())) await _reminder.Cancel();
    }

    /// <summary>Whether every stock has heard. Telling it again changes nothing there.</summary>
    private async Task<bool> Tell(DateTimeOffset at)
    {
        var untold = _list.State.Untold;
        try
        {
            foreach (var some in untold.Chunk(TellTogether))
                await Task.WhenAll(some.Select(one => GrainFactory.GetGrain<IRewardGrain>($"{Programme}/{one.Key}").Offer(one.Value, FromCatalogue, at)));
            await _list.Change(Subject, list => (list.Untold.IsEmpty || list.Untold != untold ? [] : ImmutableArray.Create<RewardListEntry>(new RewardListEntry.Told(at.ToUnixTimeMilliseconds())), true));
            return _list.State.Untold.IsEmpty;
        }
        catch (Exception fault)
        {
            log.LogWarning(fault, "Not every reward of {Programme} has heard its new terms; they are told again in a minute.", Programme);
            return false;
        }
    }

    private const string FromCatalogue = "catalogue";
}
