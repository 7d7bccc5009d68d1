using System.Collections.Frozen;
using System.Collections.Immutable;
using Gamification.Challenges;
using NodaTime;
using NodaTime.TimeZones;

namespace Gamification.Rules.Challenges;

/// <summary>A stretch in which a challenge stood still: [<see cref="From"/>, <see cref="Until"/>), Unix milliseconds.</summary>
public readonly record struct Pause(long From, long Until);

/// <summary>What commands made of the window: pauses, time given back for them, and an end before the announced one.</summary>
public sealed record ChallengeTiming(ImmutableArray<Pause> Pauses, long ExtendedBy = 0, long? EndsAt = null)
{
    public static ChallengeTiming AsAnnounced { get; } = new([]);
}

/// <summary>A challenge's window as instants (spec §2), one pair for each zone that its stores are in. Instants are Unix milliseconds.</summary>
public sealed class ChallengeTimes
{
    private static readonly ZoneLocalMappingResolver Start = Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnStartOfIntervalAfter);
    private static readonly ZoneLocalMappingResolver End = Resolvers.CreateMappingResolver(Resolvers.ReturnLater, Resolvers.ReturnStartOfIntervalAfter);

    private readonly (long From, long Until) _everywhere;
    private readonly FrozenDictionary<string, (long From, long Until)> _byStore;
    private readonly ImmutableArray<Pause> _pauses;

    private ChallengeTimes((long, long) everywhere, FrozenDictionary<string, (long From, long Until)> byStore, ImmutableArray<Pause> pauses, int graceHours)
    {
        (_everywhere, _byStore, _pauses) = (everywhere, byStore, pauses);
        Opens = byStore.Values.Select(window => window.From).Append(_everywhere.From).Min();
        Closes = byStore.Values.Select(window => window.Until).Append(_everywhere.Until).Max();
        GraceEnds = Closes + (graceHours * 3_600_000L);
        Shortest = byStore.Values.Append(_everywhere).Min(window => window.Until - window.From);
    }

    /// <summary>The first instant at which it has begun somewhere.</summary>
    public long Opens { get; }

    /// <summary>The first instant at which it has ended everywhere.</summary>
    public long Closes { get; }

    /// <summary>The first instant at which nothing counts any more.</summary>
    public long GraceEnds { get; }

    /// <summary>How long it lasts where it lasts least, in milliseconds: clocks that go forward take an hour of it.</summary>
    public long Shortest { get; }

    /// <param name="window">The announced window.</param>
    /// <param name="zone">IANA name of the programme's zone.</param>
    /// <param name="stores">The stores' zones; looked at only when the window is read on the stores' clocks.</param>
    /// <param name="timing">What commands made of it.</param>
    public static ChallengeTimes Of(ChallengeWindow window, string zone, IEnumerable<(string Store, string Zone)> stores, ChallengeTiming? timing = null)
    {
        timing ??= ChallengeTiming.AsAnnounced;
        var byStore = window.Zone == WindowZone.Programme
            ? FrozenDictionary<string, (long, long)>.Empty
            : stores.ToFrozenDictionary(store => store.Store, store => Within(window, store.Zone, timing));
        return new(Within(window, zone, timing), byStore, timing.Pauses, window.GraceHours);
    }

    /// <summary>Whether something that happened then, in this store or in none, is inside and in no pause.</summary>
    public bool Holds(long at, string? store)
    {
        var window = store is not null && _byStore.TryGetValue(store, out var own) ? own : _everywhere;
        if (at < window.From || at >= window.Until) return false;
        foreach (var pause in _pauses)
        {
            if (at >= pause.From && at < pause.Until) return false;
        }

        return true;
    }

    private static (long From, long Until) Within(ChallengeWindow window, string zone, ChallengeTiming timing)
    {
        var clock = DateTimeZoneProviders.Tzdb[zone];
        var from = clock.ResolveLocal(At(window.From, window.StartsAt), Start).ToInstant().ToUnixTimeMilliseconds();
        var until = clock.ResolveLocal(At(window.Until, window.EndsAt), End).ToInstant().ToUnixTimeMilliseconds() + timing.ExtendedBy;
        return (from, Math.Max(from, Math.Min(until, timing.EndsAt ?? until)));
    }

    private static LocalDateTime At(DateOnly date, TimeOnly time) => LocalDate.FromDateOnly(date) + LocalTime.FromTimeOnly(time);
}
