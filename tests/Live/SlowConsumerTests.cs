using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Gamification.Live;

namespace Gamification.Tests.Live;

public sealed class SlowConsumerTests
{
    private const string Topic = "board/programme/week/points";
    private const int Views = 400;

    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    [Fact]
    public async Task A_client_that_stops_reading_skips_to_the_newest_view_and_nothing_is_kept_for_it()
    {
        await using var server = await LiveServer.Start(new() { WriteTimeMax = TimeSpan.FromHours(1), UnreadBytesMax = 8 * 1024 });
        using var slow = await SlowClient.Connect(server.Hub);
        await slow.Subscribe(Topic);
        await slow.Read();

        await PublishToAnother(server, Views);

        // What it gets now lay in buffers of a fixed size, then comes what is newest.
        var model = new ClientModel();
        var (received, caughtUp) = (0, false);
        do
        {
            var message = await slow.Read();
            caughtUp |= received > 0 && message.Kind == "snapshot";
            model.Receive(message);
            received++;
        }
        while (model.Version < server.Week.Current.Version);

        Assert.True(caughtUp);
        Assert.InRange(received, 2, Views / 2);
        Assert.Equal(server.Week.Current.Rows.Select(row => row.Score), model.Rows.Select(row => row.Score));
    }

    [Fact]
    public async Task A_client_that_does_not_take_one_message_in_time_is_dropped()
    {
        await using var server = await LiveServer.Start(new() { UnreadBytesMax = 8 * 1024, WriteTimeMax = TimeSpan.FromMinutes(2) });
        using var slow = await SlowClient.Connect(server.Hub);
        await slow.Subscribe(Topic);
        await slow.Read();
        await PublishToAnother(server, Views);

        server.Clock.Advance(TimeSpan.FromMinutes(2));

        await slow.ReadUntilClosed();
    }

    /// <summary>Fifty rows change each time; that another client has each view shows that the server was not held up.</summary>
    private static async Task PublishToAnother(LiveServer server, int views)
    {
        var quick = await server.Connect();
        await quick.Subscribe(Topic);
        await quick.Next("snapshot");
        for (var view = 1; view <= views; view++)
        {
            server.Clock.Advance(Pace);
            await server.Week.Publish([.. Enumerable.Range(1, 50).Select(member => (member, (view * 1000L) + member))]);
            await quick.Next("delta");
        }
    }

    /// <summary>A socket without a client library: it reads when told to, and its receive buffer is small.</summary>
    private sealed class SlowClient : IDisposable
    {
        private readonly ClientWebSocket _socket = new();
        private readonly HttpMessageInvoker _http;
        private readonly Queue<WireMessage> _read = [];
        private readonly List<byte> _part = [];

        private SlowClient() => _http = new(new SocketsHttpHandler
        {
            ConnectCallback = async (context, cancellationToken) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 8 * 1024 };
                await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
        });

        public static async Task<SlowClient> Connect(Uri hub)
        {
            var client = new SlowClient();
            await client._socket.ConnectAsync(new($"{hub}?access_token=staff"), client._http, CancellationToken.None);
            await client.Send("""{"protocol":"json","version":1}""");
            return client;
        }

        public Task Subscribe(string topic) => Send($$"""{"type":1,"target":"Subscribe","arguments":["{{topic}}"]}""");

        public async Task<WireMessage> Read()
        {
            WireMessage? message;
            while (!_read.TryDequeue(out message)) Assert.True(await Fill(), "The server closed the connection.");
            return message;
        }

        public async Task ReadUntilClosed()
        {
            while (await Fill())
            {
                // What lay in buffers does not matter here.
            }
        }

        public void Dispose()
        {
            _socket.Dispose();
            _http.Dispose();
        }

        private Task Send(string message) =>
            _socket.SendAsync(Encoding.UTF8.GetBytes($"{message}\u001e"), WebSocketMessageType.Text, true, CancellationToken.None);

        private async Task<bool> Fill()
        {
            var buffer = new byte[4096];
            try
            {
                using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
                var got = await _socket.ReceiveAsync(buffer.AsMemory(), patience.Token);
                if (got.MessageType == WebSocketMessageType.Close) return false;
                foreach (var value in buffer.AsSpan(0, got.Count))
                {
                    if (value == 0x1e) Take();
                    else _part.Add(value);
                }

                return true;
            }
            catch (WebSocketException)
            {
                return false;
            }
        }

        /// <summary>Answers of the handshake, pings and completions are no business of a viewer's.</summary>
        private void Take()
        {
            using var json = JsonDocument.Parse(_part.ToArray());
            _part.Clear();
            if (json.RootElement.TryGetProperty("target", out _)) _read.Enqueue(WireMessage.Parse(json.RootElement.GetProperty("arguments")[0]));
        }
    }
}
