using Gamification.Journal;
using Gamification.Members;
using Gamification.Programmes;
using Gamification.Recognition;
using Gamification.Rules;
using Gamification.Rules.Statements;

namespace Gamification.Statements;

/// <summary>Reads an account back from the journal. It holds nothing, so any number may run beside the member's actor.</summary>
[StatelessWorker, Reentrant]
internal sealed class StatementGrain(IJournal journal, ProgrammeCatalog programmes, BusinessClock clock) : Grain, IStatementGrain
{
    private const int PageMax = 200;
    private const int ReadPage = 500;

    private ActorId Actor
    {
        get
        {
            var (programme, key) = ActorId.PartsOf(this.GetPrimaryKeyString());
            return ActorId.Member(programme, MemberId.Parse(key));
        }
    }

    public async Task<MemberHoldings> Holdings()
    {
        var actor = Actor;
        var history = await journal.Load(actor, CancellationToken.None);
        var state = AccountEntryJson.StateOf(history);
        var at = clock.Now(actor.Programme);
        var version = history.Tail.IsEmpty ? history.SnapshotVersion : history.Tail[^1].Version;
        return new(version, at, HoldingsList.At(state, SchemeOf(actor, state), at));
    }

    public async Task<HistoryPage> History(long after, int limit)
    {
        var actor = Actor;
        var entries = await journal.ReadForward(actor, after, Math.Clamp(limit, 1, PageMax), CancellationToken.None);
        var page = StatementLines.Page(entries, programmes.SchemeOf(actor.Programme));
        return new(page.Lines, entries.IsEmpty ? after : entries[^1].Version);
    }

    public async Task<EntryExplanation?> Why(long version)
    {
        var actor = Actor;
        var (settings, state, past) = (programmes.Of(actor.Programme), AccountState.Empty, new SaleHistory());
        for (var after = 0L; after < version;)
        {
            var page = await journal.ReadForward(actor, after, ReadPage, CancellationToken.None);
            foreach (var stored in page)
            {
                after = stored.Version;
                if (AccountEntryJson.Read(stored) is not { } entry)
                {
                    if (after == version) return null;
                    continue;
                }

                if (after == version) return Explanations.Of(version, stored.Type, entry, state, Context(actor, settings, entry, past));
                state = state.Apply(entry);
                past.Fold(entry, settings.NetSpend);
            }

            if (page.Length < ReadPage) break;
        }

        return null;
    }

    public Task<TierWhy?> WhyTier() => Standing.Tier();

    public Task<StreakWhy?> WhyStreak(string streak) => Standing.Streak(streak);

    public Task<BadgeWhy?> WhyBadge(string badge) => Standing.Badge(badge);

    private StandingReader Standing => new(Actor, journal, programmes, clock);

    /// <summary>The business time of the decision. Of a replay nobody kept where it stood; it was no earlier than the event itself.</summary>
    private static DateTimeOffset? OccurredAt(AccountEntry entry) => entry switch
    {
        ReceiptPosted posted => posted.Receipt.OccurredAt,
        SaleAttributed attributed => attributed.Receipt.OccurredAt,
        ActivityPosted posted => posted.Activity.OccurredAt,
        _ => null,
    };

    private AccountContext Context(ActorId actor, ProgrammeSettings settings, AccountEntry entry, SaleHistory past) => new()
    {
        Settings = settings,
        Kind = AccountKind.Member,
        ReceivedAt = entry.ReceivedAt,
        At = settings.Clock == BusinessClockKind.Replay ? OccurredAt(entry) ?? entry.ReceivedAt : entry.ReceivedAt,
        Scheme = programmes.SchemeOf(actor.Programme),
        History = past,
    };

    private Scheme? SchemeOf(ActorId actor, AccountState state) =>
        programmes.SchemeOf(actor.Programme) is var scheme && (scheme.IsStated || state.Ledger is not null) ? scheme : null;
}
