using System.Text.Json;

namespace Gamification.Api;

/// <summary>What becomes of one receipt or event, posted alone or as a line of a batch: what was recorded, now or before, or the problem.</summary>
internal interface ILineAnswer
{
    Problem? Problem { get; }

    bool Replayed { get; }

    /// <summary>What is told when there is no problem, without brackets.</summary>
    void WriteFields(Utf8JsonWriter writer);
}

/// <summary>The two forms of an answer: a response of its own, and a line that says its number and status first.</summary>
internal static class LineAnswer
{
    public static void Answer<T>(HttpContext context, T answer)
        where T : ILineAnswer
    {
        if (answer.Problem is { } problem) ProblemJson.Answer(context, problem);
        else JsonAnswer.Write(context, StatusOf(answer), answer, static (writer, answer) =>
        {
            writer.WriteStartObject();
            answer.WriteFields(writer);
            writer.WriteEndObject();
        });
    }

    public static void WriteLine<T>(Utf8JsonWriter writer, T answer, int line)
        where T : ILineAnswer
    {
        writer.WriteStartObject();
        writer.WriteNumber("line"u8, line);
        if (answer.Problem is { } problem)
        {
            ProblemJson.WriteFields(writer, problem);
        }
        else
        {
            writer.WriteNumber("status"u8, StatusOf(answer));
            answer.WriteFields(writer);
        }

        writer.WriteEndObject();
    }

    private static int StatusOf<T>(T answer)
        where T : ILineAnswer => answer.Replayed ? StatusCodes.Status200OK : StatusCodes.Status201Created;
}
