using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Gamification.Programmes;
using Gamification.Rules;
using Gamification.Rules.Earning;
using NodaTime;

namespace Gamification.Silo.Programmes;

/// <summary>
/// Reads a programme's settings from a JSON file. Strict: an unknown field is an error, because a misspelt setting is worse than none.
/// <c>earning</c> and <c>recognition</c> are documents or the names of files that hold them, and <c>catalogue</c> the name of a CSV file, plain or
/// with gzip; names are relative to the programme's file.
/// </summary>
public static partial class ProgrammeFile
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
        ReadCommentHandling = JsonCommentHandling.Skip,
    };

    /// <summary>Throws <see cref="ProgrammeFileException"/> with one line that names the file and what to mend.</summary>
    public static ProgrammeSettings Read(string path) => Take(path, file =>
    {
        var stated = Stated(file);
        var earning = stated["earning"]?.DeepClone();
        var recognition = stated["recognition"]?.DeepClone();
        stated.Remove("earning");
        stated.Remove("recognition");
        stated.Remove("catalogue");
        var settings = stated.Deserialize<ProgrammeSettings>(Strict) ?? throw new JsonException("The file is empty.");
        if (Complaint(settings) is { } complaint) throw new ProgrammeFileException($"{file}: {complaint}");
        if (recognition is not null && earning is null) throw new ProgrammeFileException($"{file}: recognition takes an earning document beside it, since what it gives is kept in the ledger.");
        if (recognition is not null) settings = settings with { Recognition = RecognitionFile.Read(recognition, file) };
        return earning is null ? settings : settings with { Earning = EarningFile.Read(earning, file, settings) };
    });

    /// <summary>The goods that the programme's rules speak of; empty when its file names no catalogue. Throws as <see cref="Read"/> does.</summary>
    public static Catalogue ReadCatalogue(string path) => Take(path, file => Stated(file)["catalogue"] is { } name ? CatalogueFile.Read(Beside(file, name)) : Catalogue.Empty);

    /// <summary>The path of a file that another one names.</summary>
    internal static string Beside(string file, JsonNode name) => Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file))!, name.GetValue<string>());

    private static T Take<T>(string path, Func<string, T> read)
    {
        try
        {
            return read(path);
        }
        catch (Exception fault) when (fault is JsonException or IOException or UnauthorizedAccessException or InvalidOperationException or FormatException)
        {
            throw new ProgrammeFileException($"{path}: {fault.Message}", fault);
        }
    }

    private static JsonObject Stated(string path) =>
        JsonNode.Parse(File.ReadAllBytes(path), documentOptions: new() { CommentHandling = JsonCommentHandling.Skip })?.AsObject() ?? throw new JsonException("The file is empty.");

    private static string? Complaint(ProgrammeSettings settings)
    {
        if (!ProgrammeId().IsMatch(settings.Id)) return "id takes lower-case letters, digits and hyphens, 32 at most.";
        if (!CurrencyCode().IsMatch(settings.Currency)) return "currency takes an ISO 4217 code of three capitals.";
        if (settings.ClaimDays is < 0 or > 366) return "claimDays lies between 0 and 366.";
        if (settings.Stores.IsDefaultOrEmpty) return "stores needs at least one store.";
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(settings.TimeZone) is null) return $"timeZone '{settings.TimeZone}' is not an IANA name.";
        foreach (var store in settings.Stores)
        {
            if (!StoreId().IsMatch(store.Id)) return $"store id '{store.Id}' takes letters, digits and hyphens, 16 at most.";
            if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(store.TimeZone) is null) return $"timeZone '{store.TimeZone}' of store {store.Id} is not an IANA name.";
        }

        if (settings.Stores.Select(store => store.Id).Distinct().Count() != settings.Stores.Length) return "two stores have the same id.";
        return BoardSettingsChecks.Complaint(settings.Boards) ?? SchemeChecks.Complaint(settings.Ledger);
    }

    [GeneratedRegex("^[a-z0-9-]{1,32}$")]
    private static partial Regex ProgrammeId();

    [GeneratedRegex("^[A-Z]{3}$")]
    private static partial Regex CurrencyCode();

    [GeneratedRegex("^[A-Za-z0-9-]{1,16}$")]
    private static partial Regex StoreId();
}

/// <summary>A programme file that cannot be used; the message is one line for the person who starts the engine.</summary>
public sealed class ProgrammeFileException(string message, Exception? inner = null) : Exception(message, inner);
