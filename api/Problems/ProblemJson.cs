using System.Globalization;
using System.Text.Json;

namespace Gamification.Api;

/// <summary>Problems as bytes: the members of RFC 9457, and <c>errors</c>.</summary>
internal static class ProblemJson
{
    public const string ContentType = "application/problem+json";

    public static void Answer(HttpContext context, Problem problem)
    {
        if (problem.RetryAfter is { } wait)
        {
            context.Response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        if (problem.Status == StatusCodes.Status401Unauthorized) context.Response.Headers.WWWAuthenticate = "Bearer";
        JsonAnswer.Write(context, problem.Status, problem, static (writer, problem) =>
        {
            writer.WriteStartObject();
            WriteFields(writer, problem);
            writer.WriteEndObject();
        }, ContentType);
    }

    /// <summary>The members without their brackets: a line of a batch has some of its own before them.</summary>
    public static void WriteFields(Utf8JsonWriter writer, Problem problem)
    {
        writer.WriteString("type"u8, problem.Kind.Type);
        writer.WriteString("title"u8, problem.Kind.Title);
        writer.WriteNumber("status"u8, problem.Status);
        writer.WriteString("detail"u8, problem.Detail);
        if (problem.Errors.IsDefaultOrEmpty) return;
        writer.WriteStartArray("errors"u8);
        foreach (var error in problem.Errors)
        {
            writer.WriteStartObject();
            writer.WriteString("field"u8, error.Field);
            writer.WriteString("code"u8, error.Code);
            writer.WriteString("remedy"u8, error.Remedy);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
