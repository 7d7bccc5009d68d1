using System.Collections.Immutable;
using Gamification.Leaderboards;
using Gamification.Privacy;
using Gamification.Rules.Challenges;

namespace Gamification.Challenges;

/// <summary>
/// Who stands where in a run while it runs: the order of a board over what members bring, which a change moves and a question reads in microseconds however
/// many take part. Only a contest of each for itself has one. Who hides from this challenge, or from all standings, is in the order for itself alone.
/// </summary>
internal sealed class RunOrder(ChallengeRunId run)
{
    private readonly NewestWishes _wishes = new();
    private readonly HashSet<Guid> _away = [];
    private Ranking? _ranking;
    private List<ScoreRow>? _loading;
    private long _version;

    /// <summary>Begins anew, with nobody. Wishes stay, for they are of no challenge. Until <see cref="Begun"/> nobody has a rank.</summary>
    public void Begin(Challenge challenge)
    {
        _ranking = null;
        _loading = challenge.By is Individually ? [] : null;
        _away.Clear();
    }

    /// <summary>All that storage knows has been set: it is put in order at once.</summary>
    public void Begun()
    {
        if (_loading is not { } rows) return;
        var ranking = new Ranking(BoardSeed.Of(run.ToString()));
        ranking.Load(rows);
        (_ranking, _loading) = (ranking, null);
        foreach (var member in _away) ranking.Hide(member, ++_version);
        foreach (var member in _wishes.Hidden) ranking.Hide(member, ++_version);
    }

    /// <summary>What a member brings now; nothing takes it out.</summary>
    public void Set(Guid member, ImmutableArray<Contribution> contributions, bool isHidden)
    {
        if (_ranking is null && _loading is null) return;
        var one = contributions.IsEmpty ? default : contributions[0];
        if (isHidden ? _away.Add(member) : _away.Remove(member)) Show(member);
        if (_ranking is null) _loading!.Add(new(member, one.Score, one.ReachedAt, ++_version));
        else _ranking.Apply(member, one.Score, one.ReachedAt, ++_version);
    }

    public void Take(VisibilityChange wish)
    {
        if (_wishes.Take(wish)) Show(wish.Member.Value);
    }

    /// <summary>Null without a score, and where nobody ranks for itself.</summary>
    public OwnRank? Of(Guid member) => _ranking?.VirtualPlaceOf(member) is { } place ? new(place.Rank, place.TiedWith, _ranking.Size, IsHidden(member)) : null;

    /// <summary>Those who are seen and have a score, best first; null where nobody ranks for itself.</summary>
    public ChallengePage? Top(int offset, int limit)
    {
        if (_ranking is not { } ranking) return null;
        var above = offset > 0 && ranking.Page(offset - 1, 1) is [var row] ? row : (Standing?)null;
        return new(ranking.Size, BoardRows.Of(ranking.Page(offset, limit), above));
    }

    private bool IsHidden(Guid member) => _away.Contains(member) || _wishes.Hides(member);

    private void Show(Guid member)
    {
        if (_ranking is null || _ranking.IsHidden(member) == IsHidden(member)) return;
        _ = IsHidden(member) ? _ranking.Hide(member, ++_version) : _ranking.Show(member, ++_version);
    }
}
