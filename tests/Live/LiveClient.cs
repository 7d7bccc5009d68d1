using System.Net;
using System.Text.Json;
using System.Threading.Channels;
using Gamification.LoadTests.Live;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Gamification.Tests.Live;

/// <summary>The real SignalR client, with what it received in the order in which it came.</summary>
internal sealed class LiveClient : IAsyncDisposable
{
    /// <summary>Far beyond what anything here takes: a test that waits longer has failed.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Channel<WireMessage> _messages = Channel.CreateUnbounded<WireMessage>();
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly HubConnection _hub;

    private LiveClient(HubConnection hub)
    {
        _hub = hub;
        hub.On<JsonElement>("message", json =>
        {
            Raw.Add(json.GetRawText());
            _messages.Writer.TryWrite(WireMessage.Parse(json));
        });
        hub.Closed += _ =>
        {
            _closed.TrySetResult();
            _messages.Writer.TryComplete();
            return Task.CompletedTask;
        };
    }

    public List<string> Raw { get; } = [];

    public Task Closed => _closed.Task.WaitAsync(Patience);

    public static async Task<LiveClient> Connect(Uri hub, string token)
    {
        var builder = new HubConnectionBuilder();
        builder.Services.AddSingleton<IConnectionFactory>(new WebSocketConnectionFactory(token));
        builder.Services.AddSingleton<EndPoint>(new UriEndPoint(hub));
        var connection = builder.Build();
        var client = new LiveClient(connection);
        await connection.StartAsync();
        return client;
    }

    public Task Subscribe(string topic) => _hub.InvokeAsync("Subscribe", topic);

    public Task Unsubscribe(string topic) => _hub.InvokeAsync("Unsubscribe", topic);

    public Task Resnapshot(string topic) => _hub.InvokeAsync("Resnapshot", topic);

    public Task<long> Time() => _hub.InvokeAsync<long>("Time");

    public async Task<WireMessage> Next()
    {
        using var patience = new CancellationTokenSource(Patience);
        return await _messages.Reader.ReadAsync(patience.Token);
    }

    /// <summary>The next message, which must be of this kind.</summary>
    public async Task<WireMessage> Next(string kind)
    {
        var message = await Next();
        Assert.Equal(kind, message.Kind);
        return message;
    }

    /// <summary>Whether nothing is there that was not taken yet. Only what was sent before the last answer is sure to be.</summary>
    public bool HasNothingMore => !_messages.Reader.TryPeek(out _);

    public ValueTask DisposeAsync() => _hub.DisposeAsync();
}
