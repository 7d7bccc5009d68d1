using System.IO.Pipelines;
using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace Gamification.LoadTests.Live;

/// <summary>SignalR's client over a plain <see cref="ClientWebSocket"/>, without negotiation.</summary>
/// <param name="token">Who asks; null for a screen that says so in its address.</param>
internal sealed class WebSocketConnectionFactory(string? token = null) : IConnectionFactory
{
    public async ValueTask<ConnectionContext> ConnectAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var socket = new ClientWebSocket();
        try
        {
            if (token is not null) socket.Options.SetRequestHeader("Authorization", $"Bearer {token}");
            await socket.ConnectAsync(((UriEndPoint)endpoint).Uri, cancellationToken);
            return new WebSocketConnection(socket, endpoint);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>Carries bytes between a pair of pipes and a web socket, text messages both ways.</summary>
internal sealed class WebSocketConnection : ConnectionContext
{
    private readonly ClientWebSocket _socket;
    private readonly CancellationTokenSource _closed = new();
    private readonly Pipe _incoming = new();
    private readonly Pipe _outgoing = new();
    private readonly Task _running;

    public WebSocketConnection(ClientWebSocket socket, EndPoint remote)
    {
        _socket = socket;
        RemoteEndPoint = remote;
        ConnectionClosed = _closed.Token;
        Transport = new Duplex(_incoming.Reader, _outgoing.Writer);
        _running = Task.WhenAll(ReceiveAsync(), SendAsync());
    }

    public override string ConnectionId { get; set; } = "";

    public override IFeatureCollection Features { get; } = new FeatureCollection();

    public override IDictionary<object, object?> Items { get; set; } = new Dictionary<object, object?>();

    public override IDuplexPipe Transport { get; set; }

    public override void Abort(ConnectionAbortedException abortReason) => _socket.Abort();

    public override async ValueTask DisposeAsync()
    {
        await Transport.Output.CompleteAsync();
        await Transport.Input.CompleteAsync();
        _socket.Abort();
        await _running;
        _socket.Dispose();
        _closed.Dispose();
        await base.DisposeAsync();
    }

    private async Task ReceiveAsync()
    {
        Exception? failure = null;
        try
        {
            while (true)
            {
                var received = await _socket.ReceiveAsync(_incoming.Writer.GetMemory(4096), CancellationToken.None);
                if (received.MessageType == WebSocketMessageType.Close) break;
                _incoming.Writer.Advance(received.Count);
                if ((await _incoming.Writer.FlushAsync()).IsCompleted) break;
            }
        }
        catch (Exception broken) when (IsBreak(broken))
        {
            failure = broken;
        }

        await _incoming.Writer.CompleteAsync(failure);
        _outgoing.Reader.CancelPendingRead();
        await _closed.CancelAsync();
    }

    private async Task SendAsync()
    {
        try
        {
            while (true)
            {
                var read = await _outgoing.Reader.ReadAsync();
                foreach (var segment in read.Buffer)
                    await _socket.SendAsync(segment, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
                _outgoing.Reader.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted || read.IsCanceled) break;
            }

            await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        }
        catch (Exception broken) when (IsBreak(broken))
        {
            // The receiving side sees the same break and reports it.
        }

        await _outgoing.Reader.CompleteAsync();
    }

    // Which of them comes depends on how far the socket got before it was aborted.
    private static bool IsBreak(Exception exception) =>
        exception is WebSocketException or OperationCanceledException or ObjectDisposedException;

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
