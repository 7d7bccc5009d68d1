using Gamification.Challenges;
using Gamification.Journal;
using Gamification.Programmes;

namespace Gamification.Members;

/// <summary>
/// Posts prizes to accounts that no actor holds, without waking one for each: many accounts are read at once, and each is decided and committed as its actor would, and
/// forgotten. Two writers of an account are kept apart by its versions, as two activations are. It gives points alone: whoever owes a reward is the member's actor.
/// </summary>
public sealed class PrizeDesk(AccountsAtHand atHand, IJournal journal, ProgrammeCatalog programmes, BusinessClock clock, JournalSnapshotOptions snapshots, TimeProvider time)
{
    /// <summary>What became of each prize, by place; null where the member's actor has to be asked, also after the prize has become durable.</summary>
    /// <param name="programme">Whose members they are.</param>
    /// <param name="prizes">Those of one member lie together.</param>
    public async Task<PrizeOutcome?[]> Receive(string programme, IReadOnlyList<Prize> prizes)
    {
        var outcomes = new PrizeOutcome?[prizes.Count];
        int[] mine = [.. Enumerable.Range(0, prizes.Count).Where(at => IsMine(programme, prizes[at]))];
        if (mine.Length == 0) return outcomes;
        int[] firsts = [.. mine.Where((place, at) => at == 0 || prizes[mine[at - 1]].Id.Member != prizes[place].Id.Member)];
        ActorId[] actors = Array.ConvertAll(firsts, place => ActorId.Member(programme, prizes[place].Id.Member));
        var histories = await journal.LoadAll(actors, CancellationToken.None);
        var posted = new Task[actors.Length];
        for (var (at, from) = (0, 0); at < actors.Length; at++)
        {
            var to = from + 1;
            while (to < mine.Length && (at + 1 == actors.Length || mine[to] < firsts[at + 1])) to++;
            posted[at] = Post(actors[at], histories[at], new(mine, from, to - from), prizes, outcomes);
            from = to;
        }

        await Task.WhenAll(posted);
        return outcomes;
    }

    private bool IsMine(string programme, Prize prize) => prize.Gift is { Points: not null, Reward: null, Badge: null } && !atHand.Contains(programme, prize.Id.Member);

    private async Task Post(ActorId actor, ActorHistory history, ArraySegment<int> places, IReadOnlyList<Prize> prizes, PrizeOutcome?[] outcomes)
    {
        var account = new AccountLedger(actor, journal, programmes, clock, snapshots, letGo: () => { });
        account.Take(history);
        var member = new MemberPrizes(actor, account, journal, rewards: null, clock, time);
        foreach (var place in places)
        {
            // What is merged into another account, or is owed something, is its actor's business.
            if (account.State is not { LeftFor: null, Wallet: null or { Owed.IsEmpty: true } }) return;
            var outcome = await member.Receive(prizes[place]);

            // Its actor may have read the account in between: asked again it finds the prize, and shows it.
            if (!atHand.Contains(actor.Programme, prizes[place].Id.Member)) outcomes[place] = outcome;
        }
    }
}
