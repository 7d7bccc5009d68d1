using System.Collections.Concurrent;
using Gamification.Programmes;

namespace Gamification.Live;

/// <summary>The programmes that somebody in this process has followed. They are few, and stay.</summary>
internal sealed class LiveProgrammes(LiveContext live)
{
    private readonly ConcurrentDictionary<string, LiveProgramme> _open = [];

    public ICollection<LiveProgramme> Open => _open.Values;

    /// <summary>Null when this deployment has no such programme.</summary>
    public async ValueTask<LiveProgramme?> Find(string id)
    {
        if (_open.TryGetValue(id, out var known)) return known;
        var grain = live.Grains.GetGrain<IProgrammeGrain>(id);
        if (await grain.Settings() is not { } settings) return null;
        return _open.GetOrAdd(id, new LiveProgramme(settings, await grain.BusinessTime(), live));
    }
}
