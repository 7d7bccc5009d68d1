using System.Text.Json;
using Gamification.Journal;
using Gamification.Rules.Challenges;

namespace Gamification.Challenges;

/// <summary>A programme's list of runs, to and from durable bytes.</summary>
internal sealed class RunListForm : IDurableForm<RunList, RunListEntry>
{
    public static RunListForm Json { get; } = new();

    public RunList Empty => RunList.Empty;

    public RunList Apply(RunList state, RunListEntry entry) => state.Apply(entry);

    public NewEntry Write(RunListEntry entry) => entry switch
    {
        RunListEntry.Begun begun => new(RunListEntry.Begun.Type, JsonSerializer.SerializeToUtf8Bytes(begun, ChallengeJson.Default.RunBegun)),
        RunListEntry.Over over => new(RunListEntry.Over.Type, JsonSerializer.SerializeToUtf8Bytes(over, ChallengeJson.Default.RunOver)),
        _ => throw new NotSupportedException($"{entry.GetType().Name} has no durable form."),
    };

    public RunListEntry? Read(StoredEntry stored) => stored.Type switch
    {
        RunListEntry.Begun.Type => JsonSerializer.Deserialize(stored.Payload.Span, ChallengeJson.Default.RunBegun),
        RunListEntry.Over.Type => JsonSerializer.Deserialize(stored.Payload.Span, ChallengeJson.Default.RunOver),
        _ => null,
    };

    public byte[] WriteState(RunList state) => JsonSerializer.SerializeToUtf8Bytes(state, ChallengeJson.Default.RunList);

    public RunList ReadState(ReadOnlySpan<byte> state) => JsonSerializer.Deserialize(state, ChallengeJson.Default.RunList)!;
}
