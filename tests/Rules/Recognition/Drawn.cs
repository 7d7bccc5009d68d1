using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Gamification.Programmes.Earning;
using Gamification.Recognition;

namespace Gamification.Tests.Rules.Recognition;

/// <summary>Drawn rules, and the loop over seeds. RECOGNITION_SEEDS draws more.</summary>
internal static class Drawn
{
    public static readonly int Cases = int.Parse(Environment.GetEnvironmentVariable("RECOGNITION_SEEDS") ?? "2000", CultureInfo.InvariantCulture);

    public static readonly DateOnly Start = new(2025, 11, 3);

    public static Wording Named(string name) => new(name, name, name);

    public static Gift Points(long points) => new() { Points = points };

    public static void EachSeed(Action<int, Random> act)
    {
        for (var seed = 0; seed < Cases; seed++) act(seed, new(seed));
        TestContext.Current.TestOutputHelper?.WriteLine($"seeds 0 to {Cases - 1}");
    }

    public static StreakRule Streak(Random random)
    {
        var per = (StreakPeriod)random.Next(3);
        return new()
        {
            Id = "s",
            Name = Named("s"),
            On = [EarningEvent.Visit],
            Per = per,
            Times = per switch { StreakPeriod.Day => 1, StreakPeriod.Week => random.Next(1, 4), _ => random.Next(1, 5) },
            Freezes = random.Next(3) == 0 ? null : new() { EarnEvery = random.Next(2) == 0 ? null : random.Next(1, 6), HoldMax = random.Next(1, 4) },
            VacationDays = 60,
            Repair = new(7, 4),
            Milestones = [new(2, Points(5)), new(3 + random.Next(3), Points(20)), new(7 + random.Next(5), Points(50))],
            OnSplit = (SplitPolicy)random.Next(2),
        };
    }

    public static T Reread<T>(T value, JsonTypeInfo<T> type) => JsonSerializer.Deserialize(JsonSerializer.SerializeToUtf8Bytes(value, type), type)!;
}
