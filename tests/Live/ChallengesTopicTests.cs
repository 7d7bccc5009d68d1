using Gamification.Challenges;
using Gamification.Live;

namespace Gamification.Tests.Live;

/// <summary>The list of challenges, as it is followed.</summary>
public sealed class ChallengesTopicTests
{
    [Fact]
    public async Task Whoever_follows_the_list_hears_when_a_phase_or_a_version_changes_and_not_of_scores()
    {
        await using var server = await LiveServer.Start(new LiveOptions { ChallengesEvery = TimeSpan.FromSeconds(1) });
        var client = await server.Connect("member-1");
        await client.Subscribe("challenges");
        var first = (await client.Next("snapshot")).Content!.Value;
        Assert.Equal(("c", 1, "live"), (first.GetProperty("challenges")[0].GetProperty("challenge").GetString(), first.GetProperty("challenges")[0].GetProperty("run").GetInt32(), first.GetProperty("challenges")[0].GetProperty("phase").GetString()));

        // A score is another topic's; the next thing that is heard here is the pause.
        server.Grains.Challenge.Now = server.Grains.Challenge.Now with { Total = 99 };
        server.Clock.Advance(TimeSpan.FromSeconds(1));
        server.Grains.Challenge.Now = server.Grains.Challenge.Now with { IsPaused = true };
        server.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True((await client.Next("snapshot")).Content!.Value.GetProperty("challenges")[0].GetProperty("paused").GetBoolean());

        server.Grains.Challenge.Now = server.Grains.Challenge.Now with { Phase = ChallengePhase.Draft };
        server.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(0, (await client.Next("snapshot")).Content!.Value.GetProperty("challenges").GetArrayLength());
    }
}
