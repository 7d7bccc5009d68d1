using System.Collections.Immutable;
using Gamification.Challenges;
using Gamification.Journal;
using Gamification.Privacy;
using Gamification.Programmes.Earning;
using Gamification.Rules.Challenges;
using Gamification.Rules.Leagues;

namespace Gamification.Leagues;

/// <summary>
/// A league counted again from nothing but the journal, season after season: what was known when each was settled is what lies before the positions that its certificate names.
/// </summary>
/// <param name="programme">The programme's id.</param>
/// <param name="league">The league's.</param>
/// <param name="from">Where members are read from: the positions at which it was founded.</param>
/// <param name="counts">The kinds of events that any of its seasons weighs.</param>
/// <param name="journal">Where everything is.</param>
/// <param name="deeds">By which it is read.</param>
internal sealed class LeagueRecount(
    string programme, string league, ImmutableArray<Position> from, IReadOnlySet<EarningEvent> counts, IJournalStorage journal, IDeedReader deeds)
{
    private readonly Dictionary<int, long> _from = from.ToDictionary(position => position.Partition, position => position.Seq);
    private readonly Dictionary<int, long> _read = [];
    private readonly Dictionary<Guid, LeagueTrack> _tracks = [];
    private readonly NewestWishes _wishes = new();

    /// <summary>What the seats of a season came to at these positions, which are not before those of the season before.</summary>
    public async Task<List<LeagueLine>> At(ImmutableArray<Position> positions, LeagueSeason season, IEnumerable<LeagueSeat> seats, CancellationToken cancellation)
    {
        foreach (var (partition, through) in positions) await Read(partition, through, season.From.DayNumber, cancellation);
        foreach (var (member, track) in _tracks.ToArray()) _tracks[member] = track.From(season.From.DayNumber);
        return LeagueStandings.Of(season, seats.Where(seat => Of(seat.Member).Joined), member => Efforts.Of(season.Rules, Of(member).Deeds(season.From, season.Until)), IsHidden, season.SeedIn(programme, league));
    }

    private async Task Read(int partition, long through, int fromDay, CancellationToken cancellation)
    {
        for (var after = _read.GetValueOrDefault(partition); after < through; _read[partition] = after)
        {
            var page = await journal.ReadCommitted(partition, after, through, cancellation);
            foreach (var stored in page.Where(stored => stored.Actor.Programme == programme)) Take(stored, partition, fromDay);
            after = page[^1].Seq;
        }
    }

    private void Take(StoredEntry stored, int partition, int fromDay)
    {
        if (stored.Actor.Kind == PrivacyForm.ActorKind) _wishes.Take(stored);
        else if (stored.Seq > _from.GetValueOrDefault(partition) && deeds.Read(stored) is { } member)
            _tracks[member.Member.Value] = Of(member.Member.Value).With(member, LeagueNames.PartOf(league), counts, fromDay);
    }

    private LeagueTrack Of(Guid member) => _tracks.GetValueOrDefault(member, LeagueTrack.Empty);

    private bool IsHidden(Guid member) => Of(member).Hidden || _wishes.Hides(member);
}
