using System.Globalization;
using Gamification.LoadTests.Replays;
using Gamification.Programmes;
using Gamification.Silo.Programmes;

namespace Gamification.LoadTests.Benchmarks;

/// <summary>
/// That the order of events within the grace makes no difference where spec §4 says so: the real receipts in order against shuffled ones, under a
/// programme with all its mechanics, and under the same one without those that decide at ingestion, where nothing at all may differ.
/// <c>bench shuffle PROGRAMME.json [seeds 3] [receipts.ndjson.gz]</c>; ends with 1 when something differs that must not.
/// </summary>
public static class ShuffleBenchmarks
{
    private const int Shown = 5;

    public static async Task<int> Run(string[] args)
    {
        if (args.Length == 0) throw new UsageException("Name a programme's file.");
        var seeds = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 3;
        var file = args.Length > 2 ? args[2] : "api/Demo/Data/receipts.ndjson.gz";
        var full = ProgrammeFile.Read(args[0]) with { Clock = BusinessClockKind.Replay };
        var (goods, receipts) = (ProgrammeFile.ReadCatalogue(args[0]), RealReceipts.Read(file, full));
        var faults = 0;

        var proof = new ShuffleProof(full, goods, receipts);
        for (var seed = 1; seed <= seeds; seed++)
        {
            var differences = await proof.Compare(seed);
            var wrong = differences.Where(one => MemberPicture.OrderFree.Contains(one.Aspect) && !one.HasMatchedReturns).ToArray();
            faults += wrong.Length;
            var (all, matched) = proof.Members;
            Console.WriteLine($"all mechanics, seed {seed}: {receipts.Length} receipts, {all} members, {matched} of them with returns that are matched when they come; {wrong.Length} faults");
            foreach (var aspects in differences.GroupBy(one => (one.Aspect, one.HasMatchedReturns)).OrderBy(group => group.Key.HasMatchedReturns))
                Console.WriteLine($"  {aspects.Key.Aspect}: {aspects.Count()} {(aspects.Key.HasMatchedReturns ? "with matched returns" : "without")}");
            Show(wrong);
        }

        proof = new(WithoutIngestion.Of(full), goods, receipts);
        Console.WriteLine("without what is decided at ingestion:");
        foreach (var line in WithoutIngestion.Dropped) Console.WriteLine($"  {line}");
        for (var seed = 1; seed <= seeds; seed++)
        {
            var differences = await proof.Compare(seed);
            faults += differences.Length;
            Console.WriteLine($"without them, seed {seed}: {proof.Members.All} members, {differences.Length} faults");
            foreach (var aspects in differences.GroupBy(one => one.Aspect)) Console.WriteLine($"  {aspects.Key}: {aspects.Count()}");
            Show(differences);
        }

        return faults == 0 ? 0 : 1;
    }

    private static void Show(IReadOnlyList<Difference> differences)
    {
        foreach (var of in differences.GroupBy(one => one.Aspect))
        {
            foreach (var one in of.Take(Shown)) Console.WriteLine($"  {one}");
        }
    }
}
