using System.Collections.Immutable;
using Gamification.Activities;
using Gamification.Challenges;
using Gamification.Journal;
using Gamification.Ledger;
using Gamification.Live;
using Gamification.Programmes;
using Gamification.Recognition;
using Gamification.Rewards;
using Gamification.Rules;
using Gamification.Vault;
using Microsoft.Extensions.Logging;

namespace Gamification.Members;

/// <summary>One member's account. Requests run one at a time, so a double spend has nowhere to happen.</summary>
internal sealed partial class MemberGrain(
    IJournal journal, JournalSnapshotOptions snapshots, ProgrammeCatalog programmes, BusinessClock clock, RewardBook rewards, ILogger<MemberGrain> log, TimeProvider time,
    INotices? notices = null, CampaignLeases? campaigns = null, IVault? vault = null, AccountsAtHand? atHand = null, DeedPages? deeds = null)
    : Grain, IMemberGrain, IActivityAccount, ISegmentedMember, IRecognisedMember, IWatchedMember, IAnnouncedMember, IRemindable
{
    private const string ClaimReminder = "claim/";
    private static readonly TimeSpan WatchFor = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan AnnounceFor = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ClaimRetry = TimeSpan.FromMinutes(1);
    private const int LastLines = 10;
    private const int StatementMax = 200;

    private ActorId _actor;
    private AccountLedger _account = null!;
    private ActivityLedger _activities = null!;
    private MemberRecognition _recognition = null!;

    /// <summary>Most members are not watched by anybody, and there are many of them.</summary>
    private ObserverManager<IMemberObserver>? _watchers;
    private long? _announcedAt;

    private bool IsAnnounced => _announcedAt is { } at && time.GetElapsedTime(at) < AnnounceFor;

    private MemberId Member => MemberId.Parse(_actor.Key);

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var (programme, key) = ActorId.PartsOf(this.GetPrimaryKeyString());
        _actor = ActorId.Member(programme, MemberId.Parse(key));
        _account = new(_actor, journal, programmes, clock, snapshots, letGo: DeactivateOnIdle, campaigns, deeds);
        _rewards = new(_actor, _account, journal, GrainFactory, rewards, clock, programmes.Of(_actor.Programme).Clock != BusinessClockKind.Live, time, this, log);
        _activities = new(_actor, _account, journal);
        _prizes = new(_actor, _account, journal, _rewards, clock, time);
        _birthday = new(_actor, _account, clock, vault);
        _recognition = new(_actor, _account, journal, clock, time, this, log, _birthday, programmes.Of(_actor.Programme).Clock == BusinessClockKind.Live);
        _account.Committed = _recognition.SetReminder;
        _account.Birth = _birthday.Find;
        _account.Catalogue = _rewards.Catalogue;

        // Before it reads: whoever posts without it looks here afterwards.
        atHand?.Add(_actor.Programme, Member);
        return _account.Load(cancellationToken);
    }

    /// <summary>Whoever watches would otherwise hear of nothing until it repeats its watch. Not when the host stops: then nobody can watch anew.</summary>
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        atHand?.Remove(_actor.Programme, Member);
        if (IsAnnounced) notices?.Publish(new Notice.OfAccount(_actor.Programme, Member, Numbers: null));
        return _watchers is null || reason.ReasonCode == DeactivationReasonCode.ShuttingDown ? Task.CompletedTask : _watchers.Notify(watcher => watcher.Left());
    }

    public Task<ReceiptOutcome> Post(Receipt receipt, DateTimeOffset receivedAt, bool held)
    {
        if (Kept<IMemberGrain>() is { } kept) return kept.Post(receipt, receivedAt, held);
        var kind = held && !_account.State.Enrolled ? AccountKind.HeldCard : AccountKind.Member;
        if (_recognition.MayCelebrate(receivedAt, receipt.OccurredAt)) return Told(() => PostCelebrating(receipt, receivedAt, kind));
        return _watchers is null && _announcedAt is null ? _account.Post(receipt, receivedAt, kind) : Told(() => _account.Post(receipt, receivedAt, kind));
    }

    public async Task<MemberView> View()
    {
        if (Kept<IMemberGrain>() is { } kept) return await kept.View();
        var last = await Statement(long.MaxValue, LastLines);
        var (state, purses) = (_account.State, Purses());
        return new(Member, _account.Version, BalanceIn(purses), state.Lifetime, state.Receipts, state.Enrolled, last.Lines) { Purses = purses, Recognition = await Recognition() };
    }

    public async Task<StatementPage> Statement(long before, int limit)
    {
        if (Kept<IMemberGrain>() is { } kept) return await kept.Statement(before, limit);
        var entries = await journal.ReadBackward(_actor, before, Math.Clamp(limit, 1, StatementMax), CancellationToken.None);
        return StatementLines.Page(entries, _account.Scheme);
    }

    public Task<ReceiptPreview> Preview(Receipt receipt, DateTimeOffset receivedAt) => Kept<IMemberGrain>()?.Preview(receipt, receivedAt) ?? _account.Preview(receipt, receivedAt);

    public Task<ActivityOutcome> Report(ReportedActivity activity, DateTimeOffset receivedAt) => Kept<IActivityAccount>()?.Report(activity, receivedAt) ?? Told(() => _activities.Report(activity, receivedAt));

    public Task<ActivityOutcome> Revise(ActivityRevision revision, DateTimeOffset receivedAt) => Kept<IActivityAccount>()?.Revise(revision, receivedAt) ?? Told(() => _activities.Revise(revision, receivedAt));

    public Task<ActivityPreview> PreviewActivity(ReportedActivity activity, DateTimeOffset receivedAt) => Kept<IActivityAccount>()?.PreviewActivity(activity, receivedAt) ?? _activities.Preview(activity, receivedAt);

    public async Task<SegmentsOutcome> SetSegments(ImmutableArray<string> segments, string by, DateTimeOffset receivedAt)
    {
        if (Kept<ISegmentedMember>() is { } kept) return await kept.SetSegments(segments, by, receivedAt);
        var (entry, refusal) = Segmenting.Decide(_account.State, segments, by, receivedAt);
        if (refusal is not null) return new SegmentsOutcome.Refused(refusal);
        if (entry is not null && await _account.Commit([entry], key: null) is not AppendOutcome.Appended) return await SetSegments(segments, by, receivedAt);
        return new SegmentsOutcome.Now(await Segments());
    }

    public Task<ImmutableArray<string>> Segments() => Kept<ISegmentedMember>()?.Segments() ?? Task.FromResult(_account.State.Segments ?? []);

    public async Task<ClaimOutcome> Claim(ReceiptKey sale, DateTimeOffset receivedAt)
    {
        if (await Credited(sale) is { } before) return before;
        if (Kept<IMemberGrain>() is { } kept) return await kept.Claim(sale, receivedAt);

        // A claim is two commits, the till's and this account's: what ends between the two is finished by the reminder.
        var reminder = await this.RegisterOrUpdateReminder($"{ClaimReminder}{sale}", ClaimRetry, ClaimRetry);
        var outcome = await Told(() => Credit(sale, receivedAt));
        await Forget(reminder);
        return outcome;
    }

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        if (reminderName == MemberRecognition.Reminder)
        {
            if (_account.State.LeftFor is null) await Told(_recognition.Remind);
            return;
        }

        if (!reminderName.StartsWith(ClaimReminder, StringComparison.Ordinal) || !ReceiptKey.TryParse(reminderName[ClaimReminder.Length..], out var sale))
        {
            await Told(async () =>
            {
                await _rewards.Remind(reminderName);
                return true;
            });
            return;
        }

        // Only what the till has handed over is owed: a claim that came no further was answered as not recorded.
        var at = new DateTimeOffset(status.CurrentTickTime, TimeSpan.Zero);
        if (await Find(sale, "release") is SaleReleased { Member: var member } && member == Member) await Told(() => Credit(sale, at));
        if (await this.GetReminder(reminderName) is { } reminder) await Forget(reminder);
    }

    public Task<MemberView> Enrol(DateTimeOffset receivedAt) => Kept<IMemberGrain>()?.Enrol(receivedAt) ?? Told(() => EnrolOnce(receivedAt));

    public Task<AccountNumbers> Watch(IMemberObserver observer)
    {
        if (Kept<IWatchedMember>() is { } kept) return kept.Watch(observer);
        _watchers ??= new(WatchFor, log);
        _watchers.Subscribe(observer, observer);
        DelayDeactivation(WatchFor);
        return Task.FromResult(Numbers());
    }

    public Task Unwatch(IMemberObserver observer)
    {
        _watchers?.Unsubscribe(observer);
        return Kept<IWatchedMember>()?.Unwatch(observer) ?? Task.CompletedTask;
    }

    public Task<AccountNumbers> Announce()
    {
        if (Kept<IAnnouncedMember>() is { } kept) return kept.Announce();
        _announcedAt = time.GetTimestamp();
        DelayDeactivation(AnnounceFor);
        return Task.FromResult(Numbers());
    }

    private async Task<ClaimOutcome> Credit(ReceiptKey sale, DateTimeOffset receivedAt)
    {
        var till = GrainFactory.GetGrain<ITillGrain>($"{_actor.Programme}/{sale.Store}/{sale.Till}");
        var answer = await till.Release(sale, Member, receivedAt);
        if (answer is not ReleaseOutcome.Released released) return new ClaimOutcome.Refused(((ReleaseOutcome.Refused)answer).Refusal);

        if (await Credited(sale) is { } before) return before;

        var key = AccountLedger.KeyOf(sale, "claim", Member.Value);
        var context = _account.Context(AccountKind.Member, receivedAt, released.Sale.OccurredAt, await _account.WholePast());
        using var drawn = AccountLedger.MayDraw(released.Sale, context) ? await _account.DrawFor(released.Sale, context) : CampaignDraws.None;
        var entries = Account.Claim(_account.State, released.Sale, released.Left, drawn.Into(context));
        return await _account.Commit(entries, key, drawn) is AppendOutcome.Appended
            ? new ClaimOutcome.Credited(entries[0].Points, entries[0].Balance, Replayed: false)
            : await Credit(sale, receivedAt);
    }

    /// <summary>What this account was credited for the sale before, or null.</summary>
    private async Task<ClaimOutcome?> Credited(ReceiptKey sale) =>
        await journal.FindKey(_actor.Programme, AccountLedger.KeyOf(sale, "claim"), CancellationToken.None) is { } first
            && _account.IsOwn(first.Actor) && AccountEntryJson.Read(first) is SaleAttributed credited
            ? new ClaimOutcome.Credited(credited.Points, credited.Balance, Replayed: true)
            : null;

    private async Task<AccountEntry?> Find(ReceiptKey sale, string purpose) =>
        await journal.FindKey(_actor.Programme, AccountLedger.KeyOf(sale, purpose), CancellationToken.None) is { } stored ? AccountEntryJson.Read(stored) : null;

    private async Task Forget(IGrainReminder reminder)
    {
        try
        {
            await this.UnregisterReminder(reminder);
        }
        catch (Exception fault)
        {
            log.LogWarning(fault, "Reminder {Reminder} has done its work but stays; its next tick finds nothing left to do.", reminder.ReminderName);
        }
    }

    private async Task<MemberView> EnrolOnce(DateTimeOffset receivedAt)
    {
        if (!_account.State.Enrolled)
        {
            var context = _account.Context(AccountKind.Member, receivedAt, clock.Now(_actor.Programme) ?? receivedAt, await _account.WholePast());
            var mayDraw = Enrolment.MayDraw(_account.State, Member, context)
                || context.History!.Sales.Any(sale => !sale.Credited && sale.Counted && AccountLedger.MayDraw(sale.Receipt, context));
            using var drawn = mayDraw ? await _account.Draw(context, with => Enrolment.Wants(_account.State, Member, with)) : CampaignDraws.None;
            var entries = Enrolment.Decide(_account.State, Member, drawn.Into(context));
            entries = [.. entries, .. await _rewards.Welcome(entries.Aggregate(_account.State, (state, entry) => state.Apply(entry)), context)];
            if (await _account.Commit(entries, key: null, drawn) is var outcome and not AppendOutcome.Appended)
            {
                if (outcome is AppendOutcome.KeyTaken) await _account.Load(CancellationToken.None);
                return await EnrolOnce(receivedAt);
            }
        }

        return await View();
    }

    /// <summary>Tells whoever watches of what the change made, once it is durable.</summary>
    private async Task<T> Told<T>(Func<Task<T>> change)
    {
        var before = _account.Version;
        var outcome = await change();
        if (_account.Version == before) return outcome;
        if (IsAnnounced) notices?.Publish(new Notice.OfAccount(_actor.Programme, Member, Numbers()));
        if (_watchers is not null) await _watchers.Notify(watcher => watcher.Changed(Numbers()));
        return outcome;
    }

    private AccountNumbers Numbers()
    {
        var state = _account.State;
        return new(_account.Version, BalanceIn(Purses()), state.Lifetime, state.Receipts);
    }

    private ImmutableArray<PurseView> Purses() => PurseList.At(_account.State, _account.Scheme, clock.Now(_actor.Programme));

    private long BalanceIn(ImmutableArray<PurseView> purses) => _account.State.Ledger is null ? _account.State.Balance : purses[0].Available;
}
