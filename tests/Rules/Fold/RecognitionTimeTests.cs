using Gamification.Activities;
using Gamification.Members;
using Gamification.Programmes;
using Gamification.Programmes.Earning;
using Gamification.Recognition;
using Gamification.Rules;
using Gamification.Rules.Activities;
using Gamification.Rules.Recognition;
using Gamification.Tests.Rules.Activities;
using Gamification.Tests.Rules.Earning;
using Gamification.Tests.Rules.Recognition;

namespace Gamification.Tests.Rules.Fold;

/// <summary>What time alone brings, what people ask, and events that are no receipts, through the account.</summary>
public sealed class RecognitionTimeTests
{
    private static readonly ProgrammeSettings Programme = Receipts.Programme() with
    {
        Earning = Books.Document(Books.Base, Events.Weight("post", 10, EarningEvent.Post)),
        Ledger = new() { Points = new() { Expiry = new() { Kind = Gamification.Ledger.ExpiryKind.AfterDays, Count = 100 } } },
        Recognition = new()
        {
            Tiers = new() { Levels = [new() { Id = "silver", Name = Drawn.Named("silver"), Spend = 100, Engagement = 30 }] },
            Streaks = [new() { Id = "weekly", Name = Drawn.Named("weekly"), On = [EarningEvent.Sale, EarningEvent.Post], Milestones = [new(2, Drawn.Points(5))] }],
            Badges =
            [
                new() { Id = "writer", Version = 1, Name = Drawn.Named("writer"), For = new CountOf([EarningEvent.Post]), Levels = [new() { At = 2, Gift = Drawn.Points(7) }] },
                new() { Id = "together", Version = 1, Name = Drawn.Named("together"), For = new Collective("zero-waste", 3), Levels = [new() { At = 1, Gift = Drawn.Points(11) }, new() { At = 2 }] },
                new() { Id = "thanks", Version = 1, Name = Drawn.Named("thanks"), For = new Manual(), Levels = [new() { At = 1, Gift = Drawn.Points(50) }] },
            ],
            Plans = [new() { Id = "club", Name = Drawn.Named("club"), Price = 500, Months = 1, Perks = [new() { Id = "delivery", Name = Drawn.Named("delivery") }] }],
        },
    };

    private readonly PureAccount _account = new(Programme) { Scheme = new(Programme, Books.Goods) };

    private RecognitionState Recognition => _account.State.Recognition!;

    [Fact]
    public void Time_brings_each_notice_once_on_the_day_that_was_foretold()
    {
        _account.Post(Receipts.Sale("1", 120m));
        List<string> told = [];
        for (var looks = 0; looks < 40 && Recognition.RemindOn > 0; looks++)
        {
            var day = DateOnly.FromDayNumber(Recognition.RemindOn);
            if (day > new DateOnly(2028, 3, 1)) break;
            Pass(day.AddDays(-1));
            Assert.Null(Commanding.Tell(_account.State, Context()) is { Recognised.Changes.IsEmpty: false } early ? early : null);
            Pass(day);
            var entry = Commanding.Tell(_account.State, Context())!;
            _account.Apply(entry);
            told.AddRange(entry.Recognised!.Changes.Select(change => $"{day:yyyy-MM-dd} {change.GetType().Name}"));
            Assert.Null(Commanding.Tell(_account.State, Context()));
        }

        Assert.Equal(
        [
            "2027-01-30 ExpiryNoticeDue", "2027-02-22 ExpiryNoticeDue", "2027-02-28 ExpiryNoticeDue", "2027-11-21 Celebrated", "2027-12-02 TierNoticeDue", "2027-12-25 TierNoticeDue", "2028-01-31 TierLost",
        ], told);
        Assert.Empty(AccountProof.FaultsIn(_account.Entries, _account.State));
    }

    /// <summary>
    /// Only what time brings is told the birth date, so that nothing else that happens, on the day or before, may forget when to look.
    /// </summary>
    [Fact]
    public void However_a_birth_date_is_corrected_and_whatever_happens_there_is_one_birthday_a_year() => Drawn.EachSeed((seed, random) =>
    {
        var account = new PureAccount(Programme) { Scheme = new(Programme, Books.Goods) };
        var (birth, born, day, end) = (default(BirthDate), default(DateOnly?), new DateOnly(2026, 1, 1).AddDays(random.Next(60)), new DateOnly(2029, 12, 31));
        List<(DateOnly On, DateOnly? Born)> parties = [];
        for (var number = 0; day < end; day = day.AddDays(random.Next(1, 40)), number++)
        {
            account.At = new(day.ToDateTime(new(12, 0)), TimeSpan.FromHours(1));
            if (account.State.Recognition is { RemindOn: > 0 and var due } && due <= day.DayNumber && random.Next(4) > 0) Tell();
            switch (random.Next(5))
            {
                case 0 when number < 4 || random.Next(20) == 0:
                    var (after, refusal) = birth.Give(new DateOnly(1990, 1, 1).AddDays(random.Next(4000)), day);
                    if (refusal is not null) break;
                    (birth, born) = (after, after.On);
                    if (Commanding.Decide(account.State, new NoteBirthDate(true), "anna", Context()).Entry is { } noted) account.Apply(noted);
                    break;
                default:
                    foreach (var entry in ActivityRulings.Decide(account.State, new(Events.Of(EarningEvent.Post, $"{number}", account.At), default, null), Context() with { Birth = null }).Entries) account.Apply(entry);
                    break;
            }
        }

        Assert.True(parties.Select(party => party.On.Year).Distinct().Count() == parties.Count, $"seed {seed}: {string.Join(' ', parties)}");
        Assert.All(parties, party => Assert.True(party.Born is { } date && date.AddYears(party.On.Year - date.Year) == party.On, $"seed {seed}: {party}"));
        if (born is { } last && birth.Given == 1 && parties.Count > 0) Assert.True(parties.Count >= 2029 - parties[0].On.Year, $"seed {seed}, born {last:o}: {string.Join(' ', parties)}");

        void Tell()
        {
            if (Commanding.Tell(account.State, Context()) is not { } told) return;
            account.Apply(told);
            parties.AddRange(told.Recognised!.Changes.OfType<Celebrated>().Where(one => one.Event == EarningEvent.Birthday).Select(one => (one.On, born)));
        }

        AccountContext Context() => Receipts.Context(Programme, account.History, AccountKind.Member, account.Scheme, account.At) with { Birth = born };
    });

    [Fact]
    public void What_members_reach_together_brings_its_badge_to_those_who_gave_enough_once_for_each_run()
    {
        Do(new ReachTogether("zero-waste", "2026-11", 1, 2));
        Assert.Equal((0, 0), (Recognition.BadgeOf("together").Level, _account.State.Lifetime));
        Do(new ReachTogether("other", "2026-11", 1, 9));
        Assert.Equal(0, Recognition.BadgeOf("together").Level);
        Do(new ReachTogether("zero-waste", "2026-11", 1, 3));
        Do(new ReachTogether("zero-waste", "2026-11", 1, 5));
        Assert.Equal((1, 11), (Recognition.BadgeOf("together").Level, _account.State.Lifetime));
        Do(new ReachTogether("zero-waste", "2026-11", 2, 5));
        Do(new ReachTogether("zero-waste", "2026-12", 1, 5));
        Assert.Equal((2, 22, 3), (Recognition.BadgeOf("together").Level, _account.State.Lifetime, Recognition.BadgeOf("together").Awards.Length));
        Assert.Empty(AccountProof.FaultsIn(_account.Entries, _account.State));
    }

    [Fact]
    public void Whoever_moves_home_has_the_days_of_the_new_zone_from_the_next_midnight_on()
    {
        Do(new MoveHome("America/New_York"));
        Assert.Equal(("America/New_York", "Europe/Brussels"), (Recognition.Home!.Zone, Recognition.Home.Before));
        Assert.Equal("too-soon", Commanding.Decide(_account.State, new MoveHome("Asia/Tokyo"), "anna", Context()).Refusal!.Code);
        Assert.Equal("same-zone", Commanding.Decide(_account.State, new MoveHome("America/New_York"), "anna", Context()).Refusal!.Code);
        Assert.Equal("unknown-zone", Commanding.Decide(_account.State, new MoveHome("Mars/Olympus"), "anna", Context()).Refusal!.Code);
        var book = _account.Scheme!.Recognition!;
        var evening = new DateTimeOffset(2026, 11, 22, 2, 0, 0, TimeSpan.FromHours(1));
        Assert.Equal(new("America/New_York", new DateTimeOffset(2026, 11, 21, 23, 0, 0, TimeSpan.Zero)), RecognitionViews.At(_account.State, book, evening).Home);
        _account.At = new(2026, 12, 22, 2, 0, 0, TimeSpan.FromHours(1));
        Do(new MoveHome("Asia/Tokyo"));
        Assert.Equal(new DateOnly(2026, 12, 21), Recognition.Home!.DatesOf(_account.At).Date);
    }

    [Fact]
    public void Whoever_comes_late_hears_the_newest_notice_alone()
    {
        _account.Post(Receipts.Sale("1", 120m));
        Pass(new(2027, 2, 26));
        var notice = Assert.Single(Commanding.Tell(_account.State, Context())!.Recognised!.Changes.OfType<ExpiryNoticeDue>());
        Assert.Equal((120, 7, new DateOnly(2027, 3, 1)), (notice.Amount, notice.DaysBefore, notice.On));
    }

    [Fact]
    public void A_plan_turns_by_itself_when_its_payment_is_missing()
    {
        Do(new StartPlan("club", "psp-1", 500));
        Pass(new(2026, 12, 21));
        Do(new FailPlanPayment("club"));
        Assert.Equal(VipStatus.Grace, Recognition.PlanOf("club")!.StatusOn(new(2026, 12, 22)));
        Pass(new(2026, 12, 28));
        var told = Commanding.Tell(_account.State, Context())!;
        Assert.Equal(new PlanTurned("club", VipStatus.Ended, new(2026, 12, 28)), Assert.Single(told.Recognised!.Changes));
    }

    [Fact]
    public void What_people_give_and_take_away_is_posted_to_the_ledger()
    {
        var given = Do(new GiveBadge("thanks", "ever", "Opening day"));
        Assert.Equal((50, 50, "anna"), (given.Balance, given.Lifetime, given.Recognised!.Badges[0].Awards[0].By));
        var taken = Do(new TakeBadge(new("thanks", 1, "ever"), "By mistake"));
        Assert.Equal((0, 0), (taken.Balance, taken.Lifetime));
        Assert.All(_account.Scheme!.Recognition!.Say(taken), sentence => Assert.EndsWith("Withdrawn: “By mistake”.", sentence.En, StringComparison.Ordinal));
        Assert.Empty(AccountProof.FaultsIn(_account.Entries, _account.State));
        Assert.Equal("not-manual", Commanding.Decide(_account.State, new GiveBadge("writer", "ever", "x"), "anna", Context()).Refusal!.Code);
        Assert.Equal("unknown-streak", Commanding.Decide(_account.State, new TakeVacation("none", new(2027, 1, 1), new(2027, 1, 5)), "anna", Context()).Refusal!.Code);
    }

    [Fact]
    public void An_event_is_recognised_and_its_removal_and_return_are_exact()
    {
        Report("1");
        Report("2");
        Report("3");
        Assert.Equal((3, 1, 37), (Recognition.BadgeOf("writer").ValueIn("ever"), Recognition.BadgeOf("writer").Level, _account.State.Lifetime));
        Assert.Contains(new TierReached("silver", new(2026, 11, 21)), _account.Entries[^1].Recognised!.Changes);
        Revise(Events.Removal("3"));
        Revise(Events.Removal("2"));
        Assert.Contains(_account.Scheme!.Recognition!.Say(_account.Entries[^1]), sentence => sentence.Fr.EndsWith("Annulé\u00A0: contenu retiré.", StringComparison.Ordinal));
        Assert.Equal((1, 0, 10), (Recognition.BadgeOf("writer").ValueIn("ever"), Recognition.BadgeOf("writer").Level, _account.State.Lifetime));
        Assert.Equal(10, Assert.Single(Recognition.Tier!.Sums).Points.Engagement);
        Revise(Events.Restoration("2"));
        Assert.Equal((1, 2, 27), (Recognition.BadgeOf("writer").Level, Recognition.BadgeOf("writer").Awards[0].Turn, _account.State.Lifetime));
        Revise(Events.Removal("1"));
        Revise(Events.Removal("2", minute: 5));
        Assert.Equal((0, 0), (_account.State.Lifetime, _account.State.Balance));
        Assert.True(Recognition.StreakOf("weekly").Dates.IsEmpty && Recognition.Tier!.Sums.IsEmpty);
        Assert.Empty(AccountProof.FaultsIn(_account.Entries, _account.State));
    }

    private void Pass(DateOnly day) => _account.At = new(day.ToDateTime(new(12, 0)), TimeSpan.FromHours(1));

    private AccountContext Context() => Receipts.Context(Programme, _account.History, AccountKind.Member, _account.Scheme, _account.At);

    private RecognitionPosted Do(RecognitionCommand command)
    {
        var (entry, refusal) = Commanding.Decide(_account.State, command, "anna", Context());
        Assert.Null(refusal);
        var written = AccountEntryJson.Write(entry!);
        var again = (RecognitionPosted)AccountEntryJson.Read(new() { Actor = default, Version = 1, Partition = 0, Seq = 1, Type = written.Type, Payload = written.Payload, RecordedAt = Receipts.Noon })!;
        Assert.Equal(command, again.Command);
        _account.Apply(again);
        return again;
    }

    private void Report(string id)
    {
        var (entries, refusal) = ActivityRulings.Decide(_account.State, new(Events.Of(EarningEvent.Post, id), default, null), Context());
        Assert.Null(refusal);
        foreach (var entry in entries) _account.Apply(entry);
    }

    private void Revise(ActivityRevision revision) => _account.Apply(Revisions.Decide(_account.State, revision, Context()));
}
