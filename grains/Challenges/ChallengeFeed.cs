using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Threading.Channels;
using Gamification.Journal;
using Gamification.Leaderboards;
using Microsoft.Extensions.Logging;

namespace Gamification.Challenges;

/// <summary>
/// The feeder of whoever follows deeds: reads each commit once, holds it for those who ask, and tells each run of a challenge in one call at a time. What comes while a run works is
/// gathered; beyond a bound it is let go, and the run finds a gap. Members and their commits never wait.
/// </summary>
public sealed class ChallengeFeed(IGrainFactory grains, DeedPages deeds, ILogger<ChallengeFeed> log) : IChallengeFeed, ICommitObserver
{
    private const int CommitsMax = 1_024;
    private const int MembersMax = 20_000;

    private readonly ConcurrentDictionary<ChallengeRunId, Telling> _runs = [];
    private readonly Channel<Commit> _commits = Channel.CreateBounded<Commit>(new BoundedChannelOptions(CommitsMax) { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite });

    private readonly record struct Commit(int Partition, long PreviousSeq, long ToSeq, IReadOnlyList<CommittedAppend> Appends);

    private sealed class Telling
    {
        public List<ChallengeChanges> Waiting { get; set; } = [];

        public int Members { get; set; }

        public bool IsSending { get; set; }
    }

    public void Follow(ChallengeRunId run) => _runs[run] = new();

    public void Forget(ChallengeRunId run) => _runs.TryRemove(run, out _);

    /// <summary>Runs in the writers' turns. What the channel has no room for is a gap.</summary>
    public void Committed(int partition, long previousSeq, long toSeq, IReadOnlyList<CommittedAppend> appends)
    {
        if (!_runs.IsEmpty || deeds.IsFollowed) _commits.Writer.TryWrite(new(partition, previousSeq, toSeq, appends.ToArray()));
    }

    /// <summary>Runs until stopped.</summary>
    public async Task Run(CancellationToken stop)
    {
        try
        {
            while (await _commits.Reader.WaitToReadAsync(stop))
            {
                while (_commits.Reader.TryRead(out var commit)) Take(commit);
                foreach (var (run, telling) in _runs) _ = Send(run, telling);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
    }

    private void Take(Commit commit)
    {
        var told = commit.Appends.SelectMany(deeds.Tell).ToImmutableArray();
        if (IsWhole(commit)) deeds.Add(commit.Partition, commit.PreviousSeq, new(told, commit.ToSeq));
        if (_runs.IsEmpty) return;
        var byProgramme = told.GroupBy(one => one.Programme).ToDictionary(group => group.Key, group => Changes(commit, group));
        foreach (var (run, telling) in _runs)
        {
            var changes = byProgramme.TryGetValue(run.Programme, out var found) ? found : Changes(commit, []);
            lock (telling)
            {
                if (telling.Members > MembersMax) continue;
                telling.Waiting.Add(changes);
                telling.Members += changes.Members.Length + 1;
            }
        }
    }

    /// <summary>Whether it tells all entries of its stretch. One whose outcome was learned late may name what was stored elsewhere: then it is a gap, and is read.</summary>
    private static bool IsWhole(in Commit commit)
    {
        var (entries, partition) = (0L, commit.Partition);
        foreach (var (append, outcome) in commit.Appends) entries += outcome.Partition == partition ? append.Entries.Length : 0;
        return entries == commit.ToSeq - commit.PreviousSeq;
    }

    private static ChallengeChanges Changes(in Commit commit, IEnumerable<ToldEntry> told)
    {
        var (members, wishes) = (ImmutableArray.CreateBuilder<MemberDeeds>(), ImmutableArray.CreateBuilder<VisibilityChange>());
        foreach (var one in told)
        {
            if (one.Member is { } member) members.Add(member);
            if (one.Wish is { } wish) wishes.Add(wish);
        }

        return new(commit.Partition, commit.PreviousSeq, commit.ToSeq, members.DrainToImmutable()) { Visibility = wishes.DrainToImmutable() };
    }

    private async Task Send(ChallengeRunId run, Telling telling)
    {
        while (true)
        {
            ImmutableArray<ChallengeChanges> changes;
            lock (telling)
            {
                if (telling.IsSending || telling.Waiting.Count == 0) return;
                (changes, telling.Waiting, telling.Members, telling.IsSending) = ([.. telling.Waiting], [], 0, true);
            }

            try
            {
                await grains.GetGrain<IChallengeGrain>(run.ToString()).Apply(changes);
            }
            catch (Exception fault)
            {
                // What was on its way is lost to the run: it finds the gap, or looks itself.
                log.LogWarning(fault, "The challenge {Run} did not take its changes; it reads them from the journal.", run);
            }

            lock (telling) telling.IsSending = false;
        }
    }
}
