using Gamification.Journal;
using Gamification.Members;
using Gamification.Programmes;
using Gamification.Recognition;
using Gamification.Rules;
using Gamification.Rules.Recognition;
using Gamification.Rules.Statements;

namespace Gamification.Statements;

/// <summary>Reads from the journal what a member's tier, streaks and badges rest on (spec R4).</summary>
internal sealed class StandingReader(ActorId actor, IJournal journal, ProgrammeCatalog programmes, BusinessClock clock)
{
    private readonly AccountPast _past = new(actor, journal, programmes);

    private Scheme Scheme => programmes.SchemeOf(actor.Programme);

    public async Task<TierWhy?> Tier()
    {
        if (Scheme.Recognition is not { Rules.Tiers: not null } book) return null;
        var (state, entries) = (await State(), await _past.Numbered(actor, after: 0, long.MaxValue));
        return TierReasons.Of(state, book, RecognitionViews.DaysOf(state, book, Now).Today, entries);
    }

    public async Task<StreakWhy?> Streak(string id)
    {
        if (Scheme.Recognition is not { } book || book.StreakOf(id) is not { } rule) return null;
        var state = await State();
        return StreakReasons.Of(RecognitionViews.StreakOf(state, rule, programmes.IncidentsOf(actor.Programme)), rule, book, RecognitionViews.DaysOf(state, book, Now).HomeDay);
    }

    public async Task<BadgeWhy?> Badge(string id)
    {
        if (Scheme.Recognition is not { } book) return null;
        var (state, entries) = (await State(), await _past.Numbered(actor, after: 0, long.MaxValue));
        var (today, homeDay) = RecognitionViews.DaysOf(state, book, Now);
        var joined = entries.Select(one => one.Entry).OfType<MemberEnrolled>().FirstOrDefault();
        return BadgeReasons.Of(id, state, Scheme, await _past.Whole(state), today, homeDay, badge => joined is null ? null : FounderWords.Of(joined, ContextOf(joined), badge.Id));
    }

    private DateTimeOffset? Now => clock.Now(actor.Programme);

    private AccountContext ContextOf(AccountEntry entry) => new()
    {
        Settings = programmes.Of(actor.Programme),
        Kind = AccountKind.Member,
        ReceivedAt = entry.ReceivedAt,
        At = entry.ReceivedAt,
        Scheme = Scheme,
    };

    private async Task<AccountState> State() => AccountEntryJson.StateOf(await journal.Load(actor, CancellationToken.None));
}
