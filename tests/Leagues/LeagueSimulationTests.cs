using System.Globalization;

namespace Gamification.Tests.Leagues;

/// <summary>Spec G6 at work: seasons settle once and groups are drawn once, wherever the engine is killed.</summary>
public sealed class LeagueSimulationTests(ITestOutputHelper output)
{
    /// <summary>How many seeds a run tries, and from which: <c>SIMULATION_SEEDS=100000 SIMULATION_FIRST=1</c> for a long night.</summary>
    private static readonly int Seeds = int.Parse(Environment.GetEnvironmentVariable("SIMULATION_SEEDS") ?? "20", CultureInfo.InvariantCulture);
    private static readonly int First = int.Parse(Environment.GetEnvironmentVariable("SIMULATION_FIRST") ?? "1", CultureInfo.InvariantCulture);

    [Fact]
    public void Wherever_it_is_killed_every_season_is_settled_once_from_what_stands()
    {
        var (deaths, moves) = (new List<string>(), 0);
        for (var seed = First; seed < First + Seeds; seed++)
        {
            var run = new LeagueSimulation(seed);
            try
            {
                run.Run();
            }
            catch (Exception fault)
            {
                output.WriteLine($"Replay with: SIMULATION_FIRST={seed} SIMULATION_SEEDS=1 dotnet test tests --filter FullyQualifiedName~LeagueSimulationTests");
                throw new InvalidOperationException($"League simulation seed {seed} failed after deaths at [{string.Join(", ", run.Deaths)}]: {fault.Message}", fault);
            }

            deaths.AddRange(run.Deaths);
            moves += run.Moves;
        }

        output.WriteLine($"{Seeds} seeds from {First}: {deaths.Count} deaths, {moves} members went up or down");
        output.WriteLine(string.Join(", ", deaths.GroupBy(death => death).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => $"{group.Key} {group.Count()}")));
        if (Seeds < 20) return;
        Assert.All(LeagueSimulation.Steps, point => Assert.Contains(point, deaths));
        Assert.True(moves > 0);
    }

    [Fact]
    public void The_same_seed_comes_to_the_same_certificates()
    {
        var (first, second) = (new LeagueSimulation(3), new LeagueSimulation(3));
        first.Run();
        second.Run();
        Assert.Equal(first.Certificates, second.Certificates);
    }
}
