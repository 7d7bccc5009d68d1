using System.Collections.Immutable;
using Gamification.Challenges;
using Gamification.Journal;
using Gamification.Programmes;
using Gamification.Programmes.Earning;
using Gamification.Rules.Challenges;
using Gamification.Rules.Challenges.Settlement;
using Gamification.Runtime.Reminders;
using Gamification.Runtime.Scheduling;
using Gamification.Tests.Journal;
using Gamification.Tests.Rules.Challenges;

namespace Gamification.Tests.Challenges;

/// <summary>
/// A challenge from its draft to its last prize in virtual time, with members who do things, do them late and take them back, and an engine that is killed at random
/// points. Afterwards: the certificate verifies, the standings are those of the deeds that stand, and every prize of the list was received once.
/// </summary>
internal sealed class ChallengeSimulation
{
    private static readonly ChallengeRunId Id = new("demo", "c", 1);
    private static readonly DateTimeOffset Opens = new(2026, 11, 30, 0, 0, 0, TimeSpan.FromHours(1));

    private readonly int _seed;
    private readonly int _members;
    private readonly int _pointsMax;
    private readonly Random _random;
    private readonly SimulationScheduler _scheduler;
    private readonly FaultyJournalStorage _journal;
    private readonly MemoryChallengeStorage _storage = new();
    private readonly InMemoryReminderTable _reminders = new();
    private readonly PrizeBook _book = new();
    private readonly Challenge _challenge;
    private readonly Dictionary<MemberId, (long Version, Dictionary<Guid, Deed?> Stands)> _stands = [];
    private readonly ProgrammeSettings _programme = new()
    {
        Id = "demo", Name = "Demo", Currency = "EUR", TimeZone = Contests.Zone,
        Stores = [.. new[] { "s1", "s2" }.Select(id => new Store { Id = id, NameFr = id, NameNl = id, NameEn = id, TimeZone = Contests.Zone })],
    };

    private ChallengeHost _engine;

    /// <param name="seed">Of everything that is drawn.</param>
    /// <param name="members">How many take part.</param>
    /// <param name="pointsMax">A life ends after at most so many durable steps.</param>
    public ChallengeSimulation(int seed, int members = 30, int pointsMax = 60)
    {
        (_seed, _members, _pointsMax, _random, _scheduler) = (seed, members, pointsMax, new(seed), new(seed, Opens.AddHours(-2)));
        _journal = new(new Random(seed + 1), _scheduler.Time) { Faults = new() { DelayMax = TimeSpan.FromMilliseconds(5) } };
        var goal = new CountGoal(Contests.On(EarningEvent.Visit, EarningEvent.Post), 2);
        _challenge = Contests.Of(goal, _random.Next(3) switch
        {
            0 => new Together([new(members), new(members * 3, Contests.Points(5), AtOnce: true)]),
            1 => new StoreAgainstStore(["s1", "s2"]),
            _ => new Individually(),
        }) with
        {
            Window = new() { From = Contests.Monday, Until = Contests.Monday.AddDays(1), GraceHours = 2 },
            Compensation = new(Contests.Points(1)),
        };
        _challenge = _challenge with { Prizes = new() { Completion = Contests.Points(10), Ranks = _challenge.By is Together ? [] : [new(1, Contests.Points(100)), new(3, Contests.Points(50))] } };
        _engine = NewEngine();
    }

    /// <summary>Where engines died.</summary>
    public List<string> Deaths { get; } = [];

    public int Prizes => _book.Received.Count;

    public int AskedAgain => _book.Again;

    public string Certificate { get; private set; } = "";

    public void Run() => _scheduler.Run(async () =>
    {
        await _engine.Host.StartAsync(default);
        Assert.Empty(await _engine.Challenge(Id).Draft(_challenge, "marie", Now));
        Assert.Empty(await _engine.Challenge(Id).Schedule("marie", Now));
        await Task.Delay(TimeSpan.FromHours(2), _scheduler.Time);

        // In the window, then late within grace. Kills come all the time.
        _engine.Life.CutAfter(_random.Next(1, _pointsMax * 4));
        for (var stretch = 0; stretch < 10; stretch++)
        {
            await Task.WhenAll(Enumerable.Range(0, _members).Where(_ => _random.Next(2) == 0).Select(Act));
            await Task.Delay(TimeSpan.FromMinutes(_random.Next(100, 150)), _scheduler.Time);
            await Revive();
        }

        await MaybeCancel();
        for (var minute = 0; minute < 2_000 && !await IsSettled(); minute++)
        {
            await Task.Delay(TimeSpan.FromSeconds(30), _scheduler.Time);
            await Revive();
        }

        _engine.Life.CutAfter(int.MaxValue);
        await Revive();
        await Check();
        _engine.Stop();
        await _engine.Host.StopAsync(default);
    });

    private DateTimeOffset Now => _scheduler.Time.GetUtcNow();

    private ChallengeHost NewEngine() => new(_scheduler, _journal, _storage, _reminders, _book, _programme);

    /// <summary>Nobody calls the challenge: it must come back by its reminder alone.</summary>
    private async Task Revive()
    {
        if (!_engine.Life.IsDead) return;
        Deaths.Add(_engine.Life.DiedAt!);
        _engine.Stop();
        _engine = NewEngine();
        await _engine.Host.StartAsync(default);
        if (Deaths.Count < 12) _engine.Life.CutAfter(_random.Next(1, _pointsMax));
    }

    private async Task Act(int number)
    {
        var member = new MemberId(Contests.Key(number + 1));
        if (!_stands.TryGetValue(member, out var known)) _stands[member] = known = (0, []);
        var key = Contests.Key(_random.Next(5) + (number * 10));
        var at = Now.AddMinutes(-_random.Next(200));
        var deed = _random.Next(4) == 0 ? null : new Deed
        {
            Type = _random.Next(2) == 0 ? EarningEvent.Visit : EarningEvent.Post,
            OccurredAt = DateTimeOffset.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds()),
            Date = DateOnly.FromDateTime(at.UtcDateTime),
            Store = _random.Next(2) == 0 ? "s1" : "s2",
        };
        var version = known.Version + 1;
        var append = new Append { Actor = ActorId.Member("demo", member), ExpectedVersion = known.Version, Entries = [PlainDeeds.Write(new(member, version, [new(key, deed)]))] };
        try
        {
            await _engine.Journal.Append(append);
        }
        catch (Exception fault) when (fault is IOException or JournalUnavailableException or JournalBusyException or CommitOutcomeUnknownException or OperationCanceledException)
        {
            // Nobody was told whether it is durable: the journal says.
        }

        var isStored = (await _journal.Load(append.Actor, default)).Version >= version;
        if (!isStored) return;
        known.Stands[key] = deed;
        _stands[member] = (version, known.Stands);
    }

    /// <summary>Some are called off while they are in grace.</summary>
    private async Task MaybeCancel()
    {
        if (_random.Next(4) != 0) return;
        while (true)
        {
            try
            {
                await _engine.Challenge(Id).Cancel(Contests.Named("why"), "marie", Now);
                return;
            }
            catch (Exception)
            {
                await Task.Delay(TimeSpan.FromSeconds(5), _scheduler.Time);
                await Revive();
            }
        }
    }

    private async Task<bool> IsSettled()
    {
        var types = _journal.Stored.Where(entry => entry.Actor == Id.Actor).Select(entry => entry.Type);
        await Task.CompletedTask;
        return types.Contains(RunEntry.Settled.Type);
    }

    private async Task Check()
    {
        var run = _journal.Stored.Where(entry => entry.Actor == Id.Actor).Select(entry => RunForm.Json.Read(entry)!).Aggregate(ChallengeRun.Empty, (state, entry) => state.Apply(entry));
        Assert.True(run.SettledAt != 0, $"seed {_seed}: not settled after {Deaths.Count} deaths");
        var certificate = run.Certificate!;
        Certificate = certificate.Hash();
        var (standings, prizes) = (await Chunks(ArchivePart.Standings), await Chunks(ArchivePart.Prizes));
        var findings = CertificateCheck.Verify(certificate, certificate.Hash(), run.Challenge!, standings, prizes);
        Assert.True(findings.IsEmpty, $"seed {_seed}: {string.Join(' ', findings)}");
        Assert.Equal(certificate.Text(), await _engine.Challenge(Id).Certificate());

        // The same from nothing but the deeds that stand.
        var marking = new Marking(run.Challenge!, run.Times());
        var finals = _stands.SelectMany(member =>
            MemberTrack.Empty.With([.. member.Value.Stands.Select(deed => new DeedChange(deed.Key, deed.Value))], 1, "c", marking).Contributions(run.Challenge!)
                .Select(one => new FinalRow(member.Key.Value, one.Group, one.Score, one.ReachedAt, one.CompletedAt))).ToArray();
        var expected = Freezing.Of(Id, run, finals);
        Assert.True(expected.Whole().Certificate.Standings == certificate.Standings, $"seed {_seed}: the standings are not those of what stands");
        var won = expected.Prizes.Won.Select(one => new PrizeId(Id, new(expected.Standings.Rows[one.Row].Member), expected.Prizes.Offers[one.Prize].Key)).ToHashSet();
        Assert.True(won.SetEquals(_book.Received.Keys), $"seed {_seed}: {won.Count} prizes won, {_book.Received.Count} received");
        Assert.True(_book.Received.Values.All(prize => prize.Certificate == certificate.Hash()), $"seed {_seed}: a prize names another certificate");
        Assert.True(run.Received == won.Count && run.Gone == 0, $"seed {_seed}: {run.Received} recorded as received of {won.Count}");
        Assert.Equal(run.CancelledAt != 0 ? ChallengePhase.Cancelled : ChallengePhase.Settled, (await _engine.Challenge(Id).View(Now)).Phase);
    }

    private async Task<ImmutableArray<byte[]>> Chunks(ArchivePart part)
    {
        var chunks = ImmutableArray.CreateBuilder<byte[]>();
        while (await _engine.Challenge(Id).Archive(part, chunks.Count) is { } chunk) chunks.Add(chunk.ToArray());
        return chunks.DrainToImmutable();
    }
}
