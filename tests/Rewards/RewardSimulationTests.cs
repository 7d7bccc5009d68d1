using Gamification.Rules.Rewards;

namespace Gamification.Tests.Rewards;

public sealed class RewardSimulationTests(ITestOutputHelper output)
{
    private static readonly Seeds Seeds = new("SIMULATION", 300);

    [Fact]
    public void Whoever_dies_stock_is_given_once_and_every_reservation_ends()
    {
        var (commits, entries) = (0, 0);
        Seeds.Each(seed => new RewardSimulation(seed), run =>
        {
            run.Run();
            (commits, entries) = (commits + run.Commits, entries + run.Entries.Count());
        });

        output.WriteLine($"{Seeds}: {commits} redemptions committed, {entries} entries");
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
