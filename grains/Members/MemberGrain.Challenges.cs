using System.Collections.Immutable;
using Gamification.Challenges;

namespace Gamification.Members;

/// <summary>Challenges that the member takes part in, and what it wins: see <see cref="MemberPrizes"/>.</summary>
internal sealed partial class MemberGrain : IPrizeReceiver, IContestant
{
    private MemberPrizes _prizes = null!;

    public Task<PrizeOutcome> Receive(Prize prize) => Kept<IPrizeReceiver>()?.Receive(prize) ?? Told(() => _prizes.Receive(prize));

    public Task<PrizeOutcome> TakeBack(PrizeId prize, string reason) => Kept<IPrizeReceiver>()?.TakeBack(prize, reason) ?? Told(() => _prizes.TakeBack(prize, reason));

    public Task Take(Participation part, DateTimeOffset at) => Kept<IContestant>()?.Take(part, at) ?? Told(() => _prizes.Take(part, at));

    public Task<ImmutableArray<Participation>> Takes() => Kept<IContestant>()?.Takes() ?? Task.FromResult(_account.State.Challenges ?? []);
}
