using System.Collections.Immutable;
using Gamification.Challenges;
using Gamification.Recognition;
using Gamification.Statements;

namespace Gamification.Live;

internal sealed record ChallengeSnapshot(string Topic, string StreamId, long Version, DateTimeOffset AsOf, ChallengeNumbers Challenge)
{
    public string Kind => "snapshot";
}

internal sealed record OwnChallengeSnapshot(string Topic, string StreamId, long Version, DateTimeOffset AsOf, OwnProgress Own)
{
    public string Kind => "snapshot";
}

internal sealed record MilestoneMessage(long At, bool Reached, bool Unlocked);

internal sealed record GroupMessage(string Id, Wording Name, int Rank, long Score);

/// <summary>What of a run moves while it runs. Instants are the server's: a client counts down by the offset that it measured with <c>Time</c>.</summary>
internal sealed record ChallengeNumbers(
    int Run, string Phase, bool Paused, DateTimeOffset? NextAt, int Participants, long Total, ImmutableArray<MilestoneMessage> Milestones, ImmutableArray<GroupMessage> Groups,
    ImmutableArray<Wording> Revealed, DateTimeOffset? RevealsAt, int ShownVersion, string? Certificate, long PrizesReceived)
{
    public static ChallengeNumbers Of(ChallengeView view) => new(
        view.Run.Run,
        Api.ChallengeAnswers.PhaseOf(view.Phase),
        view.IsPaused,
        view.NextAt,
        view.Participants,
        view.Total,
        [.. view.Milestones.Select(milestone => new MilestoneMessage(milestone.At, milestone.IsReached, milestone.IsUnlocked))],
        [.. view.Groups.Select(group => new GroupMessage(group.Id, group.Name, group.Rank, group.Score))],
        view.Revealed,
        view.RevealsAt,
        view.Versions is [.., var shown] ? shown.Version : 0,
        view.Certificate,
        view.Received);
}

internal sealed record OwnRankMessage(int Rank, int TiedWith, int Ranked, bool Virtual)
{
    public static OwnRankMessage? Of(OwnRank? rank) => rank is null ? null : new(rank.Rank, rank.TiedWith, rank.Ranked, rank.IsVirtual);
}

/// <summary>The same as a challenge's <c>own</c> over HTTP; who has done nothing yet has nothing.</summary>
internal sealed record OwnProgress(int Run, bool Joined, string? Team, bool Hidden, long Score, bool Complete, Sentence? Left, OwnRankMessage? Rank)
{
    public static OwnProgress Of(int run, MemberProgress? progress) =>
        progress is null ? new(run, false, null, false, 0, false, null, null) : new(run, progress.HasJoined, progress.Team, progress.IsHidden, progress.Score, progress.IsComplete, progress.Left, OwnRankMessage.Of(progress.Rank));
}
