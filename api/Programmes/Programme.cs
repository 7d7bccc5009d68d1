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

/// <summary>
/// The programmes of this deployment as the edge knows them, a few seconds old at most: names, stores, and how a receipt is read. What a receipt
/// is decided by is the engine's, which is never older than it may be.
/// </summary>
public sealed class ProgrammeDirectory(IGrainFactory grains, EdgeSecrets secrets, TimeProvider clock)
{
    private static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, Held> _known = new(StringComparer.Ordinal);

    public ValueTask<Programme> Of(Caller caller)
    {
        if (!_known.TryGetValue(caller.Programme, out var held)) return Load(caller.Programme);
        if (clock.GetElapsedTime(held.ReadAt) > FreshFor && held.TryRenew()) _ = Renew(caller.Programme, held);
        return new(held.Programme);
    }

    private async ValueTask<Programme> Load(string id)
    {
        var readAt = clock.GetTimestamp();
        var settings = await grains.GetGrain<IProgrammeGrain>(id).Settings()
            ?? throw new InvalidOperationException($"This deployment's options name programme '{id}', which the engine does not have.");
        var programme = new Programme(settings, secrets.Of(id));
        _known[id] = new(programme, readAt);
        return programme;
    }

    /// <summary>While the engine does not answer, what was read last stays.</summary>
    private async Task Renew(string id, Held held)
    {
        try
        {
            await Load(id);
        }
        catch (Exception)
        {
            held.Failed();
        }
    }

    private sealed class Held(Programme programme, long readAt)
    {
        private int _renewing;

        public Programme Programme => programme;

        public long ReadAt => readAt;

        /// <summary>Once: whoever renews it replaces it.</summary>
        public bool TryRenew() => Interlocked.Exchange(ref _renewing, 1) == 0;

        public void Failed() => Volatile.Write(ref _renewing, 0);
    }
}
