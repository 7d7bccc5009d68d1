using System.Globalization;

namespace Gamification.Tests.Challenges;

public sealed class ChallengeSimulationTests(ITestOutputHelper output)
{
    /// <summary>How many seeds a run tries, and from which: <c>SIMULATION_SEEDS=100000 SIMULATION_FIRST=1</c> for a long night.</summary>
    private static readonly int Seeds = int.Parse(Environment.GetEnvironmentVariable("SIMULATION_SEEDS") ?? "40", CultureInfo.InvariantCulture);
    private static readonly int First = int.Parse(Environment.GetEnvironmentVariable("SIMULATION_FIRST") ?? "1", CultureInfo.InvariantCulture);

    /// <summary>Spec §10: settlement resumes without a duplicate and without a loss, wherever it was cut.</summary>
    [Fact]
    public void Wherever_it_is_killed_a_challenge_settles_once_and_its_certificate_holds()
    {
        var (deaths, prizes, again) = (new List<string>(), 0, 0);
        for (var seed = First; seed < First + Seeds; seed++)
        {
            var run = new ChallengeSimulation(seed);
            try
            {
                run.Run();
            }
            catch (Exception fault)
            {
                output.WriteLine($"Replay with: SIMULATION_FIRST={seed} SIMULATION_SEEDS=1 dotnet test tests --filter FullyQualifiedName~ChallengeSimulationTests");
                throw new InvalidOperationException($"Challenge simulation seed {seed} failed after deaths at [{string.Join(", ", run.Deaths)}]: {fault.Message}", fault);
            }

            deaths.AddRange(run.Deaths);
            prizes += run.Prizes;
            again += run.AskedAgain;
        }

        output.WriteLine($"{Seeds} seeds from {First}: {deaths.Count} deaths, {prizes} prizes, {again} of them offered again");
        output.WriteLine(string.Join(", ", deaths.GroupBy(death => death).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => $"{group.Key} {group.Count()}")));
        if (Seeds < 40) return;
        string[] points = ["challenge.closed", "challenge.frozen", "challenge.posted", "challenge.settled", "seal", "write Standings", "a prize"];
        Assert.All(points, point => Assert.Contains(deaths, death => death.EndsWith(point, StringComparison.Ordinal)));
        Assert.True(again > 0, "no prize was ever offered again: nothing died between a prize and its record");
    }

    /// <summary>Several chunks of standings and prizes.</summary>
    [Fact]
    public void A_large_one_is_posted_chunk_by_chunk_and_goes_on_where_it_was_cut()
    {
        var run = new ChallengeSimulation(seed: 5, members: 9_000, pointsMax: 12_000);
        run.Run();
        output.WriteLine($"seed 5: {run.Prizes} prizes, {run.AskedAgain} offered again, deaths at {string.Join(", ", run.Deaths)}");
        Assert.True(run.Prizes > 4_096);
    }

    [Fact]
    public void The_same_seed_comes_to_the_same_certificate()
    {
        var (first, second) = (new ChallengeSimulation(11), new ChallengeSimulation(11));
        first.Run();
        second.Run();
        Assert.Equal(first.Certificate, second.Certificate);
    }
}
