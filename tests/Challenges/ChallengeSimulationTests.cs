namespace Gamification.Tests.Challenges;

public sealed class ChallengeSimulationTests(ITestOutputHelper output)
{
    private static readonly Seeds Seeds = new("SIMULATION", 40);

    /// <summary>Spec §10: settlement resumes without a duplicate and without a loss, wherever it was cut.</summary>
    [Fact]
    public void Wherever_it_is_killed_a_challenge_settles_once_and_its_certificate_holds()
    {
        var (deaths, prizes, again) = (new List<string>(), 0, 0);
        Seeds.Each(seed => new ChallengeSimulation(seed), run =>
        {
            run.Run();
            deaths.AddRange(run.Deaths);
            prizes += run.Prizes;
            again += run.AskedAgain;
        }, run => $"after deaths at [{string.Join(", ", run.Deaths)}]");

        output.WriteLine($"{Seeds}: {deaths.Count} deaths, {prizes} prizes, {again} of them offered again");
        output.WriteLine(string.Join(", ", deaths.GroupBy(death => death).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => $"{group.Key} {group.Count()}")));
        if (Seeds.Count < 40) return;
        Assert.All([.. ChallengeSimulation.Steps, "before a prize", "after a prize"], point => Assert.Contains(point, deaths));
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
