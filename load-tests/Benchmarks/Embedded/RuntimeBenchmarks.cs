using System.Diagnostics;
using System.Globalization;
using Gamification.Runtime.Hosting;

namespace Gamification.LoadTests.Benchmarks;

/// <summary>
/// What the embedded host costs without any work inside the grains: closed loops, each run measured for some seconds after a warm-up. The
/// figures are of the machine at that moment; compare ratios.
/// </summary>
public static class RuntimeBenchmarks
{
    private const int Grains = 1_000;
    private const int Callers = 256;

    /// <summary>Runs all, or those whose names contain the first argument. A second argument is the seconds to measure each.</summary>
    public static async Task<int> Run(string[] args)
    {
        var only = args.ElementAtOrDefault(0) ?? "";
        var measured = TimeSpan.FromSeconds(double.Parse(args.ElementAtOrDefault(1) ?? "3", CultureInfo.InvariantCulture));
        (string Name, Func<TimeSpan, Task> Measure)[] all =
        [
            ("outside-many", span => FromOutside($"calls from outside over {Grains:N0} grains (ValueTask)", Grains, span)),
            ("outside-hot", span => FromOutside("calls from outside to one hot grain (ValueTask)", 1, span)),
            ("outside-task", span => FromOutside($"calls from outside over {Grains:N0} grains (Task)", Grains, span, asTask: true)),
            ("inside-many", span => FromInside($"calls between grains over {Grains:N0} grains", Grains, span)),
            ("inside-hot", span => FromInside("calls between grains to one hot grain", 1, span)),
            ("suspending", Suspending),
            ("activations", Activations),
            ("memory", _ => Memory()),
        ];

        Console.WriteLine($"{Environment.ProcessorCount} processors, {(GCSettings)}, .NET {Environment.Version}");
        foreach (var (name, measure) in all)
            if (name.Contains(only, StringComparison.Ordinal)) await measure(measured);
        return 0;
    }

    private static string GCSettings => System.Runtime.GCSettings.IsServerGC ? "server GC" : "workstation GC";

    private static ActorHost NewHost() => ActorHost.Create(options => options.Grains.AddRange([typeof(EchoGrain), typeof(CallerGrain)]));

    private static async Task FromOutside(string name, int grains, TimeSpan span, bool asTask = false)
    {
        await using var host = NewHost();
        var targets = Enumerable.Range(0, grains).Select(i => host.Factory.GetGrain<IEchoGrain>($"echo-{i}")).ToArray();
        await Measure(name, span, (caller, stop) => asTask ? CallTasks(targets, caller, stop) : Call(targets, caller, stop));
    }

    private static async Task<long> Call(IEchoGrain[] targets, int caller, CancellationToken stop)
    {
        long calls = 0;
        for (var at = caller; !stop.IsCancellationRequested; at++, calls++) await targets[at % targets.Length].Echo(at);
        return calls;
    }

    private static async Task<long> CallTasks(IEchoGrain[] targets, int caller, CancellationToken stop)
    {
        long calls = 0;
        for (var at = caller; !stop.IsCancellationRequested; at++, calls++) await targets[at % targets.Length].EchoTask(at);
        return calls;
    }

    private static async Task FromInside(string name, int grains, TimeSpan span)
    {
        await using var host = NewHost();
        await Measure(name, span, (caller, stop) =>
            host.Factory.GetGrain<ICallerGrain>($"caller-{caller}").Call(grains, caller, new(stop)).AsTask());
    }

    private static async Task Suspending(TimeSpan span)
    {
        await using var host = NewHost();
        var targets = Enumerable.Range(0, Grains).Select(i => host.Factory.GetGrain<IEchoGrain>($"echo-{i}")).ToArray();
        await Measure("calls from outside whose method yields once", span, async (caller, stop) =>
        {
            long calls = 0;
            for (var at = caller; !stop.IsCancellationRequested; at++, calls++) await targets[at % targets.Length].EchoLater(at);
            return calls;
        });
    }

    private static async Task Activations(TimeSpan span)
    {
        await using var host = NewHost();
        await Measure("activations by a first call", span, async (caller, stop) =>
        {
            long calls = 0;
            for (; !stop.IsCancellationRequested; calls++) await host.Factory.GetGrain<IEchoGrain>($"{caller}-{calls}").Echo(1);
            return calls;
        });
    }

    private static async Task Memory()
    {
        const int Count = 500_000;
        await using var host = NewHost();
        var keys = Enumerable.Range(0, Count).Select(i => $"member-{i:D10}").ToArray();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        foreach (var batch in keys.Chunk(1_000))
            await Task.WhenAll(batch.Select(key => host.Factory.GetGrain<IEchoGrain>(key).Echo(1).AsTask()));
        var after = GC.GetTotalMemory(forceFullCollection: true);
        GC.KeepAlive(keys);
        Report("bytes per idle activation, without its key", $"{(after - before) / Count:N0} B", "");
    }

    private static async Task Measure(string name, TimeSpan span, Func<int, CancellationToken, Task<long>> loop)
    {
        foreach (var (length, isWarmUp) in new[] { (span / 3, true), (span, false) })
        {
            using var stop = new CancellationTokenSource();
            var cpu = Process.GetCurrentProcess().TotalProcessorTime;
            var allocated = GC.GetTotalAllocatedBytes();
            var clock = Stopwatch.StartNew();
            var loops = Enumerable.Range(0, Callers).Select(caller => Task.Run(() => loop(caller, stop.Token))).ToArray();
            stop.CancelAfter(length);
            var calls = (await Task.WhenAll(loops)).Sum();
            var seconds = clock.Elapsed.TotalSeconds;
            if (isWarmUp) continue;

            Report(
                name,
                $"{calls / seconds:N0}/s",
                $"{(Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalMicroseconds / calls:0.00} µs CPU, "
                + $"{(GC.GetTotalAllocatedBytes() - allocated) / calls:N0} B allocated each");
        }
    }

    private static void Report(string name, string figure, string cost) => Console.WriteLine($"{name,-62} {figure,15}  {cost}");
}

public interface IEchoGrain : IGrainWithStringKey
{
    ValueTask<int> Echo(int value);

    Task<int> EchoTask(int value);

    ValueTask<int> EchoLater(int value);
}

public sealed class EchoGrain : Grain, IEchoGrain
{
    public ValueTask<int> Echo(int value) => new(value);

    public Task<int> EchoTask(int value) => Task.FromResult(value);

    public async ValueTask<int> EchoLater(int value)
    {
        await Task.Yield();
        return value;
    }
}

/// <summary>A token that is looked at, and that does not cancel the call itself.</summary>
public readonly record struct StopSignal(CancellationToken Token);

public interface ICallerGrain : IGrainWithStringKey
{
    [ResponseTimeout("01:00:00")]
    ValueTask<long> Call(int grains, int first, StopSignal stop);
}

public sealed class CallerGrain : Grain, ICallerGrain
{
    public async ValueTask<long> Call(int grains, int first, StopSignal stop)
    {
        var targets = Enumerable.Range(0, grains).Select(i => GrainFactory.GetGrain<IEchoGrain>($"echo-{i}")).ToArray();
        long calls = 0;
        for (var at = first; !stop.Token.IsCancellationRequested; at++, calls++) await targets[at % targets.Length].Echo(at);
        return calls;
    }
}
