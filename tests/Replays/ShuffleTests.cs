using Gamification.LoadTests.Replays;
using Gamification.Programmes;
using Gamification.Silo.Programmes;
using Gamification.Tests.Conventions;

namespace Gamification.Tests.Replays;

/// <summary>Spec §4 on real receipts under the example supermarket: the order within the grace makes no difference where it must not. The seed stands in every failure.</summary>
public sealed class ShuffleTests
{
    private static readonly string Programme = Path.Combine(AppContext.BaseDirectory, "Programmes", "supermarket", "programme.json");
    private static readonly string Sample = Path.Combine(AppContext.BaseDirectory, "Data", "receipts-sample.ndjson.gz");
    private static readonly string All = Path.Combine(SourceTree.Root, "api/Demo/Data/receipts.ndjson.gz");

    [Fact]
    public Task With_all_mechanics_what_the_order_must_not_decide_is_the_same() =>
        Prove(settings => settings, differences => differences.Where(one => MemberPicture.OrderFree.Contains(one.Aspect) && !one.HasMatchedReturns));

    [Fact]
    public Task Without_what_is_decided_at_ingestion_everything_is_the_same() => Prove(WithoutIngestion.Of, differences => differences);

    /// <summary>Once on all of them: the sample has nobody who joins about the day up to which founders do.</summary>
    [Fact]
    public Task Of_eleven_months_too() => Prove(WithoutIngestion.Of, differences => differences, All, seeds: 1);

    /// <summary>So that the test above compares something: with what is decided at ingestion the same shuffle does make a difference.</summary>
    [Fact]
    public async Task What_is_decided_at_ingestion_does_differ()
    {
        var proof = ProofOf(settings => settings, Sample);
        Assert.NotEmpty(await proof.Compare(seed: 1));
        Assert.True(proof.Members is { All: > 500, WithMatchedReturns: > 0 });
    }

    [Fact]
    public void Nothing_that_is_decided_at_ingestion_is_left()
    {
        var settings = WithoutIngestion.Of(ProgrammeFile.Read(Programme));
        Assert.Empty(settings.Earning!.Campaigns);
        Assert.All(settings.Earning.Rules, rule => Assert.Null(rule.Cap));
        Assert.DoesNotContain(settings.Earning.Rules, rule => rule.Id is "silver" or "gold" or "first-purchase" or "founders");
        Assert.Contains(settings.Earning.Rules, rule => rule.Id == "double-saturday");
        Assert.Equal((0, UnlinkedReturns.Audit), (settings.Recognition!.Cards.Length, settings.UnlinkedReturns));
    }

    private static async Task Prove(Func<ProgrammeSettings, ProgrammeSettings> change, Func<IEnumerable<Difference>, IEnumerable<Difference>> faults, string? receipts = null, int seeds = 2)
    {
        var proof = ProofOf(change, receipts ?? Sample);
        for (var seed = 1; seed <= seeds; seed++)
        {
            var found = faults(await proof.Compare(seed)).ToArray();
            Assert.True(found.Length == 0, $"seed {seed}: {found.Length} differ\n{string.Join('\n', found.Take(5))}");
        }
    }

    private static ShuffleProof ProofOf(Func<ProgrammeSettings, ProgrammeSettings> change, string receipts)
    {
        var settings = change(ProgrammeFile.Read(Programme) with { Clock = BusinessClockKind.Replay });
        return new(settings, ProgrammeFile.ReadCatalogue(Programme), RealReceipts.Read(receipts, settings));
    }
}
