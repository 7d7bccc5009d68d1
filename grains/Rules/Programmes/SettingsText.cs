using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Gamification.Programmes;
using Gamification.Programmes.Earning;
using Gamification.Rules.Earning;
using NodaTime;

namespace Gamification.Rules.Programmes;

/// <summary>The settings of a programme without its other parts, as text.</summary>
public static partial class SettingsText
{
    private const int ErrorsMax = 100;
    private const int StoresMax = 10_000;

    /// <summary>Fields that are parts of their own.</summary>
    private static readonly string[] OtherParts = ["ledger", "earning", "recognition", "rewards", "catalogue"];

    /// <summary>The JSON Schema of the settings. It is published as <c>silo/Programmes/settings.schema.json</c>.</summary>
    public static string Schema { get; } = MakeSchema();

    public static DocumentText Of(ProgrammeSettings settings)
    {
        var json = JsonSerializer.SerializeToNode(settings with { Earning = null, Recognition = null }, EarningJson.Options)!.AsObject();
        foreach (var part in OtherParts) json.Remove(part);
        return new(json.ToJsonString(EarningJson.Options));
    }

    /// <summary>What <see cref="Of"/> wrote.</summary>
    public static ProgrammeSettings Parse(DocumentText text) => JsonSerializer.Deserialize<ProgrammeSettings>(text.Json, EarningJson.Options)!;

    public static (DocumentText? Text, ImmutableArray<DocumentError> Errors) Read(JsonElement stated)
    {
        var errors = StrictDocument.Check(stated, typeof(ProgrammeSettings), EarningJson.Options);
        if (!errors.IsEmpty) return (null, errors);
        foreach (var part in OtherParts)
        {
            if (stated.TryGetProperty(part, out _)) return (null, [new($"/{part}", "another-part", $"Leave it out; send it as the part {part}.")]);
        }

        var settings = stated.Deserialize<ProgrammeSettings>(EarningJson.Options)!;
        errors = [.. Faults(settings).Take(ErrorsMax)];
        return errors.IsEmpty ? (Of(settings), []) : (null, errors);
    }

    /// <summary>What types cannot say, field by field.</summary>
    public static IEnumerable<DocumentError> Faults(ProgrammeSettings settings)
    {
        if (!ProgrammeId().IsMatch(settings.Id)) yield return new("/id", "invalid-id", "id takes lower-case letters, digits and hyphens, 32 at most.");
        if (settings.Name is not { Length: >= 1 and <= 80 } || settings.Name.Any(char.IsControl)) yield return new("/name", "invalid-text", "name takes 1 to 80 printable characters.");
        if (!CurrencyCode().IsMatch(settings.Currency)) yield return new("/currency", "invalid-currency", "currency takes an ISO 4217 code of three capitals.");
        if (settings.ClaimDays is < 0 or > 366) yield return new("/claimDays", "out-of-bounds", "claimDays lies between 0 and 366.");
        if (settings.PeopleMin is < 1 or > 50) yield return new("/peopleMin", "out-of-bounds", "peopleMin lies between 1 and 50.");
        if (settings.Stores.IsDefaultOrEmpty) yield return new("/stores", "missing", "stores needs at least one store.");
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(settings.TimeZone) is null) yield return new("/timeZone", "unknown-zone", $"timeZone '{settings.TimeZone}' is not an IANA name.");
        if (BoardSettingsChecks.Complaint(settings.Boards) is { } complaint) yield return new($"/{complaint[..complaint.IndexOf(' ', StringComparison.Ordinal)]}", "invalid-boards", complaint);
        if (settings.Stores.IsDefaultOrEmpty) yield break;
        if (settings.Stores.Length > StoresMax) yield return new("/stores", "out-of-bounds", FormattableString.Invariant($"stores takes at most {StoresMax} stores."));
        HashSet<string> seen = [];
        for (var at = 0; at < Math.Min(settings.Stores.Length, StoresMax); at++)
        {
            var store = settings.Stores[at];
            var pointer = FormattableString.Invariant($"/stores/{at}");
            if (!StoreId().IsMatch(store.Id)) yield return new($"{pointer}/id", "invalid-id", $"store id '{store.Id}' takes letters, digits and hyphens, 16 at most.");
            if (!seen.Add(store.Id)) yield return new($"{pointer}/id", "id-twice", "two stores have the same id.");
            if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(store.TimeZone) is null)
                yield return new($"{pointer}/timeZone", "unknown-zone", $"timeZone '{store.TimeZone}' of store {store.Id} is not an IANA name.");
            foreach (var (field, name) in new[] { ("nameFr", store.NameFr), ("nameNl", store.NameNl), ("nameEn", store.NameEn) })
            {
                if (name is not { Length: >= 1 and <= 80 } || name.Any(char.IsControl)) yield return new($"{pointer}/{field}", "invalid-text", $"{field} of store {store.Id} takes 1 to 80 printable characters.");
            }
        }
    }

    private static string MakeSchema()
    {
        var schema = JsonNode.Parse(DocumentSchema.Of(typeof(ProgrammeSettings), "Programme settings"))!.AsObject();
        foreach (var part in OtherParts) schema["properties"]!.AsObject().Remove(part);
        return schema.ToJsonString(new(EarningJson.Options) { WriteIndented = true }) + "\n";
    }

    [GeneratedRegex("^[a-z0-9-]{1,32}$")]
    private static partial Regex ProgrammeId();

    [GeneratedRegex("^[A-Z]{3}$")]
    private static partial Regex CurrencyCode();

    [GeneratedRegex("^[A-Za-z0-9-]{1,16}$")]
    private static partial Regex StoreId();
}
