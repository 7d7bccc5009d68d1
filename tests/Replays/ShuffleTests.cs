using Gamification.LoadTests.Replays;
using Gamification.Programmes;
using Gamification.Silo.Programmes;

namespace Gamification.Tests.Replays;

/// <summary>Spec §4 on real receipts under the example supermarket: the order within the grace makes no difference where it must not. The seed stands in every failure.</summary>
public sealed class ShuffleTests
{
    private static readonly string Programme = Path.Combine(AppContext.BaseDirectory, "Programmes", "supermarket", "programme.json");
    private static readonly string Sample = Path.Combine(AppContext.BaseDirectory, "Data", "receipts-sample.ndjson.gz");

    [Fact]
    public Task With_all_mechanics_what_the_order_must_not_decide_is_the_same() =>
        Prove(settings => settings, differences => differences.Where(one => MemberPicture.OrderFree.Contains(one.Aspect) && !one.HasMatchedReturns));

    [Fact]
    public Task Without_what_is_decided_at_ingestion_everything_is_the_same() => Prove(WithoutIngestion.Of, differences => differences);

    /// <summary>So that the test above compares something: with what is decided at ingestion the same shuffle does make a difference.</summary>
    [Fact]
    public async Task What_is_decided_at_ingestion_does_differ()
    {
        var proof = ProofOf(settings => settings);
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

    private static async Task Prove(Func<ProgrammeSettings, ProgrammeSettings> change, Func<IEnumerable<Difference>, IEnumerable<Difference>> faults)
    {
        var proof = ProofOf(change);
        for (var seed = 1; seed <= 2; seed++)
        {
            var found = faults(await proof.Compare(seed)).ToArray();
            Assert.True(found.Length == 0, $"seed {seed}: {found.Length} differ\n{string.Join('\n', found.Take(5))}");
        }
    }

    private static ShuffleProof ProofOf(Func<ProgrammeSettings, ProgrammeSettings> change)
    {
        var settings = change(ProgrammeFile.Read(Programme) with { Clock = BusinessClockKind.Replay });
        return new(settings, ProgrammeFile.ReadCatalogue(Programme), RealReceipts.Read(Sample, settings));
    }
}
