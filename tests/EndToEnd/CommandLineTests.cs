using Gamification.Api.Hosting;
using Gamification.Silo.Engine;

namespace Gamification.Tests.EndToEnd;

/// <summary>What a person types is either understood or refused in one line, before anything is opened.</summary>
public sealed class CommandLineTests
{
    [Theory]
    [InlineData("--postgress is not an option here. There are --boardShardAbove,", "all", "--port", "80", "--postgress", "Host=db")]
    [InlineData("--prot is not an option here.", "demo", "--prot=80")]
    [InlineData("'80' belongs to no option.", "--port", "81", "80")]
    [InlineData("--data takes a value.", "all", "--data")]
    public void What_nobody_knows_is_refused_by_name(string line, params string[] args)
    {
        var refused = Assert.Throws<FormatException>(() => StartUp.Configuration(args));
        Assert.StartsWith(line, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_come_in_both_forms_and_any_case_and_values_may_look_like_options()
    {
        var configuration = StartUp.Configuration(["transfer", "export", "-", "--Data", "--odd", "--speed=-1", "--silo-port", "7"]);
        Assert.Equal(("--odd", "-1", "7"), (configuration["data"], configuration["speed"], EngineSettings.Text(configuration, "silo-port")));
    }

    [Theory]
    [InlineData(true, "--help")]
    [InlineData(true, "help")]
    [InlineData(true, "demo", "-h")]
    [InlineData(false, "demo", "--data", "here")]
    public void Help_is_told_from_a_start(bool asks, params string[] args) => Assert.Equal(asks, StartUp.AsksForHelp(args));
}
