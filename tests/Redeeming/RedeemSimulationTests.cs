using Gamification.Members;

namespace Gamification.Tests.Redeeming;

public sealed class RedeemSimulationTests(ITestOutputHelper output)
{
    private static readonly Seeds Seeds = new("SIMULATION", 120);

    [Fact]
    public void Whoever_dies_between_whatever_steps_stock_and_points_agree_in_the_end()
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        Seeds.Each(seed => new RedeemSimulation(seed), run =>
        {
            run.Run();
            foreach (var entry in run.Entries) seen[entry.GetType().Name] = seen.GetValueOrDefault(entry.GetType().Name) + 1;
        });

        output.WriteLine($"{Seeds}: {string.Join(", ", seen.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => $"{one.Value} {one.Key}"))}");
        if (Seeds.Count < 50) return;
        Type[] kinds = [typeof(RewardHeld), typeof(RewardWaiting), typeof(RewardOffered), typeof(RewardCommitted), typeof(RewardAbandoned), typeof(RewardUsed), typeof(RewardReturned), typeof(GestureTaken)];
        Assert.All(kinds, kind => Assert.True(seen.GetValueOrDefault(kind.Name) > 0, $"{kind.Name} never happened, so that nothing was shown of it."));
    }

    [Fact]
    public void The_same_seed_is_the_same_day()
    {
        var (one, other) = (new RedeemSimulation(7), new RedeemSimulation(7));
        one.Run();
        other.Run();
        Assert.Equal(one.TraceHash, other.TraceHash);
    }
}
