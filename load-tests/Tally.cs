namespace Gamification.LoadTests;

/// <summary>What one connection saw. Each is written by its own thread; they are added up when all have ended.</summary>
internal sealed class Tally
{
    /// <summary>
    /// From the instant a request was due until its last answer, retries and their waiting included. Only of requests that succeeded.
    /// </summary>
    public Histogram Latency { get; } = new();

    /// <summary>From the instant a request was due until it was sent: no connection was free, or the generator woke up late.</summary>
    public Histogram Lateness { get; } = new();

    /// <summary>Answers by status, line statuses in the case of a batch; and exchanges without an answer by what befell them.</summary>
    public SortedDictionary<string, long> Answers { get; } = new(StringComparer.Ordinal);

    /// <summary>Requests that were sent again, and how many of those after a Retry-After.</summary>
    public long Retries { get; set; }

    public long RetriesAfter { get; set; }

    /// <summary>What was asked for and what succeeded inside the measured window: receipts, or plain requests.</summary>
    public long Offered { get; set; }

    public long Achieved { get; set; }

    /// <summary>What was asked for in all, the warm-up included.</summary>
    public long Shot { get; set; }

    public void Count(string answer) => Answers[answer] = Answers.GetValueOrDefault(answer) + 1;

    public void Add(Tally other)
    {
        Latency.Merge(other.Latency);
        Lateness.Merge(other.Lateness);
        foreach (var (answer, count) in other.Answers) Answers[answer] = Answers.GetValueOrDefault(answer) + count;
        Retries += other.Retries;
        RetriesAfter += other.RetriesAfter;
        Offered += other.Offered;
        Achieved += other.Achieved;
        Shot += other.Shot;
    }
}
