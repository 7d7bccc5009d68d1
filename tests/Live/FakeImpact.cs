using System.Collections.Immutable;
using Gamification.Impacts;
using Gamification.Members;
using Gamification.Statements;
using Gamification.Tests.Rules.Challenges;

namespace Gamification.Tests.Live;

/// <summary>One counter, which stands where a test puts it.</summary>
internal sealed class FakeImpact : IImpactGrain
{
    private readonly ImpactCounter _counter = new() { Id = "meals", Name = Contests.Named("Meals"), Unit = Contests.Named("meals") };
    private readonly CitedFactor _source = new("meal", 1, new("Ministry", "Table", "https://example.org/factors", new(2026, 1, 1)), new Sentence("s", "s", "s"));

    public long Everybody { get; set; } = 7_500;

    public long Own { get; set; } = 1_000;

    public Task<ImpactView> View(string? store) => Task.FromResult(Of(store is null ? Everybody : Everybody / 5));

    public Task<ImpactView> Of(MemberId member) => Task.FromResult(Of(Own));

    public Task<ImmutableArray<ImpactRestatement>> Restatements(int skip, int limit) => throw new NotSupportedException();

    public Task<int> Edition() => Task.FromResult(1);

    public Task<bool> CountOn() => throw new NotSupportedException();

    private ImpactView Of(long thousandths) => new() { Edition = 1, Figures = [new(_counter, thousandths, [_source])] };
}
