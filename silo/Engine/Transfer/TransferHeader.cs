using System.Collections.Immutable;
using System.Text.Json;

namespace Gamification.Silo.Engine.Transfer;

/// <summary>The first line of a stream: what it is, what is in it, and whose secret its cards were hashed with.</summary>
/// <param name="Programmes">Those that have an entry, by id.</param>
/// <param name="SecretCheck">A value derived from the deployment's secret: it tells whether two secrets are the same, and nothing else.</param>
internal sealed record TransferHeader(ImmutableArray<string> Programmes, string SecretCheck)
{
    private const string Format = "gamification-transfer";
    /// <summary>1 left out what challenges keep.</summary>
    private const int Newest = 2;

    public void Write(Utf8JsonWriter line)
    {
        line.WriteStartObject();
        line.WriteString("format"u8, Format);
        line.WriteNumber("version"u8, Newest);
        line.WriteStartArray("programmes"u8);
        foreach (var programme in Programmes) line.WriteStringValue(programme);
        line.WriteEndArray();
        line.WriteString("secretCheck"u8, SecretCheck);
        line.WriteEndObject();
    }

    public static TransferHeader Read(JsonElement line)
    {
        if (!line.TryGetProperty("format", out var format) || !format.ValueEquals(Format)) throw new TransferException("This is no stream of `transfer export`.");
        var version = line.GetProperty("version").GetInt32();
        if (version is < 1 or > Newest) throw new TransferException($"The stream is of version {version}; this program reads up to version {Newest}. Use the program that wrote it, or a newer one.");
        return new([.. line.GetProperty("programmes").EnumerateArray().Select(programme => programme.GetString()!)], line.GetProperty("secretCheck").GetString()!);
    }
}

/// <summary>The last line: how much came before it. <see cref="Sha256"/> is of all bytes ahead of this line, <see cref="Chain"/> the journal's (<see cref="Storage.JournalChain"/>), <see cref="Challenges"/> of what challenges keep (<see cref="ChallengeRowsHash"/>), null in a stream that left it out.</summary>
internal sealed record TransferEnd(long Entries, long Actors, long Members, string Chain, string? Challenges, string Sha256)
{
    public void Write(Utf8JsonWriter line)
    {
        line.WriteStartObject();
        line.WriteStartObject("end"u8);
        line.WriteNumber("entries"u8, Entries);
        line.WriteNumber("actors"u8, Actors);
        line.WriteNumber("members"u8, Members);
        line.WriteString("chain"u8, Chain);
        if (Challenges is not null) line.WriteString("challenges"u8, Challenges);
        line.WriteString("sha256"u8, Sha256);
        line.WriteEndObject();
        line.WriteEndObject();
    }

    public static TransferEnd Read(JsonElement end) => new(
        end.GetProperty("entries").GetInt64(),
        end.GetProperty("actors").GetInt64(),
        end.GetProperty("members").GetInt64(),
        end.GetProperty("chain").GetString()!,
        end.TryGetProperty("challenges", out var challenges) ? challenges.GetString() : null,
        end.GetProperty("sha256").GetString()!);
}

/// <summary>A transfer that cannot be done, in one line for the person who asked for it.</summary>
public sealed class TransferException(string message, Exception? inner = null) : Exception(message, inner);
