using System.Collections.Immutable;
using System.Text;
using Gamification.Journal;
using Gamification.LoadTests.Replays;
using Gamification.Members;
using Gamification.Programmes;
using Gamification.Recognition;
using Gamification.Rules.Earning;
using Gamification.Silo.Engine;
using Gamification.Tests.Rules;
using Gamification.Tests.Rules.Earning;
using Gamification.Tests.Rules.Fold;

namespace Gamification.Tests.EndToEnd;

/// <summary>Recognition in the whole engine on SQLite: what is read back from the disk is what memory had, and the ledgers prove themselves.</summary>
public sealed class RecognitionDurabilityTests : IDisposable
{
    private static readonly MemberId[] Members = [.. Enumerable.Range(1, 4).Select(number => MemberId.Parse($"{number:x32}"))];

    private readonly DataFolder _folder = new();

    [Fact]
    public async Task A_restart_changes_nothing_and_the_ledgers_are_sound()
    {
        var life = new RecognisedLife(seed: 7);
        var options = new EngineOptions { DataFolder = _folder.Path, Programmes = [life.Settings], Catalogues = ImmutableDictionary<string, Catalogue>.Empty.Add(life.Settings.Id, Books.Goods) };
        var now = TimeProvider.System.GetUtcNow();
        life.At = now;
        string before;
        await using (var storage = await EngineStorage.Open(options))
        {
            before = await RealReplay.InEngine(options, storage, async grains =>
            {
                await Task.WhenAll(Members.Select((member, at) => Live(grains, life.Settings, member, at, now)));
                return await Seen(grains, life.Settings);
            });
        }

        await using var again = await EngineStorage.Open(options);
        Assert.Equal(before, await RealReplay.InEngine(options, again, grains => Seen(grains, life.Settings)));
        var check = await LedgerCheck.Run(again.Journal, CancellationToken.None);
        Assert.Empty(check.Findings);
        Assert.Equal(4, check.Members);
        Assert.True(check.Balances.ContainsKey("stamps:bread"));
    }

    public void Dispose() => _folder.Dispose();

    private static async Task Live(IGrainFactory grains, ProgrammeSettings programme, MemberId member, int at, DateTimeOffset now)
    {
        var account = grains.GetGrain<IMemberGrain>($"{programme.Id}/{member}");
        for (var number = 0; number < 40; number++)
        {
            var sale = Receipts.Sale($"{at}-{number}", Receipts.Line("BREAD", 1 + (number % 3), 2m), Receipts.Line("WINE", 1, 5m + number)).At(now.AddDays(-(number % 20)));
            Assert.IsType<ReceiptOutcome.Recorded>(await account.Post(sale, now, held: false));
            if (number % 4 != 0) continue;
            var back = Receipts.Void($"v{at}-{number}", sale.Key).At(sale.OccurredAt);
            Assert.IsType<ReceiptOutcome.Recorded>(await account.Post(back, now, held: false));
        }

        var recognised = grains.GetGrain<IRecognisedMember>($"{programme.Id}/{member}");
        var bridge = new BridgeStreaks(DateOnly.FromDateTime(now.UtcDateTime).AddDays(-3), DateOnly.FromDateTime(now.UtcDateTime), null);
        Assert.False(Assert.IsType<RecognitionOutcome.Done>(await recognised.Do("i-1", bridge, "anna", now)).Replayed);
        Assert.True(Assert.IsType<RecognitionOutcome.Done>(await recognised.Do("i-1", bridge, "anna", now)).Replayed);
        Assert.IsType<RecognitionOutcome.Conflict>(await recognised.Do("i-1", bridge with { Streak = "weekly" }, "anna", now));
    }

    /// <summary>What every member sees, as text; lists by what is in them.</summary>
    private static async Task<string> Seen(IGrainFactory grains, ProgrammeSettings programme)
    {
        var text = new StringBuilder();
        foreach (var member in Members)
        {
            var view = await grains.GetGrain<IMemberGrain>($"{programme.Id}/{member}").View();
            var seen = view.Recognition!;
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{view.Version} {view.Balance} {view.Lifetime} {view.Receipts} {seen.Tier!.Id} {seen.Tier.Spend}; ");
            text.AppendJoin(' ', seen.Badges.Select(badge => $"{badge.Id} {badge.Level} {badge.Times} {badge.Done} {badge.AwardedOn}"));
            text.AppendJoin(' ', seen.Streaks.Select(streak => $"{streak.Id} {streak.View.Current} {streak.View.Best} {streak.View.FreezesHeld} {streak.View.Since}"));
            text.AppendJoin(' ', seen.Cards.Select(card => $"{card.Id} {card.Stamps} {card.Filled}")).AppendLine();
        }

        return text.ToString();
    }
}
