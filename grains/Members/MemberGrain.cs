using Gamification.Journal;
using Gamification.Live;
using Gamification.Programmes;
using Gamification.Rules;
using Microsoft.Extensions.Logging;

namespace Gamification.Members;

/// <summary>One member's account. Requests run one at a time, so a double spend has nowhere to happen.</summary>
internal sealed class MemberGrain(IJournal journal, JournalSnapshotOptions snapshots, ProgrammeCatalog programmes, ILogger<MemberGrain> log)
    : Grain, IMemberGrain, IWatchedMember
{
    private static readonly TimeSpan WatchFor = TimeSpan.FromMinutes(2);
    private const int LastLines = 10;
    private const int StatementMax = 200;

    private ActorId _actor;
    private AccountLedger _account = null!;

    /// <summary>Most members are not watched by anybody, and there are many of them.</summary>
    private ObserverManager<IMemberObserver>? _watchers;

    private MemberId Member => MemberId.Parse(_actor.Key);

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var key = this.GetPrimaryKeyString();
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        _actor = ActorId.Member(key[..slash], MemberId.Parse(key[(slash + 1)..]));
        _account = new(_actor, journal, programmes.Of(_actor.Programme), snapshots, letGo: DeactivateOnIdle);
        return _account.Load(cancellationToken);
    }

    /// <summary>Whoever watches would otherwise hear of nothing until it repeats its watch. Not when the host stops: then nobody can watch anew.</summary>
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) =>
        _watchers is null || reason.ReasonCode == DeactivationReasonCode.ShuttingDown ? Task.CompletedTask : _watchers.Notify(watcher => watcher.Left());

    public Task<ReceiptOutcome> Post(Receipt receipt, DateTimeOffset receivedAt, bool held)
    {
        var kind = held && !_account.State.Enrolled ? AccountKind.HeldCard : AccountKind.Member;
        return _watchers is null ? _account.Post(receipt, receivedAt, kind) : Told(() => _account.Post(receipt, receivedAt, kind));
    }

    public async Task<MemberView> View()
    {
        var last = await Statement(long.MaxValue, LastLines);
        var state = _account.State;
        return new(Member, _account.Version, state.Balance, state.Lifetime, state.Receipts, state.Enrolled, last.Lines);
    }

    public async Task<StatementPage> Statement(long before, int limit)
    {
        var entries = await journal.ReadBackward(_actor, before, Math.Clamp(limit, 1, StatementMax), CancellationToken.None);
        return StatementLines.Page(entries);
    }

    public Task<ClaimOutcome> Claim(ReceiptKey sale, DateTimeOffset receivedAt) => Told(() => Credit(sale, receivedAt));

    public Task<MemberView> Enrol(DateTimeOffset receivedAt) => Told(() => EnrolOnce(receivedAt));

    public Task<AccountNumbers> Watch(IMemberObserver observer)
    {
        _watchers ??= new(WatchFor, log);
        _watchers.Subscribe(observer, observer);
        DelayDeactivation(WatchFor);
        return Task.FromResult(Numbers());
    }

    public Task Unwatch(IMemberObserver observer)
    {
        _watchers?.Unsubscribe(observer);
        return Task.CompletedTask;
    }

    private async Task<ClaimOutcome> Credit(ReceiptKey sale, DateTimeOffset receivedAt)
    {
        var till = GrainFactory.GetGrain<ITillGrain>($"{_actor.Programme}/{sale.Store}/{sale.Till}");
        var answer = await till.Release(sale, Member, receivedAt);
        if (answer is not ReleaseOutcome.Released released) return new ClaimOutcome.Refused(((ReleaseOutcome.Refused)answer).Refusal);

        var key = AccountLedger.KeyOf(sale, "claim", Member.Value);
        if (await journal.FindKey(_actor.Programme, key, CancellationToken.None) is { } first && AccountEntryJson.Read(first) is SaleAttributed credited)
            return new ClaimOutcome.Credited(credited.Points, credited.Balance, Replayed: true);

        var context = _account.Context(AccountKind.Member, receivedAt, await _account.WholePast());
        var entries = Account.Claim(_account.State, released.Sale, released.Left, context);
        return await _account.Commit(entries, key) is AppendOutcome.Appended
            ? new ClaimOutcome.Credited(entries[0].Points, entries[0].Balance, Replayed: false)
            : await Credit(sale, receivedAt);
    }

    private async Task<MemberView> EnrolOnce(DateTimeOffset receivedAt)
    {
        if (!_account.State.Enrolled)
        {
            var context = _account.Context(AccountKind.Member, receivedAt, await _account.WholePast());
            var entries = Enrolment.Decide(_account.State, context);
            if (await _account.Commit(entries, key: null) is not AppendOutcome.Appended) return await EnrolOnce(receivedAt);
        }

        return await View();
    }

    /// <summary>Tells whoever watches of what the change made, once it is durable.</summary>
    private async Task<T> Told<T>(Func<Task<T>> change)
    {
        var before = _account.Version;
        var outcome = await change();
        if (_watchers is not null && _account.Version != before) await _watchers.Notify(watcher => watcher.Changed(Numbers()));
        return outcome;
    }

    private AccountNumbers Numbers()
    {
        var state = _account.State;
        return new(_account.Version, state.Balance, state.Lifetime, state.Receipts);
    }
}
