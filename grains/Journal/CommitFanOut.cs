namespace Gamification.Journal;

/// <summary>Tells several consumers of each commit, in the order given. Each copies what it keeps.</summary>
public sealed class CommitFanOut(params ICommitObserver[] observers) : ICommitObserver
{
    public void Committed(int partition, long previousSeq, long toSeq, IReadOnlyList<CommittedAppend> appends)
    {
        foreach (var observer in observers) observer.Committed(partition, previousSeq, toSeq, appends);
    }
}
