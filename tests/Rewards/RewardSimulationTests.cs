using System.Globalization;
using Gamification.Rules.Rewards;

namespace Gamification.Tests.Rewards;

public sealed class RewardSimulationTests(ITestOutputHelper output)
{
    /// <summary>How many seeds a run tries, and from which: <c>SIMULATION_SEEDS=100000 SIMULATION_FIRST=1</c> for a long night.</summary>
    private static readonly int Seeds = int.Parse(Environment.GetEnvironmentVariable("SIMULATION_SEEDS") ?? "300", CultureInfo.InvariantCulture);
    private static readonly int First = int.Parse(Environment.GetEnvironmentVariable("SIMULATION_FIRST") ?? "1", CultureInfo.InvariantCulture);

    [Fact]
    public void Whoever_dies_stock_is_given_once_and_every_reservation_ends()
    {
        var (commits, entries) = (0, 0);
        for (var seed = First; seed < First + Seeds; seed++)
        {
            try
            {
                var run = new RewardSimulation(seed);
                run.Run();
                commits += run.Commits;
                entries += run.Entries.Count();
            }
            catch (Exception fault)
            {
                output.WriteLine($"Replay with: SIMULATION_FIRST={seed} SIMULATION_SEEDS=1 dotnet test tests --filter FullyQualifiedName~RewardSimulationTests");
                throw new InvalidOperationException($"Reward simulation seed {seed} failed: {fault.Message}", fault);
            }
        }

        output.WriteLine($"{Seeds} seeds from {First}: {commits} redemptions committed, {entries} entries");
    }

    [Fact]
    public void A_few_seeds_together_have_every_kind_of_entry_but_attendance_in_them()
    {
        var seen = new HashSet<Type>();
        for (var seed = 1; seed <= 20; seed++)
        {
            var run = new RewardSimulation(seed);
            run.Run();
            seen.UnionWith(run.Entries.Select(entry => entry.GetType()));
        }

        Assert.Equal(
            typeof(ShelfEntry).GetNestedTypes().Except([typeof(ShelfEntry.Attended)]).Select(type => type.Name).Order(StringComparer.Ordinal),
            seen.Select(type => type.Name).Order(StringComparer.Ordinal));
    }
}
