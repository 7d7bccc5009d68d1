using System.Collections.Concurrent;
using System.Globalization;

namespace Gamification.Api;

/// <summary>
/// Fairness between callers: each member, screen or staff credential has so many calls at once, each anonymous address so many a minute.
/// Tills have neither, so that no limit ever stops a queue of customers; services have none, since they speak for many members.
/// </summary>
public sealed class CallLimits(EdgeOptions options, TimeProvider clock)
{
    private const int AddressesMax = 100_000;
    private static readonly TimeSpan BoardSecond = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<(string Programme, string Id), int> _calls = new();
    private readonly BoundedCache<(string Programme, string Id), Spending> _boards = new(AddressesMax, BoardSecond, clock);
    private readonly BoundedCache<string, Spending> _addresses = new(AddressesMax, TimeSpan.FromMinutes(1), clock);

    /// <summary>Takes a place for this call; false when the caller has too many. Whoever got one gives it back.</summary>
    public bool TryEnter(Caller caller, HttpResponse response)
    {
        var calls = _calls.AddOrUpdate((caller.Programme, caller.Id), 1, static (_, calls) => calls + 1);
        var left = options.CallsPerCaller - calls;
        Tell(response, "concurrent", options.CallsPerCaller, Math.Max(0, left), seconds: 1);
        if (left >= 0) return true;
        Leave(caller);
        return false;
    }

    public void Leave(Caller caller)
    {
        var key = (caller.Programme, caller.Id);
        if (_calls.AddOrUpdate(key, 0, static (_, calls) => calls - 1) == 0) _calls.TryRemove(new(key, 0));
    }

    /// <summary>One more question about a board; false when the caller's second is full. Staff have no such limit: their tokens are few.</summary>
    public bool TryAskBoard(Caller caller, HttpResponse response)
    {
        if (caller.Role is not (Role.Member or Role.Screen)) return true;
        var key = (caller.Programme, caller.Id);
        if (!_boards.TryGet(key, out var spending)) _boards.Put(key, spending = new(clock.GetTimestamp()));
        var left = options.BoardCallsPerSecond - spending.Add(1);
        if (left < 0) Tell(response, "boards", options.BoardCallsPerSecond, 0, seconds: 1);
        return left >= 0;
    }

    /// <summary>Spends <paramref name="cost"/> of what an address may do in a minute.</summary>
    public bool TrySpend(HttpContext context, int cost)
    {
        var address = ClientNetwork.Of(context);
        if (!_addresses.TryGet(address, out var spending)) _addresses.Put(address, spending = new(clock.GetTimestamp()));
        var left = options.AnonymousPerMinute - spending.Add(cost);
        var reset = Math.Max(1, 60 - (int)clock.GetElapsedTime(spending.Since).TotalSeconds);
        Tell(context.Response, "address", options.AnonymousPerMinute, Math.Max(0, left), reset);
        return left >= 0;
    }

    private static void Tell(HttpResponse response, string policy, int quota, int left, int seconds)
    {
        response.Headers["RateLimit-Policy"] = string.Create(CultureInfo.InvariantCulture, $"\"{policy}\";q={quota};w={seconds}");
        response.Headers["RateLimit"] = string.Create(CultureInfo.InvariantCulture, $"\"{policy}\";r={left};t={seconds}");
    }

    private sealed class Spending(long since)
    {
        private int _spent;

        public long Since { get; } = since;

        /// <summary>Stops counting where it could overflow.</summary>
        public int Add(int cost) => _spent > 1_000_000 ? _spent : Interlocked.Add(ref _spent, cost);
    }
}
