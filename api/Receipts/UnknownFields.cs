using System.Collections.Immutable;
using System.Text;

namespace Gamification.Api;

/// <summary>
/// What a receipt states in fields that nobody here knows, kept with it as it was written, within bounds: a till that learns a new field a month
/// before the engine does loses nothing of it, and one that sends a whole document does not fill the journal.
/// </summary>
internal sealed class UnknownFields
{
    public const int CountMax = 16;

    /// <summary>Characters of a field's own name.</summary>
    public const int NameMax = 64;

    /// <summary>Pointers and values of one receipt together.</summary>
    public const int BytesMax = 2_048;

    private readonly List<UnknownField> _kept = [];
    private int _bytes;

    public ImmutableArray<UnknownField>? Kept => _kept.Count == 0 ? null : [.. _kept];

    /// <summary>False when the field is beyond a bound; a smaller one after it may still be kept.</summary>
    public bool TryKeep(string name, string pointer, ReadOnlySpan<byte> json)
    {
        var bytes = pointer.Length + json.Length;
        if (name.Length > NameMax || _kept.Count == CountMax || _bytes + bytes > BytesMax) return false;
        _bytes += bytes;
        _kept.Add(new(pointer, Encoding.UTF8.GetString(json)));
        return true;
    }

    public void Clear()
    {
        _kept.Clear();
        _bytes = 0;
    }
}
