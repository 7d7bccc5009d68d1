using Gamification.Journal;
using Gamification.Programmes.Documents;
using Gamification.Programmes.Earning;
using Gamification.Rules.Programmes;
using Gamification.Tests.Journal;
using Gamification.Tests.Rules;
using Gamification.Tests.Rules.Earning;
using Gamification.Tests.Rules.Documents;
using Gamification.Tests.Time;
using Microsoft.Extensions.Logging;

namespace Gamification.Tests.Documents;

/// <summary>What a node may decide by, whatever becomes of the others and of the journal.</summary>
public sealed class ProgrammeWatchTests
{
    private readonly ManualTimeProvider _clock = new();
    private readonly FaultyJournalStorage _storage;
    private readonly DirectJournal _journal;

    public ProgrammeWatchTests()
    {
        _storage = new(new Random(1), _clock);
        _journal = new(_storage, _clock);
    }

    private DateTimeOffset Now => _clock.GetUtcNow();

    [Fact]
    public async Task A_node_decides_nothing_before_it_has_read_what_stands()
    {
        var node = new ProgrammeNode(_storage, _clock);
        Assert.False(node.Decides(Now));
        await node.Watch.Start(_journal, default);
        Assert.True(node.Decides(Now));
        Assert.Equal(1, node.Catalog.VersionOf(ProgrammeNode.Id));
    }

    [Fact]
    public async Task A_node_that_cannot_read_stops_deciding_before_a_rule_it_does_not_know_could_hold()
    {
        var node = await Started();
        _storage.Outage = new JournalUnavailableException("away");
        await node.Watch.Look(default);
        _clock.Advance(TimeSpan.FromSeconds(45));
        await node.Watch.Look(default);
        Assert.True(node.Decides(Now));
        _clock.Advance(TimeSpan.FromTicks(1));
        Assert.False(node.Decides(Now));
        _storage.Outage = null;
        await node.Watch.Look(default);
        Assert.True(node.Decides(Now));
    }

    /// <summary>The node of the programme's actor dies between its commit and any notice: the others read it from the journal in time.</summary>
    [Fact]
    public async Task What_was_published_reaches_every_node_though_nobody_tells_them()
    {
        var (one, other) = (await Started(), await Started());
        var from = Now.AddSeconds(60);
        await Publish(from);
        Assert.Equal(1, RulesOf(one, from));

        // By themselves: the loop asks every two seconds.
        using var stop = new CancellationTokenSource();
        var running = new[] { one.Watch.Run(stop.Token), other.Watch.Run(stop.Token) };
        await _clock.TimerSet();
        await _clock.TimerSet();
        _clock.Advance(TimeSpan.FromSeconds(2));
        await _clock.TimerSet();
        await _clock.TimerSet();
        Assert.Equal((2, 2), (RulesOf(one, from), RulesOf(other, from)));
        Assert.Equal(1, RulesOf(one, from.AddTicks(-1)));
        await stop.CancelAsync();
        _clock.Advance(TimeSpan.FromSeconds(2));
        await Task.WhenAll(running);
    }

    [Fact]
    public async Task A_commit_of_this_node_wakes_it_at_once()
    {
        var node = await Started();
        using var stop = new CancellationTokenSource();
        var running = node.Watch.Run(stop.Token);
        await _clock.TimerSet();
        var from = Now.AddSeconds(60);
        await Publish(from);
        node.Watch.Committed(0, 0, 0, [new(new() { Actor = Gamification.Programmes.DocumentsGrain.ActorOf(ProgrammeNode.Id), ExpectedVersion = 1, Entries = [] }, new(0, 1, 1, Now))]);
        await _clock.TimerSet();
        Assert.Equal(2, RulesOf(node, from));
        await stop.CancelAsync();
        _clock.Advance(TimeSpan.FromSeconds(2));
        await running;
    }

    [Fact]
    public async Task What_the_database_took_too_long_to_write_takes_effect_on_no_node()
    {
        var node = await Started();
        var from = Now.AddSeconds(60);
        _journal.BeforeCommit = () => _clock.Advance(TimeSpan.FromSeconds(11));
        await Publish(from);
        _journal.BeforeCommit = null;
        await node.Watch.Look(default);
        Assert.Equal(1, RulesOf(node, from));
        Assert.Equal(1, RulesOf(await Started(), from));
    }

    [Fact]
    public async Task After_a_restart_the_journal_rules_and_a_file_that_differs_is_told_in_one_line()
    {
        await Started();
        var log = new Lines();
        var stated = Receipts.Programme() with { Name = "Another name", ClaimDays = 3, Earning = Books.Document(Books.Base) };
        var node = new ProgrammeNode(_storage, _clock, stated, log);
        await node.Watch.Start(_journal, default);
        Assert.Equal("Test", node.Catalog.Of(ProgrammeNode.Id).Name);
        var line = Assert.Single(log.Written);
        Assert.Contains("2 places: /name, /claimDays.", line, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', line);
    }

    [Fact]
    public async Task Two_nodes_that_start_together_found_one_programme()
    {
        var one = new ProgrammeNode(_storage, _clock, Receipts.Programme() with { Name = "One" });
        var other = new ProgrammeNode(_storage, _clock, Receipts.Programme() with { Name = "Two" });
        await Task.WhenAll(one.Watch.Start(_journal, default), other.Watch.Start(_journal, default));
        Assert.Equal("One", one.Catalog.Of(ProgrammeNode.Id).Name);
        Assert.Equal("One", other.Catalog.Of(ProgrammeNode.Id).Name);
        Assert.Single(_storage.Stored);
    }

    private async Task<ProgrammeNode> Started()
    {
        var node = new ProgrammeNode(_storage, _clock, Receipts.Programme() with { Earning = Books.Document(Books.Base) });
        await node.Watch.Start(_journal, default);
        return node;
    }

    private Task Publish(DateTimeOffset from)
    {
        var rules = Books.Document(Books.Base, Desk.Draft(Books.Times("double", 2)) with { ValidatedAt = Now, PublishedAt = Now, EffectiveFrom = from });
        return _journal.Record(new ProgrammeEntry.Published { By = "me", At = Now, From = from, Parts = [new(ProgrammePart.Earning, PartReading.Of(rules))] });
    }

    private static int RulesOf(ProgrammeNode node, DateTimeOffset at) => node.Catalog.At(ProgrammeNode.Id, at).Scheme.Book.InForceAt(at).Length;

    private sealed class Lines : ILogger<Gamification.Programmes.ProgrammeWatch>
    {
        public List<string> Written { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Written.Add(formatter(state, exception));
    }
}
