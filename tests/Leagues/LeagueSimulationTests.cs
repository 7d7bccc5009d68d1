namespace Gamification.Tests.Leagues;

/// <summary>Spec G6 at work: seasons settle once and groups are drawn once, wherever the engine is killed.</summary>
public sealed class LeagueSimulationTests(ITestOutputHelper output)
{
    private static readonly Seeds Seeds = new("SIMULATION", 20);

    [Fact]
    public void Wherever_it_is_killed_every_season_is_settled_once_from_what_stands()
    {
        var (deaths, moves) = (new List<string>(), 0);
        Seeds.Each(seed => new LeagueSimulation(seed), run =>
        {
            run.Run();
            deaths.AddRange(run.Deaths);
            moves += run.Moves;
        }, run => $"after deaths at [{string.Join(", ", run.Deaths)}]");

        output.WriteLine($"{Seeds}: {deaths.Count} deaths, {moves} members went up or down");
        output.WriteLine(string.Join(", ", deaths.GroupBy(death => death).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => $"{group.Key} {group.Count()}")));
        if (Seeds.Count < 20) return;
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
