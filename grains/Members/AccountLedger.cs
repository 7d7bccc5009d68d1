using System.Collections.Immutable;
using Gamification.Challenges;
using Gamification.Journal;
using Gamification.Programmes;
using Gamification.Programmes.Earning;
using Gamification.Rewards;
using Gamification.Rules;
using Gamification.Rules.Recognition;

namespace Gamification.Members;

/// <summary>
/// An account as its actor holds it: the folded state in memory, everything else in the journal. Changes go one way:
/// a pure rule decides, the journal makes it durable, then memory changes.
/// <paramref name="letGo"/> ends the activation when memory can no longer be trusted to match the disk; the next one reads what is true.
/// </summary>
internal sealed class AccountLedger(ActorId actor, IJournal journal, ProgrammeCatalog programmes, BusinessClock clock, JournalSnapshotOptions snapshots, Action letGo, CampaignLeases? campaigns = null, DeedPages? deeds = null)
{
    private readonly AccountPast _past = new(actor, journal, programmes);
    private JournalTail _tail;

    public AccountState State { get; private set; } = AccountState.Empty;

    public long Version { get; private set; }

    /// <summary>Called after a commit that moved the member's reminder, with the state before and after it; it must not throw.</summary>
    public Func<AccountState, AccountState, Task>? Committed { get; set; }

    /// <summary>Finds the member's birth date; null for an account that has none.</summary>
    public Func<ValueTask<DateOnly?>>? Birth { get; set; }

    /// <summary>Finds the rewards on offer, of which some are given on joining; null for an account that nobody joins with.</summary>
    public Func<ValueTask<ImmutableArray<CatalogueReward>>>? Catalogue { get; set; }

    /// <summary>By what this account is rated now: the programme's document; null where there is none and the account never had a ledger.</summary>
    public Scheme? Scheme => Rating(programmes.SchemeOf(actor.Programme));

    private MemberId? Member => MemberOf(actor);

    private CampaignLeases Leases => campaigns ?? throw new InvalidOperationException($"Programme '{actor.Programme}' has campaigns, and this host has nobody to lease them.");

    public async Task Load(CancellationToken cancellation) => Take(await journal.Load(actor, cancellation));

    /// <summary>Begins from what was read of it.</summary>
    public void Take(ActorHistory history) => (State, Version, _tail) = (AccountEntryJson.StateOf(history), history.Version, JournalTail.Of(history));

    /// <param name="receipt">The receipt.</param>
    /// <param name="receivedAt">When it came.</param>
    /// <param name="kind">Whose account this is.</param>
    public async Task<ReceiptOutcome> Post(Receipt receipt, DateTimeOffset receivedAt, AccountKind kind)
    {
        while (true)
        {
            var (change, record, answer) = await Decide(receipt, receivedAt, kind);
            if (change is null) return answer!;
            switch (await Commit(new ValueTask<AccountChange>(change)))
            {
                case AppendOutcome.Appended appended: return new ReceiptOutcome.Recorded(record! with { RecordedAt = appended.RecordedAt });
                case AppendOutcome.KeyTaken { Index: 0 } taken: return ReceiptRecords.Repeat(receipt, taken.Content, taken.First, SchemeAt(receipt.OccurredAt));
                case AppendOutcome.StaleVersion or AppendOutcome.LeaseOver: continue;
                case var other: throw new NotSupportedException($"{other} is not an answer to an append.");
            }
        }
    }

    private async Task<DecidedReceipt> Decide(Receipt receipt, DateTimeOffset receivedAt, AccountKind kind)
    {
        var context = await Welcoming(receipt, await Telling(Context(kind, receivedAt, receipt.OccurredAt, await PastFor(receipt, kind))));
        var mayDraw = MayDraw(receipt, context) || (context.Newcomer is { } newcomer && Enrolment.MayDraw(State, newcomer.Member, context));
        Earned? rated = null;
        using var drawn = mayDraw ? await Draw(context, with => Account.Wants(State, receipt, with, out rated)) : CampaignDraws.None;
        context = drawn.Into(context) with { Rated = rated };
        var (entries, refusal) = Account.Decide(State, receipt, context);
        if (context.History is { IsShort: true }) (entries, refusal) = Account.Decide(State, receipt, context with { History = await WholePast() });
        var key = KeyOf(receipt);
        if (refusal is not null) return new(null, null, await FirstUse(key, receipt) ?? new ReceiptOutcome.Refused(refusal));
        if (entries[0] is ReceiptPosted { Treatment: Treatment.Parked, Receipt.Original: { } sale } && await IsElsewhere(sale)) throw new JournalUnavailableException($"{sale} is on its way to another account; nothing was written. Ask again.");
        var record = ReceiptRecords.Of((ReceiptPosted)entries[0], actor, Version + 1, default, context.Scheme);
        return new(await Prepare(entries, key, drawn, []), record, null);
    }

    /// <summary>What time has brought is told with what happens now, in one entry; a celebration has come before with entries of its own.</summary>
    private async ValueTask<AccountContext> Telling(AccountContext context)
    {
        if (context.Scheme?.Recognition is not { } book || !RecognitionDue.IsDue(State.Recognition, book, context.At)) return context;
        var birth = State.Recognition!.Dates.IsBirthKnown && Birth is not null ? await Birth() : null;
        return context with { Birth = birth, TellsTime = !RecognitionDue.Celebrates(State.Recognition, book, birth, context.At) };
    }

    /// <summary>Whose card is admitted with its first receipt, joins with it.</summary>
    private async ValueTask<AccountContext> Welcoming(Receipt receipt, AccountContext context)
    {
        if (State is not { Enrolled: false, Receipts: 0 } || context is not { Kind: AccountKind.Member, Scheme: not null } || Catalogue is null) return context;
        var catalogue = await Catalogue();
        return Enrolment.Follows(State, context, catalogue) ? context with { Newcomer = new(MemberId.Parse(actor.Key), receipt.OccurredAt, receipt.Key.BusinessDate, catalogue) } : context;
    }

    /// <summary>Between the two sides of a merge a sale is nobody's for a moment: its return asks again, rather than wait for a sale that has come.</summary>
    private async ValueTask<bool> IsElsewhere(ReceiptKey sale) =>
        await journal.FindKey(actor.Programme, KeyOf(sale, "receipt"), CancellationToken.None) is { Actor: { Kind: "member" } holder } && !IsOwn(holder);

    /// <summary>What posting this receipt now would earn the member.</summary>
    public async Task<ReceiptPreview> Preview(Receipt receipt, DateTimeOffset receivedAt)
    {
        var past = receipt.Type == ReceiptType.Sale ? await PastFor(receipt, AccountKind.Member) : null;
        var context = Context(AccountKind.Member, receivedAt, receipt.OccurredAt, past);
        return Account.Preview(State, receipt, MayDraw(receipt, context) ? await Peek(context, with => Awards.Wants(State, receipt, with)) : context);
    }

    /// <summary>Whether campaigns have a say in what this receipt earns.</summary>
    public static bool MayDraw(Receipt receipt, AccountContext context) =>
        context is { Kind: AccountKind.Member, Scheme: { HasCampaigns: true } scheme } && receipt.Type == ReceiptType.Sale && scheme.MayDraw(EventFacts.Of(receipt));

    /// <summary>Sets aside what rating a sale may take of campaigns.</summary>
    public Task<CampaignDraws> DrawFor(Receipt sale, AccountContext context) => Draw(context, with => Awards.Wants(State, sale, with));

    /// <summary>Sets aside what a decision may take of campaigns: <paramref name="wants"/> tells, given what the context leaves.</summary>
    public async Task<CampaignDraws> Draw(AccountContext context, Func<AccountContext, ImmutableArray<CampaignUse>> wants) =>
        new(await Leases.Draw(actor.Programme, TermsFor(context), grants => wants(context with { Grants = grants })));

    /// <summary>The context of a preview: with what campaigns would leave it now.</summary>
    public async Task<AccountContext> Peek(AccountContext context, Func<AccountContext, ImmutableArray<CampaignUse>> wants) =>
        context with { Grants = await Leases.Left(actor.Programme, TermsFor(context), grants => wants(context with { Grants = grants })) };

    /// <summary>What holds of a campaign is what the document says now, also for what occurred under an older version.</summary>
    private Func<string, Campaign> TermsFor(AccountContext context) =>
        id => programmes.SchemeOf(actor.Programme).FindCampaign(id) ?? context.Scheme!.FindCampaign(id)!;

    /// <summary>
    /// Makes the entries durable under the key, then shows them; with them what they took of campaigns, and brought back to them, which settles by what
    /// becomes of the commit. After a stale version the state has been reloaded, and after a lease that is over there is another: decide again.
    /// </summary>
    /// <param name="entries">At least one; the first carries the key.</param>
    /// <param name="key">Null for none.</param>
    /// <param name="drawn">What was set aside of campaigns; null for nothing.</param>
    /// <param name="claims">Further keys to take in the same commit, as entries that fold to nothing.</param>
    public Task<AppendOutcome> Commit(ImmutableArray<AccountEntry> entries, BusinessKey? key, CampaignDraws? drawn = null, ImmutableArray<NewEntry> claims = default) =>
        Commit(Prepare(entries, key, drawn ?? CampaignDraws.None, claims.IsDefault ? [] : claims));

    private async Task<AppendOutcome> Commit(ValueTask<AccountChange> preparing)
    {
        var change = await preparing;
        AppendOutcome outcome;
        try
        {
            outcome = await Append(change.Append);
            change.Drawn.Settle(outcome);
        }
        catch (Exception fault)
        {
            change.Drawn.Settle(fault);
            throw;
        }

        switch (outcome)
        {
            case AppendOutcome.Appended:
                var before = State;
                (State, Version, _tail) = (change.Next, change.Version, change.Tail);
                if (Committed is not null && before.Recognition?.RemindOn != State.Recognition?.RemindOn) await Committed(before, State);
                break;
            case AppendOutcome.StaleVersion:
                var wasItself = State.LeftFor is null;
                await Load(CancellationToken.None);
                if (wasItself && State.LeftFor is not null) throw new JournalUnavailableException($"{actor} was merged into another account meanwhile; nothing was written. Ask again.");
                break;
        }

        return outcome;
    }

    /// <summary>What was drawn passes to the change: it settles with the commit, or is given back here when there will be none.</summary>
    private async ValueTask<AccountChange> Prepare(ImmutableArray<AccountEntry> entries, BusinessKey? key, CampaignDraws drawn, ImmutableArray<NewEntry> claims)
    {
        // What a campaign that is no more had paid goes nowhere.
        var repaid = CampaignDraws.Repaid(entries).Select(programmes.SchemeOf(actor.Programme).FindCampaign).OfType<Campaign>().ToArray();
        using var all = repaid.Length == 0 ? drawn : drawn.With(await Leases.TakeBack(actor.Programme, repaid));
        var next = State;
        for (var at = 0; at < entries.Length; at++) next = next.Apply(entries[at], Version + 1 + at);
        var written = AccountChange.Written(entries, key, claims);
        var tail = _tail.Then(written);
        var snapshot = tail.Calls(snapshots) ? (ReadOnlyMemory<byte>?)AccountEntryJson.WriteState(next) : null;
        var measures = await MeasureReading.Of(programmes.SchemeOf(actor.Programme), programmes.Of(actor.Programme).NetSpend, actor, Version, entries, journal.ReadForward);
        var notice = AccountChange.NoticeOf(actor, Member, entries, next.Tallies, Version + written.Length, measures);
        var append = new Append
        {
            Actor = actor,
            ExpectedVersion = Version,
            Entries = written,
            Uses = all.IsEmpty ? [] : all.Uses(entries),
            Snapshot = snapshot,
            Notice = notice with { Deeds = deeds is { IsFollowed: true } && Member is { } member ? AccountDeeds.Of(entries, member, Version, actor.Programme, programmes) : null },
        };
        return new(append, next, tail.After(snapshot), all.HandOver());
    }

    /// <summary>What a decision may look at: the programme as it was when the event occurred, or a fault when this node may not have its newest version.</summary>
    public AccountContext Context(AccountKind kind, DateTimeOffset receivedAt, DateTimeOffset occurredAt, SaleHistory? history)
    {
        var programme = programmes.At(actor.Programme, occurredAt);
        return new()
        {
            Settings = programme.Settings,
            Kind = kind,
            ReceivedAt = receivedAt,
            At = clock.At(actor.Programme, receivedAt, occurredAt),
            Scheme = Rating(programme.Scheme),
            Incidents = programmes.IncidentsOf(actor.Programme),
            History = history,
        };
    }

    /// <summary>By what an event of this instant is rated; a fault when this node may not have the programme's newest version.</summary>
    public Scheme? SchemeAt(DateTimeOffset occurredAt) => Rating(programmes.At(actor.Programme, occurredAt).Scheme);

    private Scheme? Rating(Scheme scheme) => scheme.IsStated || State.Ledger is not null ? scheme : null;

    public Task<SaleHistory> WholePast() => _past.Whole(State);

    /// <summary>The entries of an account in (<paramref name="after"/>, <paramref name="through"/>], from the journal.</summary>
    public Task<ImmutableArray<AccountEntry>> Entries(ActorId whose, long after, long through) => _past.Entries(whose, after, through);

    /// <summary>Whether keys of that actor count as this account's own.</summary>
    public bool IsOwn(ActorId other) => other == actor || (State.Kin is { } kin && other.Kind == actor.Kind && other.Programme == actor.Programme && kin.Contains(MemberId.Parse(other.Key)));

    /// <summary>The past from this receipt onward, so that years of a till are not read for last week's sale; empty when this account does not hold it.</summary>
    public async Task<SaleHistory> PastSince(ReceiptKey receipt) =>
        await journal.FindKey(actor.Programme, KeyOf(receipt, "receipt"), CancellationToken.None) is { } first && IsOwn(first.Actor)
            ? first.Actor == actor ? await _past.From(first.Version) : await WholePast()
            : new();

    public static BusinessKey KeyOf(Receipt receipt) => new(receipt.Key.Month, receipt.Key.Digest(), receipt.Content);

    /// <summary>The key of what was done with a receipt for one purpose, to look up or to take for <paramref name="content"/>.</summary>
    public static BusinessKey KeyOf(ReceiptKey receipt, string purpose, Guid content = default) => new(receipt.Month, receipt.Digest(purpose), content);

    private static MemberId? MemberOf(ActorId actor) => actor.Kind == "member" ? MemberId.Parse(actor.Key) : null;

    private async ValueTask<SaleHistory?> PastFor(Receipt receipt, AccountKind kind)
    {
        var settings = programmes.At(actor.Programme, receipt.OccurredAt).Settings;
        return Account.Needs(State, receipt, kind, settings, SchemeAt(receipt.OccurredAt)) switch
        {
            Past.Whole => await WholePast(),
            Past.Touched => await _past.Touched(State, receipt, settings.UnlinkedReturns),
            Past.SinceSale => await PastSince(receipt.Original ?? receipt.Key),
            _ => null,
        };
    }

    private async ValueTask<AppendOutcome> Append(Append append)
    {
        try
        {
            return await journal.Append(append);
        }
        catch (CommitOutcomeUnknownException)
        {
            letGo();
            throw;
        }
    }

    private async Task<ReceiptOutcome?> FirstUse(BusinessKey key, Receipt receipt) =>
        await journal.FindKey(actor.Programme, key, CancellationToken.None) is { } first && AccountEntryJson.Read(first) is ReceiptPosted posted
            ? ReceiptRecords.Repeat(receipt, posted.Receipt.Content, first, SchemeAt(posted.Receipt.OccurredAt))
            : null;
}
