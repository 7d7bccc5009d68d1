using System.Text.Json;
using Gamification.Journal;
using Gamification.Rules.Challenges;

namespace Gamification.Challenges;

/// <summary>A run's entries and snapshots, to and from durable bytes. Commands carry no keys: doing one again finds it done.</summary>
internal sealed class RunForm : IDurableForm<ChallengeRun, RunEntry>
{
    public static RunForm Json { get; } = new();

    public ChallengeRun Empty => ChallengeRun.Empty;

    public ChallengeRun Apply(ChallengeRun state, RunEntry entry) => state.Apply(entry);

    public NewEntry Write(RunEntry entry) => entry switch
    {
        RunEntry.Drafted drafted => new(RunEntry.Drafted.Type, JsonSerializer.SerializeToUtf8Bytes(drafted, ChallengeJson.Default.RunDrafted)),
        RunEntry.Scheduled scheduled => new(RunEntry.Scheduled.Type, JsonSerializer.SerializeToUtf8Bytes(scheduled, ChallengeJson.Default.RunScheduled)),
        RunEntry.Widened widened => new(RunEntry.Widened.Type, JsonSerializer.SerializeToUtf8Bytes(widened, ChallengeJson.Default.RunWidened)),
        RunEntry.Replaced replaced => new(RunEntry.Replaced.Type, JsonSerializer.SerializeToUtf8Bytes(replaced, ChallengeJson.Default.RunReplaced)),
        RunEntry.Paused paused => new(RunEntry.Paused.Type, JsonSerializer.SerializeToUtf8Bytes(paused, ChallengeJson.Default.RunPaused)),
        RunEntry.Resumed resumed => new(RunEntry.Resumed.Type, JsonSerializer.SerializeToUtf8Bytes(resumed, ChallengeJson.Default.RunResumed)),
        RunEntry.Ended ended => new(RunEntry.Ended.Type, JsonSerializer.SerializeToUtf8Bytes(ended, ChallengeJson.Default.RunEnded)),
        RunEntry.Cancelled cancelled => new(RunEntry.Cancelled.Type, JsonSerializer.SerializeToUtf8Bytes(cancelled, ChallengeJson.Default.RunCancelled)),
        RunEntry.Latched latched => new(RunEntry.Latched.Type, JsonSerializer.SerializeToUtf8Bytes(latched, ChallengeJson.Default.RunLatched)),
        RunEntry.Unlatched unlatched => new(RunEntry.Unlatched.Type, JsonSerializer.SerializeToUtf8Bytes(unlatched, ChallengeJson.Default.RunUnlatched)),
        RunEntry.Unlocked unlocked => new(RunEntry.Unlocked.Type, JsonSerializer.SerializeToUtf8Bytes(unlocked, ChallengeJson.Default.RunUnlocked)),
        RunEntry.Closed closed => new(RunEntry.Closed.Type, JsonSerializer.SerializeToUtf8Bytes(closed, ChallengeJson.Default.RunClosed)),
        RunEntry.Frozen frozen => new(RunEntry.Frozen.Type, JsonSerializer.SerializeToUtf8Bytes(frozen, ChallengeJson.Default.RunFrozen)),
        RunEntry.Posted posted => new(RunEntry.Posted.Type, JsonSerializer.SerializeToUtf8Bytes(posted, ChallengeJson.Default.RunPosted)),
        RunEntry.Shared shared => new(RunEntry.Shared.Type, JsonSerializer.SerializeToUtf8Bytes(shared, ChallengeJson.Default.RunShared)),
        RunEntry.Settled settled => new(RunEntry.Settled.Type, JsonSerializer.SerializeToUtf8Bytes(settled, ChallengeJson.Default.RunSettled)),
        RunEntry.Adjusted adjusted => new(RunEntry.Adjusted.Type, JsonSerializer.SerializeToUtf8Bytes(adjusted, ChallengeJson.Default.RunAdjusted)),
        _ => throw new NotSupportedException($"{entry.GetType().Name} has no durable form."),
    };

    public RunEntry? Read(StoredEntry stored) => stored.Type switch
    {
        RunEntry.Drafted.Type => JsonSerializer.Deserialize(stored.Payload.Span, ChallengeJson.Default.RunDrafted),
        RunEntry.Scheduled.Type => JsonSerializer.Deserialize(stored.Payload.Span, ChallengeJson.Default.RunScheduled),
        RunEntry.Widened.Type => JsonSerializer.Deserialize(stored.Payload.Span, ChallengeJson.Default.RunWidened),
        RunEntry.Replaced.Type => JsonSerializer.Deserialize(stored.Payload.Span, ChallengeJson.Default.RunReplaced),
        RunEntry.Paused.Type => JsonSerializer.Deserialize(stored.Payload.Span, ChallengeJson.Default.RunPaused),
        RunEntry.Resumed.Type => JsonSerializer.Deserialize(stored.Payload.Span, ChallengeJson.Default.RunResumed),
        RunEntry.Ended.Type => JsonSerializer.Deserialize(stored.Payload.Span, ChallengeJson.Default.RunEnded),
        RunEntry.Cancelled.Type => JsonSerializer.Deserialize(stored.Payload.Span, ChallengeJson.Default.RunCancelled),
        RunEntry.Latched.Type => JsonSerializer.Deserialize(stored.Payload.Span, ChallengeJson.Default.RunLatched),
        RunEntry.Unlatched.Type => JsonSerializer.Deserialize(stored.Payload.Span, ChallengeJson.Default.RunUnlatched),
        RunEntry.Unlocked.Type => JsonSerializer.Deserialize(stored.Payload.Span, ChallengeJson.Default.RunUnlocked),
        RunEntry.Closed.Type => JsonSerializer.Deserialize(stored.Payload.Span, ChallengeJson.Default.RunClosed),
        RunEntry.Frozen.Type => JsonSerializer.Deserialize(stored.Payload.Span, ChallengeJson.Default.RunFrozen),
        RunEntry.Posted.Type => JsonSerializer.Deserialize(stored.Payload.Span, ChallengeJson.Default.RunPosted),
        RunEntry.Shared.Type => JsonSerializer.Deserialize(stored.Payload.Span, ChallengeJson.Default.RunShared),
        RunEntry.Settled.Type => JsonSerializer.Deserialize(stored.Payload.Span, ChallengeJson.Default.RunSettled),
        RunEntry.Adjusted.Type => JsonSerializer.Deserialize(stored.Payload.Span, ChallengeJson.Default.RunAdjusted),
        _ => null,
    };

    public byte[] WriteState(ChallengeRun state) => JsonSerializer.SerializeToUtf8Bytes(state, ChallengeJson.Default.ChallengeRun);

    public ChallengeRun ReadState(ReadOnlySpan<byte> state) => JsonSerializer.Deserialize(state, ChallengeJson.Default.ChallengeRun)!;
}
