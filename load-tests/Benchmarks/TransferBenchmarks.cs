using System.Diagnostics;
using System.Globalization;
using Gamification.Journal;
using Gamification.Programmes;
using Gamification.Silo.Engine;
using Gamification.Silo.Engine.Transfer;
using Gamification.Storage;

namespace Gamification.LoadTests.Benchmarks;

/// <summary>
/// How fast a deployment moves, and what memory it takes: the journal of a stopped one, many times over, is exported and imported.
/// <c>bench transfer FOLDER [times over 20] [a PostgreSQL connection to an empty database]</c>; without the connection it moves to SQLite.
/// An import ends when what was stored has been read back and compared; projections and the proof of ledgers are not in it.
/// </summary>
public static class TransferBenchmarks
{
    private const int Chunk = 2_000;

    public static async Task<int> Run(string[] args)
    {
        if (args.Length == 0) throw new UsageException("Name the data folder of an engine that is stopped.");
        var (source, times) = (args[0], args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 20);
        var folder = Directory.CreateTempSubdirectory("transfer-bench-").FullName;
        try
        {
            var (grown, target, file) = (Path.Combine(folder, "grown"), Path.Combine(folder, "target"), Path.Combine(folder, "stream"));
            foreach (var each in (string[])[grown, target])
            {
                Directory.CreateDirectory(each);
                File.Copy(Path.Combine(source, "secret.key"), Path.Combine(each, "secret.key"));
            }

            var entries = await Grow(source, grown, times);
            var to = new EngineOptions { DataFolder = target, Postgres = args.ElementAtOrDefault(2), Programmes = [Bench("demo")] };
            await using (var output = File.Create(file)) await Time("export", entries, () => Export.Run(new() { DataFolder = grown, Programmes = [] }, output, TextWriter.Null));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{new FileInfo(file).Length / (double)entries:N0} bytes an entry in the stream"));
            await using (var input = File.OpenRead(file)) await Time("import", entries, () => Import.Fill(to, input, TextWriter.Null));
            if (to.Postgres is not null) await Time("export from PostgreSQL", entries, () => Export.Run(to, Stream.Null, TextWriter.Null));
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task Time(string what, long entries, Func<Task> work)
    {
        var clock = Stopwatch.StartNew();
        await work();
        using var process = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{what,-24} {entries:N0} entries in {clock.Elapsed.TotalSeconds:N1} s: {entries / clock.Elapsed.TotalSeconds:N0} a second; {process.PeakWorkingSet64 >> 20} MB at most so far"));
    }

    /// <summary>The same facts again and again, each time of other actors under other keys.</summary>
    private static async Task<long> Grow(string source, string grown, int times)
    {
        await using var from = await EngineStorage.Open(new() { DataFolder = source, Programmes = [] });
        await using var into = await EngineStorage.Open(new() { DataFolder = grown, Programmes = [] });
        List<TransferRow> rows = [];
        long seq = 0, chunks = 0;
        var at = DateTimeOffset.UnixEpoch;
        for (var copy = 0; copy < times; copy++)
        {
            await foreach (var entry in from.JournalCopy.Entries(CancellationToken.None))
            {
                var stored = entry.Stored;
                at = stored.RecordedAt > at ? stored.RecordedAt : at;
                rows.Add(new TransferRow.Entry(stored with { Partition = 0, Seq = ++seq, RecordedAt = at, Actor = stored.Actor with { Key = $"{copy:x4}{stored.Actor.Key}" } }, Other(entry.Key, copy)));
                if (rows.Count == Chunk) await Flush();
            }
        }

        rows.Add(new TransferRow.Head(0, seq, at));
        await Flush();
        await into.JournalCopy.Finish();
        return seq;

        async Task Flush()
        {
            await into.JournalCopy.Store(rows, new(++chunks, new byte[32]));
            rows.Clear();
        }
    }

    private static BusinessKey? Other(BusinessKey? key, int copy)
    {
        if (key is not { } taken) return null;
        var digest = taken.Digest.ToByteArray();
        digest[0] ^= (byte)copy;
        digest[1] ^= (byte)(copy >> 8);
        return taken with { Digest = new(digest) };
    }

    private static ProgrammeSettings Bench(string id) => new() { Id = id, Name = id, Currency = "EUR", TimeZone = "Europe/Brussels", Stores = [] };
}
