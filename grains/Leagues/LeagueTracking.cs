using System.Collections.Immutable;
using Gamification.Challenges;
using Gamification.Journal;
using Gamification.Privacy;
using Gamification.Programmes.Earning;
using Gamification.Rules.Challenges;
using Gamification.Rules.Leagues;

namespace Gamification.Leagues;

/// <summary>
/// What a league has read of members: who takes part, and what was done in the seasons that are not settled. Also of members who have not joined, so that who joins
/// brings its week. What it holds in memory is ahead of storage by what <see cref="Keep"/> has yet to write.
/// </summary>
internal sealed class LeagueTracking(string programme, string league, IChallengeStorage storage, IJournalStorage journal, DeedPages deeds, MemberWishes? wishes = null)
{
    private const int KeepRows = 5_000;
    private const long KeepEntries = 20_000;

    private readonly TrackSet _set = new(new(programme, LeagueNames.PartOf(league), 0), 0);
    private readonly Dictionary<Guid, LeagueTrack> _members = [];
    private readonly HashSet<Guid> _unkept = [];
    private readonly NewestWishes _wishes = new();
    private Dictionary<int, long> _positions = [];
    private Dictionary<int, long> _kept = [];

    public ImmutableArray<Position> Positions => Position.ListOf(_positions);

    public IEnumerable<Guid> Joined => _members.Where(member => member.Value.Joined).Select(member => member.Key);

    public LeagueTrack Of(Guid member) => _members.GetValueOrDefault(member, LeagueTrack.Empty);

    /// <summary>Whether the member wishes to appear on no board, as far as the journal was read.</summary>
    public bool HidesEverywhere(Guid member) => _wishes.Hides(member);

    public (long Effort, long ReachedAt) EffortOf(Guid member, LeagueSeason season) => Efforts.Of(season.Rules, Of(member).Deeds(season.From, season.Until));

    public async Task Load(ImmutableArray<Position> from, CancellationToken cancellation)
    {
        _members.Clear();
        _unkept.Clear();
        _kept = new((await storage.Tracked(_set, cancellation)).Positions);
        _positions = from.ToDictionary(position => position.Partition, position => position.Seq);
        foreach (var (partition, seq) in _kept) _positions[partition] = seq;
        await foreach (var row in storage.Tracks(_set, cancellation)) _members[row.Member] = LeagueTrack.Read(row.Track);

        // All of them once; what is wished from here on comes with the journal.
        _wishes.Clear();
        foreach (var wish in wishes is null ? [] : await wishes.Of(programme)) _wishes.Take(wish);
    }

    /// <summary>Reads everything that is committed.</summary>
    /// <param name="counts">What the seasons in question weigh.</param>
    /// <param name="fromDay">What is earlier is settled.</param>
    public async Task CatchUp(IReadOnlySet<EarningEvent> counts, int fromDay)
    {
        foreach (var head in await journal.Heads(CancellationToken.None))
        {
            while (_positions.GetValueOrDefault(head.Partition) < head.LastSeq)
            {
                var after = _positions.GetValueOrDefault(head.Partition);
                var page = await deeds.Read(head.Partition, after, head.LastSeq);
                foreach (var told in page.Told)
                {
                    if (told.Programme != programme) continue;
                    if (told.Wish is { } wish) _wishes.Take(wish);
                    else if (told.Member is { } member) Take(member, counts, fromDay);
                }

                _positions[head.Partition] = page.ToSeq;
                await Keep(now: false);
            }
        }
    }

    /// <summary>What was done before a date counts nowhere any more.</summary>
    public void Forget(int fromDay)
    {
        foreach (var (member, track) in _members.ToArray())
        {
            if (track.From(fromDay) is var left && ReferenceEquals(left, track)) continue;
            _members[member] = left;
            _unkept.Add(member);
        }
    }

    /// <summary>Makes durable what was read, when it is worth a transaction or <paramref name="now"/> says so.</summary>
    public async Task Keep(bool now)
    {
        var ahead = _positions.Sum(position => position.Value - _kept.GetValueOrDefault(position.Key));
        if (_unkept.Count == 0 && ahead == 0) return;
        if (!now && _unkept.Count < KeepRows && ahead < KeepEntries) return;
        var members = _unkept.ToArray();
        var to = new Dictionary<int, long>(_positions);
        var rows = Array.ConvertAll(members, member => new TrackRow(member, _members[member].Version, _members[member].Write()));
        await storage.Keep(_set, rows, Position.ListOf(_kept), Position.ListOf(to), seals: false);
        _kept = to;
        _unkept.ExceptWith(members);
        foreach (var member in members)
        {
            if (_members[member].IsVoid) _members.Remove(member);
        }
    }

    private void Take(MemberDeeds member, IReadOnlySet<EarningEvent> counts, int fromDay)
    {
        var known = Of(member.Member.Value);
        var next = known.With(member, LeagueNames.PartOf(league), counts, fromDay);
        if (ReferenceEquals(next, known)) return;
        _members[member.Member.Value] = next;
        _unkept.Add(member.Member.Value);
    }
}
