using System.Collections.Immutable;
using System.Text.Json;
using Gamification.Challenges;
using Gamification.Programmes.Earning;

namespace Gamification.Leagues;

/// <summary>What is known of one deed: it stands or not, as of a version of the member's account.</summary>
internal readonly record struct LeagueMark(Guid Deed, long Version, EarningEvent On, int Day, long At, bool Stands);

/// <summary>One member as a league follows it. The newest word on each thing holds, whatever order they come in.</summary>
internal sealed record LeagueTrack(long Version, long PartVersion, bool Joined, bool Hidden, ImmutableArray<LeagueMark> Marks)
{
    private const int GoneDays = 14;

    public static LeagueTrack Empty { get; } = new(0, 0, false, false, []);

    /// <summary>Nothing about it is to be kept.</summary>
    public bool IsVoid => PartVersion == 0 && Marks.IsEmpty;

    /// <param name="member">What an entry says.</param>
    /// <param name="part">The name under which members join this league.</param>
    /// <param name="counts">The kinds of events that any season in question weighs.</param>
    /// <param name="fromDay">Business dates before it are settled.</param>
    public LeagueTrack With(MemberDeeds member, string part, IReadOnlySet<EarningEvent> counts, int fromDay)
    {
        var track = this;
        foreach (var change in member.Changes)
        {
            if (change.Participation is { } wish)
            {
                if (wish.Challenge == part && member.Version > track.PartVersion) track = track with { PartVersion = member.Version, Joined = wish.Joined, Hidden = wish.Hidden };
            }
            else
            {
                track = track.With(change, member.Version, counts, fromDay);
            }
        }

        return ReferenceEquals(track, this) ? this : track with { Version = Math.Max(Version, member.Version) };
    }

    /// <summary>Without what was done before a date.</summary>
    public LeagueTrack From(int fromDay) => Marks.Any(mark => mark.Day < fromDay) ? this with { Marks = [.. Marks.Where(mark => mark.Day >= fromDay)] } : this;

    public IEnumerable<Deed> Deeds(DateOnly from, DateOnly until) => Marks.Where(mark => mark.Stands && mark.Day >= from.DayNumber && mark.Day < until.DayNumber).Select(mark => new Deed
    {
        Type = mark.On, OccurredAt = DateTimeOffset.FromUnixTimeMilliseconds(mark.At), Date = DateOnly.FromDayNumber(mark.Day), Spend = 1,
    });

    private LeagueTrack With(DeedChange change, long version, IReadOnlySet<EarningEvent> counts, int fromDay)
    {
        var at = Marks.IndexOf(Marks.FirstOrDefault(mark => mark.Deed == change.Key));
        if (at >= 0 && Marks[at].Version >= version) return this;
        if (change.Deed is not { } deed)
        {
            // What it takes away may be told later: then this is newer. Two weeks on that is settled whatever it was.
            var gone = at >= 0 ? Marks[at] with { Version = version, Stands = false } : new LeagueMark(change.Key, version, default, fromDay + GoneDays, 0, Stands: false);
            return at >= 0 ? this with { Marks = Marks.SetItem(at, gone) } : this with { Marks = Marks.Add(gone) };
        }

        if (!counts.Contains(deed.Type) || deed.Date.DayNumber < fromDay) return at < 0 ? this : this with { Marks = Marks.SetItem(at, Marks[at] with { Version = version, Stands = false }) };
        var stands = deed.Type != EarningEvent.Sale || deed.Spend > 0;
        var mark = new LeagueMark(change.Key, version, deed.Type, deed.Date.DayNumber, deed.OccurredAt.ToUnixTimeMilliseconds(), stands);
        return this with { Marks = at >= 0 ? Marks.SetItem(at, mark) : Marks.Add(mark) };
    }

    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this);

    public static LeagueTrack Read(ReadOnlyMemory<byte> bytes) => JsonSerializer.Deserialize<LeagueTrack>(bytes.Span)!;
}
