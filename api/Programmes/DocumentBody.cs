using System.Text;
using System.Text.Json;

namespace Gamification.Api;

/// <summary>A programme's document as it was sent, as JSON text: it may come as JSON or as YAML.</summary>
internal static class DocumentBody
{
    public const string Yaml = "application/yaml";
    public const string Csv = "text/csv";
    public const int PartMax = 4 * 1024 * 1024;
    public const int WholeMax = 31 * 1024 * 1024;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static async ValueTask<(string Text, Problem? Problem)> Read(HttpRequest request, int max)
    {
        var isYaml = Body.IsOfType(request.ContentType, Yaml);
        var (text, problem) = await ReadText(request, max, isYaml ? Yaml : JsonAnswer.ContentType);
        if (problem is not null || !isYaml) return (text, problem);
        try
        {
            return (YamlText.ToJson(text), null);
        }
        catch (FormatException fault)
        {
            return ("", new(ProblemKind.MalformedJson, $"The body is not one YAML document that is also JSON: {fault.Message}"));
        }
    }

    /// <summary>A body of one type, which must be UTF-8.</summary>
    public static async ValueTask<(string Text, Problem? Problem)> ReadText(HttpRequest request, int max, string type)
    {
        using var body = await Body.Read(request, max, type);
        if (body.Problem is { } problem) return ("", problem);
        if (type == JsonAnswer.ContentType && HalfCharacters.AreIn(body.Bytes.Span)) return ("", HalfCharacters.Problem);
        try
        {
            return (Strict.GetString(body.Bytes.Span), null);
        }
        catch (DecoderFallbackException)
        {
            return ("", new(ProblemKind.MalformedJson, "The body is not UTF-8."));
        }
    }

    /// <summary>Writes a text that is JSON as a value; null for none.</summary>
    public static void WriteJson(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, string? json)
    {
        writer.WritePropertyName(name);
        if (json is null) writer.WriteNullValue();
        else writer.WriteRawValue(json);
    }
}
