using System.Text.Json;
using Gamification.Activities;

namespace Gamification.Api;

/// <summary>
/// What a source is told: what was recorded, now or before, or the problem. It hears what the event brought and nothing of the account.
/// </summary>
internal readonly record struct EventAnswer(ActivityRecord? Record, bool Replayed, string? Member) : ILineAnswer
{
    public Problem? Problem { get; private init; }

    public static implicit operator EventAnswer(Problem problem) => new() { Problem = problem };

    public void WriteFields(Utf8JsonWriter writer)
    {
        var record = Record!;
        writer.WriteString("outcome"u8, Replayed ? "replayed"u8 : "recorded"u8);
        writer.WriteBoolean("replayed"u8, Replayed);
        writer.WriteString("source"u8, record.Key.Source);
        writer.WriteString("id"u8, record.Key.Id);
        writer.WriteString("member"u8, Member);
        writer.WriteString("treatment"u8, EventWords.Of(record.Treatment));
        writer.WriteNumber("points"u8, record.Points);
        ReceiptWords.WriteFlags(writer, record.Flags);
        writer.WriteString("recordedAt"u8, record.RecordedAt);
    }
}
