using System.Collections.Immutable;

namespace Gamification.Rules.Challenges;

/// <summary>Facts about which runs there are.</summary>
public abstract record RunListEntry
{
    public sealed record Begun(string Challenge, int Run) : RunListEntry
    {
        public const string Type = "run.begun";
    }

    public sealed record Over(string Challenge, int Run) : RunListEntry
    {
        public const string Type = "run.over";
    }
}

/// <summary>One run in a programme's list.</summary>
public readonly record struct ListedRun(string Challenge, int Run);

/// <summary>The runs of a programme, oldest first; how many each challenge has had, also of those that the list has let go.</summary>
public sealed record RunList(ImmutableArray<ListedRun> Open, ImmutableArray<ListedRun> Over, ImmutableSortedDictionary<string, int> Newest)
{
    public const int OpenMax = 500;
    public const int OverMax = 1_000;

    public static RunList Empty { get; } = new([], [], ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal));

    /// <summary>The run that is open, or the next; null when there are too many.</summary>
    public (ImmutableArray<RunListEntry> Entries, int? Run) Begin(string challenge)
    {
        foreach (var open in Open)
        {
            if (open.Challenge == challenge) return ([], open.Run);
        }

        if (Open.Length >= OpenMax) return ([], null);
        var next = Newest.GetValueOrDefault(challenge) + 1;
        return ([new RunListEntry.Begun(challenge, next)], next);
    }

    public ImmutableArray<RunListEntry> Close(string challenge, int run) => Open.Contains(new(challenge, run)) ? [new RunListEntry.Over(challenge, run)] : [];

    public RunList Apply(RunListEntry entry) => entry switch
    {
        RunListEntry.Begun begun => this with { Open = Open.Add(new(begun.Challenge, begun.Run)), Newest = Newest.SetItem(begun.Challenge, begun.Run) },
        RunListEntry.Over over => this with
        {
            Open = Open.Remove(new(over.Challenge, over.Run)),
            Over = (Over.Length < OverMax ? Over : Over.RemoveAt(0)).Add(new(over.Challenge, over.Run)),
        },
        _ => throw new NotSupportedException($"{entry.GetType().Name} cannot be applied."),
    };
}
