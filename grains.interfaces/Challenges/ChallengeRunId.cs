using System.Globalization;

namespace Gamification.Challenges;

/// <summary>One run of a challenge: the same challenge may run again, and is then another board with other prizes. Runs count from 1.</summary>
[GenerateSerializer, Immutable, Alias("challenge-run")]
public readonly record struct ChallengeRunId([property: Id(0)] string Programme, [property: Id(1)] string Challenge, [property: Id(2)] int Run)
{
    public ActorId Actor => new(Programme, "challenge", $"{Challenge}/{Run.ToString(CultureInfo.InvariantCulture)}");

    /// <summary><c>demo/zero-gaspillage/1</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Programme}/{Challenge}/{Run}");

    /// <summary>Reads the form that <see cref="ToString"/> writes. Throws <see cref="FormatException"/>.</summary>
    public static ChallengeRunId Parse(string text) => text.Split('/') is [var programme, var challenge, var run]
        ? new(programme, challenge, int.Parse(run, CultureInfo.InvariantCulture))
        : throw new FormatException($"'{text}' is not a run of a challenge: programme/challenge/run is expected.");
}

/// <summary>Where a run stands (spec §10).</summary>
public enum ChallengePhase
{
    Draft,
    Scheduled,
    Live,

    /// <summary>It has ended; what happened inside and becomes known now still counts.</summary>
    Grace,

    /// <summary>Nothing counts any more; standings are frozen and prizes on their way.</summary>
    Settling,
    Settled,

    /// <summary>Settled, and something was taken back since because of fraud. The standings are as they were frozen.</summary>
    Adjusted,

    /// <summary>Called off. Whoever had reached something kept it.</summary>
    Cancelled,
}
