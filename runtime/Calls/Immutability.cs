using System.Collections;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Numerics;
using System.Reflection;
using System.Text.Json;
using Gamification.Runtime.Hosting;

namespace Gamification.Runtime.Calls;

/// <summary>
/// This host passes references where a cluster copies, so a message that one side could change later would work here and break there.
/// Debug builds therefore refuse arguments and results that are not immutable all the way down: values, strings, immutable collections,
/// types marked <see cref="ImmutableAttribute"/>, references to grains, and types whose fields are read-only and qualify themselves.
/// </summary>
public static class Immutability
{
    private static readonly HashSet<Type> s_known =
    [
        typeof(string), typeof(decimal), typeof(BigInteger), typeof(Version), typeof(Uri), typeof(CancellationToken), typeof(JsonElement),
        typeof(object),
    ];

    private static readonly ConcurrentDictionary<Type, Verdict> s_verdicts = new();

    /// <summary>
    /// For generated code: throws <see cref="MutableMessageException"/> when <paramref name="argument"/> could be changed.
    /// </summary>
    [Conditional("DEBUG")]
    public static void RefuseMutable<T>(T argument, MethodShape shape, string parameter)
    {
        if (argument is null || (typeof(T).IsValueType && Of(typeof(T)).IsImmutable)) return;
        if (Objection(argument) is { } objection)
            throw new MutableMessageException($"{shape.InterfaceName}.{shape.Method}, parameter {parameter}: {objection} {Remedy}");
    }

    [Conditional("DEBUG")]
    internal static void RefuseMutableResult<T>(T result, MethodShape shape)
    {
        if (result is null || (typeof(T).IsValueType && Of(typeof(T)).IsImmutable)) return;
        if ((shape.Traits & MethodTraits.ImmutableResult) != MethodTraits.None) return;
        if (Objection(result) is { } objection)
            throw new MutableMessageException($"{shape.InterfaceName}.{shape.Method}, result: {objection} {Remedy}");
    }

    private const BindingFlags Anything = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    private const string Remedy =
        "Pass a record with init-only members, an ImmutableArray or a frozen collection, or mark the type or parameter [Immutable] "
        + "if nobody changes it once it is sent.";

    /// <summary>Why <paramref name="value"/> is not immutable; null when it is.</summary>
    private static string? Objection(object value)
    {
        var type = value.GetType();
        switch (value)
        {
            case GrainReference or Exception or Type:
                return null;
            case Grain:
                return $"{type.Name} is a grain, and only references to grains travel; send this.AsReference<…>().";
            case IGrainObserver:
                return $"{type.Name} is an observer, and only references to observers travel; send CreateObjectReference<…>(…).";
        }

        var verdict = Of(type);
        if (verdict.IsImmutable) return null;
        if (verdict.Objection is not null) return verdict.Objection;

        foreach (var field in verdict.Inspect)
            if (field.GetValue(value) is { } member && Objection(member) is { } objection) return objection;

        if (verdict.InspectElements)
        {
            foreach (var element in (IEnumerable)value)
                if (element is not null && Objection(element) is { } objection) return objection;
        }

        return null;
    }

    private static Verdict Of(Type type) => s_verdicts.TryGetValue(type, out var known) ? known : s_verdicts[type] = Judge(type);

    private static Verdict Judge(Type type)
    {
        if (type.IsPrimitive || type.IsEnum || type.IsPointer || s_known.Contains(type)) return Verdict.Immutable;
        if (type.IsDefined(typeof(ImmutableAttribute), inherit: false)) return Verdict.Immutable;
        if (type.IsArray) return new($"{type} is an array, which can be changed after it is sent.");
        if (typeof(Delegate).IsAssignableFrom(type)) return new($"{type} is a delegate, which cannot leave the process.");
        if (IsFrozen(type)) return new(null, [], !type.GenericTypeArguments.All(IsAlwaysImmutable));
        if (type is { IsGenericType: true } && type.GetGenericTypeDefinition() == typeof(ReadOnlyMemory<>)) return Verdict.Immutable;

        List<FieldInfo> inspect = [];
        for (var level = type; level is not null && level != typeof(object) && level != typeof(ValueType); level = level.BaseType)
        {
            foreach (var field in level.GetFields(Anything | BindingFlags.DeclaredOnly))
            {
                // A struct is copied whole, so its fields may be set; an object is shared.
                if (!type.IsValueType && !field.IsInitOnly)
                    return new($"{type} can be changed after it is sent, through {Named(field)}.");
                if (IsPromised(field) || (PropertyOf(field) is { } property && IsPromised(property))) continue;
                if (!IsAlwaysImmutable(field.FieldType) && field.FieldType != type) inspect.Add(field);
            }
        }

        return inspect.Count == 0 ? Verdict.Immutable : new(null, inspect, false);
    }

    /// <summary>Whether every value of a member declared with this type is immutable, so that it needs no look.</summary>
    private static bool IsAlwaysImmutable(Type type) =>
        (Nullable.GetUnderlyingType(type) ?? type) is var declared
        && (declared.IsValueType || declared == typeof(string) || declared.IsSealed)
        && declared != typeof(object)
        && Of(declared).IsImmutable;

    private static bool IsFrozen(Type type) =>
        type.Namespace is "System.Collections.Immutable" or "System.Collections.Frozen"
        && typeof(IEnumerable).IsAssignableFrom(type)
        && !type.Name.Contains("Builder", StringComparison.Ordinal);

    private static string Named(FieldInfo field) => PropertyOf(field)?.Name ?? field.Name;

    private static PropertyInfo? PropertyOf(FieldInfo field) =>
        field.Name.StartsWith('<')
            ? field.DeclaringType!.GetProperty(field.Name[1..field.Name.IndexOf('>', StringComparison.Ordinal)], Anything)
            : null;

    private static bool IsPromised(MemberInfo member) => member.IsDefined(typeof(ImmutableAttribute), inherit: false);

    /// <summary>Immutable, never so (an objection), or so when the members to inspect are.</summary>
    private sealed record Verdict(string? Objection, IReadOnlyList<FieldInfo> Inspect, bool InspectElements)
    {
        public static readonly Verdict Immutable = new(null, [], false);

        public Verdict(string objection)
            : this(objection, [], false)
        {
        }

        public bool IsImmutable => Objection is null && Inspect.Count == 0 && !InspectElements;
    }
}
