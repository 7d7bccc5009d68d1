using System.Globalization;

namespace Gamification.Tests.Impacts;

/// <summary>Spec F7 and §5 at work: exact after returns, corrections, and kill -9 at any point.</summary>
public sealed class ImpactSimulationTests(ITestOutputHelper output)
{
    /// <summary>How many seeds a run tries, and from which: <c>SIMULATION_SEEDS=100000 SIMULATION_FIRST=1</c> for a long night.</summary>
    private static readonly int Seeds = int.Parse(Environment.GetEnvironmentVariable("SIMULATION_SEEDS") ?? "30", CultureInfo.InvariantCulture);
    private static readonly int First = int.Parse(Environment.GetEnvironmentVariable("SIMULATION_FIRST") ?? "1", CultureInfo.InvariantCulture);

    [Fact]
    public void Wherever_it_is_killed_every_figure_is_what_stands_by_the_newest_factors()
    {
        var (deaths, restated, anew) = (new List<string>(), 0, 0);
        for (var seed = First; seed < First + Seeds; seed++)
        {
            var run = new ImpactSimulation(seed);
            try
            {
                run.Run();
            }
            catch (Exception fault)
            {
                output.WriteLine($"Replay with: SIMULATION_FIRST={seed} SIMULATION_SEEDS=1 dotnet test tests --filter FullyQualifiedName~ImpactSimulationTests");
                throw new InvalidOperationException($"Impact simulation seed {seed} failed after deaths at [{string.Join(", ", run.Deaths)}]: {fault.Message}", fault);
            }

            deaths.AddRange(run.Deaths);
            (restated, anew) = (restated + run.Restated, anew + run.CountedAnew);
        }

        output.WriteLine($"{Seeds} seeds from {First}: {deaths.Count} deaths, {restated} restatements, {anew} selections counted anew");
        output.WriteLine(string.Join(", ", deaths.GroupBy(death => death).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => $"{group.Key} {group.Count()}")));
        if (Seeds < 30) return;
        Assert.All(ImpactSimulation.Steps, point => Assert.Contains(point, deaths));
        Assert.True(restated > 0 && anew > 0);
    }
}
