using Gamification.Journal;
using Gamification.Rules;

namespace Gamification.Members;

/// <summary>What comes due without an event.</summary>
internal sealed partial class MemberGrain : IDueMember
{
    public Task<bool> Due(DateTimeOffset receivedAt) => _account.State.LeftFor is not null ? Task.FromResult(false) : Told(() => PassTime(receivedAt));

    private async Task<bool> PassTime(DateTimeOffset receivedAt)
    {
        if (clock.Now(_actor.Programme) is not { } now) return false;
        if (_recognition.IsDue(receivedAt, now)) await _recognition.Tell(receivedAt, now);
        var context = _account.Context(AccountKind.Member, receivedAt, now, history: null) with { At = now };
        if (PassingTime.Decide(_account.State, context) is not { } passed) return false;
        return await _account.Commit([passed], key: null) is AppendOutcome.Appended || await PassTime(receivedAt);
    }
}
