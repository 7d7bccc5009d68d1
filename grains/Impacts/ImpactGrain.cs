using System.Collections.Immutable;
using Gamification.Challenges;
using Gamification.Journal;
using Gamification.Programmes;
using Gamification.Programmes.Documents;
using Gamification.Projections;
using Gamification.Rules.Impacts;
using Gamification.Rules.Programmes;

namespace Gamification.Impacts;

/// <summary>
/// A programme's impact counters. Members' deeds are counted from the journal; which version of the factors they are told by is a durable fact of its own, with
/// what it changed. A version that only values differently restates what is counted; one that selects otherwise is counted beside, and takes over when it has come
/// as far. Whatever ends on the way, the next to be asked goes on from the last page that was kept.
/// </summary>
[Reentrant]
internal sealed class ImpactGrain(
    IJournal journal, IJournalStorage entries, DeedPages deeds, IImpactStorage storage, ProgrammeCatalog programmes, BusinessClock clock, JournalSnapshotOptions snapshots,
    TimeProvider time, IRollupStorage? rollup = null) : Grain, IImpactGrain
{
    private const int PagesMax = 25;
    private const int ShownMax = 3;

    private readonly Dictionary<string, (long Version, ImpactView View)> _views = [];
    private readonly StepQueue _steps = new();
    private SharedAppends<ImpactRecord, ImpactEntry> _record = null!;
    private ImpactBook? _book;
    private ImpactCounting? _counting;
    private ImpactCounting? _next;
    private (int Edition, int Percent)? _restating;
    private bool _isTidy;

    private string Programme => this.GetPrimaryKeyString();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _record = new(ImpactForm.ActorOf(Programme), journal, ImpactForm.Json, snapshots, letGo: DeactivateOnIdle);
        return _record.Load(cancellationToken);
    }

    public async Task<ImpactView> View(string? store)
    {
        if (!await IsReady()) return new();
        var key = store ?? "";
        if (_views.TryGetValue(key, out var known) && known.Version == _counting!.Version && known.View.Edition == _record.State.Edition && _restating is null) return known.View;
        var view = WithoutFew(Shown(_book!.Totals(_counting!.Quantities(store))), store);
        _views[key] = (_counting.Version, view);
        return view;
    }

    public async Task<ImpactView> Of(MemberId member) => await IsReady() ? Shown(_book!.Totals(await _counting!.Of(member))) : new();

    public Task<int> Edition() => Task.FromResult(_record.State.Edition);

    public async Task<ImmutableArray<ImpactRestatement>> Restatements(int skip, int limit)
    {
        var isReady = await IsReady();
        return [.. _record.State.Restatements.Reverse().Skip(skip).Take(limit).Select(one => ImpactViews.Of(one, Programme, programmes)).Select(one => isReady ? WithoutFew(one) : one)];
    }

    public async Task<bool> CountOn()
    {
        var more = false;
        await InTurn(async () => more = await Count());
        return more;
    }

    private async Task<bool> Count()
    {
        if (programmes.ImpactOf(Programme) is not { Text: { } text } newest) return false;
        if (_record.State.Edition == 0) await Adopt(newest.Number, ImpactSelection.Of(new(PartReading.ImpactOf(text))), []);
        if (!await Open()) return false;
        var heads = await entries.Heads(CancellationToken.None);
        if (await _counting!.CountUpTo(heads, PagesMax)) return true;
        _counting.Tells = false;
        if (newest.Number > _record.State.Edition) return await Restate(newest, heads);
        if (!_isTidy) await Tidy();
        return false;
    }

    /// <summary>What versions before had counted, and half counted, is of no use any more.</summary>
    private async Task Tidy()
    {
        foreach (var set in await storage.Sets(Programme, CancellationToken.None))
        {
            if (set != _counting!.Set) await storage.Drop(set);
        }

        _isTidy = true;
    }

    /// <summary>Before and after are told as of the same positions, so that nothing but the correction is in the difference.</summary>
    private async Task<bool> Restate(Edition newest, ImmutableArray<PartitionHead> heads)
    {
        var book = new ImpactBook(PartReading.ImpactOf(newest.Text!.Value));
        var counting = await CountingOf(book);
        if (await counting.CountUpTo(heads, PagesMax))
        {
            _restating = (newest.Number, Percent(counting, heads));
            return true;
        }

        var restated = ImpactBook.Compare(_book!.Totals(_counting!.Quantities(store: null)), book.Totals(counting.Quantities(store: null)));
        await Adopt(newest.Number, counting.Set.Counting, [.. restated.Select(one => new RestatedCounter(one.Counter, Thousandths(one.Before), Thousandths(one.After)))]);
        (_book, _counting, _next, _restating, _isTidy) = (book, counting, null, null, false);
        _views.Clear();
        return true;
    }

    private async Task<ImpactCounting> CountingOf(ImpactBook book)
    {
        var counting = ImpactSelection.Of(book);
        if (counting == _counting!.Set.Counting) return _counting;
        if (_next?.Set.Counting == counting) return _next;
        _next = Counting(counting, book);
        await _next.Load(CancellationToken.None);
        return _next;
    }

    /// <summary>Whether there is something to tell by: a node that has not read the adopted version yet waits for it.</summary>
    private async Task<bool> Open()
    {
        if (_counting is not null) return true;
        if (programmes.EditionOf(Programme, ProgrammePart.Impact, _record.State.Edition)?.Text is not { } text) return false;
        var book = new ImpactBook(PartReading.ImpactOf(text));
        var counting = Counting(_record.State.Counting!, book);
        await counting.Load(CancellationToken.None);
        (_book, _counting) = (book, counting);
        return true;
    }

    private async Task<bool> IsReady()
    {
        if (_counting is null && _record.State.Edition > 0) await InTurn(Open);
        return _counting is not null;
    }

    private Task<bool> Adopt(int edition, string counting, ImmutableArray<RestatedCounter> restated) =>
        _record.Change(Guid.Empty, record => (record.Adopt(edition, counting, restated, clock.Now(Programme) ?? time.GetUtcNow()), true));

    private ImpactCounting Counting(string counting, ImpactBook book) => new(new(Programme, counting), book, storage, deeds, new(Programme, programmes, rollup));

    private ImpactView WithoutFew(ImpactView view, string? store) => view with
    {
        Figures = [.. view.Figures.Select(figure => AreFew(figure.Counter.Id, store) ? new ImpactFigure(figure.Counter, 0, []) { IsWithheld = true } : figure)],
        Restatements = [.. view.Restatements.Select(WithoutFew)],
    };

    private ImpactRestatement WithoutFew(ImpactRestatement restated) => restated with { Counters = [.. restated.Counters.Where(counter => !AreFew(counter.Counter, store: null))] };

    /// <summary>Whether a figure would tell of a handful of people (spec §11).</summary>
    private bool AreFew(string counter, string? store) =>
        _counting!.People(_book!.FactorsOf(counter).ToHashSet(StringComparer.Ordinal), store) is > 0 and var people && people < Math.Min(programmes.Of(Programme).PeopleMin, ImpactPeople.KeptMax);

    private ImpactView Shown(ImmutableArray<ImpactTotal> totals) => new()
    {
        Edition = _record.State.Edition,
        Figures = ImpactViews.Figures(_book!, totals),
        Restating = _restating?.Edition,
        RestatedPercent = _restating?.Percent ?? 0,
        Restatements = [.. _record.State.Restatements.Reverse().Take(ShownMax).Select(one => ImpactViews.Of(one, Programme, programmes))],
    };

    private static int Percent(ImpactCounting counting, ImmutableArray<PartitionHead> heads) =>
        (int)(heads.Sum(head => Math.Min(head.LastSeq, counting.Positions.GetValueOrDefault(head.Partition))) * 100 / Math.Max(1, heads.Sum(head => head.LastSeq)));

    private static long Thousandths(Int128 billionths) => long.CreateSaturating(billionths / 1_000_000);

    /// <summary>Whoever counts does so alone: it waits for the journal and the storage in between. What it was counting when it failed is read anew.</summary>
    private Task InTurn(Func<Task> work) => _steps.Run(async () =>
    {
        try
        {
            await work();
        }
        catch
        {
            // What is read anew numbers its versions from the start: a figure made before would pass for one of them.
            (_counting, _next) = (null, null);
            _views.Clear();
            throw;
        }
    });
}
