using Gamification.Leaderboards;
using Gamification.Programmes;
using NodaTime;

namespace Gamification.Live;

/// <summary>A programme's calendar as live topics need it: which window is current, by its business clock as it stood at most a second ago.</summary>
internal sealed class LiveProgramme
{
    private readonly DateTimeZone _zone;
    private readonly LiveContext _live;
    private volatile Reading _businessTime;
    private volatile Dictionary<string, DateTimeZone> _storeZones;

    public LiveProgramme(ProgrammeSettings settings, DateTimeOffset? businessTime, LiveContext live)
    {
        Id = settings.Id;
        _live = live;
        _zone = DateTimeZoneProviders.Tzdb[settings.TimeZone];
        _storeZones = StoresOf(settings);
        _businessTime = new(businessTime);
        Ranks = new(this, live.Grains);
    }

    public string Id { get; }

    public WeekRanks Ranks { get; }

    /// <summary>Before a replay's first event there is no business time: then the wall clock's, so that there is an empty board to show.</summary>
    public DateTimeOffset BusinessTime => _businessTime.Value ?? _live.Clock.GetUtcNow();

    public bool HasStore(string store) => _storeZones.ContainsKey(store);

    /// <summary>A store's windows follow its own calendar, the programme's follow the programme's.</summary>
    public BoardId Current(BoardTopic topic)
    {
        var zone = topic.Store is null ? _zone : _storeZones[topic.Store];
        return new(Id, topic.Store, topic.Metric, BoardWindow.Containing(topic.Period, DateIn(zone)));
    }

    /// <summary>The same instant with the offset of the programme's zone.</summary>
    public DateTimeOffset Local(DateTimeOffset instant) => Instant.FromDateTimeOffset(instant).InZone(_zone).ToDateTimeOffset();

    public async Task Refresh()
    {
        try
        {
            var grain = _live.Grains.GetGrain<IProgrammeGrain>(Id);
            _businessTime = new(await grain.BusinessTime());
            if (await grain.Settings() is { } settings && settings.Stores.Length != _storeZones.Count) _storeZones = StoresOf(settings);
        }
        catch (Exception fault)
        {
            _live.Log.LogWarning(fault, "The business time of {Programme} is not to be had; it stays where it was.", Id);
        }
    }

    private static Dictionary<string, DateTimeZone> StoresOf(ProgrammeSettings settings) =>
        settings.Stores.ToDictionary(store => store.Id, store => DateTimeZoneProviders.Tzdb[store.TimeZone]);

    private DateOnly DateIn(DateTimeZone zone) => Instant.FromDateTimeOffset(BusinessTime).InZone(zone).Date.ToDateOnly();

    /// <summary>So that a nullable instant is replaced in one step.</summary>
    private sealed record Reading(DateTimeOffset? Value);
}
