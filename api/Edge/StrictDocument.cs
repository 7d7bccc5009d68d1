using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace Gamification.Api;

/// <summary>
/// An administrative document, read field by field. Strict: whatever was not read when all is done is refused by its name, because a mistyped
/// setting that is silently passed over is worse than an error.
/// </summary>
internal sealed class StrictDocument : IDisposable
{
    private const int BodyMax = 64 * 1024;
    private const int DepthMax = 8;

    private readonly JsonDocument? _json;
    private readonly List<FieldError> _errors = [];
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);
    private readonly Problem? _unreadable;

    private StrictDocument(JsonDocument? json, Problem? unreadable)
    {
        _json = json;
        _unreadable = unreadable;
    }

    public static async ValueTask<StrictDocument> Read(HttpRequest request)
    {
        using var body = await Body.Read(request, BodyMax);
        if (body.Problem is { } problem) return new(null, problem);
        try
        {
            // Parsed from a copy: the document outlives the pooled buffer.
            var json = JsonDocument.Parse(body.Bytes.ToArray(), new JsonDocumentOptions { MaxDepth = DepthMax, AllowDuplicateProperties = false });
            if (json.RootElement.ValueKind == JsonValueKind.Object) return new(json, null);
            json.Dispose();
            return new(null, new(ProblemKind.InvalidDocument, "Send an object."));
        }
        catch (JsonException)
        {
            return new(null, new(ProblemKind.MalformedJson, "The body is not one JSON document in UTF-8, nested at most 8 deep, or a field stands twice."));
        }
    }

    /// <summary>A required text.</summary>
    public string Text(string name, int max) => OptionalText(name, max) ?? Missing(name);

    public string? OptionalText(string name, int max)
    {
        if (Find(name) is not { } value) return null;
        if (value.ValueKind == JsonValueKind.String && TryText(value, max, out var text)) return text;
        Refuse(name, "invalid-text", string.Create(CultureInfo.InvariantCulture, $"Send a text of 1 to {max} printable characters."));
        return "";
    }

    public int? OptionalNumber(string name, int min, int max)
    {
        if (Find(name) is not { } value) return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= min && number <= max) return number;
        Refuse(name, "out-of-bounds", string.Create(CultureInfo.InvariantCulture, $"Send a whole number from {min} to {max}."));
        return min;
    }

    /// <summary>A required true or false.</summary>
    public bool Flag(string name)
    {
        if (Find(name) is null) Missing(name);
        return OptionalFlag(name);
    }

    /// <summary>True or false; false when it is not there.</summary>
    public bool OptionalFlag(string name)
    {
        if (Find(name) is not { } value) return false;
        if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False)) Refuse(name, "wrong-type", "Send true or false.");
        return value.ValueKind == JsonValueKind.True;
    }

    public ImmutableArray<string> Texts(string name, int countMax, int max)
    {
        if (Find(name) is not { } value) return [Missing(name)];
        var texts = ImmutableArray.CreateBuilder<string>();
        if (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() <= countMax)
        {
            foreach (var element in value.EnumerateArray())
            {
                if (element.ValueKind == JsonValueKind.String && TryText(element, max, out var text)) texts.Add(text);
            }

            if (texts.Count == value.GetArrayLength()) return texts.ToImmutable();
        }

        Refuse(name, "invalid-list", string.Create(CultureInfo.InvariantCulture, $"Send a list of at most {countMax} texts."));
        return [];
    }

    public void Refuse(string name, string code, string remedy)
    {
        if (_unreadable is null) _errors.Add(new($"/{name}", code, remedy));
    }

    /// <summary>What is wrong with the document, once everything that may be in it was read.</summary>
    public Problem? Problem()
    {
        if (_unreadable is not null) return _unreadable;
        foreach (var field in _json!.RootElement.EnumerateObject())
        {
            if (_read.Contains(field.Name)) continue;
            var name = field.Name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
            Refuse(name, "unknown-field", $"Leave it out; the fields are {string.Join(", ", _read)}.");
        }

        return _errors.Count == 0
            ? null
            : new(ProblemKind.InvalidDocument, $"{_errors[0].Field}: {_errors[0].Remedy}") { Errors = [.. _errors.Take(16)] };
    }

    public void Dispose() => _json?.Dispose();

    private JsonElement? Find(string name)
    {
        _read.Add(name);
        return _json is not null && _json.RootElement.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }

    private string Missing(string name)
    {
        Refuse(name, "missing", "This field is required.");
        return "";
    }

    private static bool TryText(JsonElement element, int max, out string text)
    {
        text = "";
        try
        {
            text = element.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair: no text.
            return false;
        }

        return text.Length > 0 && text.Length <= max && Printable.Is(text);
    }
}
