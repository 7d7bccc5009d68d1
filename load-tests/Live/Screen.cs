using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Gamification.LoadTests.Live;

/// <summary>
/// One viewer of one board: a snapshot, then deltas that follow on one another; a gap or another stream makes it take a snapshot again. Of
/// all the rows it keeps the score of one member, and when it saw it.
/// </summary>
internal sealed class Screen : IAsyncDisposable
{
    private readonly HubConnection _hub;
    private readonly string _topic;
    private string? _member;
    private string? _stream;
    private long _version;
    private long _score;
    private long _scoreSeenAt;

    private Screen(HubConnection hub, string topic)
    {
        _hub = hub;
        _topic = topic;
        hub.On<JsonElement>("message", Receive);
    }

    public long Score => Volatile.Read(ref _score);

    /// <summary>When that score arrived, on the monotonic clock.</summary>
    public long ScoreSeenAt => Volatile.Read(ref _scoreSeenAt);

    public long Gaps { get; private set; }

    public long Snapshots { get; private set; }

    public long Deltas { get; private set; }

    public static async Task<Screen> OpenAsync(Uri url, string topic)
    {
        var builder = new HubConnectionBuilder();
        builder.Services.AddSingleton<IConnectionFactory, WebSocketConnectionFactory>();
        builder.Services.AddSingleton<EndPoint>(new UriEndPoint(url));
        var screen = new Screen(builder.Build(), topic);
        await screen._hub.StartAsync();
        await screen._hub.InvokeAsync("Subscribe", topic);
        return screen;
    }

    /// <summary>Keeps an eye on a member, beginning with what the board shows now.</summary>
    public Task WatchAsync(string member)
    {
        Volatile.Write(ref _member, member);
        return _hub.InvokeAsync("Subscribe", _topic);
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    // SignalR hands over one message at a time.
    private void Receive(JsonElement message)
    {
        var now = Stopwatch.GetTimestamp();
        if (message.GetProperty("topic").GetString() != _topic) return;

        var stream = message.GetProperty("streamId").ToString();
        if (message.GetProperty("kind").GetString() == "snapshot")
        {
            Snapshots++;
            _stream = stream;
            _version = message.GetProperty("version").GetInt64();
        }
        else
        {
            Deltas++;
            var (from, to) = (message.GetProperty("from").GetInt64(), message.GetProperty("to").GetInt64());
            if (stream == _stream && to <= _version) return;    // a snapshot overtook it
            if (stream != _stream || from != _version)
            {
                Gaps++;
                _ = _hub.SendAsync("Subscribe", _topic);
                return;
            }

            _version = to;
        }

        var data = message.TryGetProperty("data", out var inner) ? inner : message;
        if (Volatile.Read(ref _member) is not { } member || !data.TryGetProperty("rows", out var rows)) return;
        foreach (var row in rows.EnumerateArray())
        {
            if (row.GetProperty("id").GetString() != member) continue;
            var score = row.GetProperty("score").GetInt64();
            if (score == _score) return;
            Volatile.Write(ref _scoreSeenAt, now);
            Volatile.Write(ref _score, score);
        }
    }
}
