using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;

namespace Gamification.Tests.Live;

public sealed class SharedBytesTests
{
    private const string Topic = "board/programme/week/points";
    private const int Viewers = 200;

    [Fact]
    public async Task A_message_is_serialized_once_however_many_read_it()
    {
        var protocol = new CountingProtocol();
        await using var server = await LiveServer.Start(more: services => services.AddSingleton<IHubProtocol>(protocol));
        await server.Week.Publish((1, 10));
        var viewers = new List<LiveClient>();
        for (var viewer = 0; viewer < Viewers; viewer++)
        {
            viewers.Add(await server.Connect());
            await viewers[^1].Subscribe(Topic);
            await viewers[^1].Next("snapshot");
        }

        Assert.Equal(1, protocol.Serialized);

        server.Clock.Advance(TimeSpan.FromMilliseconds(100));
        await server.Week.Publish((1, 20));
        foreach (var viewer in viewers) await viewer.Next("delta");

        Assert.Equal(2, protocol.Serialized);
    }

    /// <summary>JSON, counting the pushes that are turned into bytes.</summary>
    private sealed class CountingProtocol : IHubProtocol
    {
        private readonly JsonHubProtocol _json = new();
        private int _serialized;

        public int Serialized => Volatile.Read(ref _serialized);

        public string Name => _json.Name;

        public int Version => _json.Version;

        public TransferFormat TransferFormat => _json.TransferFormat;

        public bool IsVersionSupported(int version) => _json.IsVersionSupported(version);

        public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message)
        {
            Count(message);
            return _json.GetMessageBytes(message);
        }

        public void WriteMessage(HubMessage message, IBufferWriter<byte> output)
        {
            Count(message);
            _json.WriteMessage(message, output);
        }

        public bool TryParseMessage(ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message) =>
            _json.TryParseMessage(ref input, binder, out message);

        private void Count(HubMessage message)
        {
            if (message is InvocationMessage) Interlocked.Increment(ref _serialized);
        }
    }
}
