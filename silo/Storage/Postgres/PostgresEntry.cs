using Gamification.Journal;
using Npgsql;

namespace Gamification.Storage.Postgres;

/// <summary>An entry as its row has it, before its programme has its name again.</summary>
internal readonly record struct PostgresEntry
{
    public const string Columns = "e.seq, e.recorded_at, e.partition, e.programme, e.actor, e.version, e.type, e.payload";

    public required long Seq { get; init; }

    public required DateTime RecordedAt { get; init; }

    public required int Partition { get; init; }

    public required short Programme { get; init; }

    public required string Actor { get; init; }

    public required long Version { get; init; }

    public required string Type { get; init; }

    public required byte[] Payload { get; init; }

    /// <summary>Reads <see cref="Columns"/>, of which the first stands <paramref name="at"/> this place.</summary>
    public static PostgresEntry Read(NpgsqlDataReader row, int at = 0) => new()
    {
        Seq = row.GetInt64(at),
        RecordedAt = row.GetDateTime(at + 1),
        Partition = row.GetInt32(at + 2),
        Programme = row.GetInt16(at + 3),
        Actor = row.GetString(at + 4),
        Version = row.GetInt64(at + 5),
        Type = row.GetString(at + 6),
        Payload = row.GetFieldValue<byte[]>(at + 7),
    };

    /// <summary>The entry, now that it is known whose it is.</summary>
    public StoredEntry Of(ActorId actor) => new()
    {
        Actor = actor,
        Version = Version,
        Partition = Partition,
        Seq = Seq,
        Type = Type,
        Payload = Payload,
        RecordedAt = new(RecordedAt),
    };
}
