using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Gamification.Impacts;
using Gamification.Leagues;
using Gamification.Programmes;
using Gamification.Programmes.Documents;
using Gamification.Programmes.Earning;
using Gamification.Recognition;
using Gamification.Rewards;
using Gamification.Rules.Earning;
using Gamification.Rules.Impacts;
using Gamification.Rules.Leagues;
using Gamification.Rules.Recognition;
using Gamification.Rules.Rewards;

namespace Gamification.Rules.Programmes;

/// <summary>Reads a part's document: held to its types, then to what its parts say of each other, then brought into its one form.</summary>
public static class PartReading
{
    public const int BytesMax = 4 * 1024 * 1024;

    private static readonly JsonDocumentOptions Bounded = new() { MaxDepth = 32, AllowDuplicateProperties = true };

    /// <summary>The JSON Schema of a ledger's terms. It is published as <c>silo/Programmes/ledger.schema.json</c>.</summary>
    public static string LedgerSchema { get; } = DocumentSchema.Of(typeof(LedgerSettings), "Ledger terms");

    /// <summary>The text, or at most 100 errors in the document's order. <paramref name="settings"/> are those that the part will live with.</summary>
    public static (DocumentText? Text, ImmutableArray<DocumentError> Errors) Read(ProgrammePart part, string text, ProgrammeSettings? settings)
    {
        if (text.Length > (part == ProgrammePart.Catalogue ? GoodsText.BytesMax : BytesMax)) return (null, [new("", "too-large", "A document is at most 4 MB, a catalogue 32 MB.")]);
        try
        {
            using var json = JsonDocument.Parse(text, Bounded);
            return part switch
            {
                ProgrammePart.Settings => SettingsText.Read(json.RootElement),
                ProgrammePart.Ledger => Ledger(json.RootElement),
                ProgrammePart.Earning => Earning(text, settings!),
                ProgrammePart.Recognition => Recognition(text),
                ProgrammePart.Rewards => Rewards(text),
                ProgrammePart.Impact => Impact(text),
                ProgrammePart.Leagues => Leagues(text),
                _ => GoodsText.Read(json.RootElement),
            };
        }
        catch (JsonException)
        {
            return (null, [new("", "malformed-json", "Send one JSON document in UTF-8, nested at most 32 deep.")]);
        }
    }

    /// <summary>Whether it can be kept as a draft, whatever is wrong with it otherwise.</summary>
    public static DocumentError? Unkept(string text)
    {
        if (text.Length > BytesMax) return new("", "too-large", "A draft is at most 4 MB.");
        try
        {
            using var json = JsonDocument.Parse(text, Bounded);
            return json.RootElement.ValueKind == JsonValueKind.Object ? null : new("", "wrong-type", "Send an object.");
        }
        catch (JsonException)
        {
            return new("", "malformed-json", "Send one JSON document in UTF-8, nested at most 32 deep.");
        }
    }

    public static LedgerSettings LedgerOf(DocumentText text) => JsonSerializer.Deserialize<LedgerSettings>(text.Json, EarningJson.Options)!;

    public static EarningRules EarningOf(DocumentText text) => JsonSerializer.Deserialize<EarningRules>(text.Json, EarningJson.Options)!;

    public static RecognitionRules RecognitionOf(DocumentText text) => JsonSerializer.Deserialize<RecognitionRules>(text.Json, EarningJson.Options)!;

    public static RewardCatalogue RewardsOf(DocumentText text) => JsonSerializer.Deserialize<RewardCatalogue>(text.Json, EarningJson.Options)!;

    public static ImpactFactors ImpactOf(DocumentText text) => JsonSerializer.Deserialize<ImpactFactors>(text.Json, EarningJson.Options)!;

    public static LeagueList LeaguesOf(DocumentText text) => JsonSerializer.Deserialize<LeagueList>(text.Json, EarningJson.Options)!;

    public static DocumentText Of(RecognitionRules rules) => new(RecognitionDocument.Write(rules));

    public static DocumentText Of(LedgerSettings ledger) => new(JsonSerializer.Serialize(ledger, EarningJson.Options));

    public static DocumentText Of(EarningRules rules) => new(EarningJson.Write(rules));

    private static (DocumentText?, ImmutableArray<DocumentError>) Ledger(JsonElement stated)
    {
        var errors = StrictDocument.Check(stated, typeof(LedgerSettings), EarningJson.Options);
        if (!errors.IsEmpty) return (null, errors);
        var ledger = stated.Deserialize<LedgerSettings>(EarningJson.Options)!;
        if (SchemeChecks.Complaint(ledger) is not { } complaint) return (Of(ledger), []);

        // "ledger.points.pendingDays lies between …"
        var field = complaint[..complaint.IndexOf(' ', StringComparison.Ordinal)];
        return (null, [new(field["ledger".Length..].Replace('.', '/'), "out-of-bounds", complaint)]);
    }

    private static (DocumentText?, ImmutableArray<DocumentError>) Earning(string text, ProgrammeSettings settings)
    {
        var (rules, errors) = EarningDocument.Read(Encoding.UTF8.GetBytes(text), settings);
        return rules is null ? (null, errors) : (Of(rules), []);
    }

    private static (DocumentText?, ImmutableArray<DocumentError>) Recognition(string text)
    {
        var (rules, errors) = RecognitionDocument.Read(Encoding.UTF8.GetBytes(text));
        return rules is null ? (null, errors) : (Of(rules), []);
    }

    private static (DocumentText?, ImmutableArray<DocumentError>) Impact(string text)
    {
        var (factors, errors) = ImpactDocument.Read(Encoding.UTF8.GetBytes(text));
        return factors is null ? (null, errors) : (new(ImpactDocument.Write(factors)), []);
    }

    private static (DocumentText?, ImmutableArray<DocumentError>) Leagues(string text)
    {
        var (leagues, errors) = LeagueDocument.Read(Encoding.UTF8.GetBytes(text));
        return leagues is null ? (null, errors) : (new(LeagueDocument.Write(leagues)), []);
    }

    private static (DocumentText?, ImmutableArray<DocumentError>) Rewards(string text)
    {
        var (catalogue, errors) = RewardDocument.Read(Encoding.UTF8.GetBytes(text));
        return catalogue is null ? (null, errors) : (new(JsonSerializer.Serialize(catalogue, EarningJson.Options)), []);
    }
}
