using Gamification.Members;

namespace Gamification.Tests.Simulation;

public sealed class EngineSimulationTests(ITestOutputHelper output)
{
    private static readonly Seeds Seeds = new("SIMULATION", 500);

    [Fact]
    public void Whatever_fails_acknowledged_receipts_count_exactly_once()
    {
        Seeds.Each(seed => new EngineSimulation(seed).Run());

        output.WriteLine($"{Seeds}");
    }

    [Fact]
    public void A_few_seeds_together_have_every_kind_of_entry_in_them()
    {
        var seen = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (var seed = 1; seed <= 12; seed++)
        {
            var run = new EngineSimulation(seed);
            run.Run();
            foreach (var kind in run.Entries.Select(KindOf)) seen[kind] = seen.GetValueOrDefault(kind) + 1;
        }

        output.WriteLine(string.Join(", ", seen.Select(kind => $"{kind.Value} {kind.Key}")));
        string[] treated = [.. Enum.GetNames<Treatment>().Select(treatment => $"{nameof(ReceiptPosted)} {treatment}")];
        string[] others = [nameof(MemberEnrolled), nameof(ReturnSettled), nameof(SaleAttributed), nameof(SaleReleased)];
        Assert.Equal(others.Concat(treated).Order(StringComparer.Ordinal), seen.Keys);
    }

    private static string KindOf(AccountEntry entry) => entry is ReceiptPosted posted ? $"{nameof(ReceiptPosted)} {posted.Treatment}" : entry.GetType().Name;

    [Fact]
    public void A_seed_gives_the_same_run_twice()
    {
        var (first, second, other) = (new EngineSimulation(7), new EngineSimulation(7), new EngineSimulation(8));
        first.Run();
        second.Run();
        other.Run();
        Assert.Equal(first.TraceHash, second.TraceHash);
        Assert.NotEqual(first.TraceHash, other.TraceHash);
    }
}
