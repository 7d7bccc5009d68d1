using Gamification.LoadTests.Kills;

namespace Gamification.Tests.EndToEnd;

/// <summary>A process that settles, killed without warning, started again on its files. <c>bench kills</c> does the same twenty times with more members.</summary>
public sealed class SettlementKillTests(ITestOutputHelper output)
{
    private const int Seed = 3;
    private const int Kills = 5;

    [Fact]
    public async Task Every_life_leaves_a_sound_certificate_and_in_the_end_everybody_has_the_prize_once()
    {
        using var folder = new DataFolder();
        var told = new StringWriter();
        try
        {
            var deaths = await KilledSettlement.Run(folder.Path, members: 600, Kills, Seed, told);
            Assert.NotEmpty(deaths);
        }
        finally
        {
            output.WriteLine($"seed {Seed}\n{told}");
        }
    }
}
