using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Gamification.Challenges;
using Gamification.Programmes.Earning;
using Gamification.Rules.Challenges;
using Gamification.Rules.Challenges.Settlement;
using static Gamification.Tests.Rules.Challenges.Contests;

namespace Gamification.Tests.Rules.Challenges;

/// <summary>Spec §9, §10: the order, the ties, the prizes, and the certificate that anybody can check.</summary>
public sealed class SettlementTests(ITestOutputHelper output)
{
    private static readonly ChallengeRunId Id = new("demo", "c", 1);

    private static Challenge Ranked(params (int Through, long Points)[] ranks) => Of(new CountGoal(On(EarningEvent.Visit), 3)) with
    {
        Beyond = true, Prizes = new() { Ranks = [.. ranks.Select(rank => new RankPrize(rank.Through, Points(rank.Points)))] },
    };

    [Fact]
    public void Ranks_are_shared_and_ties_go_by_who_was_there_first()
    {
        var standings = FrozenStandings.Of(Id, new Individually(), [Row(1, 5, 30), Row(2, 9, 10), Row(3, 5, 20), Row(4, 0, 1), Row(5, 7, 5, hidden: true), Row(6, 2, 1)]);
        Assert.Equal([(2, 1), (5, 0), (3, 2), (1, 2), (6, 4)], Members(standings).Zip(standings.Rows.ToArray(), (member, row) => (member, row.Rank)));
    }

    [Fact]
    public void A_full_tie_is_split_by_the_slot_which_differs_from_run_to_run()
    {
        var rows = Enumerable.Range(1, 50).Select(member => Row(member, 5, 5)).ToArray();
        var first = Members(FrozenStandings.Of(Id, new Individually(), rows));
        Assert.Equal(first, Members(FrozenStandings.Of(Id, new Individually(), [.. rows.Reverse()])));
        Assert.NotEqual(first, Members(FrozenStandings.Of(Id with { Run = 2 }, new Individually(), rows)));

        // sha256 of "demo/c/1", a line feed and 32 hex digits: the same for ever.
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("demo/c/1\n" + Key(1).ToString("N")))[..16]), new SlotHash(Id).Of(Key(1)).ToString("N"));
    }

    [Theory]
    [InlineData(null, "1:10 2:7 3:7 4:5 5:5 6:5")]
    [InlineData(27L, "1:10 2:7 3:5 4:5")]
    [InlineData(39L, "1:10 2:7 3:7 4:5 5:5 6:5")]
    [InlineData(38L, "1:10 2:7 3:7 4:5")]
    [InlineData(29L, "1:10 2:7 3:7 4:5")]
    [InlineData(28L, "1:10 2:7 3:5 4:5")]
    public void All_who_share_the_last_paid_rank_win_if_the_budget_allows(long? budget, string expected)
    {
        // 2 and 3 share rank 2, 4 to 6 share rank 4: the last that is paid.
        var challenge = Ranked((1, 10), (2, 7), (4, 5));
        challenge = challenge with { Prizes = challenge.Prizes with { Budget = new(budget) } };
        Assert.Equal(expected, Prizes(challenge, SettlementKind.Ran, Row(1, 9, 1), Row(2, 8, 1), Row(3, 8, 2), Row(4, 7, 1), Row(5, 7, 2), Row(6, 7, 3), Row(7, 6, 1)));
    }

    [Fact]
    public void The_first_to_reach_the_goal_win_as_far_as_there_is_room()
    {
        var challenge = Of(new CountGoal(On(EarningEvent.Visit), 3)) with { Prizes = new() { Completion = Points(10), CompletionMax = 2 } };
        FinalRow[] rows = [Row(1, 3, 40, done: 40), Row(2, 3, 20, done: 20), Row(3, 2, 1), Row(4, 3, 30, done: 30)];
        Assert.Equal("2:10 4:10", Prizes(challenge, SettlementKind.Ran, rows));
        Assert.Equal("2:10", Prizes(challenge with { Prizes = challenge.Prizes with { Budget = new(19) } }, SettlementKind.Ran, rows));
        Assert.Equal("1:10 2:10 4:10", Prizes(challenge with { Prizes = new() { Completion = Points(10) } }, SettlementKind.Ran, rows));
    }

    [Fact]
    public void Whoever_wins_nothing_is_compensated_when_it_did_not_run_to_its_end()
    {
        var challenge = Ranked((1, 50)) with { Compensation = new(Points(4), 2) };
        FinalRow[] rows = [Row(1, 5, 1), Row(2, 3, 1), Row(3, 1, 1)];
        Assert.Equal("1:50", Prizes(challenge, SettlementKind.Ran, rows));
        Assert.Equal("1:50 2:4", Prizes(challenge, SettlementKind.EndedEarly, rows));
        Assert.Equal("1:4 2:4", Prizes(challenge, SettlementKind.Cancelled, rows));
        var reached = challenge with { Prizes = challenge.Prizes with { Completion = Points(7) } };
        Assert.Equal("1:7 2:4", Prizes(reached, SettlementKind.Cancelled, Row(1, 5, 1, done: 1), Row(2, 3, 1)));
    }

    [Fact]
    public void Groups_rank_by_what_their_members_brought_and_members_win_once()
    {
        var challenge = Ranked((1, 10)) with { Beyond = false, By = new StoreAgainstStore(["s1", "s2", "s3"], GroupScore.Sum, 2) };
        FinalRow[] tied = [Row(1, 4, 1), Row(2, 1, 9), Row(1, 3, 5, group: 1), Row(3, 2, 2, group: 1), Row(4, 1, 1, group: 2)];
        Assert.Equal([new(0, 1, 5, 9), new GroupRow(1, 1, 5, 5), new(2, 3, 1, 1)], FrozenStandings.Of(Id, challenge.By, tied).Groups.OrderBy(group => group.Group));
        Assert.Equal(1, FrozenStandings.Of(Id, challenge.By, tied).Groups[0].Group);
        Assert.Equal("1:10 3:10", Prizes(challenge, SettlementKind.Ran, tied));

        // Per member among those who brought at least 2: 4 against 2.5.
        var fair = challenge with { By = new StoreAgainstStore(["s1", "s2", "s3"], GroupScore.PerMember, 2) };
        Assert.Equal([new(0, 1, 4_000, 9), new GroupRow(1, 2, 2_500, 5)], FrozenStandings.Of(Id, fair.By, tied).Groups);
        Assert.Equal("1:10", Prizes(fair, SettlementKind.Ran, tied));
    }

    [Fact]
    public void Milestones_are_for_whoever_gave_enough()
    {
        var challenge = Of(new CountGoal(On(EarningEvent.Visit))) with { By = new Together([new(5), new(10, Points(3)), new(20, Points(9))], 2) };
        FinalRow[] rows = [Row(1, 8, 1), Row(2, 2, 1), Row(3, 1, 1)];
        Assert.Equal("1:3 2:3", Prizes(challenge, SettlementKind.Ran, [0, 1], rows));
        Assert.Equal("", Prizes(challenge, SettlementKind.Ran, [0], rows));
        Assert.Equal("1:12 2:12", Prizes(challenge, SettlementKind.Cancelled, [0, 1, 2], rows));
    }

    /// <summary>Drawn settlements: in any order of the rows the same certificate, within the budget, each prize once, and it verifies.</summary>
    [Fact]
    public void A_settlement_is_a_function_of_the_rows_keeps_its_budget_and_verifies()
    {
        var prizes = 0;
        for (var seed = 0; seed < 1_000; seed++)
        {
            var random = new Random(seed);
            var (run, rows) = Drawn(random);
            var (certificate, standings, won) = Freezing.Of(Id, run, rows).Whole();
            random.Shuffle(rows);
            Assert.True(certificate.Hash() == Freezing.Of(Id, run, rows).Whole().Certificate.Hash(), $"seed {seed}: another order, another certificate");
            Assert.True(certificate.Cost.Fits(run.Challenge!.Prizes.Budget), $"seed {seed}: {certificate.Cost} is over the budget");
            var lines = won.SelectMany(chunk => Encoding.UTF8.GetString(chunk).Split('\n')[..^1]).Select(line => line.Split(' ')).ToArray();
            Assert.True(lines.DistinctBy(line => (line[1], line[2])).Count() == lines.Length, $"seed {seed}: a prize is won twice");
            var findings = CertificateCheck.Verify(certificate, certificate.Hash(), run.Challenge, standings, won);
            Assert.True(findings.IsEmpty, $"seed {seed}: {string.Join(' ', findings)}");
            prizes += lines.Length;
        }

        output.WriteLine($"seeds 0 to 999, {prizes} prizes");
    }

    [Fact]
    public void Whatever_is_changed_afterwards_is_found()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var (run, rows) = Drawn(random);
            var (certificate, standings, won) = Freezing.Of(Id, run, rows).Whole();
            var hash = certificate.Hash();
            var texts = random.Next(2) == 0 && won.Length > 0 ? won : standings;
            if (texts.IsEmpty) continue;
            var forged = texts[0].ToArray();
            forged[random.Next(forged.Length)] ^= 1;
            Assert.True(CertificateCheck.Verify(certificate, hash, run.Challenge!, texts == won ? standings : [forged], texts == won ? [forged] : won).Length > 0, $"seed {seed}: a flipped bit was not found");
            Assert.NotEmpty(CertificateCheck.Verify(certificate with { Cost = new(certificate.Cost.Points + 1, 0) }, hash, run.Challenge!, standings, won));
            Assert.NotEmpty(CertificateCheck.Verify(certificate, hash, run.Challenge! with { Beyond = !run.Challenge.Beyond }, standings, won));
        }
    }

    /// <summary>Somebody who froze other prizes and certified them too is found by working them out again.</summary>
    [Fact]
    public void A_certificate_of_prizes_that_do_not_follow_is_refused()
    {
        var run = Closed(Ranked((1, 50)));
        var (certificate, standings, _) = Freezing.Of(Id, run, [Row(1, 5, 1), Row(2, 3, 1)]).Whole();
        byte[] wrong = Encoding.UTF8.GetBytes($"2 {new SlotHash(Id).Of(Key(2)):N} rank-1 50 -\n");
        var forged = certificate with { Prizes = Convert.ToHexStringLower(SHA256.HashData(wrong)) };
        Assert.Contains(CertificateCheck.Verify(forged, forged.Hash(), run.Challenge!, standings, [wrong]), finding => finding.Contains("does not follow", StringComparison.Ordinal));
    }

    /// <summary>The bytes are for ever: published certificates are checked by scripts of others.</summary>
    [Fact]
    public void The_canonical_text_is_this()
    {
        var run = Closed(Ranked((1, 50)) with { Prizes = new() { Ranks = [new(1, new() { Points = 50, Reward = "mug" })] }, Names = [] });
        var (certificate, standings, won) = Freezing.Of(Id, run, [Row(1, 5, 7, done: 6), Row(2, 3, 1, hidden: true)]).Whole();
        var (one, two) = (new SlotHash(Id).Of(Key(1)).ToString("N"), new SlotHash(Id).Of(Key(2)).ToString("N"));
        var rows = $"1 1 {one} 0 5 7 6 v\n2 0 {two} 0 3 1 0 h\n";
        var prizes = $"1 {one} rank-1 50 mug\n";
        Assert.Equal((rows, prizes), (Encoding.UTF8.GetString(standings.Single()), Encoding.UTF8.GetString(won.Single())));
        Assert.Equal(
            $"gamification-certificate 1\nrun demo/c/1\nversion 1\ndocument sha256:{Sha(ChallengeDocument.Write(run.Challenge!))}\nkind Ran\nopens {run.Times().Opens}\ncloses {run.Times().Closes}\nclosed 99\n"
            + $"watermark 0:5 1:7\nmilestones \nstandings 2 sha256:{Sha(rows)}\nprizes 1 sha256:{Sha(prizes)}\ncost 50 1\n",
            certificate.Text());
        Assert.Equal(Sha(certificate.Text()), certificate.Hash());
    }

    private static string Sha(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static FinalRow Row(int member, long score, long reachedAt, short group = 0, long done = 0, bool hidden = false) => new(Key(member), group, score, reachedAt, done, hidden);

    private static int[] Members(FrozenStandings standings) => Array.ConvertAll(standings.Rows.ToArray(), row => int.Parse(row.Member.ToString("N").AsSpan(0, 8), NumberStyles.HexNumber, null));

    private static ChallengeRun Closed(Challenge challenge, params int[] reached)
    {
        var run = ChallengeRun.Empty.Apply(new RunEntry.Drafted(challenge, "marie", 0)).Apply(new RunEntry.Scheduled(Contests.Zone, [], [], "marie", 0));
        foreach (var milestone in reached) run = run.Apply(new RunEntry.Latched(milestone, 1, 1));
        return run.Apply(new RunEntry.Closed([new(0, 5), new(1, 7)], 99));
    }

    private static string Prizes(Challenge challenge, SettlementKind kind, params FinalRow[] rows) => Prizes(challenge, kind, [], rows);

    /// <summary>"member:points" by member.</summary>
    private static string Prizes(Challenge challenge, SettlementKind kind, ImmutableArray<int> milestones, params FinalRow[] rows)
    {
        var standings = FrozenStandings.Of(Id, challenge.By, rows);
        var list = PrizeList.Of(standings, challenge, kind, milestones);
        var members = Members(standings);
        return string.Join(' ', list.Won.GroupBy(won => members[won.Row]).OrderBy(group => group.Key).Select(group => $"{group.Key}:{group.Sum(won => list.Offers[won.Prize].Gift.Points)}"));
    }

    private static (ChallengeRun Run, FinalRow[] Rows) Drawn(Random random)
    {
        var groups = random.Next(3) == 0 ? 3 : 1;
        Contest by = groups > 1 ? new StoreAgainstStore(["s1", "s2", "s3"], (GroupScore)random.Next(2), random.Next(1, 4))
            : random.Next(3) == 0 ? new Together([new(1, Points(2)), new(2, Points(3))], random.Next(1, 4)) : new Individually();
        var prizes = new Prizes
        {
            Completion = random.Next(2) == 0 ? Points(7) : null,
            Ranks = by is Together ? [] : [new(1, Points(30)), new(3 + random.Next(3), new() { Points = 10, Reward = "mug" })],
            Budget = random.Next(2) == 0 ? new(80 + random.Next(100), random.Next(2) == 0 ? 5 + random.Next(5) : null) : null,
        };
        var challenge = Of(new CountGoal(On(EarningEvent.Visit), 3), by) with { Prizes = prizes, Compensation = random.Next(2) == 0 ? new(Points(1), 2) : null };
        var run = Closed(challenge, by is Together ? [random.Next(2)] : []);
        if (random.Next(4) == 0) run = run with { CancelledAt = 5 };
        var rows = Enumerable.Range(0, random.Next(60)).Select(at => Row(at / groups, random.Next(8), random.Next(4), (short)(at % groups), random.Next(2) * random.Next(9), random.Next(6) == 0)).ToArray();
        return (run, rows);
    }
}
