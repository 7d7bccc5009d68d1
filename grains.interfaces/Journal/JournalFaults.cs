namespace Gamification.Journal;

// What a caller of any actor may meet besides an answer. They live with the vocabulary because the edge turns each into a status of its own.

/// <summary>The queue of the partition stayed full until the deadline, or the writer has stopped taking work. Nothing was written; retry after the delay.</summary>
[GenerateSerializer, Alias("journal-busy")]
public sealed class JournalBusyException(TimeSpan retryAfter)
    : Exception($"The journal's queue is full; nothing was written. Retry after {retryAfter.TotalSeconds:0.###} s.")
{
    [Id(0)] public TimeSpan RetryAfter { get; } = retryAfter;
}

/// <summary>Storage refused or could not be reached, and it is certain that nothing of the append was written.</summary>
[GenerateSerializer, Alias("journal-unavailable")]
public sealed class JournalUnavailableException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The commit's answer was lost and looking it up failed as well. Look before retrying.</summary>
[GenerateSerializer, Alias("commit-outcome-unknown")]
public sealed class CommitOutcomeUnknownException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Storage will never take the append, however often it is sent; nothing of it was written. The message is for the log.</summary>
[GenerateSerializer, Alias("append-refused")]
public sealed class AppendRefusedException(string message, Exception? inner = null) : Exception(message, inner);
