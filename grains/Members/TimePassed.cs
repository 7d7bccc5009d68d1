namespace Gamification.Members;

/// <summary>Nothing happened but time: what expired, became available, was let go. Its postings are dated at their boundaries.</summary>
public sealed record TimePassed : AccountEntry
{
    public const string Type = "time.passed";

    /// <summary>Up to when, on the business clock.</summary>
    public required DateTimeOffset At { get; init; }
}
