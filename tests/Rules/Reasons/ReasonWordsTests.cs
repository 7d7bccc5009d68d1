using System.Collections.Immutable;
using System.Text;
using Gamification.Recognition;
using Gamification.Rules;
using Gamification.Rules.Badges;
using Gamification.Rules.Earning;
using Gamification.Rules.Recognition;
using Gamification.Rules.Statements;
using Gamification.Rules.Streaks;
using Gamification.Rules.Tiers;
using Gamification.Statements;
using Gamification.Tests.Conventions;
using Gamification.Tests.Rules.Earning;

namespace Gamification.Tests.Rules.Reasons;

/// <summary>The reasons of tiers, streaks and badges as they read, kept as text to be read when it changes. With UPDATE_SNAPSHOTS=1 the file is written instead.</summary>
public sealed class ReasonWordsTests
{
    private static readonly DateOnly Today = new(2026, 11, 21);
    private static readonly RecognitionRules Corpus = RecognitionDocument.Read(File.ReadAllBytes(Path.Combine(SourceTree.Root, "tests/Rules/Recognition/recognition.json"))).Rules!;
    private static readonly Scheme Scheme = new(Receipts.Programme() with { Earning = Books.Document(Books.Base), Recognition = Corpus }, Books.Goods);
    private static readonly TierLadder Ladder = Corpus.Tiers!;

    private static RecognitionBook Book => Scheme.Recognition!;

    [Fact]
    public void Reasons_read_as_sentences_and_none_presses()
    {
        var text = new StringBuilder();
        foreach (var (what, says) in All())
        {
            text.Append("# ").Append(what).Append('\n');
            foreach (var said in says)
            {
                Assert.All((string[])[said.Fr, said.Nl, said.En], sentence => Assert.Null(EthicsLint.PressingWord(sentence)));
                text.Append(said.Fr).Append('\n').Append(said.Nl).Append('\n').Append(said.En).Append('\n');
            }
        }

        Snapshots.Same("tests/Rules/Reasons/reasons.txt", text.ToString());
    }

    private static IEnumerable<(string What, IEnumerable<Sentence> Says)> All()
    {
        var enrolled = TierRulings.Enrol(Ladder, new(2026, 1, 10));
        var silver = TierRulings.Count(enrolled, Ladder, new(250, 0), new(2026, 5, 3), new(2026, 5, 3));
        var gold = TierRulings.Count(enrolled, Ladder, new(1_000, 200), new(2025, 12, 30), new(2026, 1, 10));
        yield return ("no tier", TierOn(Today, enrolled));
        yield return ("silver, kept", TierOn(Today, silver.Standing, Entry(silver)));
        yield return ("gold, in the grace of a period that earned too little", TierOn(Today, TierRulings.Count(gold.Standing, Ladder, new(960, 200), Today, Today).Standing, Entry(gold)));
        yield return ("a period took a tier", TierOn(new(2028, 6, 1), TierRulings.Settle(silver.Standing, Ladder, new(2028, 6, 1)).Standing, Entry(silver), Entry(TierRulings.Settle(silver.Standing, Ladder, new(2028, 6, 1)))));

        var weekly = Corpus.Streaks[0];
        var streak = Visits(weekly, 8, 15, 36, 43, 50, 57, 64) with { Grants = [new(Today.DayNumber - 60, 1, ByTier: false)], Bridged = DateSet.Range(Today.DayNumber - 31, Today.DayNumber - 30) };
        yield return ("no run", OfStreak(Streak.None, weekly));
        yield return ("a run with a freeze and an incident", OfStreak(streak, weekly));
        yield return ("a run that ended and may be repaired", OfStreak(Visits(weekly, 13, 20, 27), weekly));
        yield return ("days of a week", OfStreak(Visits(Corpus.Streaks[1], 1, 2, 15, 16, 17, 18, 19), Corpus.Streaks[1]));

        var explorer = new BadgeStanding { Badge = "explorer", Progress = [new() { Scope = "ever", Value = 2, Seen = [new("BRU", 1), new("GNT", 1)] }], Awards = [new() { Level = 1, Scope = "ever", Version = 1, On = Today.DayNumber - 40, RevokedOn = Today.DayNumber - 30 }] };
        yield return ("a badge that was cancelled", OfBadge(explorer));
        yield return ("a badge of a month", OfBadge(new() { Badge = "patron", Progress = [new() { Scope = "2026-11", Value = 12_345 }], Past = [new(1, 3)], Awards = [new() { Level = 1, Scope = "2026-11", Version = 1, On = Today.DayNumber - 2 }] }));
        yield return ("out of season", OfBadge(BadgeStanding.Of("summer")));
        yield return ("a condition", OfBadge(BadgeStanding.Of("helper"), tier: silver.Standing));
        yield return ("given and taken by people", OfBadge(new() { Badge = "thanks", Awards = [new() { Level = 1, Scope = "ever", Version = 1, On = Today.DayNumber - 9, RevokedOn = Today.DayNumber - 1, By = "anna", Reason = "By mistake" }] }));
        yield return ("not together yet", OfBadge(BadgeStanding.Of("together")));
        yield return ("a streak's badge", OfBadge(BadgeStanding.Of("faithful"), streak: streak));
        yield return ("counted, taken back, and from before the badge", Counted());
    }

    private static ImmutableArray<Sentence> Counted() => BadgeReasonWords.Say(
        new()
        {
            Id = "explorer", Name = new("Explorateur", "Ontdekker", "Explorer"), Level = 0, Scope = "ever", Done = 2, Needed = 3, How = new("", "", ""), TakenBack = 1, Uncounted = 4,
            Counted = [new(null, null, new(2026, 11, 20), 1), new(null, null, new(2026, 11, 2), 1)],
        }, Corpus.Badges.First(badge => badge.Id == "explorer"), isOffered: false, Book, joining: null);

    private static ImmutableArray<Sentence> TierOn(DateOnly today, TierStanding standing, params Members.AccountEntry[] entries) =>
        TierReasons.Of(AccountState.Empty with { Recognition = new() { Tier = standing } }, Book, today, entries.Select((entry, at) => (at + 1L, entry))).Says;

    private static ImmutableArray<Sentence> OfStreak(Streak streak, StreakRule rule) => StreakReasons.Of(streak, rule, Book, Today).Says;

    private static ImmutableArray<Sentence> OfBadge(BadgeStanding standing, TierStanding? tier = null, Streak? streak = null) => BadgeReasons.Of(
        standing.Badge,
        AccountState.Empty with { Recognition = new() { Badges = [standing], Tier = tier, Streaks = streak is null ? [] : [new("weekly-visit", streak)] } },
        Scheme, new(), Today, Today, _ => null)!.Says;

    private static Streak Visits(StreakRule rule, params int[] daysAgo) =>
        daysAgo.OrderDescending().Aggregate(Gamification.Rules.Streaks.Streak.None, (streak, ago) => StreakRulings.Prove(streak, rule, new(Today.AddDays(-ago)), Today).Streak);

    private static Members.RecognitionPosted Entry(TierRuling ruling) => new()
    {
        Points = 0, Balance = 0, Lifetime = 0, Receipts = 0, Tallies = [], ReceivedAt = Receipts.Noon, Recognised = new() { Changes = ruling.Changes, Tier = ruling.Standing },
    };
}
