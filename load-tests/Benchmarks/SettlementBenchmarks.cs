using System.Diagnostics;
using System.Security.Cryptography;
using Gamification.Challenges;
using Gamification.Programmes.Earning;
using Gamification.Recognition;
using Gamification.Rules.Challenges;
using Gamification.Rules.Challenges.Settlement;

namespace Gamification.LoadTests.Benchmarks;

/// <summary>
/// Bringing a run to its end, on one thread: order, slots and ranks, the prize list, the canonical texts and their hashes, and working all of it out again from
/// the texts. Half of the participants reach the goal and win; scores are few, so that ties are long. Nothing is stored here.
/// </summary>
internal static class SettlementBenchmarks
{
    public static void Run(string[] args)
    {
        int[] sizes = args.Length == 0 ? [1_000_000] : [.. args.Select(arg => int.Parse(arg, null))];
        foreach (var size in sizes)
        {
            Measure(size);
            Measure(size);
        }
    }

    private static void Measure(int size)
    {
        var random = new Random(size);
        var id = new ChallengeRunId("demo", "settlement", 1);
        var challenge = new Challenge
        {
            Id = "settlement",
            Version = 1,
            Name = new("c", "c", "c"),
            Window = new() { From = new(2026, 11, 30), Until = new(2026, 12, 7) },
            Goal = new CountGoal(new() { On = [EarningEvent.Visit] }, 50),
            Beyond = true,
            Prizes = new() { Completion = new() { Points = 10 }, Ranks = [new(10, new() { Points = 500 })] },
        };
        var run = ChallengeRun.Empty.Apply(new RunEntry.Drafted(challenge, "b", 1)).Apply(new RunEntry.Scheduled("Europe/Brussels", [], [], "b", 1)).Apply(new RunEntry.Closed([new(0, 1)], 2));
        var finals = new FinalRow[size];
        Span<byte> bytes = stackalloc byte[16];
        for (var at = 0; at < size; at++)
        {
            random.NextBytes(bytes);
            var score = random.Next(1, 100);
            finals[at] = new(new Guid(bytes), 0, score, random.NextInt64(1_796_000_000_000, 1_796_600_000_000), score >= 50 ? random.NextInt64(1_796_000_000_000, 1_796_600_000_000) : 0);
        }

        Console.WriteLine($"settlement of {size:N0} participants");
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var total = Stopwatch.StartNew();
        var watch = Stopwatch.StartNew();
        var freezing = Freezing.Of(id, run, finals);
        Report("standings and prize list", watch, $"{freezing.Standings.Rows.Length:N0} rows, {freezing.Prizes.Won.Count:N0} prizes");
        watch.Restart();
        var held = GC.GetTotalMemory(forceFullCollection: true) - before;
        total.Stop();
        Console.WriteLine($"  held by standings and prizes   {held / 1048576.0,8:N0} MB, {held / (double)size:N0} B a participant");
        total.Start();
        watch.Restart();
        using var standings = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var prizes = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (written, texts) = (0L, new List<byte[]>[] { [], [] });
        foreach (var (isPrizes, _, text) in freezing.Chunks())
        {
            (isPrizes ? prizes : standings).AppendData(text);
            texts[isPrizes ? 1 : 0].Add(text);
            written += text.Length;
        }

        var certificate = freezing.Certify(standings.GetHashAndReset(), prizes.GetHashAndReset());
        Report("texts and hashes", watch, $"{written / 1048576.0:N0} MB of text");
        Report("freeze, hash, prize list in all", total, certificate.Hash()[..16]);
        watch.Restart();
        var findings = CertificateCheck.Verify(certificate, certificate.Hash(), challenge, texts[0], texts[1]);
        Report("verify", watch, findings.IsEmpty ? "sound" : string.Join(' ', findings));
        Console.WriteLine($"  peak of the process            {Process.GetCurrentProcess().PeakWorkingSet64 / 1048576.0,8:N0} MB");
    }

    private static void Report(string name, Stopwatch watch, string what) => Console.WriteLine($"  {name,-30} {watch.Elapsed.TotalSeconds,8:N2} s  {what}");
}
