using System.Diagnostics;
using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
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

    private Screen(HubConnection hub, string topic, bool looks)
    {
        _hub = hub;
        _topic = topic;
        if (looks) hub.On<JsonElement>("message", Receive);
        else hub.On<Unread>("message", _ => Deltas++);
    }

    public long Score => Volatile.Read(ref _score);

    /// <summary>When that score arrived, on the monotonic clock.</summary>
    public long ScoreSeenAt => Volatile.Read(ref _scoreSeenAt);

    public long Gaps { get; private set; }

    public long Snapshots { get; private set; }

    public long Deltas { get; private set; }

    /// <param name="url">The hub.</param>
    /// <param name="topic">The board.</param>
    /// <param name="looks">Whether what it is told is read: a viewer that only has to be there should not take the machine from what is measured.</param>
    public static async Task<Screen> OpenAsync(Uri url, string topic, bool looks = true)
    {
        var builder = new HubConnectionBuilder();
        builder.Services.AddSingleton<IConnectionFactory>(new WebSocketConnectionFactory());
        builder.Services.AddSingleton<EndPoint>(new UriEndPoint(url));
        var screen = new Screen(builder.Build(), topic, looks);
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

    [JsonConverter(typeof(Skipping))]
    private sealed record Unread;

    private sealed class Skipping : JsonConverter<Unread>
    {
        public override Unread Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            reader.Skip();
            return new();
        }

        public override void Write(Utf8JsonWriter writer, Unread value, JsonSerializerOptions options) => throw new NotSupportedException("Screens send no messages.");
    }
}
