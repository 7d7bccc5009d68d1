using System.Reflection;
using System.Text.RegularExpressions;
using Gamification.Tests.Conventions;

namespace Gamification.Tests.Cluster;

/// <summary>The list of what grains may use, held to the real Orleans: each type is there, with each member, taking as many parameters.</summary>
public sealed partial class ProgrammingModelTests
{
    private const BindingFlags Any = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;

    private static readonly ILookup<string, Type> Types = new[] { typeof(Grain), typeof(GrainId), typeof(AliasAttribute), typeof(IRemindable), typeof(LimitExceededException), typeof(KeepAliveAttribute), typeof(ObserverManager<>) }
        .Select(type => type.Assembly)
        .Distinct()
        .SelectMany(assembly => assembly.GetExportedTypes())
        .ToLookup(type => type.Name.Split('`')[0]);

    [Fact]
    public void Whatever_grains_may_use_is_in_Orleans()
    {
        var listed = File.ReadLines(Path.Combine(SourceTree.Root, "runtime", "ProgrammingModel.txt")).Where(line => line.Contains('.', StringComparison.Ordinal) && line[0] != '#').ToArray();
        var missing = listed.Where(line => !IsThere(Member().Match(line))).ToArray();
        Assert.NotEmpty(listed);
        Assert.True(missing.Length == 0, string.Join('\n', missing));
    }

    private static bool IsThere(Match line)
    {
        var (type, name) = (line.Groups["type"].Value, line.Groups["name"].Value);
        var parameters = line.Groups["call"].Success ? Parameters().Count(line.Groups["call"].Value) : -1;
        if (name == "new" && parameters == 0 && Types[type].Any(found => found.IsValueType)) return true;
        return line.Success && Types[type].Any(found => Members(found).Any(member => name == NameOf(member) && (parameters < 0 || parameters == Count(member))));
    }

    private static IEnumerable<MemberInfo> Members(Type type) => type.GetMembers(Any).Concat(type.GetInterfaces().SelectMany(parent => parent.GetMembers(Any)));

    private static string NameOf(MemberInfo member) => member is ConstructorInfo ? "new" : member.Name;

    private static int Count(MemberInfo member) => member is MethodBase method ? method.GetParameters().Length : -1;

    [GeneratedRegex(@"^(?<type>\w+)(<[^>]*>)?\.(?<name>\w+)(<[^>]*>)?(\((?<call>.*)\)(: .*)?$|: | = )", RegexOptions.ExplicitCapture)]
    private static partial Regex Member();

    /// <summary>A parameter ends in its name; commas between type arguments are followed by another type.</summary>
    [GeneratedRegex(@"[\w>?\]] (?<name>\w+)( = default)?(?=,|$)", RegexOptions.ExplicitCapture)]
    private static partial Regex Parameters();
}
