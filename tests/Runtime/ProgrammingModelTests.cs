using System.ComponentModel;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Gamification.Tests.Runtime;

/// <summary>
/// What grains may use is one list of signatures that both hosts have. It was checked against the public API of Orleans 10 when it was
/// written; to add a line, look the signature up there first.
/// </summary>
public sealed class ProgrammingModelTests
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<Type, string> s_keywords = new()
    {
        [typeof(void)] = "void", [typeof(string)] = "string", [typeof(bool)] = "bool", [typeof(int)] = "int", [typeof(uint)] = "uint",
        [typeof(object)] = "object",
    };

    [Fact]
    public void The_surface_for_grains_is_the_list()
    {
        using var stream = typeof(Grain).Assembly.GetManifestResourceStream("Gamification.Runtime.ProgrammingModel.txt")!;
        using var reader = new StreamReader(stream);
        var listed = reader.ReadToEnd().Split('\n').Where(line => line.Length > 0 && line[0] != '#').Order(StringComparer.Ordinal);

        Assert.Equal(string.Join('\n', listed), string.Join('\n', Surface().Order(StringComparer.Ordinal)));
    }

    private static IEnumerable<string> Surface() => typeof(Grain).Assembly.GetExportedTypes()
        .Where(type => type.Namespace == "Gamification.Runtime")
        .SelectMany(type => Members(type).Prepend(Head(type)));

    private static string Head(Type type)
    {
        var kind = type switch
        {
            { IsInterface: true } => "interface",
            { IsEnum: true } => "enum",
            { IsValueType: true } => "struct",
            { IsAbstract: true, IsSealed: true } => "static class",
            { IsAbstract: true } => "abstract class",
            _ => "class",
        };
        var bases = type.IsEnum || type.IsValueType ? [] : type.GetInterfaces()
            .Where(one => one.Namespace == "Gamification.Runtime" || one == typeof(IDisposable))
            .Select(Name)
            .Prepend(type.BaseType is { } parent && parent != typeof(object) ? Name(parent) : "")
            .Where(name => name.Length > 0);
        return $"{kind} {Name(type)}{string.Concat(bases.Select((name, i) => (i == 0 ? " : " : ", ") + name))}";
    }

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum)
            return Enum.GetNames(type).Select(name => $"{Name(type)}.{name} = {Convert.ToInt32(Enum.Parse(type, name), null)}");

        return type.GetMembers(Declared)
            .Where(IsForGrains)
            .Select(member => member switch
            {
                ConstructorInfo constructor => $"{Name(type)}.new({Parameters(constructor)})",
                MethodInfo { IsSpecialName: false } method => $"{Name(type)}.{Name(method)}({Parameters(method)}): {Name(method.ReturnType)}",
                PropertyInfo property => $"{Name(type)}.{property.Name}: {Name(property.PropertyType)} {Accessors(property)}",
                FieldInfo field => $"{Name(type)}.{field.Name}: {Name(field.FieldType)}",
                _ => "",
            })
            .Where(line => line.Length > 0);
    }

    private static bool IsForGrains(MemberInfo member)
    {
        if (member.GetCustomAttribute<EditorBrowsableAttribute>() is { State: EditorBrowsableState.Never }) return false;
        if (member.IsDefined(typeof(CompilerGeneratedAttribute))) return false;
        if (member.Name is "ToString" or "Equals" or "GetHashCode" or "PrintMembers") return false;
        return member switch
        {
            ConstructorInfo constructor => constructor is { IsStatic: false } && IsVisible(constructor),
            MethodBase method => IsVisible(method),
            PropertyInfo property => (property.GetMethod ?? property.SetMethod) is { } accessor && IsVisible(accessor),
            FieldInfo field => field.IsPublic || field.IsFamily,
            _ => false,
        };
    }

    private static bool IsVisible(MethodBase method) =>
        (method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly) && (method.IsConstructor || !method.Name.Contains('.', StringComparison.Ordinal));

    private static string Accessors(PropertyInfo property) => property.SetMethod is not { IsPublic: true } setter ? "{ get; }"
        : setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? "{ get; init; }" : "{ get; set; }";

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter =>
        $"{(parameter.Position == 0 && method.IsDefined(typeof(ExtensionAttribute)) ? "this " : "")}{Name(parameter.ParameterType)} {parameter.Name}"
        + (parameter.HasDefaultValue ? " = default" : "")));

    private static string Name(MethodInfo method) =>
        method.IsGenericMethod ? $"{method.Name}<{string.Join(", ", method.GetGenericArguments().Select(Name))}>" : method.Name;

    private static string Name(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner) return Name(inner) + "?";
        if (s_keywords.TryGetValue(type, out var keyword)) return keyword;
        if (!type.IsGenericType) return type.Name;
        return $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>";
    }
}
