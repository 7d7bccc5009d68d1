using Gamification.Challenges;
using Gamification.Impacts;
using Gamification.Journal;
using Gamification.Programmes.Earning;
using Gamification.Rules.Impacts;
using Gamification.Runtime.Scheduling;
using Gamification.Tests.Challenges;
using Gamification.Tests.Journal;
using Gamification.Tests.Rules.Challenges;

namespace Gamification.Tests.Impacts;

/// <summary>
/// Members buy, bring back and take part; figures are counted and looked at meanwhile, over a storage that falters; factors are corrected, some so that other goods
/// count; and the engine is killed at random points. After each stretch every figure is what the deeds that stand come to by the newest factors, and every version was adopted once.
/// </summary>
internal sealed class ImpactSimulation
{
    private const int Members = 12;
    private static readonly DateTimeOffset Start = new(2026, 11, 30, 8, 0, 0, TimeSpan.FromHours(1));
    private static readonly ImpactSource Source = new("Ministry", "Table", "https://example.org/factors", new(2026, 1, 1));

    /// <summary>Few among many deeds: half of all lives end at one of them.</summary>
    public static readonly string[] Steps = [.. new[] { "keep", "impact.adopted", "drop" }.SelectMany(step => new[] { "before " + step, "after " + step })];

    private readonly Random _random;
    private readonly SimulationScheduler _scheduler;
    private readonly FaultyJournalStorage _journal;
    private readonly MemoryImpactStorage _storage = new();
    private readonly ImpactDesk _desk = new();
    private readonly Dictionary<MemberId, (long Version, Dictionary<Guid, Deed?> Stands)> _stands = [];
    private ImpactHost _engine;

    public ImpactSimulation(int seed)
    {
        (_random, _scheduler) = (new(seed), new(seed, Start));
        _journal = new(new Random(seed + 1), _scheduler.Time) { Faults = new() { DelayMax = TimeSpan.FromMilliseconds(5) } };
        _desk.Publish(new()
        {
            Counters = [Counter("meals"), Counter("co2e"), Counter("gifts")],
            Factors = [Factor("meal", "meals", ImpactBasis.Items, ["unsold"]), Factor("carbon", "co2e", ImpactBasis.Spend, ["local"]), Factor("ruled", "gifts", ImpactBasis.Rules, null)],
        }, Start);
        _storage.Falters = () => _random.Next(8) == 0;
        _engine = NewEngine();
    }

    public List<string> Deaths { get; } = [];

    public int Restated { get; private set; }

    public int CountedAnew { get; private set; }

    public void Run() => _scheduler.Run(async () =>
    {
        await _engine.Host.StartAsync(default);
        for (var stretch = 0; stretch < 6; stretch++)
        {
            Doom();
            for (var act = 0; act < 40; act++)
            {
                await Act();
                if (_random.Next(4) == 0) await Insist(() => _engine.Grain.CountOn());
                if (_random.Next(4) == 0) await Insist(() => _engine.Grain.View(store: null));
            }

            if (stretch > 0) Correct();
            await Insist(() => _engine.CatchUp());
            _engine.Life.CutAfter(int.MaxValue);
            _engine.Life.CutAt("");
            await Insist(() => _engine.CatchUp());
            await Check();
        }

        var editions = (await _engine.Grain.Restatements(0, 100)).Select(one => one.Edition).ToArray();
        Assert.Equal(editions.Distinct().OrderDescending(), editions);
        Restated = editions.Length;
        await CheckRebuilt();
        _engine.Stop();
        await _engine.Host.StopAsync(default);
    });

    private DateTimeOffset Now => _scheduler.Time.GetUtcNow();

    private ImpactHost NewEngine()
    {
        var engine = new ImpactHost(_scheduler, _journal, _storage);
        engine.Show(_desk, Now);
        return engine;
    }

    private void Doom()
    {
        if (_random.Next(3) == 0) _engine.Life.CutAfter(_random.Next(1, 120));
        else _engine.Life.CutAt(Steps[_random.Next(Steps.Length)]);
    }

    /// <summary>Whatever dies is started again, and is asked again.</summary>
    private async Task Insist(Func<Task> what)
    {
        for (var tries = 0; tries < 100; tries++)
        {
            try
            {
                await what();
                return;
            }
            catch (Exception fault) when (fault is IOException or InvalidOperationException or JournalUnavailableException or JournalBusyException or CommitOutcomeUnknownException or OperationCanceledException or TimeoutException)
            {
                await Revive();
                await Task.Delay(TimeSpan.FromSeconds(1), _scheduler.Time);
            }
        }

        throw new InvalidOperationException("It never came to its end.");
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
        var member = new MemberId(Contests.Key(_random.Next(Members)));
        if (!_stands.TryGetValue(member, out var known)) _stands[member] = known = (0, []);
        var key = Contests.Key(_random.Next(8) + 100);
        var isKnown = known.Stands.ContainsKey(key);
        var deed = isKnown && _random.Next(3) == 0 ? null : Deed();
        var version = known.Version + 1;
        var append = new Append
        {
            Actor = ActorId.Member("demo", member), ExpectedVersion = known.Version,
            Entries = [PlainDeeds.Write(new(member, version, [new(key, deed) { IsRevision = isKnown }]))],
        };
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
        known.Stands[key] = deed;
        _stands[member] = (version, known.Stands);
    }

    private Deed Deed() => Contests.Deed(EarningEvent.Sale, _random.Next(10), store: _random.Next(3) switch { 0 => "s1", 1 => "s2", _ => null }, goods:
    [
        Contests.Line("BREAD", _random.Next(500), _random.Next(1, 5), null, _random.Next(2) == 0 ? "unsold" : "local"),
        Contests.Line("SOAP", _random.Next(500)),
    ]) with { Impacts = _random.Next(3) == 0 ? [new("gifts", _random.Next(1, 5_000))] : [] };

    private void Correct()
    {
        var old = _desk.Newest;
        var factor = old.Factors[_random.Next(old.Factors.Length)];
        var corrected = factor with { Version = old.Factors.Count(one => one.Id == factor.Id) + 1, Correction = Contests.Named("study"), Millionths = _random.Next(4_000_000), From = Contests.Monday.AddDays(_random.Next(5)) };
        if (factor.Per != ImpactBasis.Rules && _random.Next(2) == 0)
        {
            corrected = corrected with { Goods = new() { Labels = [_random.Next(2) == 0 ? "unsold" : "local"] } };
            CountedAnew++;
        }

        _desk.Publish(old with { Factors = old.Factors.Add(corrected) }, Now);
        _engine.Show(_desk, Now);
    }

    private async Task Check()
    {
        var book = new ImpactBook(_desk.Newest);
        Assert.Equal(Slow(book, _stands.Values.SelectMany(one => one.Stands.Values)), Told(await _engine.Grain.View(store: null)));
        foreach (var store in (string[])["s1", "s2"])
            Assert.Equal(Slow(book, _stands.Values.SelectMany(one => one.Stands.Values).Where(deed => deed?.Store == store)), Told(await _engine.Grain.View(store)));
        foreach (var (member, known) in _stands) Assert.Equal(Slow(book, known.Stands.Values), Told(await _engine.Grain.Of(member)));
        Assert.Single(await _storage.Sets("demo", default));
    }

    /// <summary>Dropped and counted again from the journal it comes to the same.</summary>
    private async Task CheckRebuilt()
    {
        var before = await _engine.Grain.View(store: null);
        _engine.Stop();
        await _engine.Host.StopAsync(default);
        foreach (var set in await _storage.Sets("demo", default)) await _storage.Drop(set);
        _engine = NewEngine();
        await _engine.Host.StartAsync(default);
        await Insist(() => _engine.CatchUp());
        Assert.Equal(Told(before), Told(await _engine.Grain.View(store: null)));
    }

    private static string Slow(ImpactBook book, IEnumerable<Deed?> standing)
    {
        var totals = book.Totals(standing.OfType<Deed>().SelectMany(book.Of)).ToDictionary(total => total.Counter, total => total.Thousandths);
        return string.Join(' ', book.Counters.Select(counter => $"{counter.Id}={totals.GetValueOrDefault(counter.Id)}"));
    }

    private static string Told(ImpactView view)
    {
        Assert.All(view.Figures, figure => Assert.True(figure.Thousandths == 0 || !figure.Sources.IsEmpty, "a figure has no source"));
        return string.Join(' ', view.Figures.Select(figure => $"{figure.Counter.Id}={figure.Thousandths}"));
    }

    private static ImpactCounter Counter(string id) => new() { Id = id, Name = Contests.Named(id), Unit = Contests.Named("kg") };

    private static ImpactFactor Factor(string id, string counter, ImpactBasis per, string[]? labels) => new()
    {
        Id = id, Version = 1, Counter = counter, On = [EarningEvent.Sale], Goods = labels is null ? null : new() { Labels = [.. labels] }, Per = per, Millionths = 1_000_000, From = new(2026, 1, 1), Source = Source,
    };
}
