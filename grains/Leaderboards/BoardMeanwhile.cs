using System.Collections.Immutable;
using Gamification.Members;

namespace Gamification.Leaderboards;

/// <summary>What a board is told while its content is loaded anew: the newest of each, so that it never keeps more than the board itself.</summary>
/// <param name="fromDay">From which day on what counts here carries scores; what is told from another day is left to the next load.</param>
internal sealed class BoardMeanwhile(int fromDay)
{
    private readonly Dictionary<MemberId, ScoreChange> _changes = [];
    private readonly Dictionary<MemberId, VisibilityChange> _wishes = [];
    private readonly Dictionary<(MemberId Member, string Store, int Day, string Thing), MeasuredChange> _measured = [];

    public void Take(BoardChanges stretch)
    {
        if (stretch.FromDay != fromDay) return;
        foreach (var change in stretch.Changes) Keep(_changes, change.Member, change, change.Version, known => known.Version);
        foreach (var wish in stretch.Visibility) Keep(_wishes, wish.Member, wish, wish.Version, known => known.Version);
        foreach (var change in stretch.Measured) Keep(_measured, (change.Member, change.Store, change.Day, change.Thing), change, change.Version, known => known.Version);
    }

    /// <summary>What came since this was last asked, as one stretch; null when nothing did.</summary>
    public BoardChanges? Drain()
    {
        if (_changes.Count + _wishes.Count + _measured.Count == 0) return null;
        var told = new BoardChanges(0, 0, 0, [.. _changes.Values], 0) { FromDay = fromDay, Visibility = [.. _wishes.Values], Measured = [.. _measured.Values] };
        _changes.Clear();
        _wishes.Clear();
        _measured.Clear();
        return told;
    }

    private static void Keep<TKey, T>(Dictionary<TKey, T> all, TKey key, T one, long version, Func<T, long> versionOf)
        where TKey : notnull
    {
        if (!all.TryGetValue(key, out var known) || versionOf(known) < version) all[key] = one;
    }
}
