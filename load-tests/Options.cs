using System.Globalization;

namespace Gamification.LoadTests;

/// <summary>
/// Words of a command line: --name value, repeatable. What nobody asked for is an error, so that a typo never passes for a default.
/// </summary>
internal sealed class Options
{
    private readonly Dictionary<string, List<string>> _values = [];
    private readonly HashSet<string> _asked = [];

    public Options(IReadOnlyList<string> args)
    {
        for (var at = 0; at < args.Count; at += 2)
        {
            if (!args[at].StartsWith("--", StringComparison.Ordinal)) throw new UsageException($"'{args[at]}' is not an option");
            if (at + 1 == args.Count) throw new UsageException($"{args[at]} needs a value");
            if (!_values.TryGetValue(args[at][2..], out var values)) _values[args[at][2..]] = values = [];
            values.Add(args[at + 1]);
        }
    }

    public string? Text(string name) => All(name) switch
    {
        [] => null,
        [var only] => only,
        _ => throw new UsageException($"--{name} is given more than once"),
    };

    public IReadOnlyList<string> All(string name)
    {
        _asked.Add(name);
        return _values.GetValueOrDefault(name) ?? [];
    }

    public string Required(string name) => Text(name) ?? throw new UsageException($"--{name} is missing");

    public T Value<T>(string name, T otherwise)
        where T : IParsable<T> =>
        Text(name) is not { } text ? otherwise
        : T.TryParse(text, CultureInfo.InvariantCulture, out var value) ? value
        : throw new UsageException($"--{name} cannot be '{text}'");

    public TimeSpan Seconds(string name, double otherwise) => TimeSpan.FromSeconds(Value(name, otherwise));

    /// <summary>To be called when all options have been read.</summary>
    public void Close()
    {
        if (_values.Keys.FirstOrDefault(name => !_asked.Contains(name)) is { } unknown)
            throw new UsageException($"--{unknown} is not known here");
    }
}

/// <summary>The command line does not make sense; the message says why.</summary>
internal sealed class UsageException(string message) : Exception(message);
