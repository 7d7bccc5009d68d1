using Gamification.Journal;
using Gamification.Programmes;
using Gamification.Recognition;
using Gamification.Rules;
using Gamification.Rules.Recognition;

namespace Gamification.Members;

/// <summary>A member's account as it has a badge filled in for its past, which is read from the journal.</summary>
internal sealed class MemberFilling(ActorId actor, AccountLedger account, BusinessClock clock)
{
    /// <summary>Durable on return unless it is a preview; nothing where the badge cannot be filled in, or has been.</summary>
    public async Task<BadgeFilled> Fill(string badge, string by, DateTimeOffset receivedAt, bool isPreview)
    {
        while (true)
        {
            var context = account.Context(AccountKind.Member, receivedAt, clock.Now(actor.Programme) ?? receivedAt, history: null);
            var book = context.Scheme?.Recognition;
            if (BadgeFilling.Refuse(book, badge, book?.DayOf(context.At) ?? default) is not null) return BadgeFilled.Nothing;
            var (state, version) = (account.State, account.Version);
            if (BadgeFilling.Decide(state, version, badge, await Past(state), by, context) is not { } entry) return BadgeFilled.Nothing;
            var brought = new BadgeFilled(!isPreview, entry.Recognised!.Changes.Count(change => change is BadgeAwarded), entry.Recognised.Points);
            if (isPreview || await account.Commit([entry], key: null) is AppendOutcome.Appended) return brought;
        }
    }

    private async Task<AccountEntries> Past(AccountState state)
    {
        List<(MemberId From, System.Collections.Immutable.ImmutableArray<AccountEntry> Entries)> parts = [];
        foreach (var part in state.Merged ?? []) parts.Add((part.From, await account.Entries(ActorId.Member(actor.Programme, part.From), after: 0, part.Version)));
        return new(await account.Entries(actor, after: 0, long.MaxValue), [.. parts]);
    }
}
