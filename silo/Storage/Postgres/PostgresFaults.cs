using Gamification.Journal;
using Npgsql;

namespace Gamification.Storage.Postgres;

/// <summary>What a fault of PostgreSQL says about the transaction it came from.</summary>
internal static class PostgresFaults
{
    /// <summary>An ordinary error answers the statement and rolls its transaction back. FATAL, PANIC and a lost connection say nothing.</summary>
    public static bool NothingWritten(Exception fault) => fault is PostgresException { InvariantSeverity: "ERROR" };

    /// <summary>Another transaction was quicker to a key or a version, or stood across; trying again sees what it stored.</summary>
    public static bool IsRace(Exception fault) => fault is PostgresException
    {
        SqlState: PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected,
    };

    /// <summary>A value that cannot be stored: data exceptions (22), constraints (23), limits of rows and index entries (54).</summary>
    public static bool IsBadRow(Exception fault) => fault is PostgresException { SqlState: ['2', '2' or '3', ..] or ['5', '4', ..] };

    public static JournalUnavailableException Unavailable(Exception fault) => new($"PostgreSQL refused: {fault.Message} Nothing was written.", fault);
}
