using System.Net;
using System.Net.Sockets;
using System.Text;
using Gamification.LoadTests;

namespace Gamification.Tests;

public sealed class RawHttpTests : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<string> _requests = [];
    private int _connections;

    [Fact]
    public async Task Responses_of_either_framing_are_read_on_one_connection()
    {
        var serving = Serve(
        [
            "HTTP/1.1 201 Created\r\nContent-Length: 5\r\n\r\nhello",
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4\r\nwiki\r\nA;x=y\r\n0123456789\r\n0\r\n\r\n",
            "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 7\r\nContent-Length: 0\r\n\r\n",
            "HTTP/1.1 204 No Content\r\n\r\n",
        ]);
        using var http = Client();

        Assert.Equal((201, "hello"), Answer(Send(http, "one")));
        Assert.Equal((200, "wiki0123456789"), Answer(Send(http, "two")));
        var busy = Send(http, "three");
        Assert.Equal((503, ""), Answer(busy));
        Assert.Equal(TimeSpan.FromSeconds(7), busy.RetryAfter);
        Assert.Equal((204, ""), Answer(Send(http, "four")));

        await serving;
        Assert.Equal(1, _connections);
        Assert.Equal(
            $"POST /path?x=1 HTTP/1.1\r\nHost: {Authority}\r\nAuthorization: Bearer key\r\nContent-Type: text/plain\r\n"
            + "Content-Length: 3\r\n\r\none",
            _requests[0]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Le")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\npart")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\npart\r\n5\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\n\r\nwithout an end")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nmore than one")]
    [InlineData("SSH-2.0-OpenSSH\r\n")]
    public async Task A_response_that_is_not_whole_is_a_drop_and_the_next_request_connects_again(string broken)
    {
        var serving = Serve([broken, null, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"]);
        using var http = Client();

        var reply = Send(http, "one");
        Assert.Equal((Delivery.Dropped, 0), (reply.Delivery, reply.Status));
        if (broken.EndsWith("part", StringComparison.Ordinal)) Assert.Equal("part", Encoding.ASCII.GetString(reply.Body.Span));
        Assert.Equal((200, "ok"), Answer(Send(http, "two")));

        await serving;
        Assert.Equal(2, _connections);
    }

    [Fact]
    public async Task A_server_that_closes_after_its_answer_is_no_drop()
    {
        var serving = Serve(
        [
            "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok",
            null,
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
        ]);
        using var http = Client();

        Assert.Equal((200, "ok"), Answer(Send(http, "one")));
        Assert.Equal((200, "ok"), Answer(Send(http, "two")));
        await serving;
    }

    [Fact]
    public void Silence_is_a_timeout()
    {
        _listener.Start();
        using var http = new RawHttp(Origin, TimeSpan.FromMilliseconds(100));

        Assert.Equal(Delivery.TimedOut, Send(http, "one").Delivery);
    }

    [Fact]
    public void Nobody_there_is_unreachable()
    {
        _listener.Start();
        var origin = Origin;
        _listener.Stop();
        using var http = new RawHttp(origin, TimeSpan.FromSeconds(5));

        Assert.Equal(Delivery.Unreachable, http.Send(RawHttp.Head("GET", origin)).Delivery);
    }

    public void Dispose() => _listener.Dispose();

    private string Authority => $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    private Uri Origin => new($"http://{Authority}");

    private RawHttp Client() => new(Origin, TimeSpan.FromSeconds(10));

    private Reply Send(RawHttp http, string body) =>
        http.Send(RawHttp.Head("POST", new(Origin, "/path?x=1"), "key", "text/plain"), Encoding.ASCII.GetBytes(body));

    private static (int Status, string Body) Answer(Reply reply)
    {
        Assert.Equal(Delivery.Answered, reply.Delivery);
        return (reply.Status, Encoding.ASCII.GetString(reply.Body.Span));
    }

    /// <summary>Gives one response a request, word for word; null closes the connection.</summary>
    private Task Serve(string?[] responses)
    {
        _listener.Start();
        return Task.Run(async () =>
        {
            TcpClient? client = null;
            foreach (var response in responses)
            {
                if (response is null)
                {
                    client!.Dispose();
                    client = null;
                    continue;
                }

                if (client is null)
                {
                    client = await _listener.AcceptTcpClientAsync();
                    _connections++;
                }

                var buffer = new byte[4096];
                _requests.Add(Encoding.ASCII.GetString(buffer, 0, await client.GetStream().ReadAsync(buffer)));
                await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(response));
            }

            client?.Dispose();
        });
    }
}
