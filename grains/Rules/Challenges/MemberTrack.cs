using System.Collections.Immutable;
using Gamification.Challenges;

namespace Gamification.Rules.Challenges;

/// <summary>What a member has in a challenge's score: in one group, or in the whole of it. <see cref="Score"/> is what shared totals add up.</summary>
public readonly record struct Contribution(short Group, long Score, long ReachedAt, long CompletedAt);

/// <summary>
/// A member in a challenge: the marks of the deeds that stand, and how it takes part. Told of changes in the member's own order. What is older than <see cref="Version"/> is
/// known, or comes too late: then the track is made anew. A word that would undo something earlier moves the version though it finds nothing to undo.
/// </summary>
public sealed record MemberTrack(long Version, ImmutableArray<Mark> Marks, bool Joined = false, string? Team = null, bool Hidden = false)
{
    /// <summary>Above what anybody does in a year. Deeds beyond it do not count; what counts already is still taken back.</summary>
    public const int MarksMax = 10_000;

    public static MemberTrack Empty { get; } = new(0, []);

    /// <summary>The track after what happened in one version of the member; the same when it changes nothing here.</summary>
    public MemberTrack With(ImmutableArray<DeedChange> changes, long version, string challenge, Marking marking)
    {
        if (version <= Version) return this;
        var (next, undoes) = (this, false);
        foreach (var change in changes)
        {
            next = change.Participation is { } participation ? next.With(participation, challenge) : next.With(change, marking);
            undoes |= change.Participation is { } part ? part.Challenge == challenge : change.IsRevision;
        }

        return next == this && !undoes ? this : next with { Version = version };
    }

    private MemberTrack With(Participation participation, string challenge) =>
        participation.Challenge != challenge ? this : this with { Joined = participation.Joined, Team = participation.Team, Hidden = participation.Hidden };

    private MemberTrack With(DeedChange change, Marking marking)
    {
        var digest = Marking.DigestOf(change.Key);
        var kept = Marks.Any(mark => mark.Deed == digest) ? Marks.RemoveAll(mark => mark.Deed == digest) : Marks;
        var added = change.Deed is { } deed ? marking.Of(change.Key, deed) : [];
        if (kept.Length + added.Length > MarksMax) added = [];
        return kept.Length == Marks.Length && added.IsEmpty ? this : this with { Marks = [.. kept, .. added] };
    }

    /// <summary>What the member brings; nothing before it has joined where one joins. In a contest of stores one for each store it was in.</summary>
    public ImmutableArray<Contribution> Contributions(Challenge challenge)
    {
        if (Marks.IsEmpty || (challenge.Audience.OptIn && !Joined)) return [];
        switch (challenge.By)
        {
            case StoreAgainstStore:
                return [.. Marks.GroupBy(mark => mark.Group).OrderBy(group => group.Key).Select(group => Scored(challenge, group.Key, [.. group])).Where(one => one.Score > 0)];
            case InTeams teams:
                var team = IndexOf(teams, Team);
                return team < 0 ? [] : One(Scored(challenge, (short)team, Marks.AsSpan()));
            default:
                return One(Scored(challenge, 0, Marks.AsSpan()));
        }
    }

    private static ImmutableArray<Contribution> One(Contribution contribution) => contribution.Score > 0 ? [contribution] : [];

    /// <summary>What goes into a shared total goes beyond the member's own goal.</summary>
    private static Contribution Scored(Challenge challenge, short group, ReadOnlySpan<Mark> marks)
    {
        var most = challenge.By is not Individually ? challenge.Caps.PerMember ?? long.MaxValue : challenge.Beyond ? long.MaxValue : GoalParts.TargetOf(challenge.Goal);
        var progress = Scoring.Of(challenge.Goal, marks, challenge.Caps, most);
        return new(group, progress.Score, progress.ReachedAt, progress.CompletedAt);
    }

    private static int IndexOf(InTeams teams, string? team)
    {
        for (var at = 0; at < teams.Teams.Length; at++)
        {
            if (teams.Teams[at].Id == team) return at;
        }

        return -1;
    }
}
