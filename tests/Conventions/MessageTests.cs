using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;
using Gamification.Members;

namespace Gamification.Tests.Conventions;

/// <summary>
/// What may cross a grain interface, on either host: values, and types of ours that are numbered, named and cannot change. A cluster copies them
/// between processes of two versions, so that names and numbers, once given, are kept: <c>messages.txt</c> remembers them.
/// </summary>
public sealed class MessageTests
{
    private static readonly Assembly Vocabulary = typeof(IMemberGrain).Assembly;

    private static readonly HashSet<Type> Values =
    [
        typeof(string), typeof(bool), typeof(byte), typeof(int), typeof(long), typeof(double), typeof(decimal), typeof(Guid), typeof(DateOnly), typeof(DateTimeOffset),
        typeof(TimeSpan), typeof(TimeOnly), typeof(ReadOnlyMemory<byte>), typeof(CancellationToken),
    ];

    private static readonly Type[] Interfaces = [.. Vocabulary.GetTypes().Where(type => type.IsInterface && typeof(IAddressable).IsAssignableFrom(type))];

    private static readonly Type[] Faults = [.. Vocabulary.GetTypes().Where(type => typeof(Exception).IsAssignableFrom(type))];

    [Fact]
    public void Whatever_crosses_a_grain_interface_is_numbered_named_and_immutable()
    {
        Assert.NotEmpty(Interfaces);
        AssertNone(Messages().SelectMany(Complaints).Concat(Faults.SelectMany(Unmarked)));
    }

    /// <summary>A node of an older version does not send what was added since, and nothing that a constructor would set is set then.</summary>
    [Fact]
    public void A_list_that_was_not_sent_is_empty() => AssertNone(Messages()
        .Where(type => type is { IsAbstract: false, IsValueType: false })
        .SelectMany(type => Numbered(type)
            .Where(property => property.PropertyType is { IsGenericType: true } list && list.GetGenericTypeDefinition() == typeof(ImmutableArray<>))
            .Where(property => !property.IsDefined(typeof(RequiredMemberAttribute)) && !IsOfConstructor(type, property))
            .Where(property => (bool)property.PropertyType.GetProperty("IsDefault")!.GetValue(property.GetValue(RuntimeHelpers.GetUninitializedObject(type)))!)
            .Select(property => $"{type.Name}.{property.Name} would not be empty but unusable: give it get => field.IsDefault ? [] : field.")));

    [Fact]
    public void Grain_interfaces_and_their_methods_have_names_that_outlive_a_renaming() => AssertNone(Interfaces.SelectMany(type =>
    {
        var names = type.GetMethods().Select(NameOf).ToArray();
        var unnamed = type.GetMethods().Where(method => NameOf(method) is null).Select(method => $"{type.Name}.{method.Name} has no [Alias].");
        var shared = names.OfType<string>().GroupBy(name => name).Where(group => group.Count() > 1).Select(group => $"{type.Name} has two methods called {group.Key}.");
        return unnamed.Concat(shared).Concat(NameOf(type) is null ? [$"{type.Name} has no [Alias]."] : []);
    }));

    [Fact]
    public void No_two_types_have_one_name() => AssertNone(Messages().Concat(Faults).Concat(Interfaces)
        .GroupBy(NameOf)
        .Where(group => group.Count() > 1)
        .Select(group => $"{string.Join(" and ", group.Select(type => type.Name))} are both called {group.Key}."));

    [Fact]
    public void Names_and_numbers_once_given_are_kept()
    {
        var remembered = File.ReadAllLines(Path.Combine(SourceTree.Root, "tests", "Conventions", "messages.txt")).Where(line => line.Length > 0 && line[0] != '#').ToArray();
        var present = Messages().Concat(Faults).SelectMany(Lines).ToArray();

        AssertNone(remembered.Except(present).Select(line => $"Gone or changed, so that a node of the version before cannot read it: {line}")
            .Concat(present.Except(remembered).Select(line => $"New, to be added to messages.txt: {line}")));
    }

    /// <summary>Every type of ours that a call can carry, with what it holds and what may stand in its place.</summary>
    private static HashSet<Type> Messages()
    {
        var found = new HashSet<Type>();
        var open = new Queue<Type>(Interfaces.SelectMany(type => type.GetMethods()).SelectMany(method => method.GetParameters().Select(parameter => parameter.ParameterType).Append(Answer(method.ReturnType))));
        while (open.TryDequeue(out var type))
        {
            foreach (var inner in type.IsGenericType ? type.GetGenericArguments() : []) open.Enqueue(inner);
            if (IsValue(type) || !found.Add(type)) continue;
            foreach (var property in Numbered(type)) open.Enqueue(property.PropertyType);
            foreach (var kind in Vocabulary.GetTypes().Where(candidate => candidate.BaseType == type)) open.Enqueue(kind);
        }

        return found;
    }

    private static bool IsOfConstructor(Type type, PropertyInfo property) =>
        type.GetConstructors().SelectMany(constructor => constructor.GetParameters()).Any(parameter => parameter.Name == property.Name);

    private static Type Answer(Type type) => type.IsGenericType ? type.GetGenericArguments()[0] : typeof(string);

    private static bool IsValue(Type type) =>
        Values.Contains(type) || type.IsEnum || typeof(IAddressable).IsAssignableFrom(type)
        || (type.IsGenericType && type.GetGenericTypeDefinition() is var open && (open == typeof(Nullable<>) || open == typeof(ImmutableArray<>)));

    private static IEnumerable<string> Complaints(Type type)
    {
        if (type.Assembly != Vocabulary) return [$"{type} is neither one of the known values nor a type of the vocabulary."];
        var stored = type.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly).Where(property => Field(type, property) is not null).ToArray();
        var shared = Numbered(type).GroupBy(NumberOf).Where(group => group.Count() > 1).Select(group => $"{type.Name} numbers two members {group.Key}.");
        var bare = stored.Where(property => NumberOf(property) is null).Select(property => $"{type.Name}.{property.Name} has no [Id], so that it would not be sent.");
        var fields = type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            .Where(field => !field.IsInitOnly && !Init(type, field))
            .Select(field => $"{type.Name}.{field.Name} can change.");
        return Unmarked(type).Concat(shared).Concat(bare).Concat(fields)
            .Concat(type.IsDefined(typeof(ImmutableAttribute), inherit: false) ? [] : [$"{type.Name} lacks [Immutable]."])
            .Concat(type.IsAbstract || type.IsSealed ? [] : [$"{type.Name} is open: who derives from it is not looked at."]);
    }

    private static IEnumerable<string> Unmarked(Type type)
    {
        if (!type.IsDefined(typeof(GenerateSerializerAttribute), inherit: false)) yield return $"{type.Name} lacks [GenerateSerializer].";
        if (NameOf(type) is null) yield return $"{type.Name} lacks [Alias].";
    }

    private static IEnumerable<string> Lines(Type type) =>
        Numbered(type).OrderBy(NumberOf).Select(property => $"{NameOf(type)} {NumberOf(property)} {Written(property.PropertyType)}").DefaultIfEmpty($"{NameOf(type)}");

    private static IEnumerable<PropertyInfo> Numbered(Type type) =>
        type.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly).Where(property => NumberOf(property) is not null);

    private static FieldInfo? Field(Type type, PropertyInfo property) => type.GetField($"<{property.Name}>k__BackingField", BindingFlags.Instance | BindingFlags.NonPublic);

    /// <summary>The field of a property that can be set while its object is made, and never after.</summary>
    private static bool Init(Type type, FieldInfo field) =>
        type.GetProperties().FirstOrDefault(property => field.Name == $"<{property.Name}>k__BackingField") is { } property
        && (property.SetMethod is null || property.SetMethod.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)));

    private static string? NameOf(MemberInfo member) => member.GetCustomAttribute<AliasAttribute>(inherit: false)?.Alias;

    private static uint? NumberOf(PropertyInfo property) => property.GetCustomAttribute<IdAttribute>()?.Id;

    private static string Written(Type type) =>
        Nullable.GetUnderlyingType(type) is { } inner ? Written(inner) + "?"
        : type.IsGenericType ? $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(Written))}>"
        : NameOf(type) ?? type.Name;

    private static void AssertNone(IEnumerable<string> complaints)
    {
        var found = complaints.Distinct().ToArray();
        Assert.True(found.Length == 0, string.Join('\n', found));
    }
}
