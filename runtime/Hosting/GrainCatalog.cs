using System.Collections.Frozen;
using Gamification.Runtime.Activations;

namespace Gamification.Runtime.Hosting;

/// <summary>Which class answers for which interface. Built once; what is ambiguous stays in it until somebody asks.</summary>
internal sealed class GrainCatalog
{
    private readonly FrozenDictionary<Type, GrainClass[]> _byInterface;

    public GrainCatalog(ActorHost host)
    {
        var types = host.Options.Assemblies.SelectMany(assembly => assembly.GetTypes())
            .Where(type => type is { IsAbstract: false, IsGenericTypeDefinition: false } && typeof(Grain).IsAssignableFrom(type))
            .Concat(host.Options.Grains)
            .Distinct()
            .OrderBy(type => type.FullName, StringComparer.Ordinal);

        Classes = [.. types.Select(type => new GrainClass(host, type, InterfacesOf(type)))];
        _byInterface = Classes
            .SelectMany(grainClass => InterfacesOf(grainClass.Type).Select(grainInterface => (grainInterface, grainClass)))
            .GroupBy(pair => pair.grainInterface, pair => pair.grainClass)
            .ToFrozenDictionary(group => group.Key, group => group.ToArray());

        if (Classes.GroupBy(grainClass => grainClass.StoredName).FirstOrDefault(group => group.Count() > 1) is { } same
            && same.Any(grainClass => typeof(IRemindable).IsAssignableFrom(grainClass.Type)))
        {
            throw new GrainConfigurationException(
                $"{same.First().Type} and {same.Last().Type} would both store reminders as {same.Key}. "
                + "Give their interfaces different aliases.");
        }
    }

    public IReadOnlyList<GrainClass> Classes { get; }

    public GrainClass Find(Type grainInterface, string? prefix)
    {
        if (!_byInterface.TryGetValue(grainInterface, out var classes))
        {
            throw new GrainConfigurationException(
                $"No grain class implements {grainInterface}. Looked at {Classes.Count} classes; "
                + "add its assembly to ActorHostOptions.Assemblies.");
        }

        if (prefix is null && classes.Length == 1) return classes[0];

        var fitting = classes.Where(grainClass => grainClass.Type.FullName!.StartsWith(prefix ?? "", StringComparison.Ordinal)).ToArray();
        if (fitting.Length == 1) return fitting[0];
        throw new GrainConfigurationException(fitting.Length == 0
            ? $"No class that implements {grainInterface} has a name that starts with {prefix}: there is {Names(classes)}."
            : $"{grainInterface} is implemented by {Names(fitting)}. Pass a grainClassNamePrefix that fits one.");

        static string Names(GrainClass[] several) => string.Join(" and ", several.Select(one => one.Type));
    }

    public GrainClass? FindStored(string storedName) => Classes.FirstOrDefault(grainClass => grainClass.StoredName == storedName);

    /// <summary>The class's own interfaces first, so that the first one names it.</summary>
    private static List<Type> InterfacesOf(Type type) =>
    [
        .. type.GetInterfaces()
            .Where(candidate => typeof(IGrainWithStringKey).IsAssignableFrom(candidate) && candidate != typeof(IGrainWithStringKey))
            .OrderByDescending(candidate => candidate.GetInterfaces().Length)
            .ThenBy(candidate => candidate.FullName, StringComparer.Ordinal),
    ];
}
