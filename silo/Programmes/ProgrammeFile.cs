using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Gamification.Programmes;
using Gamification.Programmes.Documents;
using Gamification.Rules;
using Gamification.Rules.Earning;
using Gamification.Rules.Programmes;

namespace Gamification.Silo.Programmes;

/// <summary>
/// Reads a programme's settings from a JSON file. Strict: an unknown field is an error, because a misspelt setting is worse than none.
/// <c>earning</c>, <c>recognition</c> and <c>rewards</c> are documents or the names of files that hold them, and <c>catalogue</c> is the name of a CSV file, plain or with
/// gzip, or the rows themselves; names are relative to the programme's file. What a programme exports is such a file.
/// </summary>
public static class ProgrammeFile
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
        stated.Remove("rewards");
        stated.Remove("impact");
        stated.Remove("leagues");
        stated.Remove("catalogue");
        var settings = stated.Deserialize<ProgrammeSettings>(Strict) ?? throw new JsonException("The file is empty.");
        if (Complaint(settings) is { } complaint) throw new ProgrammeFileException($"{file}: {complaint}");
        if (recognition is not null && earning is null) throw new ProgrammeFileException($"{file}: recognition takes an earning document beside it, since what it gives is kept in the ledger.");
        if (recognition is not null) settings = settings with { Recognition = RecognitionFile.Read(recognition, file) };
        return earning is null ? settings : settings with { Earning = EarningFile.Read(earning, file, settings) };
    });

    /// <summary>The goods that the programme's rules speak of; empty when its file names no catalogue. Throws as <see cref="Read"/> does.</summary>
    public static Catalogue ReadCatalogue(string path) => Take(path, file => Stated(file)["catalogue"] switch
    {
        null => Catalogue.Empty,
        JsonArray rows => GoodsText.ToCatalogue(Part(ProgrammePart.Catalogue, rows, file)),
        var name => CatalogueFile.Read(Beside(file, name)),
    });

    /// <summary>The parts that settings do not hold. Throws as <see cref="Read"/> does.</summary>
    public static ImmutableArray<PartText> ReadOtherParts(string path) => Take(path, file =>
    {
        var stated = Stated(file);
        return new[] { ProgrammePart.Rewards, ProgrammePart.Impact, ProgrammePart.Leagues }
            .Where(part => stated[ProgrammeParts.NameOf(part)] is not null)
            .Select(part => new PartText(part, Part(part, stated[ProgrammeParts.NameOf(part)]!, file)))
            .ToImmutableArray();
    });

    /// <summary>The path of a file that another one names.</summary>
    internal static string Beside(string file, JsonNode name) => Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file))!, name.GetValue<string>());

    private static DocumentText Part(ProgrammePart part, JsonNode stated, string programmeFile)
    {
        var isName = stated.GetValueKind() == JsonValueKind.String;
        var file = isName ? Beside(programmeFile, stated) : programmeFile;
        var (text, errors) = PartReading.Read(part, isName ? File.ReadAllText(file) : stated.ToJsonString(), settings: null);
        if (text is { } read) return read;
        var more = errors.Length > 1 ? $" ({errors.Length - 1} more)" : "";
        throw new ProgrammeFileException($"{file}: {ProgrammeParts.NameOf(part)}{errors[0].Field}: {errors[0].Code}. {errors[0].Remedy}{more}");
    }

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

    private static string? Complaint(ProgrammeSettings settings) => SettingsText.Faults(settings).FirstOrDefault()?.Remedy ?? SchemeChecks.Complaint(settings.Ledger);
}

/// <summary>A programme file that cannot be used; the message is one line for the person who starts the engine.</summary>
public sealed class ProgrammeFileException(string message, Exception? inner = null) : Exception(message, inner);
