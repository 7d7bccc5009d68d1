using System.Collections.Concurrent;
using System.Collections.Frozen;
using Gamification.Programmes;
using Gamification.Projections;

namespace Gamification.Leaderboards;

/// <summary>
/// Segments, teams and tiers as members' accounts record them, from the roll-up: read once as a whole, then only what changed, once a second at most.
/// A team is a segment whose name begins with <see cref="TeamPrefix"/>, so that whoever keeps segments keeps teams.
/// </summary>
public sealed class MemberCircles(IRollupStorage rollup, ProgrammeCatalog programmes, TimeProvider time) : ICircles
{
    public const string TeamPrefix = "team-";

    private static readonly TimeSpan ReadEvery = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, Groups> _programmes = [];

    public async ValueTask<Circle?> Find(string programme, BoardGroup group, CancellationToken cancellation)
    {
        if (programmes.Find(programme) is not { } settings) return null;
        var isTier = group.Kind == BoardGroupKind.Tier;
        if (isTier && settings.Recognition?.Tiers?.Levels.Any(level => level.Id == group.Name) != true) return null;
        var groups = _programmes.GetOrAdd(programme, _ => new());
        await groups.Gate.WaitAsync(cancellation);
        try
        {
            if (groups.ReadAt is not { } at || time.GetElapsedTime(at) >= ReadEvery) await Read(programme, groups, cancellation);
            var name = group.Kind == BoardGroupKind.Team ? TeamPrefix + group.Name : group.Name;
            return groups.Find((isTier ? CircleKind.Tier : CircleKind.Segments, name)) ?? (isTier ? Circle.Nobody : null);
        }
        finally
        {
            groups.Gate.Release();
        }
    }

    /// <summary>A roll-up that was dropped begins anew, and so does this.</summary>
    private async Task Read(string programme, Groups groups, CancellationToken cancellation)
    {
        var offsets = await rollup.Offsets(cancellation);
        if (groups.Through.Any(known => offsets.GetValueOrDefault(known.Key) < known.Value)) groups.Clear();
        await foreach (var row in rollup.Circles(programme, groups.Through, cancellation)) groups.Take(row);
        (groups.Through, groups.ReadAt) = (offsets, time.GetTimestamp());
    }

    private sealed class Groups
    {
        private readonly Dictionary<(CircleKind Kind, MemberId Member), (string Value, long Version)> _rows = [];
        private readonly Dictionary<(CircleKind Kind, string Name), (HashSet<MemberId> Members, long Version, Circle? Shown)> _groups = [];
        private long _version;

        public SemaphoreSlim Gate { get; } = new(1, 1);

        public IReadOnlyDictionary<int, long> Through { get; set; } = new Dictionary<int, long>();

        public long? ReadAt { get; set; }

        /// <summary>The same object as long as nobody joined or left.</summary>
        public Circle? Find((CircleKind, string) name)
        {
            if (!_groups.TryGetValue(name, out var group)) return null;
            if (group.Shown is null) _groups[name] = group = group with { Shown = new(group.Version, group.Members.ToFrozenSet()) };
            return group.Shown;
        }

        public void Take(CircleRow row)
        {
            var key = (row.Kind, MemberId.Parse(row.Actor.Key));
            var before = _rows.GetValueOrDefault(key, ("", 0));
            if (row.Version <= before.Item2) return;
            _rows[key] = (row.Value, row.Version);
            var (left, joined) = (NamesIn(before.Item1), NamesIn(row.Value));
            foreach (var name in left.Except(joined)) Change((row.Kind, name), members => members.Remove(key.Item2));
            foreach (var name in joined.Except(left)) Change((row.Kind, name), members => members.Add(key.Item2));
        }

        /// <summary>Groups stay, with nobody in them: their boards are still there, and empty.</summary>
        public void Clear()
        {
            _rows.Clear();
            foreach (var name in _groups.Keys.ToArray()) _groups[name] = ([], ++_version, null);
            Through = new Dictionary<int, long>();
        }

        private void Change((CircleKind, string) name, Action<HashSet<MemberId>> change)
        {
            var members = _groups.TryGetValue(name, out var known) ? known.Members : [];
            change(members);
            _groups[name] = (members, ++_version, null);
        }

        private static string[] NamesIn(string value) => value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }
}
