using Gamification.Merging;
using Gamification.Rules;

namespace Gamification.Members;

/// <summary>Being one with another account of the same person: whoever still asks this one is answered by the other.</summary>
internal sealed partial class MemberGrain : IMergingAccount
{
    private MemberMerges Merges => new(_actor, _account, journal, clock, _birthday);

    public Task<Refusal?> MayJoin(MemberId from) => Task.FromResult(
        from == Member ? new("same-member", "/from", "Name another member.")
        : _account.State.LeftFor is not null ? new Refusal("already-merged", "/member", "It is part of another account; merge into that one.")
        : null);

    public Task<MergeStep> Leave(MergeOrder order, DateTimeOffset receivedAt) => Told(async () =>
    {
        if (_account.State.LeftFor is null)
        {
            if ((await this.GetReminders()).Any(reminder => reminder.ReminderName.StartsWith(ClaimReminder, StringComparison.Ordinal)))
                return MergeStep.Refused(new("claim-open", "/from", "A receipt is being claimed; send the merge again in some minutes."));
            await _rewards.Lapse();
        }

        return await Merges.Leave(order, receivedAt);
    });

    public Task<MergeStep> Join(string merge, MemberId from, DateTimeOffset receivedAt) => Kept<IMergingAccount>()?.Join(merge, from, receivedAt) ?? Told(() => Merges.Join(merge, from, receivedAt));

    public Task<MergeStep> Part(string merge, string by, DateTimeOffset receivedAt) => Told(() => Merges.Part(merge, by, receivedAt));

    public Task<MergeStep> Revive(string merge, DateTimeOffset receivedAt) => Told(() => Merges.Revive(merge, receivedAt));

    public Task<MemberId> Kept() => Kept<IMergingAccount>()?.Kept() ?? Task.FromResult(Member);

    /// <summary>The account that this one is part of; null while it is itself.</summary>
    private T? Kept<T>()
        where T : class, IGrainWithStringKey =>
        _account.State.LeftFor is { } kept ? GrainFactory.GetGrain<T>($"{_actor.Programme}/{kept}") : null;
}
