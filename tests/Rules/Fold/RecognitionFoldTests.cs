using Gamification.Members;
using Gamification.Recognition;
using Gamification.Rules;

namespace Gamification.Tests.Rules.Fold;

/// <summary>Recognition through the account: <c>FOLD_SEEDS=100000 FOLD_FIRST=1</c> for a long night.</summary>
public sealed class RecognitionFoldTests(ITestOutputHelper output)
{
    private static readonly Seeds Seeds = new("FOLD", 300);

    [Fact]
    public void Whatever_happens_the_ledger_proves_itself_and_a_restart_changes_nothing()
    {
        var changes = new SortedDictionary<string, int>(StringComparer.Ordinal);
        ForEachSeed(life =>
        {
            Live(life, 30);
            Assert.Empty(AccountProof.FaultsIn(life.Entries, life.State));
            life.Restart();
            foreach (var change in life.Entries.SelectMany(entry => entry.Recognised?.Changes ?? []))
                changes[change.GetType().Name] = changes.GetValueOrDefault(change.GetType().Name) + 1;
        });
        output.WriteLine(string.Join(", ", changes.Select(change => $"{change.Value} {change.Key}")));
        string[] all =
        [
            nameof(TierReached), nameof(TierLost), nameof(TierKept), nameof(BadgeAwarded), nameof(BadgeRevoked), nameof(MilestoneReached), nameof(MilestoneUndone), nameof(GiftDue),
            nameof(GiftTakenBack), nameof(CardFilled), nameof(AlmostThere),
        ];
        Assert.Empty(all.Except(changes.Keys));
    }

    [Fact]
    public void What_time_brought_is_told_in_the_entry_of_a_sale_as_if_it_had_been_told_before_it()
    {
        var told = 0;
        ForEachSeed(life =>
        {
            Live(life, 6);
            for (var times = 0; times < 8; times++)
            {
                life.At = life.At.AddDays(life.Random.Next(1, 90));
                told += life.PostTelling(life.Draw(daysBackMax: 3));
            }

            Assert.Empty(AccountProof.FaultsIn(life.Entries, life.State));
        });
        Assert.True(told > 0);
    }

    [Fact]
    public void A_sale_that_comes_back_whole_leaves_everything_as_it_was() => ForEachSeed(life =>
    {
        Live(life, 12);
        for (var times = 0; times < 6; times++)
        {
            var before = life.Seen();
            var sale = life.Draw(daysBackMax: 20);
            life.Post(sale);
            life.Void(sale);
            Assert.Equal(before, life.Seen());
        }
    });

    [Fact]
    public void When_all_that_is_young_came_back_nothing_stands_for_it() => ForEachSeed(life =>
    {
        for (var step = 0; step < 14; step++)
        {
            life.Post(life.Draw(daysBackMax: 3));
            if (life.Random.Next(4) == 0) life.ReturnOne(life.Standing.Last());
            life.At = life.At.AddHours(life.Random.Next(48));
        }

        foreach (var sale in life.Standing) life.Void(sale);
        var seen = life.Recognition;
        Assert.Equal((0, 0, 0), (life.State.Lifetime, life.State.Balance, life.State.Receipts));
        Assert.All(seen.Badges, badge => Assert.True(badge.Progress.All(progress => progress.IsEmpty) && badge.Level == 0));
        Assert.All(seen.Streaks, streak => Assert.True(streak.Streak is { Dates.IsEmpty: true, Several.IsEmpty: true } && streak.Streak.Awards.All(award => award.IsTakenBack)));
        Assert.True(seen.Tier!.Sums.IsEmpty && seen.Dates.FirstPurchaseOn is null && seen.FilledOf("bread") == 0);
        Assert.Empty(AccountProof.FaultsIn(life.Entries, life.State));
    });

    /// <summary>Spec §4: within the grace of their periods receipts may come in any order. All rates are the same here, since no tier multiplies yet.</summary>
    [Fact]
    public void The_order_in_which_receipts_come_within_the_grace_does_not_matter()
    {
        Seeds.Each(seed =>
        {
            var (life, other) = (new RecognisedLife(seed), new RecognisedLife(seed));
            var sales = Enumerable.Range(0, 8).Select(_ => life.Draw(daysBackMax: 25)).ToArray();
            life.At = other.At = life.At.AddDays(2);
            foreach (var sale in sales.Where(sale => sales.Sum(one => one.Total) < 39_000)) life.Post(sale);
            foreach (var sale in sales.Where(sale => sales.Sum(one => one.Total) < 39_000).OrderBy(_ => life.Random.Next()).ToArray()) other.Post(sale);
            Assert.True(life.OrderIndependent() == other.OrderIndependent(), $"\n{life.OrderIndependent()}\n{other.OrderIndependent()}");
        });

        output.WriteLine($"{Seeds}");
    }

    [Fact]
    public void A_tier_multiplies_what_comes_next_and_returns_are_rated_by_the_tier_of_their_sale()
    {
        var life = new RecognisedLife(1);
        life.Post(Receipts.Sale("a", 400m));
        Assert.Contains(new TierReached("gold", life.Today), life.Entries[0].Recognised!.Changes);
        var second = Receipts.Sale("b", 50m);
        var posted = (ReceiptPosted)life.Post(second);
        Assert.Equal((100, "gold"), (posted.Points, posted.Earned!.Member!.Tier));
        Assert.Equal(-100, life.Void(second).Points);
    }

    [Fact]
    public void A_programme_without_recognition_records_and_keeps_nothing_of_it()
    {
        var settings = Receipts.Programme() with { Earning = Rules.Earning.Books.Document(Rules.Earning.Books.Base) };
        var account = new PureAccount(settings) { Scheme = new(settings, Rules.Earning.Books.Goods) };
        var entry = account.Post(Receipts.Sale("1", 20m))[0];
        Assert.True(entry.Recognised is null && account.State.Recognition is null);
        Assert.DoesNotContain("recogni", System.Text.Encoding.UTF8.GetString(AccountEntryJson.Write(entry).Payload.Span), StringComparison.OrdinalIgnoreCase);
    }

    private static void Live(RecognisedLife life, int steps)
    {
        for (var step = 0; step < steps; step++)
        {
            if (life.Random.Next(3) == 0) life.At = life.At.AddHours(life.Random.Next(1, life.Random.Next(8) == 0 ? 4_000 : 200));
            var standing = life.Standing.ToArray();
            if (standing.Length == 0 || life.Random.Next(3) > 0) life.Post(life.Draw(life.Random.Next(4) == 0 ? 40 : 0));
            else if (life.Random.Next(2) == 0) life.Void(standing[life.Random.Next(standing.Length)]);
            else life.ReturnOne(standing[life.Random.Next(standing.Length)]);
            if (life.Random.Next(8) == 0) life.Restart();
        }
    }

    private void ForEachSeed(Action<RecognisedLife> check)
    {
        Seeds.Each(seed => new RecognisedLife(seed), check);
        output.WriteLine($"{Seeds}");
    }
}
