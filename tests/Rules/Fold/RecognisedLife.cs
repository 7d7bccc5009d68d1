using System.Globalization;
using System.Text;
using Gamification.Ledger;
using Gamification.Members;
using Gamification.Programmes;
using Gamification.Programmes.Earning;
using Gamification.Recognition;
using Gamification.Rules;
using Gamification.Rules.Badges;
using Gamification.Rules.Recognition;
using Gamification.Rules.Streaks;
using Gamification.Rules.Tiers;
using Gamification.Tests.Rules.Earning;
using Gamification.Tests.Rules.Recognition;

namespace Gamification.Tests.Rules.Fold;

/// <summary>A member's life under a recognition document with a bit of everything, drawn by a seed. Every entry goes through durable bytes.</summary>
internal sealed class RecognisedLife
{
    private static readonly string[] Skus = ["BREAD", "MILK", "WINE", "SOAP"];

    private readonly PureAccount _account;
    private int _number;

    public RecognisedLife(int seed)
    {
        Random = new(seed);
        Settings = Receipts.Programme() with { Earning = Earning, Recognition = Document(Random), Ledger = new() { Status = new() } };
        Assert.Empty(RecognitionValidation.Check(Settings.Recognition));
        _account = new(Settings) { Scheme = new(Settings, Books.Goods), At = Receipts.Noon };
    }

    public static EarningRules Earning { get; } = Books.Document(
        Books.Base,
        Books.Rule("bread-stamps", new Stamps { Card = "bread", Count = 1, PerItem = true }) with { Lines = Books.Family("bakery") },
        Books.Rule("local-steps", new BadgeProgress { Badge = "local", Count = 1, PerItem = true }) with { Lines = new() { Labels = ["local"] } },
        Books.Times("gold-twice", 2, new TierIs(["gold"])));

    public Random Random { get; }

    public ProgrammeSettings Settings { get; }

    public AccountState State => _account.State;

    public RecognitionState Recognition => _account.State.Recognition ?? RecognitionState.Empty;

    public List<AccountEntry> Entries => _account.Entries;

    public DateTimeOffset At { get => _account.At; set => _account.At = value; }

    public DateOnly Today => DateOnly.FromDateTime(At.DateTime);

    public IEnumerable<Receipt> Standing => _account.History.Sales.Where(sale => sale.Counted).Select(sale => sale.Receipt).ToArray();

    public Receipt Draw(int daysBackMax = 0)
    {
        var lines = Enumerable.Range(0, Random.Next(1, 4)).Select(_ => Receipts.Line(Skus[Random.Next(Skus.Length)], Random.Next(1, 4), Random.Next(50, 3_000) / 100m));
        return Receipts.Sale($"{++_number}", [.. lines]).At(At.AddDays(-Random.Next(daysBackMax + 1))).In(Random.Next(3) == 0 ? "GNT" : "BRU");
    }

    public AccountEntry Post(Receipt receipt)
    {
        var entries = _account.Post(receipt);
        foreach (var entry in entries)
        {
            var written = AccountEntryJson.Write(entry);
            var again = AccountEntryJson.Read(new() { Actor = default, Version = 1, Partition = 0, Seq = 1, Type = written.Type, Payload = written.Payload, RecordedAt = Receipts.Noon })!;
            Assert.Equal(written.Payload.ToArray(), AccountEntryJson.Write(again).Payload.ToArray());
        }

        return entries[0];
    }

    /// <summary>Posts a sale that tells what time has brought, and holds it to telling that first and posting the sale then. How much was told.</summary>
    public int PostTelling(Receipt sale)
    {
        var book = _account.Scheme!.Recognition!;
        if (!RecognitionDue.IsDue(State.Recognition, book, At) || RecognitionDue.Celebrates(State.Recognition, book, birth: null, At))
        {
            Post(sale);
            return 0;
        }

        var told = Commanding.Tell(State, Context());
        var before = told is null ? State : State.Apply(told);
        var apart = Account.Decide(before, sale, Context()).Entries;
        var within = Account.Decide(State, sale, Context() with { TellsTime = true }).Entries;
        Assert.Equal(
            (told is null ? [] : told.Recognised!.Changes).Concat(apart.SelectMany(entry => entry.Recognised!.Changes)).Select(change => $"{change}"),
            within.SelectMany(entry => entry.Recognised!.Changes).Select(change => $"{change}"));
        var (asApart, asWithin) = (apart.Aggregate(before, (state, entry) => state.Apply(entry)), within.Aggregate(State, (state, entry) => state.Apply(entry)));
        Assert.Equal(WithoutReminder(asApart), WithoutReminder(asWithin));

        // A reminder that is known and comes too early is left where it is: only one that comes late would be a fault.
        Assert.Equal(asApart.Recognition!.RemindOn == 0, asWithin.Recognition!.RemindOn == 0);
        Assert.True(asWithin.Recognition.RemindOn <= (RecognitionDue.NextDay(asWithin.Recognition, book, birth: null, asWithin.Ledger!.Purses) ?? 0));
        foreach (var entry in within) _account.Apply(entry);
        return told?.Recognised!.Changes.Length ?? 0;

        AccountContext Context() => Receipts.Context(Settings, _account.History, scheme: _account.Scheme, at: At);

        static string WithoutReminder(AccountState state) =>
            Encoding.UTF8.GetString(AccountEntryJson.WriteState(state with { Recognition = state.Recognition! with { RemindOn = 0 } }));
    }

    public AccountEntry Void(Receipt sale) => Post(Receipts.Void($"v{++_number}", sale.Key).In(sale.Key.Store).At(sale.OccurredAt));

    public AccountEntry ReturnOne(Receipt sale)
    {
        var line = sale.Lines[Random.Next(sale.Lines.Length)];
        var back = line with { Quantity = -1, Amount = -(long)(line.Amount / line.Quantity) };
        return Post(Receipts.Return($"r{++_number}", sale.Key, back).In(sale.Key.Store).At(At));
    }

    /// <summary>Snapshot and tail must lead to the same as a fold of everything.</summary>
    public void Restart()
    {
        var folded = PureAccount.Fold(Entries);
        _account.Restart();
        Assert.Equal(Encoding.UTF8.GetString(AccountEntryJson.WriteState(folded)), Encoding.UTF8.GetString(AccountEntryJson.WriteState(State)));
    }

    /// <summary>Everything that a member has of recognition and that a return must undo, as text, without periods that are closed. The tier itself is soft and stays (spec C3).</summary>
    public string Seen()
    {
        var text = new StringBuilder();
        foreach (var badge in Recognition.Badges.OrderBy(one => one.Badge, StringComparer.Ordinal).Select(one => BadgeRulings.Forget(one, _account.Scheme!.Recognition!.Badges, Today)))
        {
            foreach (var progress in badge.Progress) text.Append(CultureInfo.InvariantCulture, $"{badge.Badge} {progress.Scope} {progress.Value:0.###}; ");
            foreach (var award in badge.Awards.Where(award => award.Stands).OrderBy(award => (award.Scope, award.Level))) text.Append(CultureInfo.InvariantCulture, $"{badge.Badge} {award.Scope} level {award.Level}; ");
        }

        foreach (var streak in Recognition.Streaks.OrderBy(one => one.Id, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"{streak.Id}: {string.Join(' ', streak.Streak.Dates.ToDays())} several {string.Join(' ', ProvenDays.Forgetting(streak.Streak.Several, Today.DayNumber))}; ");
            text.Append(string.Join(' ', streak.Streak.Awards.Where(award => !award.IsTakenBack).Select(award => award.Periods).Order()));
        }

        foreach (var sum in Recognition.Tier?.Sums ?? []) text.Append(CultureInfo.InvariantCulture, $"{sum.Stretch}: {sum.Points}; ");
        text.Append(CultureInfo.InvariantCulture, $"stamps {State.Ledger?.Of(Unit.StampsOf("bread")).Available} filled {Recognition.FilledOf("bread")}; ");
        text.Append(CultureInfo.InvariantCulture, $"first {Recognition.Dates.FirstPurchaseOn}; lifetime {State.Lifetime}; available {State.Balance}; owed {State.Ledger?.Of(Unit.Points).Owed}");
        return text.ToString();
    }

    /// <summary>What spec §4 calls independent of order: dates, counts, stamps, status points. Gifts too, since what pays stands while its count does.</summary>
    public string OrderIndependent()
    {
        var seen = Recognition;
        var badges = seen.Badges.OrderBy(one => one.Badge, StringComparer.Ordinal)
            .SelectMany(badge => badge.Progress.Select(one => string.Create(CultureInfo.InvariantCulture, $"{badge.Badge} {one.Scope} {one.Value:0.###} {string.Join(' ', badge.Awards.Where(award => award.Stands && award.Scope == one.Scope).Select(award => award.Level).Order())}")));
        var streaks = seen.Streaks.OrderBy(one => one.Id, StringComparer.Ordinal).Select(one => $"{one.Id} {string.Join(' ', one.Streak.Dates.ToDays())}");
        var stamps = (State.Ledger?.Of(Unit.StampsOf("bread")).Available ?? 0) + (seen.FilledOf("bread") * 5);
        return $"{string.Join("; ", badges)} | {string.Join("; ", streaks)} | {string.Join(' ', seen.Tier?.Sums ?? [])} | {stamps} | {seen.Dates.FirstPurchaseOn}";
    }

    private static RecognitionRules Document(Random random) => new()
    {
        Tiers = new()
        {
            Period = (TierPeriod)random.Next(3),
            Months = random.Next(2) == 0 ? 3 : 12,
            Levels = [new() { Id = "silver", Name = Drawn.Named("silver"), Spend = 100 }, new() { Id = "gold", Name = Drawn.Named("gold"), Spend = 400 }],
        },
        Streaks =
        [
            new()
            {
                Id = "weekly", Name = Drawn.Named("weekly"), On = [EarningEvent.Sale, EarningEvent.Visit], MinSpend = 500,
                Freezes = new() { EarnEvery = random.Next(2, 5), ByTier = [new("gold", 1)] }, Milestones = [new(2, Drawn.Points(5)), new(4, Drawn.Points(20))],
            },
            new() { Id = "daily", Name = Drawn.Named("daily"), On = [EarningEvent.Sale, EarningEvent.Visit], Per = StreakPeriod.Day, Milestones = [new(3, Drawn.Points(3))] },
        ],
        Badges =
        [
            Badge("regular", new CountOf([EarningEvent.Sale]), 2, 5),
            Badge("explorer", new CountOf([EarningEvent.Sale], BadgeMeasure.Stores), 2),
            Badge("days", new PeriodicCount([EarningEvent.Sale], BadgePeriod.Month, BadgeMeasure.Days), 2, 4),
            Badge("patron", new PeriodicCount([EarningEvent.Sale], BadgePeriod.Week, BadgeMeasure.Spend), 5_000),
            Badge("baker", new CountOf([EarningEvent.Sale], BadgeMeasure.Items), 10, 30),
            Badge("local", new CountOf([]), 3, 9),
            Badge("faithful", new StreakOf("weekly"), 3),
            Badge("all", new Conditional([new HasBadge("regular", 2), new HasBadge("local")]), 1),
        ],
        Cards = [new() { Id = "bread", Name = Drawn.Named("bread"), Stamps = 5, Gift = Drawn.Points(10), OnReturn = StampReturn.Reopen }],
    };

    private static BadgeRule Badge(string id, BadgeKind kind, params long[] levels) => new()
    {
        Id = id, Version = 1, Name = Drawn.Named(id), For = kind, GraceDays = 60, Levels = [.. levels.Select(at => new BadgeLevel { At = at, Gift = Drawn.Points(7) })],
    };
}
