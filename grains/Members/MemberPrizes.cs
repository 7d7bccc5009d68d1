using Gamification.Challenges;
using Gamification.Journal;
using Gamification.Programmes;
using Gamification.Rules;

namespace Gamification.Members;

/// <summary>
/// The member's side of challenges. Of each prize the journal keeps one word for ever, received or taken back before it came; what was received can be taken
/// back once.
/// </summary>
/// <param name="rewards">Gives what is owed; null where nothing but points is received.</param>
internal sealed class MemberPrizes(ActorId actor, AccountLedger account, IJournal journal, MemberRewards? rewards, BusinessClock clock, TimeProvider time)
{
    public async Task<PrizeOutcome> Receive(Prize prize)
    {
        while (true)
        {
            var entries = PrizeRule.Win(account.State, prize, Context(prize.Gift.Badge is null ? null : await account.WholePast()));
            var outcome = await account.Commit(entries, FirstKey(prize.Id));
            if (outcome is AppendOutcome.StaleVersion) continue;

            // Somebody else may have posted it: then memory does not know of it yet.
            if (outcome is AppendOutcome.KeyTaken { First: var first } && first.Actor == actor && first.Version > account.Version) await account.Load(CancellationToken.None);
            if (rewards is not null && account.State.Wallet is { Owed.IsEmpty: false }) await rewards.PickUp();
            return outcome is AppendOutcome.Appended ? PrizeOutcome.Received : PrizeOutcome.Known;
        }
    }

    public async Task<PrizeOutcome> TakeBack(PrizeId prize, string reason)
    {
        while (true)
        {
            var received = await Find(FirstKey(prize));
            if (received is PrizeTakenBack) return PrizeOutcome.Known;
            var entries = PrizeRule.Lose(account.State, prize, received as PrizeReceived, reason, Context(received is null ? null : await account.WholePast()));
            switch (await account.Commit(entries, received is null ? FirstKey(prize) : BackKey(prize)))
            {
                case AppendOutcome.Appended:
                    if (rewards is not null) await rewards.Lapse();
                    return received is null ? PrizeOutcome.Known : PrizeOutcome.Received;
                case AppendOutcome.KeyTaken when received is not null:
                    return PrizeOutcome.Received;
            }
        }
    }

    /// <summary>True once the member takes part as asked, or no longer.</summary>
    public async Task<bool> Take(Participation part, DateTimeOffset at)
    {
        while (PrizeRule.Take(account.State, part, at) is { } taken)
        {
            if (await account.Commit([taken], key: null) is AppendOutcome.Appended) break;
        }

        return true;
    }

    private static BusinessKey FirstKey(PrizeId prize)
    {
        var digest = prize.Digest();
        return new(0, digest, digest);
    }

    private static BusinessKey BackKey(PrizeId prize) => BusinessKey.Undated($"prize-back\n{prize.Digest():N}\n", prize.Digest());

    private async Task<AccountEntry?> Find(BusinessKey key) =>
        await journal.FindKey(actor.Programme, key, CancellationToken.None) is { } stored && account.IsOwn(stored.Actor) ? AccountEntryJson.Read(stored) : null;

    private AccountContext Context(SaleHistory? history)
    {
        var now = time.GetUtcNow();
        return account.Context(AccountKind.Member, now, clock.Now(actor.Programme) ?? now, history);
    }
}
