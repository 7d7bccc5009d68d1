using System.Collections.Immutable;
using Gamification.Leaderboards;
using Gamification.Programmes;
using Gamification.Programmes.Earning;
using NodaTime;

namespace Gamification.Live;

/// <summary>A programme's calendar as live topics need it: which window is current, by its business clock as it stood at most a second ago.</summary>
internal sealed class LiveProgramme
{
    private readonly DateTimeZone _zone;
    private readonly LiveContext _live;
    private volatile Reading _businessTime;
    private volatile ProgrammeSettings _settings;
    private volatile Dictionary<string, DateTimeZone> _storeZones;

    public LiveProgramme(ProgrammeSettings settings, DateTimeOffset? businessTime, LiveContext live)
    {
        Id = settings.Id;
        _settings = settings;
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

    /// <summary>How ranks are counted on the programme's live boards.</summary>
    public TiePolicy Ties => _settings.Boards.Ties;

    public ImmutableArray<Campaign> Campaigns => _settings.Earning?.Campaigns ?? [];

    public bool HasStore(string store) => _storeZones.ContainsKey(store);

    /// <summary>Whether the programme has such boards.</summary>
    public async ValueTask<bool> Has(BoardTopic topic)
    {
        if (!_settings.Boards.Has(topic.Metric) || (topic.Period == BoardPeriod.Season && _settings.Boards.Seasons.IsEmpty)) return false;
        return topic.Scope switch
        {
            { Store: { } store } => _storeZones.ContainsKey(store),
            { Group: { Kind: BoardGroupKind.Region } region } => _settings.Earning?.Zones.Any(zone => zone.Id == region.Name) ?? false,
            { Group: { } group } => await _live.Grains.GetGrain<IProgrammeGrain>(Id).HasGroup(group),
            _ => true,
        };
    }

    /// <summary>A store's windows follow its own calendar, all others the programme's. The programme has such boards.</summary>
    public BoardId Current(BoardTopic topic)
    {
        var today = DateIn(topic.Scope.Store is { } store ? _storeZones[store] : _zone);

        // Whoever follows the season while the last one is struck from the settings sees all time.
        var window = topic.Period == BoardPeriod.Season
            ? _settings.Boards.SeasonAt(today) is { } season ? BoardWindow.Of(season) : BoardWindow.All
            : BoardWindow.Containing(topic.Period, today);
        return BoardId.Of(Id, topic.Scope, topic.Metric, window);
    }

    /// <summary>The same instant with the offset of the programme's zone.</summary>
    public DateTimeOffset Local(DateTimeOffset instant) => Instant.FromDateTimeOffset(instant).InZone(_zone).ToDateTimeOffset();

    public async Task Refresh()
    {
        try
        {
            var grain = _live.Grains.GetGrain<IProgrammeGrain>(Id);
            _businessTime = new(await grain.BusinessTime());
            if (await grain.Settings() is not { } settings) return;
            if (settings.Stores.Length != _storeZones.Count) _storeZones = StoresOf(settings);
            _settings = settings;
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
