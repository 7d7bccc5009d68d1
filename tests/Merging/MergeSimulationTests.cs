using Gamification.Members;

namespace Gamification.Tests.Merging;

public sealed class MergeSimulationTests(ITestOutputHelper output)
{
    private static readonly Seeds Seeds = new("SIMULATION", 100);

    [Fact]
    public void Whoever_dies_between_the_two_sides_both_end_up_telling_the_same()
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        Seeds.Each(seed => new MergeSimulation(seed), run =>
        {
            run.Run();
            foreach (var entry in run.Entries) seen[entry.GetType().Name] = seen.GetValueOrDefault(entry.GetType().Name) + 1;
        });

        output.WriteLine($"{Seeds}: {string.Join(", ", seen.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => $"{one.Value} {one.Key}"))}");
        if (Seeds.Count < 50) return;
        Type[] kinds = [typeof(MemberLeft), typeof(MemberJoined), typeof(MemberParted), typeof(MemberRevived)];
        Assert.All(kinds, kind => Assert.True(seen.GetValueOrDefault(kind.Name) > 0, $"{kind.Name} never happened, so that nothing was shown of it."));
    }
}
