using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;

namespace Gamification.Storage;

/// <summary>
/// The numbered scripts of one component in one database, as embedded in this assembly: <c>Storage/Postgres/journal.0001.sql</c> is step 1.
/// Components (journal, projections, vault, reminders) are numbered apart, because a vault may live in a database of its own.
/// </summary>
internal sealed record Migrations(string Component, ImmutableArray<string> Scripts)
{
    public int Newest => Scripts.Length;

    public static Migrations Of(string database, string component)
    {
        var assembly = Assembly.GetExecutingAssembly();
        var prefix = $"Gamification.Storage.{database}.{component}.";
        var names = assembly.GetManifestResourceNames().Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToArray();
        for (var i = 0; i < names.Length; i++)
        {
            if (names[i] != prefix + (i + 1).ToString("0000", CultureInfo.InvariantCulture) + ".sql")
                throw new InvalidOperationException($"Migration {i + 1} of {component} is missing: found {names[i]}.");
        }

        return new(component, [.. names.Select(name => Read(assembly, name))]);
    }

    /// <summary>The scripts that bring a database at <paramref name="version"/> to the newest.</summary>
    public IEnumerable<(int Version, string Script)> After(int version)
    {
        if (version > Newest)
            throw new DatabaseTooNewException(Component, version, Newest);
        for (var next = version + 1; next <= Newest; next++)
            yield return (next, Scripts[next - 1]);
    }

    private static string Read(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}

/// <summary>The database was written by a newer program; this one must not touch it.</summary>
public sealed class DatabaseTooNewException(string component, int found, int known)
    : Exception($"The {component} tables are at version {found}, this program knows {known}: start the newer program, or restore an older database.");
