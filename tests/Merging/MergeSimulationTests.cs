using System.Globalization;
using Gamification.Members;

namespace Gamification.Tests.Merging;

public sealed class MergeSimulationTests(ITestOutputHelper output)
{
    /// <summary>How many seeds a run tries, and from which: <c>SIMULATION_SEEDS=100000 SIMULATION_FIRST=1</c> for a long night.</summary>
    private static readonly int Seeds = int.Parse(Environment.GetEnvironmentVariable("SIMULATION_SEEDS") ?? "100", CultureInfo.InvariantCulture);
    private static readonly int First = int.Parse(Environment.GetEnvironmentVariable("SIMULATION_FIRST") ?? "1", CultureInfo.InvariantCulture);

    [Fact]
    public void Whoever_dies_between_the_two_sides_both_end_up_telling_the_same()
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var seed = First; seed < First + Seeds; seed++)
        {
            try
            {
                var run = new MergeSimulation(seed);
                run.Run();
                foreach (var entry in run.Entries) seen[entry.GetType().Name] = seen.GetValueOrDefault(entry.GetType().Name) + 1;
            }
            catch (Exception fault)
            {
                output.WriteLine($"Replay with: SIMULATION_FIRST={seed} SIMULATION_SEEDS=1 dotnet test tests --filter FullyQualifiedName~MergeSimulationTests");
                throw new InvalidOperationException($"Merge simulation seed {seed} failed: {fault.Message}", fault);
            }
        }

        output.WriteLine($"{Seeds} seeds from {First}: {string.Join(", ", seen.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => $"{one.Value} {one.Key}"))}");
        if (Seeds < 50) return;
        Type[] kinds = [typeof(MemberLeft), typeof(MemberJoined), typeof(MemberParted), typeof(MemberRevived)];
        Assert.All(kinds, kind => Assert.True(seen.GetValueOrDefault(kind.Name) > 0, $"{kind.Name} never happened, so that nothing was shown of it."));
    }
}
