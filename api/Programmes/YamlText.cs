using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Gamification.Api;

/// <summary>
/// JSON as YAML and back, by YAML's core schema: a plain scalar that looks like null, a truth value or a number is one, every other is a text.
/// Anchors and tags are refused: a document of a few bytes that unfolds to gigabytes is none.
/// </summary>
internal static class YamlText
{
    private const int DepthMax = 32;
    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 64 };

    /// <summary>Throws <see cref="FormatException"/> with one line that says where and why.</summary>
    public static string ToJson(string yaml)
    {
        try
        {
            var parser = new Parser(new StringReader(yaml));
            parser.Consume<StreamStart>();
            parser.Consume<DocumentStart>();
            var root = Read(parser, 0);
            parser.Consume<DocumentEnd>();
            if (!parser.Accept<StreamEnd>(out _)) throw new FormatException("send one document, not several.");
            return root?.ToJsonString(Plain) ?? "null";
        }
        catch (YamlException fault)
        {
            throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"line {fault.Start.Line}, column {fault.Start.Column}: {fault.Message}"), fault);
        }
    }

    public static string FromJson(string json)
    {
        var text = new StringWriter { NewLine = "\n" };
        var emitter = new Emitter(text, new EmitterSettings(bestIndent: 2, bestWidth: int.MaxValue, isCanonical: false, maxSimpleKeyLength: 1024));
        emitter.Emit(new StreamStart());
        emitter.Emit(new DocumentStart());
        Write(emitter, JsonNode.Parse(json));
        emitter.Emit(new DocumentEnd(isImplicit: true));
        emitter.Emit(new StreamEnd());
        return text.ToString();
    }

    private static JsonNode? Read(Parser parser, int depth)
    {
        if (depth > DepthMax) throw new FormatException("it is nested more than 32 deep.");
        if (parser.Current is NodeEvent { Anchor.IsEmpty: false } or AnchorAlias) throw At(parser, "write it out: anchors and aliases are not taken.");
        if (parser.Current is NodeEvent { Tag.IsEmpty: false }) throw At(parser, "tags are not taken.");
        if (parser.TryConsume<Scalar>(out var scalar)) return ValueOf(scalar);
        if (parser.TryConsume<SequenceStart>(out _))
        {
            var list = new JsonArray();
            while (!parser.TryConsume<SequenceEnd>(out _)) list.Add(Read(parser, depth + 1));
            return list;
        }

        parser.Consume<MappingStart>();
        var fields = new JsonObject();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var name = parser.Consume<Scalar>();
            if (fields.ContainsKey(name.Value)) throw At(parser, $"the field {name.Value} stands twice.");
            fields.Add(name.Value, Read(parser, depth + 1));
        }

        return fields;
    }

    private static JsonNode? ValueOf(Scalar scalar) => scalar.Style != ScalarStyle.Plain ? JsonValue.Create(scalar.Value) : scalar.Value switch
    {
        "" or "~" or "null" or "Null" or "NULL" => null,
        "true" or "True" or "TRUE" => JsonValue.Create(true),
        "false" or "False" or "FALSE" => JsonValue.Create(false),
        var text when IsNumber(text) => JsonNode.Parse(text),
        var text => JsonValue.Create(text),
    };

    private static void Write(Emitter emitter, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject fields:
                emitter.Emit(new MappingStart());
                foreach (var (name, value) in fields)
                {
                    Write(emitter, JsonValue.Create(name));
                    Write(emitter, value);
                }

                emitter.Emit(new MappingEnd());
                break;
            case JsonArray list:
                emitter.Emit(new SequenceStart(AnchorName.Empty, TagName.Empty, isImplicit: true, list.All(value => value is null or JsonValue) ? SequenceStyle.Flow : SequenceStyle.Block));
                foreach (var value in list) Write(emitter, value);
                emitter.Emit(new SequenceEnd());
                break;
            default:
                var text = node is null ? "null" : node.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : node.ToJsonString();
                var style = node?.GetValueKind() == JsonValueKind.String && IsAmbiguous(text) ? ScalarStyle.DoubleQuoted : ScalarStyle.Any;
                emitter.Emit(new Scalar(AnchorName.Empty, TagName.Empty, text, style, isPlainImplicit: true, isQuotedImplicit: true));
                break;
        }
    }

    /// <summary>Whether a reader, this one or one of YAML 1.1, would take the text for something else.</summary>
    private static bool IsAmbiguous(string text) =>
        text.Length == 0 || char.IsAsciiDigit(text[0]) || text[0] is '-' or '+' or '.' or '~' or ' ' || text[^1] == ' ' || text.Any(char.IsControl)
        || text.ToUpperInvariant() is "NULL" or "TRUE" or "FALSE" or "YES" or "NO" or "ON" or "OFF" or "Y" or "N";

    private static bool IsNumber(string text)
    {
        if (text.Length == 0 || !(char.IsAsciiDigit(text[0]) || text[0] == '-')) return false;
        try
        {
            using var json = JsonDocument.Parse(text);
            return json.RootElement.ValueKind == JsonValueKind.Number;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static FormatException At(Parser parser, string why) =>
        new(string.Create(CultureInfo.InvariantCulture, $"line {parser.Current!.Start.Line}, column {parser.Current.Start.Column}: {why}"));
}
