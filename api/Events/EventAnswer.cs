using System.Text.Json;
using Gamification.Activities;

namespace Gamification.Api;

/// <summary>
/// What a source is told: what was recorded, now or before, or the problem. It hears what the event brought and nothing of the account.
/// </summary>
internal readonly record struct EventAnswer(ActivityRecord? Record, bool IsReplay, string? Member) : ILineAnswer
{
    public Problem? Problem { get; private init; }

    private int Status => Problem?.Status ?? (IsReplay ? StatusCodes.Status200OK : StatusCodes.Status201Created);

    public static implicit operator EventAnswer(Problem problem) => new() { Problem = problem };

    public void Answer(HttpContext context)
    {
        if (Problem is not null) ProblemJson.Answer(context, Problem);
        else JsonAnswer.Write(context, Status, this, static (writer, answer) => answer.WriteObject(writer));
    }

    public void WriteLine(Utf8JsonWriter writer, int line)
    {
        writer.WriteStartObject();
        writer.WriteNumber("line"u8, line);
        if (Problem is not null)
        {
            ProblemJson.WriteFields(writer, Problem);
        }
        else
        {
            writer.WriteNumber("status"u8, Status);
            WriteFields(writer);
        }

        writer.WriteEndObject();
    }

    private void WriteObject(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        WriteFields(writer);
        writer.WriteEndObject();
    }

    private void WriteFields(Utf8JsonWriter writer)
    {
        var record = Record!;
        writer.WriteString("outcome"u8, IsReplay ? "replayed"u8 : "recorded"u8);
        writer.WriteBoolean("replayed"u8, IsReplay);
        writer.WriteString("source"u8, record.Key.Source);
        writer.WriteString("id"u8, record.Key.Id);
        writer.WriteString("member"u8, Member);
        writer.WriteString("treatment"u8, EventWords.Of(record.Treatment));
        writer.WriteNumber("points"u8, record.Points);
        ReceiptWords.WriteFlags(writer, record.Flags);
        writer.WriteString("recordedAt"u8, record.RecordedAt);
    }
}
