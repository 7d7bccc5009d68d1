namespace Gamification.Tests.Impacts;

/// <summary>Spec F7 and §5 at work: exact after returns, corrections, and kill -9 at any point.</summary>
public sealed class ImpactSimulationTests(ITestOutputHelper output)
{
    private static readonly Seeds Seeds = new("SIMULATION", 30);

    [Fact]
    public void Wherever_it_is_killed_every_figure_is_what_stands_by_the_newest_factors()
    {
        var (deaths, restated, anew) = (new List<string>(), 0, 0);
        Seeds.Each(seed => new ImpactSimulation(seed), run =>
        {
            run.Run();
            deaths.AddRange(run.Deaths);
            (restated, anew) = (restated + run.Restated, anew + run.CountedAnew);
        }, run => $"after deaths at [{string.Join(", ", run.Deaths)}]");

        output.WriteLine($"{Seeds}: {deaths.Count} deaths, {restated} restatements, {anew} selections counted anew");
        output.WriteLine(string.Join(", ", deaths.GroupBy(death => death).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => $"{group.Key} {group.Count()}")));
        if (Seeds.Count < 30) return;
        Assert.All(ImpactSimulation.Steps, point => Assert.Contains(point, deaths));
        Assert.True(restated > 0 && anew > 0);
    }
}
