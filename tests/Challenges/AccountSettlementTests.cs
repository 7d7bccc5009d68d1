using System.Collections.Immutable;
using Gamification.Challenges;
using Gamification.Journal;
using Gamification.Members;
using Gamification.Programmes;
using Gamification.Programmes.Earning;
using Gamification.Rules;
using Gamification.Rules.Challenges;
using Gamification.Rules.Challenges.Settlement;
using Gamification.Tests.Journal;
using Gamification.Tests.Rules;
using Gamification.Tests.Rules.Challenges;
using Gamification.Tests.Rules.Earning;

namespace Gamification.Tests.Challenges;

/// <summary>
/// Settlement into real accounts: members buy and bring back, the engine is killed at random points until nothing is left to kill, and then every account
/// has its prizes once, every ledger adds up, and the certificate holds.
/// </summary>
public sealed class AccountSettlementTests(ITestOutputHelper output)
{
    private const int Seeds = 20;
    private const int Members = 60;
    private static readonly ProgrammeSettings Programme = Receipts.Programme() with { Earning = Books.Document(Books.Base) };

    private static readonly Challenge TwoSales = Contests.Of(new CountGoal(Contests.On(EarningEvent.Sale), 2)) with
    {
        Window = new() { From = Contests.Monday, Until = Contests.Monday.AddDays(1), GraceHours = 2 },
        Prizes = new() { Completion = Contests.Points(10), Ranks = [new(3, Contests.Points(100))] },
    };

    [Fact]
    public void Killed_at_twenty_random_points_every_account_has_its_prizes_once()
    {
        var deaths = new List<string>();
        for (var seed = 1; seed <= Seeds; seed++) deaths.AddRange(Run(seed));
        output.WriteLine($"{Seeds} seeds, {deaths.Count} deaths: {string.Join(", ", deaths.GroupBy(death => death).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => $"{group.Key} {group.Count()}"))}");
        Assert.True(deaths.Count >= 20, $"only {deaths.Count} deaths");
        foreach (var point in (string[])["before prize.received", "after prize.received"]) Assert.Contains(point, deaths);
    }

    private static List<string> Run(int seed)
    {
        var random = new Random(seed);
        var contest = new MortalContest(seed, TwoSales, Programme);
        contest.Run(
            async engine =>
            {
                for (var member = 1; member <= Members; member++) await Buy(engine, member, random);
            },
            () => random.Next(1, 12),
            async () => Check(seed, contest.Journal, await Chunks(StoredPart.Standings), await Chunks(StoredPart.Prizes)));
        return contest.Deaths;

        async Task<ImmutableArray<byte[]>> Chunks(StoredPart part)
        {
            var chunks = ImmutableArray.CreateBuilder<byte[]>();
            while (await contest.Storage.ReadChunk(MortalContest.Id, part, chunks.Count, default) is { } chunk) chunks.Add(chunk.ToArray());
            return chunks.DrainToImmutable();
        }
    }

    /// <summary>One to four receipts, some of which come back in whole or in part.</summary>
    private static async Task Buy(ChallengeHost engine, int member, Random random)
    {
        var account = engine.Grains.GetGrain<IMemberGrain>($"{Programme.Id}/{new MemberId(Contests.Key(member))}");
        for (var (number, count) = (0, random.Next(1, 5)); number < count; number++)
        {
            var at = MortalContest.Opens.AddMinutes(random.Next(1, 170));
            var sale = Receipts.Sale($"{member}-{number}", Receipts.Line("MILK", 2, random.Next(1, 9))).At(at);
            Assert.IsType<ReceiptOutcome.Recorded>(await account.Post(sale, at, held: false));
            if (random.Next(4) != 0) continue;
            var back = random.Next(2) == 0 ? Receipts.Void($"{member}-{number}-v", sale.Key) : Receipts.Return($"{member}-{number}-r", sale.Key, Receipts.Line("MILK", -1, sale.Lines[0].UnitPrice));
            Assert.IsType<ReceiptOutcome.Recorded>(await account.Post(back.At(at.AddMinutes(1)), at, held: false));
        }
    }

    private static void Check(int seed, FaultyJournalStorage journal, ImmutableArray<byte[]> standings, ImmutableArray<byte[]> prizes)
    {
        var run = journal.Stored.Where(entry => entry.Actor == MortalContest.Id.Actor).Select(entry => RunForm.Json.Read(entry)!).Aggregate(ChallengeRun.Empty, (state, entry) => state.Apply(entry));
        var findings = CertificateCheck.Verify(run.Certificate!, run.Certificate!.Hash(), run.Challenge!, standings, prizes);
        Assert.True(findings.IsEmpty, $"seed {seed}: {string.Join(' ', findings)}");
        Assert.Empty(CertificateCheck.VerifyTexts(run.Certificate.Text(), run.Certificate.Hash(), ChallengeDocument.Write(run.Challenge!), [.. standings.SelectMany(chunk => chunk)], [.. prizes.SelectMany(chunk => chunk)]));
        var (slots, received) = (new SlotHash(MortalContest.Id), new List<(Guid Slot, string Prize)>());
        foreach (var account in journal.Stored.Where(entry => entry.Actor.Kind == "member").GroupBy(entry => entry.Actor))
        {
            AccountEntry[] entries = [.. account.OrderBy(entry => entry.Version).Select(entry => AccountEntryJson.Read(entry)!)];
            received.AddRange(entries.OfType<PrizeReceived>().Select(prize => (slots.Of(Guid.Parse(account.Key.Key)), prize.Prize.Prize)));
            Assert.Empty(AccountProof.FaultsIn(entries, entries.Aggregate(AccountState.Empty, (state, entry) => state.Apply(entry))));

            // What counted is what stands: two sales make the goal.
            var sales = SaleHistory.Of(entries, Programme.NetSpend).Sales.Count(sale => sale.Counted);
            Assert.True(sales >= 2 == entries.OfType<PrizeReceived>().Any(prize => prize.Prize.Prize == "goal"), $"seed {seed}: {sales} sales stand");
        }

        var won = prizes.SelectMany(chunk => System.Text.Encoding.UTF8.GetString(chunk).Split('\n')[..^1]).Select(line => line.Split(' ')).Select(words => (Guid.ParseExact(words[1], "N"), words[2])).ToArray();
        Assert.True(won.Order().SequenceEqual(received.Order()), $"seed {seed}: {won.Length} prizes won, {received.Count} received");
    }
}
