using System.Security.Cryptography;
using System.Text;
using Gamification.Challenges;
using Gamification.Journal;
using Gamification.Leagues;
using Gamification.Programmes.Earning;
using Gamification.Rules.Challenges.Settlement;
using Gamification.Rules.Leagues;
using Gamification.Runtime.Scheduling;
using Gamification.Tests.Challenges;
using Gamification.Tests.Journal;
using Gamification.Tests.Rules.Challenges;

namespace Gamification.Tests.Leagues;

/// <summary>
/// Four weeks of a league in virtual time: members join, leave, hide, do things, late too, and take them back; the engine is killed at random points. Every season is settled once,
/// its texts hash to what is certified, its efforts are those that stand, and divisions follow from the season before.
/// </summary>
internal sealed class LeagueSimulation
{
    private const int Members = 30;
    private static readonly DateTimeOffset Start = new(2026, 11, 30, 8, 0, 0, TimeSpan.FromHours(1));

    public static readonly string[] Steps =
        [.. new[] { "league.begun", "write Seats", "league.seated", "write Standings", "league.settled" }.SelectMany(step => new[] { "before " + step, "after " + step })];

    private readonly Random _random;
    private readonly SimulationScheduler _scheduler;
    private readonly FaultyJournalStorage _journal;
    private readonly MemoryChallengeStorage _storage = new();
    private readonly LeagueRules _rules;
    private readonly Dictionary<Guid, (long Version, Dictionary<Guid, Deed?> Stands, bool Joined, bool Hidden)> _members = [];
    private readonly List<List<LeagueLine>> _settled = [];
    private LeagueHost _engine;

    public LeagueSimulation(int seed)
    {
        (_random, _scheduler) = (new(seed), new(seed, Start));
        _journal = new(new Random(seed + 1), _scheduler.Time) { Faults = new() { DelayMax = TimeSpan.FromMilliseconds(5) } };
        _rules = new()
        {
            Id = "friends", Name = Contests.Named("friends"), Divisions = [Contests.Named("bronze"), Contests.Named("silver"), Contests.Named("gold")], GroupSize = 6, Promoted = 2, Relegated = 2,
            KeepsEffort = seed % 2 == 0, GraceHours = 24, Efforts = [new(EarningEvent.Post, 3, 2), new(EarningEvent.Visit, 1, 1)],
        };
        _engine = NewEngine();
    }

    public List<string> Deaths { get; } = [];

    public string Certificates { get; private set; } = "";

    public int Moves { get; private set; }

    public void Run() => _scheduler.Run(async () =>
    {
        await _engine.Host.StartAsync(default);
        await Due();
        for (var hour = 0; hour < 24 * 30; hour += 6)
        {
            Doom();
            for (var act = 0; act < 6; act++) await Act();
            await Due();
            await CheckShown();
            await Task.Delay(TimeSpan.FromHours(6), _scheduler.Time);
        }

        Assert.Equal(4, _settled.Count);
        await CheckProof();
        _engine.Stop();
        await _engine.Host.StopAsync(default);
    });

    /// <summary>From the journal alone every season comes to what was certified, late seats, wishes and deeds taken back included; and whoever changes a line is found.</summary>
    private async Task CheckProof()
    {
        var proof = await Prove();
        Assert.True(proof is { IsSound: true, Seasons: 4 }, string.Join('\n', proof.Findings));
        var season = new ChallengeRunId("demo", LeagueNames.PartOf(_rules.Id), _random.Next(4) + 1);
        foreach (var part in (StoredPart[])[StoredPart.Standings, StoredPart.Seats, StoredPart.Prizes])
        {
            if (_storage.Spoil(season, part) is not { } undo) continue;
            Assert.Contains($"demo/{_rules.Id}", Assert.Single((await Prove()).Findings), StringComparison.Ordinal);
            undo();
        }

        Task<LeagueCheck> Prove() => LeagueCheck.Run("demo", [_rules.Id], _journal, _storage, new PlainDeeds(), default);
    }

    private DateTimeOffset Now => _scheduler.Time.GetUtcNow();

    private LeagueHost NewEngine() => new(_scheduler, _journal, _storage, new() { Leagues = [_rules] });

    private void Doom()
    {
        if (_random.Next(3) == 0) _engine.Life.CutAfter(_random.Next(1, 40));
        else _engine.Life.CutAt(Steps[_random.Next(Steps.Length)]);
    }

    /// <summary>Whatever dies is started again, and is asked again.</summary>
    private async Task Due()
    {
        for (var tries = 0; tries < 50; tries++)
        {
            try
            {
                await _engine.Grain.Due();
                break;
            }
            catch (Exception fault) when (fault is IOException or InvalidOperationException or JournalUnavailableException or JournalBusyException or CommitOutcomeUnknownException or OperationCanceledException or TimeoutException)
            {
                await Revive();
                await Task.Delay(TimeSpan.FromSeconds(1), _scheduler.Time);
            }
        }

        _engine.Life.CutAfter(int.MaxValue);
        _engine.Life.CutAt("");
        await _engine.Grain.Due();
        if ((await _engine.Grain.View())!.Settled is [var newest, ..] && newest.Number > _settled.Count) await CheckSettled(newest);
    }

    private async Task Revive()
    {
        if (!_engine.Life.IsDead) return;
        Deaths.Add(_engine.Life.DiedAt!);
        _engine.Stop();
        _engine = NewEngine();
        await _engine.Host.StartAsync(default);
        if (_random.Next(2) == 0) Doom();
    }

    private async Task Act()
    {
        var member = Contests.Key(_random.Next(Members) + 1);
        var known = _members.TryGetValue(member, out var before) ? before : (0, [], false, false);
        var key = Contests.Key(_random.Next(12) + 100);
        var isWish = !known.Joined || _random.Next(12) == 0;
        var wish = isWish ? new Participation(LeagueNames.PartOf(_rules.Id), _random.Next(8) > 0, Hidden: _random.Next(6) == 0) : null;
        var at = Now.AddHours(-_random.Next(20));
        var deed = known.Stands.GetValueOrDefault(key) is not null && _random.Next(3) == 0 ? null : new Deed
        {
            Type = _random.Next(3) switch { 0 => EarningEvent.Visit, 1 => EarningEvent.Sale, _ => EarningEvent.Post }, Spend = 100,
            OccurredAt = DateTimeOffset.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds()), Date = DateOnly.FromDateTime(at.AddHours(1).UtcDateTime),
        };
        var version = known.Version + 1;
        var change = wish is not null ? new DeedChange(Guid.Empty, Participation: wish) : new DeedChange(key, deed) { IsRevision = known.Stands.ContainsKey(key) };
        var append = new Append { Actor = ActorId.Member("demo", new(member)), ExpectedVersion = known.Version, Entries = [PlainDeeds.Write(new(new(member), version, [change]))] };
        try
        {
            await _engine.Journal.Append(append);
        }
        catch (Exception fault) when (fault is IOException or JournalUnavailableException or JournalBusyException or CommitOutcomeUnknownException or OperationCanceledException)
        {
            await Revive();
        }

        // Nobody was told whether it is durable: the journal says.
        if ((await _journal.Load(append.Actor, default)).Version < version) return;
        if (wish is null) known.Stands[key] = deed;
        _members[member] = (version, known.Stands, wish?.Joined ?? known.Joined, wish?.Hidden ?? known.Hidden);
    }

    private async Task CheckSettled(SettledSeason settled)
    {
        Assert.Equal(_settled.Count + 1, settled.Number);
        var certificate = (await _engine.Grain.Certificate(settled.Number))!;
        Assert.Equal(settled.Hash, Sha256.Of(certificate));
        var text = (await _engine.Grain.Standings(settled.Number, 0))?.ToArray() ?? [];
        Assert.Contains($"standings sha256:{Convert.ToHexStringLower(SHA256.HashData(text))} {settled.Rows}\n", certificate, StringComparison.Ordinal);
        var slots = new SlotHash(new ChallengeRunId("demo", LeagueNames.PartOf(_rules.Id), settled.Number));
        var bySlot = _members.Keys.ToDictionary(member => slots.Of(member).ToString("N"));
        var members = Encoding.UTF8.GetString(text).Split('\n')[..^1].Select(line => bySlot[line.Split(' ')[3]]).ToArray();
        var lines = LeagueStandings.Read(text, members).ToList();
        Assert.Equal(lines.Count, lines.Select(line => line.Member).Distinct().Count());
        var monday = Contests.Monday.AddDays(7 * (settled.Number - 1));
        foreach (var line in lines)
        {
            var member = _members[line.Member];
            Assert.True(member.Joined && member.Hidden == line.Hidden, "who left is in the standings, or who hid is ranked");
            Assert.Equal(Efforts.Of(_rules, member.Stands.Values.OfType<Deed>().Where(deed => deed.Date >= monday && deed.Date < monday.AddDays(7))), (line.Effort, line.ReachedAt));
            var before = _settled.LastOrDefault()?.FirstOrDefault(one => one.Member == line.Member);
            Assert.Equal(before is null ? 0 : LeagueTable.NextDivision(_rules, before.Division, before.Move), line.Division);
        }

        foreach (var group in lines.Where(line => !line.Hidden).GroupBy(line => (line.Division, line.Group)))
        {
            var places = LeagueTable.Of(_rules, group.Key.Division, group.Select(line => new LeagueEffort(line.Member, line.Effort, line.ReachedAt)), $"demo/{_rules.Id}/{settled.Name}");
            Assert.Equal(places.Select(place => (place.Member, place.Rank, place.Move)), group.Select(line => (line.Member, line.Rank, line.Move)));
        }

        _settled.Add(lines);
        Moves += lines.Count(line => line.Move != LeagueMove.Stays);
        Certificates += settled.Hash + "\n";
    }

    /// <summary>Spec G6: in the lower half nobody is shown but oneself, and then without a rank.</summary>
    private async Task CheckShown()
    {
        var member = Contests.Key(_random.Next(Members) + 1);
        var standing = await _engine.Grain.Of(new(member));
        Assert.Equal(_members.TryGetValue(member, out var known) && known.Joined, standing.HasJoined);
        if (standing.Division is null) return;
        Assert.Single(standing.Rows, row => row.IsOwn);
        Assert.True(standing.Rows.Count(row => row.Rank is not null && !row.IsOwn) <= (standing.GroupSize + 1) / 2);
        Assert.All(standing.Rows, row => Assert.True(row.IsOwn || (row.Rank is not null && _members[row.Member.Value] is { Joined: true, Hidden: false })));
        Assert.Equal(standing.Rows.Where(row => !row.IsOwn).Select(row => row.Effort).OrderDescending(), standing.Rows.Where(row => !row.IsOwn).Select(row => row.Effort));
    }
}
