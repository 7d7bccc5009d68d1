using System.Collections.Concurrent;
using System.Collections.Frozen;
using Gamification.Programmes;
using NodaTime;

namespace Gamification.Api;

/// <summary>A programme as the edge needs it: settings, stores by id, its zone, and what its digests are salted with.</summary>
public sealed class Programme(ProgrammeSettings settings, ProgrammeSecrets secrets)
{
    public ProgrammeSettings Settings { get; } = settings;

    public ProgrammeSecrets Secrets { get; } = secrets;

    public FrozenDictionary<string, Store> Stores { get; } = settings.Stores.ToFrozenDictionary(store => store.Id, StringComparer.Ordinal);

    public DateTimeZone Zone { get; } = DateTimeZoneProviders.Tzdb[settings.TimeZone];

    /// <summary>With the offset that the programme's zone had then.</summary>
    public DateTimeOffset Local(DateTimeOffset instant) => Instant.FromDateTimeOffset(instant).InZone(Zone).ToDateTimeOffset();

    /// <summary>With the offset that a store's zone had then, or the programme's own.</summary>
    public DateTimeOffset LocalAt(string? store, DateTimeOffset instant) =>
        store is null ? Local(instant) : Instant.FromDateTimeOffset(instant).InZone(DateTimeZoneProviders.Tzdb[Stores[store].TimeZone]).ToDateTimeOffset();

    /// <summary>The calendar date of an instant at a store, or in the programme's own zone.</summary>
    public DateOnly DateIn(string? store, DateTimeOffset instant)
    {
        var zone = store is null ? Zone : DateTimeZoneProviders.Tzdb[Stores[store].TimeZone];
        return Instant.FromDateTimeOffset(instant).InZone(zone).Date.ToDateOnly();
    }

    public decimal InUnits(long minor) => minor / (decimal)Currency.MinorPerUnit(Settings.Currency);
}

/// <summary>The programmes of this deployment. Settings are read once: a change takes a restart until programmes are documents.</summary>
public sealed class ProgrammeDirectory(IGrainFactory grains, EdgeSecrets secrets)
{
    private readonly ConcurrentDictionary<string, Programme> _known = new(StringComparer.Ordinal);

    public ValueTask<Programme> Of(Caller caller) => _known.TryGetValue(caller.Programme, out var programme) ? new(programme) : Load(caller.Programme);

    private async ValueTask<Programme> Load(string id)
    {
        var settings = await grains.GetGrain<IProgrammeGrain>(id).Settings()
            ?? throw new InvalidOperationException($"This deployment's options name programme '{id}', which the engine does not have.");
        return _known.GetOrAdd(id, new Programme(settings, secrets.Of(id)));
    }
}
