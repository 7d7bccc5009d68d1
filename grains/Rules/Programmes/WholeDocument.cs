using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gamification.Programmes;
using Gamification.Programmes.Documents;
using Gamification.Programmes.Earning;
using Gamification.Rules.Earning;

namespace Gamification.Rules.Programmes;

/// <summary>
/// A whole programme as one JSON document, as its file has it: the settings' fields, and beside them a field for each other part. The same parts
/// make the same bytes.
/// </summary>
public static class WholeDocument
{
    private const int LengthMax = PartReading.BytesMax + GoodsText.BytesMax;

    private static readonly JsonSerializerOptions Indented = new(EarningJson.Options) { WriteIndented = true, NewLine = "\n" };

    public static string Of(ProgrammeDocuments documents) => Of(Enum.GetValues<ProgrammePart>()
        .Select(part => documents.TextOf(part) is { } text ? new PartText(part, text) : null)
        .OfType<PartText>());

    public static string Of(IEnumerable<PartText> parts)
    {
        var whole = new JsonObject();
        foreach (var (part, text) in parts)
        {
            var json = JsonNode.Parse(text.Json)!;
            if (part != ProgrammePart.Settings) whole[ProgrammeParts.NameOf(part)] = json;
            else foreach (var (name, value) in json.AsObject()) whole[name] = value?.DeepClone();
        }

        return whole.ToJsonString(Indented) + "\n";
    }

    /// <summary>
    /// Its parts in their one form, in the order in which one needs another, or what is wrong with them, with pointers into the whole. Parts that
    /// it leaves out are not among them; without settings' fields, <paramref name="standing"/> are the settings that the others live with.
    /// </summary>
    public static (ImmutableArray<PartText> Parts, ImmutableArray<DocumentError> Errors) Read(string text, ProgrammeSettings? standing = null)
    {
        if (text.Length > LengthMax) return ([], [new("", "too-large", "A programme is at most 36 MB.")]);
        try
        {
            if (JsonNode.Parse(text, documentOptions: new() { MaxDepth = 33, AllowDuplicateProperties = false }) is not JsonObject whole) return ([], [new("", "wrong-type", "Send an object.")]);
            return Read(whole, standing);
        }
        catch (JsonException)
        {
            return ([], [new("", "malformed-json", "Send one JSON document in UTF-8, nested at most 33 deep, each field once.")]);
        }
    }

    private static (ImmutableArray<PartText> Parts, ImmutableArray<DocumentError> Errors) Read(JsonObject whole, ProgrammeSettings? standing)
    {
        var parts = ImmutableArray.CreateBuilder<PartText>();
        var errors = ImmutableArray.CreateBuilder<DocumentError>();
        var settings = whole.DeepClone().AsObject();
        foreach (var part in Enum.GetValues<ProgrammePart>()) settings.Remove(ProgrammeParts.NameOf(part));
        if (settings.Count > 0 || standing is null) Take(ProgrammePart.Settings, settings, "");
        if (errors.Count > 0) return ([], errors.DrainToImmutable());
        var live = parts.Count > 0 ? SettingsText.Parse(parts[0].Text) : standing!;
        foreach (var part in Enum.GetValues<ProgrammePart>())
        {
            if (whole[ProgrammeParts.NameOf(part)] is { } stated) Take(part, stated, $"/{ProgrammeParts.NameOf(part)}", live);
        }

        return errors.Count > 0 ? ([], errors.DrainToImmutable()) : (parts.DrainToImmutable(), []);

        void Take(ProgrammePart part, JsonNode stated, string pointer, ProgrammeSettings? lives = null)
        {
            var (text, faults) = PartReading.Read(part, stated.ToJsonString(EarningJson.Options), lives);
            if (text is { } read) parts.Add(new(part, read));
            foreach (var fault in faults) errors.Add(fault with { Field = pointer + fault.Field });
        }
    }
}
