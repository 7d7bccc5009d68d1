using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Gamification.Silo.Engine;
using Gamification.Tests.Conventions;
using Gamification.Tests.Parity;

namespace Gamification.Tests.Cluster;

/// <summary>A node as people run it, a process of its own, that can be killed, drained, or made to stand still.</summary>
internal sealed class NodeProcess : IDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _said = new();

    private NodeProcess(Process process, Uri? url)
    {
        (_process, Url) = (process, url);
        _process.OutputDataReceived += Hear;
        _process.ErrorDataReceived += Hear;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Where its edge listens; null without one.</summary>
    public Uri? Url { get; }

    public string Said => string.Join('\n', _said);

    /// <summary>A node without an edge, once it is in the cluster.</summary>
    /// <param name="programme">The programme's file; null for the demo's.</param>
    public static async Task<NodeProcess> Silo(string cluster, string folder, string connection, string? programme = null)
    {
        var node = Start("Gamification.Silo.dll", null, cluster, folder, connection, programme);
        await Eventually.Holds(() => node.IsUp() && node._said.Contains(SiloNode.Ready));
        return node;
    }

    /// <summary>A node with an edge, once it is ready for receipts.</summary>
    public static async Task<NodeProcess> Api(string cluster, string folder, string connection)
    {
        var url = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{ParityEngine.FreePort()}"));
        var node = Start("Gamification.Api.dll", url, cluster, folder, connection, programme: null, "all", "--urls", url.ToString());
        using var http = new HttpClient { BaseAddress = url };
        await Eventually.Holds(async () => node.IsUp() && await IsReady(http));
        return node;
    }

    public void Kill() => _process.Kill();

    /// <summary>SIGTERM: as systemd and containers ask a process to end.</summary>
    public void Drain() => Signal(15);

    /// <summary>SIGSTOP: it stands still until <see cref="Continue"/>, as on a machine that swaps or whose disk hangs.</summary>
    public void Pause() => Signal(19);

    public void Continue() => Signal(18);

    public async Task<int> Ended()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }

    private static NodeProcess Start(string program, Uri? url, string cluster, string folder, string connection, string? programme, params string[] more)
    {
        string[] arguments =
        [
            Path.Combine(AppContext.BaseDirectory, program), .. more, "--postgres", connection, "--data", folder, "--cluster", cluster,
            "--programme", programme ?? Path.Combine(SourceTree.Root, "silo", "Programmes", "demo.json"),
            "--silo-port", ParityEngine.FreePort().ToString(CultureInfo.InvariantCulture),
        ];
        return new(Process.Start(new ProcessStartInfo("dotnet", arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!, url);
    }

    private static async Task<bool> IsReady(HttpClient http)
    {
        try
        {
            using var answer = await http.GetAsync("/health/ready");
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private bool IsUp() => !_process.HasExited ? true : throw new EndOfStreamException($"The node ended without joining the cluster:\n{Said}");

    private void Hear(object sender, DataReceivedEventArgs heard)
    {
        if (heard.Data is { } line) _said.Enqueue(line);
    }

    private void Signal(int number) => Assert.Equal(0, kill(_process.Id, number));

    [DllImport("libc", ExactSpelling = true)]
    private static extern int kill(int process, int signal);
}
