using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Gamification.Tests.Conventions;

/// <summary>The house rules that a machine can hold us to.</summary>
public sealed partial class ConventionTests
{
    private static readonly string[] Clocks =
        ["DateTime.Now", "DateTime.UtcNow", "DateTimeOffset.Now", "DateTimeOffset.UtcNow", "DateTime.Today", "Stopwatch.", "Environment.TickCount", "TimeProvider.System", "SystemClock.Instance"];

    private static readonly string[] Grains = ["grains", "grains.interfaces"];
    private static readonly string[] Hosts = ["runtime", "silo", "api"];
    private static readonly string[] BelowTheApi = ["grains", "grains.interfaces", "runtime", "silo"];
    private static readonly string[] Product = [.. BelowTheApi, "api"];

    private static readonly string[] Chance = ["Random.Shared", "new Random()", "Guid.NewGuid", "Guid.CreateVersion7", "RandomNumberGenerator"];

    [Theory]
    [InlineData("grains")]
    [InlineData("grains.interfaces")]
    public void Grains_and_rules_read_no_clock_and_draw_no_lots(string folder) =>
        AssertNone(SourceTree.Places(folder, [.. Clocks, .. Chance]));

    [Fact]
    public void The_system_clock_is_named_only_where_hosts_are_composed() =>
        AssertNone(Hosts
            .SelectMany(folder => SourceTree.Places(folder, Clocks))
            .Where(place => !AllowedClock().IsMatch(place)));

    [Fact]
    public void Rules_know_no_actor_journal_log_or_task() =>
        AssertNone(SourceTree.Places("grains/Rules", "using Gamification.Journal", "using Microsoft.", ": Grain", "IGrainFactory", "ILogger", "async ", "await ", "Task<"));

    [Fact]
    public void Grains_use_no_host_by_name() =>
        AssertNone(Grains.SelectMany(folder => SourceTree.Places(folder, "using Gamification.Runtime", "using Orleans")));

    [Theory]
    [InlineData("grains")]
    [InlineData("grains.interfaces")]
    [InlineData("api")]
    [InlineData("runtime")]
    [InlineData("silo/Engine")]
    public void Sql_stays_in_storage(string folder) =>
        AssertNone(SourceTree.Files(folder)
            .SelectMany(file => file.Lines.Where(line => Sql().IsMatch(line)).Select(line => $"{file.Path}: {line.Trim()}")));

    [Fact]
    public void Status_codes_stay_in_the_api() =>
        AssertNone(BelowTheApi.SelectMany(folder => SourceTree.Places(folder, "StatusCode", "TypedResults", "HttpContext")));

    [Theory]
    [InlineData("grains.interfaces", "runtime,runtime/Generator")]
    [InlineData("grains", "grains.interfaces,runtime/Generator")]
    [InlineData("runtime", "")]
    [InlineData("silo", "grains")]
    [InlineData("api", "grains.interfaces,silo")]
    public void Projects_depend_in_one_direction(string project, string allowed)
    {
        var file = Directory.EnumerateFiles(Path.Combine(SourceTree.Root, project), "*.csproj").Single();
        var references = XDocument.Load(file).Descendants("ProjectReference")
            .Select(reference => Path.GetDirectoryName(Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, reference.Attribute("Include")!.Value)))!)
            .Select(path => Path.GetRelativePath(SourceTree.Root, path).Replace('\\', '/'));
        AssertNone(references.Except(allowed.Split(',')));
    }

    /// <summary>The api names the engine where it is composed, and grain classes nowhere.</summary>
    [Fact]
    public void Only_the_composition_of_the_api_names_the_silo() =>
        AssertNone(SourceTree.Places("api", "using Gamification.Silo", "using Gamification.Storage", "using Gamification.Rules", "using Gamification.Projections")
            .Where(place => !place.StartsWith("api/Program.cs", StringComparison.Ordinal) && !place.StartsWith("api/Hosting/", StringComparison.Ordinal)
                && !place.StartsWith("api/Demo/DemoCommand.cs", StringComparison.Ordinal)));

    /// <summary>A delay that names its clock passes in virtual time. A server that starts, and a load that is measured, take real time.</summary>
    [Fact]
    public void Tests_do_not_sleep() =>
        AssertNone(SourceTree.Files("tests")
            .Where(file => !TakesRealTime().IsMatch(file.Path))
            .SelectMany(file => file.Lines.Where(line => Sleep().IsMatch(line)).Select(line => $"{file.Path}: {line.Trim()}")));

    [Fact]
    public void Nothing_is_called_a_manager_or_a_helper() =>
        AssertNone(Product
            .SelectMany(SourceTree.Files)
            .Where(file => !file.Path.EndsWith("/ObserverManager.cs", StringComparison.Ordinal)) // Orleans' own name
            .Where(file => Vague().IsMatch(Path.GetFileNameWithoutExtension(file.Path)))
            .Select(file => file.Path));

    private static void AssertNone(IEnumerable<string> places)
    {
        var found = places.ToArray();
        Assert.True(found.Length == 0, string.Join('\n', found));
    }

    [GeneratedRegex(@"^(runtime/Scheduling/ThreadScheduler\.cs|runtime/Model/ObserverManager\.cs|silo/Program\.cs|api/Program\.cs|api/Hosting/|api/Demo/)", RegexOptions.ExplicitCapture)]
    private static partial Regex AllowedClock();

    [GeneratedRegex("\"\\s*(select|insert into|update|delete from|create table|begin immediate)\\s", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Sql();

    [GeneratedRegex("^tests/(Conventions/ConventionTests|Storage/PostgresServer|LoadTests/ArrivalsTests)", RegexOptions.ExplicitCapture)]
    private static partial Regex TakesRealTime();

    [GeneratedRegex(@"Thread\.Sleep|Task\.Delay\((?!0\))([^(),]|\([^()]*\))*\)", RegexOptions.ExplicitCapture)]
    private static partial Regex Sleep();

    [GeneratedRegex("(Manager|Helper|Helpers|Util|Utils|Processor)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Vague();
}
