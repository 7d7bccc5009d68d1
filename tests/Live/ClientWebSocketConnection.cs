using System.Buffers;
using System.IO.Pipelines;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace Gamification.Tests.Live;

/// <summary>
/// What a SignalR client needs of a transport, over one WebSocket and without negotiation. <paramref name="connect"/> opens the socket:
/// over the network, or into a test server.
/// </summary>
internal sealed class ClientWebSocketConnections(Func<CancellationToken, Task<WebSocket>> connect) : IConnectionFactory
{
    public static ClientWebSocketConnections To(Uri hub, string token) => new(async cancellationToken =>
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", $"Bearer {token}");
        await socket.ConnectAsync(hub, cancellationToken);
        return socket;
    });

    public async ValueTask<ConnectionContext> ConnectAsync(System.Net.EndPoint endpoint, CancellationToken cancellationToken = default) =>
        new ClientWebSocketConnection(await connect(cancellationToken));
}

/// <summary>Carries bytes between a socket and a pair of pipes. SignalR frames its own messages, so that a socket's frames mean nothing.</summary>
internal sealed class ClientWebSocketConnection : ConnectionContext
{
    private readonly WebSocket _socket;
    private readonly CancellationTokenSource _closed = new();
    private readonly Pipe _received = new();
    private readonly Pipe _toSend = new();
    private readonly Task _running;

    public ClientWebSocketConnection(WebSocket socket)
    {
        _socket = socket;
        Transport = new Duplex(_received.Reader, _toSend.Writer);
        ConnectionClosed = _closed.Token;
        _running = Task.WhenAll(Receive(), Send());
    }

    public override string ConnectionId { get; set; } = "client";

    public override IDuplexPipe Transport { get; set; }

    public override IFeatureCollection Features { get; } = new FeatureCollection();

    public override IDictionary<object, object?> Items { get; set; } = new Dictionary<object, object?>();

    public override void Abort(ConnectionAbortedException abortReason) => _socket.Abort();

    public override async ValueTask DisposeAsync()
    {
        await _toSend.Writer.CompleteAsync();
        await _received.Reader.CompleteAsync();
        _socket.Abort();
        await _running;
        _socket.Dispose();
        _closed.Dispose();
        await base.DisposeAsync();
    }

    private async Task Receive()
    {
        Exception? fault = null;
        try
        {
            while (true)
            {
                var got = await _socket.ReceiveAsync(_received.Writer.GetMemory(4096), CancellationToken.None);
                if (got.MessageType == WebSocketMessageType.Close) break;
                _received.Writer.Advance(got.Count);
                if ((await _received.Writer.FlushAsync()).IsCompleted) break;
            }
        }
        catch (Exception broken) when (broken is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            fault = broken;
        }

        await _received.Writer.CompleteAsync(fault);
        await _closed.CancelAsync();
    }

    private async Task Send()
    {
        try
        {
            while (true)
            {
                var read = await _toSend.Reader.ReadAsync();
                if (!read.Buffer.IsEmpty)
                {
                    await _socket.SendAsync(read.Buffer.ToArray(), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
                }

                _toSend.Reader.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted) break;
            }

            await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        }
        catch (Exception broken) when (broken is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The receiving side reports it.
        }

        await _toSend.Reader.CompleteAsync();
    }

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
