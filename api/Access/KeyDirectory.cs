using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Gamification.Access;

namespace Gamification.Api;

/// <summary>
/// Every live key of this deployment by its hash, at most a second behind the actors that own them: a revoked key opens nothing after that.
/// Keys are few, so all of them are held, and a wrong key costs no more than one question of the version.
/// </summary>
public sealed class KeyDirectory(EdgeOptions options, IGrainFactory grains, TimeProvider clock, Insistence insistence)
{
    private static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(1);

    private readonly Lock _asking = new();
    private Snapshot _now = new([], new long[options.Programmes.Length], null);
    private Task<Snapshot>? _running;
    private Task<Snapshot>? _next;

    /// <summary>The caller whose key this is, or null.</summary>
    public ValueTask<Caller?> Find(string key)
    {
        var hash = KeyHash.Of(key);
        var now = Volatile.Read(ref _now);
        return now.AskedAt is { } askedAt && clock.GetElapsedTime(askedAt) < FreshFor && now.Callers.TryGetValue(hash, out var caller)
            ? new(caller)
            : FindAnew(hash, now);
    }

    private async ValueTask<Caller?> FindAnew(KeyHash hash, Snapshot stale)
    {
        // A key that is unknown may be a second old: it is only refused by an answer to a question asked after it was presented.
        var known = stale.Callers.ContainsKey(hash);
        var fresh = await Refresh(joinRunning: known);
        return fresh.Callers.GetValueOrDefault(hash);
    }

    /// <summary>One question is under way at a time; whoever may not trust it waits for the one after it, together with all others like it.</summary>
    private Task<Snapshot> Refresh(bool joinRunning)
    {
        lock (_asking)
        {
            if (_running is null or { IsCompleted: true }) (_running, _next) = (_next, null);
            if (_running is null or { IsCompleted: true }) return _running = Ask(null);
            return joinRunning ? _running : _next ??= Ask(_running);
        }
    }

    private async Task<Snapshot> Ask(Task? after)
    {
        if (after is not null) await after.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        else await Task.Yield();
        var askedAt = clock.GetTimestamp();
        var known = Volatile.Read(ref _now);
        var versions = new long[options.Programmes.Length];
        for (var i = 0; i < versions.Length; i++)
        {
            versions[i] = await insistence.On(() => grains.GetGrain<IKeysGrain>(options.Programmes[i]).Version());
        }

        var changed = known.AskedAt is null || !versions.AsSpan().SequenceEqual(known.Versions);
        var fresh = new Snapshot(changed ? await Load() : known.Callers, versions, askedAt);
        Volatile.Write(ref _now, fresh);
        return fresh;
    }

    private async Task<Dictionary<KeyHash, Caller>> Load()
    {
        var callers = new Dictionary<KeyHash, Caller>();
        foreach (var programme in options.Programmes)
        {
            foreach (var grant in await insistence.On(() => grains.GetGrain<IKeysGrain>(programme).List()))
            {
                if (grant.RevokedAt is not null) continue;
                var role = grant.Kind switch { KeyKind.Till => Role.Till, KeyKind.Screen => Role.Screen, _ => Role.Service };
                callers[KeyHash.FromHex(grant.Hash)] = new(programme, role, grant.Id) { Store = grant.Store, Language = grant.Language };
            }
        }

        return callers;
    }

    private sealed record Snapshot(Dictionary<KeyHash, Caller> Callers, long[] Versions, long? AskedAt);

    private readonly record struct KeyHash(ulong A, ulong B, ulong C, ulong D)
    {
        private const int TextMax = 256;

        public static KeyHash Of(string key)
        {
            Span<byte> text = stackalloc byte[TextMax];
            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            if (!Encoding.UTF8.TryGetBytes(key, text, out var length)) return default;
            SHA256.HashData(text[..length], hash);
            return MemoryMarshal.Read<KeyHash>(hash);
        }

        public static KeyHash FromHex(string hex) => MemoryMarshal.Read<KeyHash>(Convert.FromHexString(hex));

        public override int GetHashCode() => A.GetHashCode();
    }
}
