using System.Collections.Immutable;
using Gamification.Journal;
using Gamification.Rules.Challenges;

namespace Gamification.Challenges;

/// <summary>Which challenges a programme has: by this list runs are found, and woken when an engine starts.</summary>
[Reentrant]
internal sealed class ChallengeListGrain(IJournal journal, JournalSnapshotOptions snapshots) : Grain, IChallengeListGrain
{
    private SharedAppends<RunList, RunListEntry> _list = null!;

    private string Programme => this.GetPrimaryKeyString();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _list = new(new(Programme, "challenges", "all"), journal, RunListForm.Json, snapshots, letGo: DeactivateOnIdle);
        return _list.Load(cancellationToken);
    }

    public Task<int?> Begin(string challenge) => _list.Change(Subject(challenge), list => list.Begin(challenge));

    public Task Close(ChallengeRunId run) => _list.Change(Subject(run.Challenge), list => (list.Close(run.Challenge, run.Run), true));

    public Task<RunListView> View() => Task.FromResult(new RunListView([.. _list.State.Open.Select(Id)], [.. _list.State.Over.Reverse().Select(Id)]));

    public Task<int?> Newest(string challenge) => Task.FromResult(_list.State.Newest.TryGetValue(challenge, out var run) ? run : (int?)null);

    private ChallengeRunId Id(ListedRun run) => new(Programme, run.Challenge, run.Run);

    private static Guid Subject(string challenge) => BusinessKey.Undated(challenge + "\n", default).Digest;
}
