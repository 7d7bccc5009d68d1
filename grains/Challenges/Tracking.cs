using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Gamification.Journal;
using Gamification.Leaderboards;
using Gamification.Privacy;
using Gamification.Rules.Challenges;
using Gamification.Rules.Challenges.Settlement;

namespace Gamification.Challenges;

/// <summary>
/// What a run has counted: every member's track, and totals that are exactly their sums. Told of the same again it changes nothing; told too much at once it
/// reads the journal. Entries of one member may come in any order, as partitions do. What it holds in memory is ahead of storage by what <see cref="Keep"/> has yet to write.
/// </summary>
internal sealed class Tracking(ChallengeRunId id, IChallengeStorage storage, IJournalStorage journal, DeedPages deeds)
{
    private const int KeepRows = 5_000;
    private const long KeepEntries = 20_000;

    private readonly Dictionary<Guid, (MemberTrack Track, ImmutableArray<Contribution> Contributions)> _members = [];
    private readonly HashSet<Guid> _unkept = [];
    private readonly HashSet<Guid> _late = [];
    private readonly RunOrder _order = new(id);
    private Dictionary<int, long> _from = [];
    private Dictionary<int, long> _positions = [];
    private Dictionary<int, long> _kept = [];
    private TrackSet _set;
    private Challenge _challenge = null!;
    private Marking _marking = null!;
    private GroupTotals _totals = null!;

    public bool IsSealed { get; private set; }

    /// <summary>Members with a score.</summary>
    public int Participants { get; private set; }

    public long Total { get; private set; }

    /// <summary>Teams or stores with a score, best first; nothing that ranks nobody.</summary>
    public ImmutableArray<GroupRow> Groups => _challenge.By is InTeams or StoreAgainstStore ? _totals.Standings() : [];

    public ImmutableArray<Position> Positions => Position.ListOf(_positions);

    /// <summary>Starts from storage, counting by this version and timing of the challenge.</summary>
    public async Task Load(ChallengeRun run, CancellationToken cancellation)
    {
        Begin(run);
        _members.Clear();
        _unkept.Clear();
        _late.Clear();
        var state = await storage.Tracked(_set, cancellation);
        IsSealed = state.IsSealed;
        _kept = new(state.Positions);
        _from = run.From.ToDictionary(position => position.Partition, position => position.Seq);
        _positions = new(_from);
        foreach (var (partition, seq) in _kept) _positions[partition] = seq;
        await foreach (var row in storage.Tracks(_set, cancellation)) Set(row.Member, TrackBytes.Read(row));
        _order.Begun();
    }

    /// <summary>Counts everything anew by a changed challenge: what was looked at before may mean something else.</summary>
    public async Task CountAnew(ChallengeRun run)
    {
        var before = _set;
        await Load(run, CancellationToken.None);
        await storage.DropTracks(before);
    }

    /// <summary>From now on deeds are held to other times; those known keep what they brought.</summary>
    public void Retime(ChallengeRun run) => _marking = new(run.Challenge!, run.Times());

    public async Task Apply(ChallengeChanges changes)
    {
        var position = _positions.GetValueOrDefault(changes.Partition);
        if (changes.ToSeq <= position) return;
        if (changes.PreviousSeq > position)
        {
            await ReadUpTo(changes.Partition, changes.ToSeq);
            return;
        }

        foreach (var member in changes.Members) Take(member);
        foreach (var wish in changes.Visibility) _order.Take(wish);
        _positions[changes.Partition] = changes.ToSeq;
        await CountLate();
    }

    /// <summary>Counts everything that is committed.</summary>
    public async Task CatchUp()
    {
        foreach (var head in await journal.Heads(CancellationToken.None)) await ReadUpTo(head.Partition, head.LastSeq);
    }

    /// <summary>Makes durable what is counted, when it is worth a transaction or <paramref name="now"/> says so.</summary>
    public async Task Keep(bool now, bool seals = false)
    {
        var ahead = _positions.Sum(position => position.Value - _kept.GetValueOrDefault(position.Key));
        if (!now && !seals && _unkept.Count < KeepRows && ahead < KeepEntries) return;
        if (!seals && _unkept.Count == 0 && ahead == 0) return;
        await CountLate();
        var members = _unkept.ToArray();
        var (from, to) = (_kept, new Dictionary<int, long>(_positions));
        var rows = Array.ConvertAll(members, member => new TrackRow(member, _members[member].Track.Version, TrackBytes.Write(_members[member].Track)));
        await storage.Keep(_set, rows, Position.ListOf(from), Position.ListOf(to), seals);
        (_kept, IsSealed) = (to, IsSealed || seals);
        _unkept.ExceptWith(members);
    }

    /// <summary>One member's track, from storage alone: for when nothing is counted any more.</summary>
    public async Task<MemberTrack?> Kept(ChallengeRun run, MemberId member) =>
        await storage.Track(new(id, run.Generation), member.Value, CancellationToken.None) is { } row ? TrackBytes.Read(row) : null;

    /// <summary>Members who wish to be seen in no standings, whatever they said of this challenge.</summary>
    public void Take(ImmutableArray<VisibilityChange> wishes)
    {
        foreach (var wish in wishes) _order.Take(wish);
    }

    /// <summary>Null where members do not rank each for itself.</summary>
    public ChallengePage? Top(int offset, int limit) => _order.Top(offset, limit);

    /// <summary>Where a member stands by now; of a contest of teams its team.</summary>
    public OwnRank? RankOf(MemberId member)
    {
        if (_challenge.By is not InTeams) return _order.Of(member.Value);
        if (ContributionsOf(member) is not [var own]) return null;
        var groups = _totals.Standings();
        return groups.FirstOrDefault(group => group.Group == own.Group) is { Rank: > 0 } mine ? new(mine.Rank, groups.Count(group => group.Rank == mine.Rank) - 1, groups.Length, IsVirtual: false) : null;
    }

    public MemberTrack? Find(MemberId member) => _members.TryGetValue(member.Value, out var known) ? known.Track : null;

    public ImmutableArray<Contribution> ContributionsOf(MemberId member) => _members.TryGetValue(member.Value, out var known) ? known.Contributions : [];

    /// <param name="unseen">Members who appear in no standings, whatever they said of this challenge.</param>
    public FinalRow[] Finals(IReadOnlySet<Guid> unseen) =>
    [
        .. _members.SelectMany(member => member.Value.Contributions, (member, one) =>
            new FinalRow(member.Key, one.Group, one.Score, one.ReachedAt, one.CompletedAt, member.Value.Track.Hidden || unseen.Contains(member.Key))),
    ];

    private void Begin(ChallengeRun run)
    {
        (_set, _challenge, _totals) = (new(id, run.Generation), run.Challenge!, new(run.Challenge!.By));
        (Participants, Total) = (0, 0);
        _order.Begin(_challenge);
        Retime(run);
    }

    private async Task ReadUpTo(int partition, long toSeq)
    {
        for (var after = _positions.GetValueOrDefault(partition); after < toSeq;)
        {
            var page = await deeds.Read(partition, after, toSeq);
            foreach (var told in page.Told)
            {
                if (told.Programme != id.Programme) continue;
                if (told.Wish is { } wish) _order.Take(wish);
                else if (told.Member is { } member) Take(member);
            }

            _positions[partition] = after = page.ToSeq;
            await CountLate();
        }
    }

    /// <summary>
    /// Members of whom something older came after something newer, because an account goes on in another partition where its actor moves to another node. Their tracks are made
    /// anew in their own order, of what the partitions were counted up to.
    /// </summary>
    private async Task CountLate()
    {
        foreach (var member in _late)
        {
            var track = MemberTrack.Empty;
            await foreach (var stored in journal.ReadAll(ActorId.Member(id.Programme, new(member))))
            {
                var isCounted = stored.Seq > _from.GetValueOrDefault(stored.Partition) && stored.Seq <= _positions.GetValueOrDefault(stored.Partition);
                if (isCounted && deeds.Tell(stored)?.Member is { } told) track = track.With(told.Changes, told.Version, id.Challenge, _marking);
            }

            Set(member, track);
            _unkept.Add(member);
        }

        _late.Clear();
    }

    private void Take(MemberDeeds member)
    {
        var known = _members.TryGetValue(member.Member.Value, out var before) ? before.Track : MemberTrack.Empty;
        if (member.Version < known.Version) _late.Add(member.Member.Value);
        var next = known.With(member.Changes, member.Version, id.Challenge, _marking);
        if (ReferenceEquals(next, known)) return;
        Set(member.Member.Value, next);
        _unkept.Add(member.Member.Value);
    }

    private void Set(Guid member, MemberTrack track)
    {
        ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(_members, member, out var isKnown);
        if (isKnown) Count(known.Contributions, -1);
        known = (track, track.Contributions(_challenge));
        Count(known.Contributions, 1);
        _order.Set(member, known.Contributions, track.Hidden);
    }

    private void Count(ImmutableArray<Contribution> contributions, int sign)
    {
        if (contributions.IsEmpty) return;
        Participants += sign;
        foreach (var one in contributions)
        {
            _totals.Add(one.Group, one.Score, one.ReachedAt, sign);
            Total += sign * one.Score;
        }
    }
}
