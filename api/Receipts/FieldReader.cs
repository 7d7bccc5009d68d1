using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Gamification.Api;

/// <summary>
/// Reads fields one by one and notes what is wrong with each where it stands: in the receipt, in its original, or in a line. A field that is
/// null counts as left out; one that stands twice is refused, because nobody can say which was meant.
/// </summary>
internal ref struct FieldReader(ReadOnlySpan<byte> body, JsonReaderOptions options, ReceiptFaults faults, UnknownFields unknown)
{
    public const int InReceipt = -1;
    public const int InOriginal = -2;

    private const int InstantMax = 40;

    private readonly ReadOnlySpan<byte> _body = body;
    private Utf8JsonReader _json = new(body, options);
    private ReadOnlySpan<byte> _name;
    private bool _repeated;

    /// <summary>Where the fields are: a constant above, or a line's index.</summary>
    public int Place { get; set; }

    /// <summary>The fields that this object has shown, one bit each.</summary>
    public uint Seen { get; set; }

    public bool SkippedUnknown { get; private set; }

    public void Begin() => _json.Read();

    /// <summary>After the document nothing may follow; the reader throws when something does.</summary>
    public void End() => _json.Read();

    public readonly bool IsObject => _json.TokenType == JsonTokenType.StartObject;

    public readonly bool IsArray => _json.TokenType == JsonTokenType.StartArray;

    /// <summary>Moves on to the next name; false at the object's end.</summary>
    public bool NextName() => _json.Read() && _json.TokenType == JsonTokenType.PropertyName;

    /// <summary>Moves on to the next element; false at the array's end.</summary>
    public bool NextElement() => _json.Read() && _json.TokenType != JsonTokenType.EndArray;

    /// <summary>Whether the name here is this one. If so, one of the methods that read a value must follow.</summary>
    public bool Is(ReadOnlySpan<byte> name, int bit)
    {
        if (!_json.ValueTextEquals(name)) return false;
        _name = name;
        _repeated = (Seen & (1u << bit)) != 0;
        Seen |= 1u << bit;
        return true;
    }

    /// <summary>Moves onto the value; false, and past it, when it is null or was there before.</summary>
    public bool Value()
    {
        _json.Read();
        if (!_repeated) return _json.TokenType != JsonTokenType.Null;
        Refuse("duplicate-property", "The field stands twice; leave one.");
        _json.Skip();
        return false;
    }

    /// <param name="max">In characters.</param>
    /// <param name="noSlash">For parts that names are joined of.</param>
    /// <param name="recurs">Whether the same text is likely to come again, so that one string may serve all.</param>
    public string? Text(int max, bool noSlash = false, bool recurs = true)
    {
        if (!Value()) return null;
        if (_json.TokenType != JsonTokenType.String)
        {
            RefuseType("a string");
            return null;
        }

        // An escape is at most six bytes for a character, so a longer token cannot be within bounds. A text has at most as many characters as bytes.
        if (_json.ValueSpan.Length > max * 6)
        {
            Refuse("too-long", string.Create(CultureInfo.InvariantCulture, $"Send at most {max} characters."));
            return null;
        }

        Span<char> scratch = stackalloc char[_json.ValueSpan.Length];
        var text = scratch[.._json.CopyString(scratch)];
        if (text.IsEmpty) Refuse("empty", "Send a value, or leave the field out if it is optional.");
        else if (text.Length > max) Refuse("too-long", string.Create(CultureInfo.InvariantCulture, $"Send at most {max} characters."));
        else if (!Printable.Is(text)) Refuse("not-printable", "Leave out control, formatting and line-breaking characters.");
        else if (noSlash && text.IndexOfAny('/', '|') >= 0) Refuse("forbidden-character", "Leave out '/' and '|': names are joined with them.");
        else return recurs ? Words.Shared.Get(text) : text.ToString();
        return null;
    }

    public ExactNumber? Number()
    {
        if (!Value()) return null;
        if (_json.TokenType != JsonTokenType.Number) RefuseType("a number, without quotes");
        else if (ExactNumber.TryRead(_json.ValueSpan, out var number)) return number;
        else Refuse("too-precise", "Send at most 18 significant digits.");
        return null;
    }

    public DateOnly? Date()
    {
        if (Text(10) is not { } text) return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && date.Year is >= 1970 and < 2200) return date;
        Refuse("invalid-date", "Send a date as 2026-11-21, from 1970 to 2199.");
        return null;
    }

    public DateTimeOffset? Instant()
    {
        if (!Value()) return null;
        if (_json.TokenType == JsonTokenType.String
            && HasTimeAndOffset()
            && _json.TryGetDateTimeOffset(out var instant)
            && instant.Year is >= 1970 and < 2200)
        {
            return instant;
        }

        Refuse("invalid-instant", "Send a date and time with its offset, as 2026-11-21T17:04:05+01:00.");
        _json.Skip();
        return null;
    }

    /// <summary>The position of the value among the choices, or null.</summary>
    public int? Choice(string choices)
    {
        if (Text(16) is not { } text) return null;
        var position = 0;
        foreach (var range in choices.AsSpan().Split('|'))
        {
            if (choices.AsSpan(range).SequenceEqual(text)) return position;
            position++;
        }

        Refuse("unknown-value", $"Send one of {choices.Replace("|", ", ", StringComparison.Ordinal)}.");
        return null;
    }

    /// <summary>Notes a value of the wrong type and passes over it.</summary>
    public void RefuseType(string expected)
    {
        Refuse("wrong-type", $"Send {expected}.");
        _json.Skip();
    }

    /// <summary>Passes over the value here.</summary>
    public void SkipValue() => _json.Skip();

    /// <summary>Keeps a field that nobody knows, as far as there is room for it, and passes over it.</summary>
    public void SkipUnknown()
    {
        SkippedUnknown = true;
        var name = _json.GetString()!;
        var shown = name.Length > UnknownFields.NameMax ? name[..UnknownFields.NameMax] : name;
        var pointer = PointerTo(shown.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal));
        _json.Read();
        var start = (int)_json.TokenStartIndex;
        _json.Skip();
        var kept = unknown.TryKeep(name, pointer, _body[start..(int)_json.BytesConsumed]);
        faults.Warn(kept ? "unknown-field" : "unknown-field-dropped", pointer);
    }

    public readonly void Refuse(string code, string remedy) => faults.Refuse(_name.IsEmpty && Place == InReceipt ? "" : PointerTo(Encoding.ASCII.GetString(_name)), code, remedy);

    /// <summary>A fault of a list's element or an object as a whole: its own pointer ends here.</summary>
    public readonly void RefuseElement(string pointer, string code, string remedy) => faults.Refuse(pointer, code, remedy);

    private readonly string PointerTo(string name) => Place switch
    {
        InReceipt => $"/{name}",
        InOriginal => $"/original/{name}",
        _ => string.Create(CultureInfo.InvariantCulture, $"/lines/{Place}/{name}"),
    };

    /// <summary>JSON's own reader also takes dates alone and times without an offset, which say less than a receipt must.</summary>
    private readonly bool HasTimeAndOffset()
    {
        // Many writers escape the plus sign, so the text is looked at as it is meant.
        if (_json.ValueSpan.Length > InstantMax * 6) return false;
        Span<char> scratch = stackalloc char[_json.ValueSpan.Length];
        var text = scratch[.._json.CopyString(scratch)];
        return text.Length is >= 17 and <= InstantMax && text[10] == 'T' && (text[^1] == 'Z' || text[^6] is '+' or '-');
    }
}
