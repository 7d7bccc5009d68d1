using System.Collections.Immutable;
using Gamification.Journal;
using Gamification.Members;
using Gamification.Programmes;
using Gamification.Programmes.Earning;
using Gamification.Recognition;
using Gamification.Rewards;
using Gamification.Rules.Challenges;
using Gamification.Rules.Challenges.Settlement;
using Gamification.Statements;
using Gamification.Vault;
using Microsoft.Extensions.Logging;
using Ruling = Gamification.Rules.Rewards.Decision<Gamification.Rules.Challenges.RunEntry, System.Collections.Immutable.ImmutableArray<Gamification.Programmes.Earning.DocumentError>>;

namespace Gamification.Challenges;

/// <summary>
/// One run of a challenge. Commands and the steps of its settlement are facts in the journal; what members have done is counted from the journal, never from
/// their calls. A durable reminder moves it on, also when everybody was away at the time.
/// </summary>
[Reentrant]
internal sealed class ChallengeGrain(
    IJournal journal, IJournalStorage entries, DeedPages deeds, IChallengeStorage storage, IChallengeFeed feed, ProgrammeCatalog programmes, BusinessClock clock,
    JournalSnapshotOptions snapshots, ILogger<ChallengeGrain> log, IVault? vault = null, MemberWishes? wishes = null, PrizeDesk? desk = null) : Grain, IChallengeGrain, IRemindable
{
    private const string Reminder = "challenge";
    private const int PageMax = 500;
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan MoveOnEvery = TimeSpan.FromSeconds(1);

    /// <summary>What other nodes commit nobody tells this one: the journal is looked at every so many seconds.</summary>
    private const int LookEvery = 5;

    private ChallengeRunId _id;
    private SharedAppends<ChallengeRun, RunEntry> _run = null!;
    private Tracking _tracking = null!;
    private SettlementArchive _archive = null!;
    private PrizePosting _posting = null!;
    private MilestoneSharing _sharing = null!;
    private DueReminder _reminder = null!;
    private readonly StepQueue _steps = new();
    private (int Generation, Sentence? Words) _words;
    private bool _isTracking;
    private bool _knowsWishes;
    private Task _wished = Task.CompletedTask;
    private int _looks;
    private Task _moving = Task.CompletedTask;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _id = ChallengeRunId.Parse(this.GetPrimaryKeyString());
        _run = new(_id.Actor, journal, RunForm.Json, snapshots, letGo: DeactivateOnIdle);
        _tracking = new(_id, storage, entries, deeds);
        _archive = new(_id, storage);
        _posting = new(_archive, GrainFactory, _id, desk, vault);
        _sharing = new(_archive, GrainFactory, _id, vault);
        _reminder = new(this, Reminder, Period);
        await _run.Load(cancellationToken);
        if (Run is { ScheduledAt: not 0, SettledAt: 0 }) await Track(cancellationToken);
        this.RegisterGrainTimer(MoveOn, new GrainTimerCreationOptions { DueTime = MoveOnEvery, Period = MoveOnEvery, Interleave = true });
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        feed.Forget(_id);
        if (_isTracking) await _tracking.Keep(now: true);
    }

    private ChallengeRun Run => _run.State;

    public Task<ImmutableArray<DocumentError>> Draft(Challenge challenge, string by, DateTimeOffset at) => Rewritten(run => Running.Draft(run, challenge, by, Now(at)));

    public async Task<ImmutableArray<DocumentError>> Schedule(string by, DateTimeOffset at)
    {
        if (Run.Challenge is { } challenge && Badges(challenge) is { IsEmpty: false } unknown) return unknown;

        // Whoever dies from here on, the reminder finds a run that is due.
        await _reminder.Set();
        var from = (await entries.Heads(CancellationToken.None)).Select(head => new Position(head.Partition, head.LastSeq)).ToImmutableArray();
        var errors = await Change("schedule", run => Running.Schedule(run, programmes.Of(_id.Programme), from, by, Now(at)));
        if (Run.ScheduledAt == 0) await _reminder.Cancel();
        if (errors.IsEmpty && !_isTracking) await InTurn(() => Track(CancellationToken.None));
        return errors;
    }

    public Task<ImmutableArray<DocumentError>> Change(Challenge challenge, Wording? reason, string by, DateTimeOffset at) =>
        Badges(challenge) is { IsEmpty: false } unknown ? Task.FromResult(unknown) : Rewritten(run => Running.Change(run, challenge, reason, by, Now(at)));

    public Task<ImmutableArray<DocumentError>> Pause(string by, DateTimeOffset at) => Retimed("pause", run => Running.Pause(run, by, Now(at)));

    public Task<ImmutableArray<DocumentError>> Resume(bool extends, string by, DateTimeOffset at) => Retimed("pause", run => Running.Resume(run, extends, by, Now(at)));

    public Task<ImmutableArray<DocumentError>> End(Wording reason, string by, DateTimeOffset at) => Retimed("end", run => Running.End(run, reason, by, Now(at)));

    public Task<ImmutableArray<DocumentError>> Cancel(Wording reason, string by, DateTimeOffset at) => Change("end", run => Running.Cancel(run, reason, by, Now(at)));

    public async Task<ImmutableArray<DocumentError>> Adjust(Guid slot, string reason, string by, DateTimeOffset at)
    {
        var ruling = Running.Adjust(Run, slot, reason, by, Now(at));
        if (ruling.Entries.IsEmpty) return ruling.Answer;
        if (!await _posting.TakeBack(slot, Run.Certificate!, reason)) return [new("/slot", "won-nothing", "This slot has no prize to take back.")];
        return await Change("adjust", run => Running.Adjust(run, slot, reason, by, Now(at)));
    }

    public Task<ChallengeView> View(DateTimeOffset at)
    {
        var settings = programmes.Of(_id.Programme);
        if (_words.Generation != Run.Generation) _words = (Run.Generation, Run.Challenge is { } challenge ? RunViews.WordsOf(challenge, settings) : null);
        var groups = _isTracking ? _tracking.Groups : Run.Certificate?.Groups ?? [];
        return Task.FromResult(RunViews.Of(_id, Run, Now(at), groups, settings) with
        {
            Participants = _isTracking ? _tracking.Participants : Run.Certificate?.Rows ?? 0,
            Total = _isTracking ? _tracking.Total : Run.Total,
            Words = _words.Words,
            At = DateTimeOffset.FromUnixTimeMilliseconds(Now(at)),
        });
    }

    /// <summary>Once nothing is counted any more the kept track says the same.</summary>
    public async Task<MemberProgress?> ProgressOf(MemberId member)
    {
        if (Run.Challenge is not { } challenge || Run.ScheduledAt == 0) return null;
        var track = _isTracking ? _tracking.Find(member) : await _tracking.Kept(Run, member);
        if (track is null) return null;
        return RunViews.ProgressOf(track, challenge, programmes.Of(_id.Programme)) with { Rank = _isTracking && _knowsWishes ? _tracking.RankOf(member) : null };
    }

    public Task<ChallengePage?> Top(int offset, int limit) => Task.FromResult(_isTracking && _knowsWishes && !Run.IsClosed ? _tracking.Top(Math.Max(0, offset), Math.Clamp(limit, 0, PageMax)) : null);

    public Task<string?> Document() => Task.FromResult(Run.Challenge is { } challenge ? ChallengeDocument.Write(challenge) : null);

    public Task<string?> Certificate() => Task.FromResult(Run.Certificate?.Text());

    public async Task<ReadOnlyMemory<byte>?> Archive(ArchivePart part, int chunk) =>
        Run.Certificate is null ? null : await storage.ReadChunk(_id, part == ArchivePart.Standings ? StoredPart.Standings : StoredPart.Prizes, chunk, CancellationToken.None);

    public Task Apply(ImmutableArray<ChallengeChanges> changes) => InTurn(async () =>
    {
        if (!_isTracking || Run.IsClosed || _tracking.IsSealed) return;
        foreach (var stretch in changes) await _tracking.Apply(stretch);
        await _tracking.Keep(now: false);
    });

    public Task ReceiveReminder(string reminderName, TickStatus status) => Due();

    public async Task Due()
    {
        while (!_moving.IsCompleted) await _moving;
        await (_moving = MoveOn(catchUp: true));
    }

    private Task MoveOn(CancellationToken cancellation) => _moving.IsCompleted ? _moving = MoveOn(catchUp: false) : Task.CompletedTask;

    /// <summary>
    /// Goes as far as it is time for: keeps what was counted, latches milestones, closes, freezes, posts. Each step is durable before the next, and the
    /// same when it is done again.
    /// </summary>
    private async Task MoveOn(bool catchUp)
    {
        if (clock.Now(_id.Programme) is not { } at || !(_isTracking || (catchUp && Run.SettledAt != 0))) return;
        try
        {
            if (!_isTracking)
            {
                // Whoever settled it died before it had said so.
                await Conclude();
                return;
            }

            if (!_knowsWishes && _wished.IsCompleted) _wished = LearnWishes();
            var now = Ms(at);
            await InTurn(() => CountOn(now, catchUp || ++_looks % LookEvery == 0));
            if (!Run.IsClosed) return;
            if (Run.Certificate is null) await InTurn(() => Freeze(now));
            await foreach (var posted in _posting.Post(Run.PostedThrough, Run.Certificate!, now))
                await Step("post", run => run.PostedThrough + 1 == posted.Through ? [posted] : []);
            await foreach (var shared in _sharing.Tell(Run, programmes.SchemeOf(_id.Programme).Recognition, now))
                await Step("share", run => run.SharedThrough + 1 == shared.Through ? [shared] : []);
            await Step("settle", run => run.SettledAt == 0 ? [new RunEntry.Settled(now)] : []);
            _isTracking = false;
            feed.Forget(_id);
            await Conclude();
        }
        catch (Exception fault)
        {
            log.LogWarning(fault, "The challenge {Run} could not be moved on; it goes on from its last durable step.", _id);
        }
    }

    private async Task Conclude()
    {
        await GrainFactory.GetGrain<IChallengeListGrain>(_id.Programme).Close(_id);
        await _reminder.Cancel();
    }

    private async Task CountOn(long now, bool catchUp)
    {
        if (Run.IsClosed) return;
        var isDue = Run.PhaseAt(now) == ChallengePhase.Settling;
        if (!_tracking.IsSealed)
        {
            if (catchUp || isDue) await _tracking.CatchUp();
            await Step("latch", run => Latching.At(run, _tracking.Total, now));
            await _tracking.Keep(now: true, seals: isDue);
        }

        if (!isDue) return;

        // From here on nothing is counted: what is sealed is what was counted up to these positions, also for whoever comes after a crash.
        var watermark = _tracking.Positions;
        await Step("close", run => run.IsClosed ? [] : [new RunEntry.Closed(watermark, now)]);
    }

    private async Task Freeze(long now)
    {
        if (Run.Certificate is not null) return;
        var certificate = await _archive.Write(Freezing.Of(_id, Run, _tracking.Finals(await Unseen())));
        await Step("freeze", run => run.Certificate is null ? [new RunEntry.Frozen(certificate, now, _tracking.Total)] : []);
    }

    /// <summary>Members who wish to appear on no board appear in no standings (spec §11).</summary>
    private async Task<IReadOnlySet<Guid>> Unseen() => wishes is null
        ? ImmutableHashSet<Guid>.Empty
        : (await wishes.Of(_id.Programme)).Where(wish => wish.IsHidden).Select(wish => wish.Member.Value).ToHashSet();

    private async Task Track(CancellationToken cancellation)
    {
        if (_isTracking) return;
        await _tracking.Load(Run, cancellation);
        _isTracking = true;
        if (!Run.IsClosed) feed.Follow(_id);
    }

    /// <summary>Counting does not wait for the roll-up; only ranks do, since nobody is to see who hides.</summary>
    private async Task LearnWishes()
    {
        try
        {
            if (wishes is not null) _tracking.Take(await wishes.Of(_id.Programme));
            _knowsWishes = true;
        }
        catch (Exception fault)
        {
            log.LogWarning(fault, "Who hides from {Run} could not be read; nobody is told a rank until it is.", _id);
        }
    }

    /// <summary>What was looked at by the challenge before may mean something else: all of it is counted anew.</summary>
    private async Task<ImmutableArray<DocumentError>> Rewritten(Func<ChallengeRun, Ruling> rule)
    {
        var before = Run.Generation;
        var errors = await Change("rewrite", rule);
        if (_isTracking && before != Run.Generation) await InTurn(() => _tracking.CountAnew(Run));
        return errors;
    }

    private async Task<ImmutableArray<DocumentError>> Retimed(string subject, Func<ChallengeRun, Ruling> rule)
    {
        var errors = await Change(subject, rule);
        if (_isTracking) _tracking.Retime(Run);
        return errors;
    }

    private Task<ImmutableArray<DocumentError>> Change(string subject, Func<ChallengeRun, Ruling> rule) =>
        _run.Change(Subject(subject), run => rule(run) is var ruling ? (ruling.Entries, ruling.Answer) : default);

    private Task<bool> Step(string subject, Func<ChallengeRun, ImmutableArray<RunEntry>> decide) => _run.Change(Subject(subject), run => (decide(run), true));

    /// <summary>Whatever counts does so alone: it waits for the journal and the archive in between.</summary>
    private Task InTurn(Func<Task> work) => _steps.Run(work);

    private ImmutableArray<DocumentError> Badges(Challenge challenge) => ChallengeValidation.CheckBadges(challenge, programmes.SchemeOf(_id.Programme).Recognition);

    private static Guid Subject(string subject) => BusinessKey.Undated(subject + "\n", default).Digest;

    /// <summary>Challenges live on the business clock; where it is not placed yet, whoever asks says what time it is.</summary>
    private long Now(DateTimeOffset at) => Ms(clock.Now(_id.Programme) ?? at);

    private static long Ms(DateTimeOffset at) => at.ToUnixTimeMilliseconds();
}
