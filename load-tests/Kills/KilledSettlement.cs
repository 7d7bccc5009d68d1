using System.Globalization;
using Gamification.Challenges;
using Gamification.Journal;
using Gamification.LoadTests.Benchmarks;
using Gamification.Members;
using Gamification.Rules.Challenges;
using Gamification.Rules.Challenges.Settlement;
using Gamification.Silo.Engine;

namespace Gamification.LoadTests.Kills;

/// <summary>
/// A settlement whose process is killed with SIGKILL again and again, at moments that a seed draws, and started again on the same files. After each death the
/// certificate, once there is one, is verified against the archive, and no account has a prize twice; in the end each has its own, and the journal is proved.
/// </summary>
internal static class KilledSettlement
{
    /// <summary>A life passes at most so many moments: fewer than the smallest settlement has.</summary>
    private const int MomentsMax = 24;

    /// <summary>Where it died, in order. Throws <see cref="InvalidOperationException"/> when something does not hold.</summary>
    public static async Task<IReadOnlyList<string>> Run(string folder, int members, int kills, int seed, TextWriter told)
    {
        var (random, deaths, options) = (new Random(seed), new List<string>(), WinningShop.OptionsOf(folder));
        await WinningShop.InEngine(options, (services, storage) => WinningShop.Fill(services, storage, WinningShop.Members(members)));
        while (true)
        {
            var died = await Life.Lead(folder, deaths.Count < kills ? random.Next(1, MomentsMax) : int.MaxValue, random.Next());
            var (received, state) = await Check(options, members, isOver: died is null);
            await told.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  {died ?? "settled"}: {state}, {received:N0} prizes in accounts"));
            if (died is null) break;
            deaths.Add(died);
        }

        if (await Maintenance.Verify(options, TextWriter.Null) != 0) throw new InvalidOperationException("The journal does not hold.");
        return deaths;
    }

    private static async Task<(int Received, string State)> Check(EngineOptions options, int members, bool isOver)
    {
        await using var storage = await EngineStorage.Open(options);
        var (run, received) = (ChallengeRun.Empty, new HashSet<(ActorId, string)>());
        await foreach (var stored in storage.Journal.ReadAll(CancellationToken.None))
        {
            if (stored.Actor == WinningShop.Id.Actor) run = run.Apply(RunForm.Json.Read(stored)!);
            else if (stored.Type == PrizeReceived.Type && AccountEntryJson.Read(stored) is PrizeReceived prize && !received.Add((stored.Actor, prize.Prize.Cause)))
                throw new InvalidOperationException($"{stored.Actor} has {prize.Prize.Cause} twice.");
        }

        if (run.Certificate is { } certificate)
        {
            var findings = CertificateCheck.Verify(certificate, certificate.Hash(), run.Challenge!, await Chunks(storage, StoredPart.Standings), await Chunks(storage, StoredPart.Prizes));
            if (!findings.IsEmpty) throw new InvalidOperationException($"The certificate does not hold: {string.Join(' ', findings)}");
            if (certificate.Won != members) throw new InvalidOperationException($"{certificate.Won} prizes were certified for {members} members.");
        }

        if (isOver && (received.Count != members || run.Received != members || run.SettledAt == 0))
            throw new InvalidOperationException($"{received.Count} prizes of {members} are in accounts, {run.Received} recorded.");
        return (received.Count, run.Certificate is null ? run.IsClosed ? "closed" : "open" : string.Create(CultureInfo.InvariantCulture, $"certificate verified, {run.PostedThrough} windows recorded"));
    }

    private static async Task<List<byte[]>> Chunks(EngineStorage storage, StoredPart part)
    {
        var chunks = new List<byte[]>();
        while (await storage.Challenges.ReadChunk(WinningShop.Id, part, chunks.Count, CancellationToken.None) is { } chunk) chunks.Add(chunk.ToArray());
        return chunks;
    }
}
