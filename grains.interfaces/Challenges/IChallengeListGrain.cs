using System.Collections.Immutable;

namespace Gamification.Challenges;

/// <summary>The runs of a programme's challenges: those that are to come to an end by themselves or wait for somebody, and the newest 1,000 that are over, newest first.</summary>
[GenerateSerializer, Immutable, Alias("run-list")]
public sealed record RunListView([property: Id(0)] ImmutableArray<ChallengeRunId> Open, [property: Id(1)] ImmutableArray<ChallengeRunId> Over);

/// <summary>Which challenges a programme has. The key is the programme. A run is listed before anything of it is durable.</summary>
[Alias("challenge-list")]
public interface IChallengeListGrain : IGrainWithStringKey
{
    /// <summary>The number of the challenge's open run, or of a new one after its last: what a draft is written under. Null when 500 runs are open.</summary>
    [Alias("begin-run")]
    Task<int?> Begin(string challenge);

    /// <summary>The run is over. Durable on return; saying it again changes nothing.</summary>
    [Alias("close-run")]
    Task Close(ChallengeRunId run);

    [ReadOnly]
    [Alias("list-runs")]
    Task<RunListView> View();

    /// <summary>The number of the challenge's newest run; null for an unknown challenge.</summary>
    [ReadOnly]
    [Alias("newest-run")]
    Task<int?> Newest(string challenge);
}
