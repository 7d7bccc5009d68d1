using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Gamification.Tests.Redis;

/// <summary>
/// A real redis-server of one test, on a free port of the loopback, that can be killed and started again. It keeps nothing. Where the program
/// is not installed the test is skipped by name, except where <c>CI=true</c> makes that a failure.
/// </summary>
internal sealed class RedisServer : IAsyncDisposable
{
    // The shell's standard input ends with the tests, and the server with it.
    private const string Script = """"redis-server --bind 127.0.0.1 --port "$1" --save '' --appendonly no --daemonize no --dir /tmp >/dev/null & server=$!; read -r _ || true; kill -9 $server"""";

    private Process? _shell;

    public int Port { get; } = FreePort();

    public string Connection => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port}");

    public static async Task<RedisServer> Start()
    {
        if (!(Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, "redis-server"))))
        {
            const string missing = "redis-server is not installed here.";
            if (Environment.GetEnvironmentVariable("CI") == "true") Assert.Fail(missing);
            Assert.Skip(missing);
        }

        var server = new RedisServer();
        await server.Launch();
        return server;
    }

    /// <summary>Starts it, again after a kill, and returns once it takes connections.</summary>
    public async Task Launch()
    {
        _shell = Process.Start(new ProcessStartInfo("sh", ["-c", Script, "sh", Port.ToString(CultureInfo.InvariantCulture)])
        {
            UseShellExecute = false, RedirectStandardInput = true,
        })!;
        await Eventually.Holds(async () =>
        {
            using var probe = new TcpClient();
            try
            {
                await probe.ConnectAsync(IPAddress.Loopback, Port);
                return true;
            }
            catch (SocketException)
            {
                return false;
            }
        });
    }

    /// <summary>With -9, and returns once it is gone.</summary>
    public async Task Kill()
    {
        if (_shell is not { } shell) return;
        shell.StandardInput.Close();
        await shell.WaitForExitAsync();
        shell.Dispose();
        _shell = null;
    }

    public async ValueTask DisposeAsync() => await Kill();

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
