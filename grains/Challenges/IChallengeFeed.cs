namespace Gamification.Challenges;

/// <summary>Brings what is committed to the runs that count. What cannot be brought shows as a gap, and the run reads the journal; it also looks itself once a minute.</summary>
public interface IChallengeFeed
{
    /// <summary>From now on the run is told, beginning with a gap.</summary>
    void Follow(ChallengeRunId run);

    void Forget(ChallengeRunId run);
}
