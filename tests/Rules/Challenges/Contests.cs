using System.Collections.Immutable;
using System.Text;
using Gamification.Challenges;
using Gamification.Programmes.Earning;
using Gamification.Recognition;
using Gamification.Rules.Challenges;
using Gamification.Tests.Conventions;

namespace Gamification.Tests.Rules.Challenges;

/// <summary>Challenges, deeds and members as tests need them.</summary>
internal static class Contests
{
    public const string Zone = "Europe/Brussels";

    public static readonly DateOnly Monday = new(2026, 11, 30);

    public static readonly string TemplatesPath = Path.Combine(SourceTree.Root, "silo/Programmes/templates");

    public static IEnumerable<string> TemplateNames => Directory.GetFiles(TemplatesPath, "*.json").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal);

    public static Challenge Template(string name)
    {
        var (challenge, errors) = ChallengeDocument.Read(File.ReadAllBytes(Path.Combine(TemplatesPath, name + ".json")));
        Assert.Empty(errors);
        return challenge!;
    }

    public static Wording Named(string name) => new(name, name, name);

    public static Gift Points(long points) => new() { Points = points };

    public static Deeds On(params EarningEvent[] events) => new() { On = [.. events] };

    public static Challenge Of(ChallengeGoal goal, Contest? by = null) => new()
    {
        Id = "c",
        Version = 1,
        Name = Named("c"),
        Window = new() { From = Monday, Until = Monday.AddDays(14) },
        Goal = goal,
        By = by ?? new Individually(),
    };

    public static ChallengeTimes Times(Challenge challenge, ChallengeTiming? timing = null) =>
        ChallengeTimes.Of(challenge.Window, Zone, [("s1", Zone), ("s2", "Atlantic/Canary")], timing);

    /// <param name="type">What happened.</param>
    /// <param name="day">Days after the first Monday, at noon there.</param>
    /// <param name="minute">Minutes after noon.</param>
    public static Deed Deed(EarningEvent type, int day, int minute = 0, string? store = null, long spend = 0, string? subject = null, params DeedGoods[] goods) => new()
    {
        Type = type,
        OccurredAt = new DateTimeOffset(2026, 11, 30, 12, 0, 0, TimeSpan.FromHours(1)).AddDays(day).AddMinutes(minute),
        Date = Monday.AddDays(day),
        Store = store,
        Spend = goods.Length > 0 ? goods.Sum(line => line.Spend) : spend,
        Goods = [.. goods],
        Subject = subject,
    };

    public static DeedGoods Line(string sku, long spend, decimal quantity = 1, string? category = null, params string[] labels) =>
        new() { Sku = sku, Spend = spend, Quantity = quantity, Category = category, Labels = [.. labels] };

    public static Guid Key(int number) => new(number, 7, 7, new byte[8]);

    public static MemberTrack Track(Challenge challenge, params Deed[] deeds)
    {
        var marking = new Marking(challenge, Times(challenge));
        return MemberTrack.Empty.With([.. deeds.Select((deed, at) => new DeedChange(Key(at), deed))], 1, challenge.Id, marking);
    }

    public static Contribution? Score(Challenge challenge, params Deed[] deeds) =>
        Track(challenge, deeds).Contributions(challenge) is [var only] ? only : null;

    public static long At(int day, int minute = 0) => Deed(EarningEvent.Post, day, minute).OccurredAt.ToUnixTimeMilliseconds();

    public static Challenge Reread(Challenge challenge)
    {
        var (again, errors) = ChallengeDocument.Read(Encoding.UTF8.GetBytes(ChallengeDocument.Write(challenge)));
        Assert.Empty(errors);
        return again!;
    }
}
