using System.Diagnostics;
using System.Globalization;
using Gamification.Journal;
using Gamification.Storage.Postgres;
using Gamification.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Gamification.LoadTests.Benchmarks;

/// <summary>
/// What the journal can take: a closed loop of actors that append one entry with a key, each as soon as the last was answered.
/// <c>bench journal [sqlite|postgres] [--seconds 10] [--partitions 1] [--payload 400] [--replays 0]</c>; PostgreSQL at <c>GAMIFICATION_POSTGRES</c>.
/// </summary>
public static class JournalBenchmarks
{
    public static async Task<int> Run(string[] args)
    {
        var settings = Settings.Parse(args);
        Console.WriteLine(
            $"journal: {settings.Payload}-byte payloads with a key, {settings.Partitions} partition(s), {settings.Replays} % replays, {settings.Seconds} s each, {Environment.ProcessorCount} cores");
        Console.WriteLine($"{"database",-10} {"actors",6} {"appends/s",10} {"p50 ms",8} {"p99 ms",8} {"batch",6} {"client µs",10} {"server µs",10}");
        foreach (var database in settings.Databases)
        {
            foreach (var actors in settings.Actors)
                await (database == "sqlite" ? Sqlite(settings, actors) : Postgres(settings, actors));
        }

        return 0;
    }

    private static async Task Sqlite(Settings settings, int actors)
    {
        var folder = Directory.CreateTempSubdirectory("journal-bench-").FullName;
        try
        {
            await using var storage = new SqliteJournalStorage(Path.Combine(folder, "journal.db"));
            await Measure("sqlite", storage, settings, actors, () => TimeSpan.Zero);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task Postgres(Settings settings, int actors)
    {
        var given = Environment.GetEnvironmentVariable("GAMIFICATION_POSTGRES");
        if (given is null)
        {
            Console.WriteLine("postgres: GAMIFICATION_POSTGRES names no server.");
            return;
        }

        var name = $"journal_bench_{Environment.ProcessId}_{actors}";
        await using var server = NpgsqlDataSource.Create(given);
        await Run(server, $"create database {name}");
        await using (var database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(given) { Database = name, Pooling = true }.ToString()))
        {
            await using var storage = await PostgresJournalStorage.Open(database);
            var postmaster = await Postmaster(server);
            await Measure("postgres", storage, settings, actors, () => ServerCpu(postmaster));
        }

        await Run(server, $"drop database {name} with (force)");
    }

    private static async Task Measure(string name, IJournalStorage storage, Settings settings, int actors, Func<TimeSpan> serverCpu)
    {
        var commits = new Counting();
        using var journal = new JournalWriter(
            storage, new() { Partitions = [.. Enumerable.Range(0, settings.Partitions)] }, TimeProvider.System, NullLogger<JournalWriter>.Instance, commits);
        using var stop = new CancellationTokenSource();
        var loops = journal.Partitions.Select(partition => Task.Run(() => journal.Run(partition, stop.Token))).ToArray();

        var run = new Load { Journal = journal, Payload = Payload(settings.Payload), Replays = settings.Replays };
        var looping = Enumerable.Range(0, actors).Select(actor => Task.Run(() => Loop(run, actor))).ToArray();
        await Task.Delay(TimeSpan.FromSeconds(Math.Max(1, settings.Seconds / 5.0)));

        var (client, server, since, before) = (Process.GetCurrentProcess().TotalProcessorTime, serverCpu(), Stopwatch.GetTimestamp(), commits.Count);
        Volatile.Write(ref run.Measuring, true);
        await Task.Delay(TimeSpan.FromSeconds(settings.Seconds));
        Volatile.Write(ref run.Measuring, false);
        var (elapsed, clientUsed, serverUsed, batches) =
            (Stopwatch.GetElapsedTime(since), Process.GetCurrentProcess().TotalProcessorTime - client, serverCpu() - server, commits.Count - before);

        Volatile.Write(ref run.Ended, true);
        var latencies = (await Task.WhenAll(looping)).SelectMany(each => each).Order().ToArray();
        await stop.CancelAsync();
        await Task.WhenAll(loops);

        var count = latencies.Length;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-10} {actors,6} {count / elapsed.TotalSeconds,10:N0} {Percentile(0.5),8:0.00} {Percentile(0.99),8:0.00} {(double)count / batches,6:0} {clientUsed.TotalMicroseconds / count,10:0.0} {serverUsed.TotalMicroseconds / count,10:0.0}"));

        double Percentile(double share) => Stopwatch.GetElapsedTime(0, latencies[(int)(share * (count - 1))]).TotalMilliseconds;
    }

    private static async Task<List<long>> Loop(Load run, int actor)
    {
        var random = new Random(actor);
        var id = new ActorId("bench", "member", new Guid(actor, 17, 4, 1, 2, 3, 4, 5, 6, 7, 8).ToString("N"));
        List<long> latencies = [];
        BusinessKey key = default;
        for (var version = 0L; !Volatile.Read(ref run.Ended);)
        {
            if (version == 0 || random.Next(100) >= run.Replays)
                key = new(202611, NewDigest(random), NewDigest(random));
            var since = Stopwatch.GetTimestamp();
            var outcome = await run.Journal.Append(new()
            {
                Actor = id,
                ExpectedVersion = version,
                Entries = [new NewEntry("receipt.posted", run.Payload, key)],
                Snapshot = version % 32 == 31 ? run.Payload : null,
            });
            if (Volatile.Read(ref run.Measuring))
                latencies.Add(Stopwatch.GetTimestamp() - since);
            if (outcome is AppendOutcome.Appended)
                version++;
            else if (outcome is not AppendOutcome.KeyTaken)
                throw new InvalidOperationException($"{outcome}");
        }

        return latencies;
    }

    private static Guid NewDigest(Random random)
    {
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes);
        return new(bytes);
    }

    private static byte[] Payload(int size)
    {
        var payload = new byte[size];
        for (var i = 0; i < size; i++)
            payload[i] = (byte)('a' + (i * 7 % 26));
        return payload;
    }

    private static async Task Run(NpgsqlDataSource server, string sql)
    {
        await using var command = server.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The process above ours in the server, when it runs on this machine; 0 when it does not show.</summary>
    private static async Task<int> Postmaster(NpgsqlDataSource server)
    {
        await using var command = server.CreateCommand("select pg_backend_pid()");
        var backend = (int)(await command.ExecuteScalarAsync())!;
        return ReadStat(backend) is { } stat ? int.Parse(stat[1], CultureInfo.InvariantCulture) : 0;
    }

    /// <summary>User and system time of the server and all its processes, ended ones included.</summary>
    private static TimeSpan ServerCpu(int postmaster)
    {
        if (postmaster == 0 || ReadStat(postmaster) is not { } main)
            return TimeSpan.Zero;

        var ticks = Ticks(main, 11, 4);
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) && ReadStat(id) is { } stat
                && stat[1] == postmaster.ToString(CultureInfo.InvariantCulture))
                ticks += Ticks(stat, 11, 2);
        }

        return TimeSpan.FromMilliseconds(ticks * 10);

        static long Ticks(string[] stat, int from, int count) => stat.Skip(from).Take(count).Sum(text => long.Parse(text, CultureInfo.InvariantCulture));
    }

    /// <summary>The fields of /proc/id/stat after the name, so that the parent is [1] and user time [11].</summary>
    private static string[]? ReadStat(int process)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{process}/stat");
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null;
        }
    }

    private sealed class Load
    {
        public bool Measuring;

        public bool Ended;

        public required JournalWriter Journal { get; init; }

        public required byte[] Payload { get; init; }

        public required int Replays { get; init; }
    }

    private sealed class Counting : ICommitObserver
    {
        private long _count;

        public long Count => Volatile.Read(ref _count);

        public void Committed(int partition, long previousSeq, long toSeq, IReadOnlyList<CommittedAppend> appends) => Interlocked.Increment(ref _count);
    }

    private sealed record Settings(string[] Databases, int[] Actors, int Seconds, int Partitions, int Payload, int Replays)
    {
        public static Settings Parse(string[] args)
        {
            var named = args.Where(arg => arg is "sqlite" or "postgres").ToArray();
            var actors = Number("--actors", 0);
            return new(
                named.Length == 0 ? ["sqlite", "postgres"] : named,
                actors == 0 ? [64, 4_000] : [actors],
                Number("--seconds", 10),
                Number("--partitions", 1),
                Number("--payload", 400),
                Number("--replays", 0));

            int Number(string name, int otherwise) =>
                Array.IndexOf(args, name) is >= 0 and var at ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : otherwise;
        }
    }
}
