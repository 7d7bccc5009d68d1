using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;

namespace Gamification.Live;

/// <summary>
/// Where connections come and go. The framework's own sending to all, to groups or to users is not used: it writes each message to every
/// connection in turn and remembers it for those that are slow.
/// </summary>
internal sealed class LiveLifetime(
    LiveConnections connections, ILiveAccess access, LiveContext live, ILogger<DefaultHubLifetimeManager<LiveHub>> log)
    : DefaultHubLifetimeManager<LiveHub>(log)
{
    public override async Task OnConnectedAsync(HubConnectionContext connection)
    {
        // The door has let it in, but that may have been a while ago and at another request.
        var token = LiveDoor.TokenOf(connection.GetHttpContext());
        if (connections.IsFull || token is null || await access.Authenticate(token, connection.ConnectionAborted) is not { } viewer)
        {
            await connection.WriteAsync(Messages.Goodbye);
            connection.Abort();
            return;
        }

        connections.Add(connection.ConnectionId, new(connection, token, viewer, live));
        await base.OnConnectedAsync(connection);
    }

    public override Task OnDisconnectedAsync(HubConnectionContext connection)
    {
        connections.Remove(connection.ConnectionId);
        return base.OnDisconnectedAsync(connection);
    }
}
