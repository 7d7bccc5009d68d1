using System.Collections.Concurrent;

namespace Gamification.Live;

/// <summary>The clients of this process, and the regular look at whether their tokens still open anything.</summary>
internal sealed class LiveConnections(ILiveAccess access, LiveContext live)
{
    private readonly ConcurrentDictionary<string, LiveConnection> _open = [];
    private int _count;

    public bool IsFull => Volatile.Read(ref _count) >= live.Options.ConnectionsMax;

    public LiveConnection? Find(string connectionId) => _open.GetValueOrDefault(connectionId);

    public void Add(string connectionId, LiveConnection connection)
    {
        connection.CheckDue = NextCheck(connection.Viewer);
        _open[connectionId] = connection;
        Interlocked.Increment(ref _count);
        live.Metrics.Connected();
    }

    public void Remove(string connectionId)
    {
        if (!_open.TryRemove(connectionId, out var connection)) return;
        Interlocked.Decrement(ref _count);
        connection.Closed();
        live.Metrics.Disconnected();
    }

    /// <summary>Closes those whose token was revoked or ran out, and tells screens that were set up anew.</summary>
    public async Task Check()
    {
        var now = Uptime.Now(live.Clock);
        foreach (var (_, connection) in _open)
        {
            if (connection.CheckDue > now) continue;
            try
            {
                await Check(connection);
            }
            catch (Exception fault)
            {
                // Nobody is thrown out because the answer is not to be had; the next second asks again.
                live.Log.LogWarning(fault, "A live connection's token could not be checked.");
            }
        }
    }

    private async Task Check(LiveConnection connection)
    {
        if (await access.Authenticate(connection.Token, CancellationToken.None) is not { } viewer)
        {
            connection.Close(connection.Screen is null ? null : new Revoked(Topic.Screen.Text));
            return;
        }

        if (viewer.Screen is { } screen) connection.Screen?.Show(screen);
        connection.CheckDue = NextCheck(viewer);
    }

    private TimeSpan NextCheck(LiveViewer viewer)
    {
        var wait = viewer.Screen is null ? live.Options.ViewerCheckEvery : live.Options.ScreenCheckEvery;
        if (viewer.ExpiresAt - live.Clock.GetUtcNow() is { } left && left < wait) wait = left;
        return Uptime.Now(live.Clock) + wait;
    }
}
