using System.Net;
using Gamification.Api;
using Gamification.Api.Hosting;
using Microsoft.Extensions.Configuration;

namespace Gamification.Tests.Access;

public sealed class AdminCommandTests
{
    [Fact]
    public async Task A_command_that_names_no_server_asks_where_a_server_listens_that_was_told_no_port()
    {
        using var server = new Recorder();
        using var http = new HttpClient(server);

        Assert.Equal(0, await AdminCommands.Run(["keys", "list", "--token", "t"], http, TextWriter.Null, TextWriter.Null));

        var listens = ServerOptions.Read("all", new ConfigurationBuilder().Build()).Url;
        Assert.Equal(new Uri($"{listens}/v1/keys"), server.Asked);
        Assert.Contains(listens, AdminCommands.Usage, StringComparison.Ordinal);
    }

    private sealed class Recorder : HttpMessageHandler
    {
        public Uri? Asked { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked = request.RequestUri;
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK));
        }
    }
}
