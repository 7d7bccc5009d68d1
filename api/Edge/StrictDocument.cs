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
    private readonly JsonElement? _object;
    private readonly string _at;
    private readonly List<FieldError> _errors;
    private readonly List<StrictDocument> _parts = [];
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);
    private readonly Problem? _unreadable;
    private bool _takesOthers;

    private StrictDocument(JsonDocument? json, Problem? unreadable)
    {
        (_json, _object, _at, _errors) = (json, json?.RootElement, "", []);
        _unreadable = unreadable;
    }

    private StrictDocument(StrictDocument whole, JsonElement? part, string at) => (_object, _at, _errors, _unreadable) = (part, at, whole._errors, whole._unreadable);

    public static async ValueTask<StrictDocument> Read(HttpRequest request)
    {
        using var body = await Body.Read(request, BodyMax);

        // Parsed from a copy: the document outlives the pooled buffer.
        return body.Problem is { } problem ? new(null, problem) : Of(body.Bytes.ToArray());
    }

    /// <summary>Of bytes that nobody changes as long as the document is in use.</summary>
    public static StrictDocument Of(ReadOnlyMemory<byte> bytes)
    {
        if (HalfCharacters.AreIn(bytes.Span)) return new(null, HalfCharacters.Problem);
        try
        {
            var json = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = DepthMax, AllowDuplicateProperties = false });
            if (json.RootElement.ValueKind == JsonValueKind.Object) return new(json, null);
            json.Dispose();
            return new(null, new(ProblemKind.InvalidDocument, "Send an object.") { Errors = [new("", "wrong-type", "Send one JSON object with the fields of the example.")] });
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

    /// <summary>An object within; an empty one when it is missing, which is refused.</summary>
    public StrictDocument Object(string name)
    {
        var value = Find(name);
        if (value is null) Missing(name);
        else if (value.Value.ValueKind != JsonValueKind.Object) Refuse(name, "wrong-type", "Send an object.");
        var part = new StrictDocument(this, value is { ValueKind: JsonValueKind.Object } ? value : null, $"{_at}/{name}");
        _parts.Add(part);
        return part;
    }

    /// <summary>Fields that were not read are passed over, because whoever wrote the format lets others add some.</summary>
    public void TakeOthers() => _takesOthers = true;

    /// <summary>Whether the document holds this field, read or not.</summary>
    public bool Has(string name) => _object is { } fields && fields.TryGetProperty(name, out _);

    public int? OptionalNumber(string name, int min, int max)
    {
        if (Find(name) is not { } value) return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= min && number <= max) return number;
        Refuse(name, "out-of-bounds", string.Create(CultureInfo.InvariantCulture, $"Send a whole number from {min} to {max}."));
        return min;
    }

    /// <summary>An amount of money in the currency's units.</summary>
    public decimal? OptionalAmount(string name, decimal min, decimal max)
    {
        if (Find(name) is not { } value) return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number) && number >= min && number <= max) return number;
        Refuse(name, "out-of-bounds", string.Create(CultureInfo.InvariantCulture, $"Send a number from {min} to {max}."));
        return min;
    }

    public bool? OptionalFlag(string name)
    {
        if (Find(name) is not { } value) return null;
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False) return value.GetBoolean();
        Refuse(name, "wrong-type", "Send true or false.");
        return false;
    }

    /// <summary>A required instant with its offset.</summary>
    public DateTimeOffset Instant(string name)
    {
        if (OptionalInstant(name) is { } instant) return instant;
        if (Find(name) is null) Missing(name);
        return default;
    }

    public DateTimeOffset? OptionalInstant(string name)
    {
        if (Find(name) is not { } value) return null;
        if (value.ValueKind == JsonValueKind.String && TryText(value, 40, out var text) && Instants.TryParse(text, out var instant)) return instant;
        Refuse(name, "invalid-instant", Instants.Remedy);
        return default(DateTimeOffset);
    }

    /// <summary>A required true or false.</summary>
    public bool Flag(string name)
    {
        if (Find(name) is null) Missing(name);
        return OptionalFlag(name) ?? false;
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
        if (_unreadable is null) _errors.Add(new($"{_at}/{name}", code, remedy));
    }

    /// <summary>What is wrong with the document, once everything that may be in it was read.</summary>
    public Problem? Problem()
    {
        if (_unreadable is not null) return _unreadable;
        RefuseOthers();
        foreach (var part in _parts) part.RefuseOthers();
        return _errors.Count == 0
            ? null
            : new(ProblemKind.InvalidDocument, $"{_errors[0].Field}: {_errors[0].Remedy}") { Errors = [.. _errors.Take(16)] };
    }

    public void Dispose() => _json?.Dispose();

    private void RefuseOthers()
    {
        if (_takesOthers || _object is not { } fields) return;
        foreach (var field in fields.EnumerateObject())
        {
            if (_read.Contains(field.Name)) continue;
            var name = field.Name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
            Refuse(name, "unknown-field", $"Leave it out; the fields are {string.Join(", ", _read)}.");
        }
    }

    private JsonElement? Find(string name)
    {
        _read.Add(name);
        return _object is { } fields && fields.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
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
