using Gamification.Members;
using Gamification.Programmes.Earning;
using Gamification.Recognition;
using Gamification.Rules;
using Gamification.Tests.Rules.Earning;
using Gamification.Tests.Rules.Recognition;
using Merges = Gamification.Rules.Merging.Merging;
using MergeSide = Gamification.Rules.Merging.MergeSide;

namespace Gamification.Tests.Rules.Fold;

/// <summary>Rules for the first hours after joining (spec A6).</summary>
public sealed class JoiningTests
{
    private static readonly EarningRules Rules = Books.Document(Books.Base, Books.Times("first-hours", 2, new JoinedWithin(24)));

    private readonly PureAccount _account = new(Receipts.Programme() with { Earning = Rules })
    {
        Scheme = new(Receipts.Programme() with { Earning = Rules }, Books.Goods),
    };

    [Theory]
    [InlineData(-3_600_001, 10)]
    [InlineData(-3_600_000, 20)]
    [InlineData(0, 20)]
    [InlineData(86_399_999, 20)]
    [InlineData(86_400_000, 10)]
    public void The_first_hours_begin_an_hour_before_joining_and_end_before_the_last_instant(long milliseconds, long points)
    {
        Enrol();
        _account.Restart();
        Assert.Equal(points, _account.Post(Receipts.Sale("1", 10m).At(Receipts.Noon.AddMilliseconds(milliseconds)))[0].Points);
    }

    [Fact]
    public void A_return_takes_what_the_first_hours_had_brought_however_late_it_comes()
    {
        Enrol();
        var sale = Receipts.Sale("1", Receipts.Line("BREAD", 2, 10m));
        Assert.Equal(40, _account.Post(sale)[0].Points);
        _account.At = Receipts.Noon.AddDays(20);
        Assert.Equal(-20, _account.Post(Receipts.Return("2", sale.Key, Receipts.Line("BREAD", -1, 10m)))[0].Points);
        Assert.Equal(-20, _account.Post(Receipts.Return("3", sale.Key, Receipts.Line("BREAD", -1, 10m)))[0].Points);
        Assert.Equal((0, 0), (_account.State.Balance, _account.State.Lifetime));
    }

    [Fact]
    public void Where_cards_need_not_enrol_the_first_receipt_is_in_the_first_hours_and_begins_them()
    {
        var first = Receipts.Sale("1", 10m);
        Assert.Equal(20, _account.Preview(first).Points);
        var context = Receipts.Context(Receipts.Programme(), scheme: _account.Scheme);
        Assert.True(Enrolment.Follows(_account.State, context, []));
        var (entries, _) = Account.Decide(_account.State, first, context with { Newcomer = new(PureAccount.Self, first.OccurredAt, first.Key.BusinessDate, []) });
        foreach (var entry in entries) _account.Apply(entry);
        Assert.Equal([20, 0], entries.Select(entry => entry.Points));
        Assert.Equal(20, _account.Post(Receipts.Sale("2", 10m).At(first.OccurredAt.AddHours(23)))[0].Points);
        Assert.Equal(10, _account.Post(Receipts.Sale("3", 10m).At(first.OccurredAt.AddHours(24)))[0].Points);
    }

    [Theory]
    [InlineData(-1, 0, 1)]
    [InlineData(-1, 3, 1)]
    [InlineData(0, 0, 0)]
    [InlineData(0, 3, 0)]
    public void Founders_before_a_date_are_those_whose_first_receipt_was_however_late_it_comes(int day, int daysLater, int level)
    {
        var (cutOff, on) = (DateOnly.FromDateTime(Receipts.Noon.Date), DateOnly.FromDateTime(Receipts.Noon.Date).AddDays(day));
        var programme = Receipts.Programme() with
        {
            Earning = Rules,
            Recognition = new() { Badges = [new() { Id = "founder", Version = 1, Name = Drawn.Named("founder"), For = new Founder(Before: cutOff), Levels = [new() { At = 1 }] }] },
        };
        var account = new PureAccount(programme) { Scheme = new(programme, Books.Goods) };
        var first = Receipts.Sale("1", 10m).At(Receipts.Noon.AddDays(day));
        var context = Receipts.Context(programme, scheme: account.Scheme, at: first.OccurredAt.AddDays(daysLater));
        var (entries, _) = Account.Decide(account.State, first, context with { Newcomer = new(PureAccount.Self, first.OccurredAt, on, []) });
        foreach (var entry in entries) account.Apply(entry);
        Assert.Equal((level, on), (account.State.Recognition!.BadgeOf("founder").Level, account.State.Recognition.Dates.EnrolledOn));
    }

    [Fact]
    public void Whoever_joined_before_it_was_recorded_is_no_newcomer()
    {
        Enrol();
        var old = new PureAccount(Receipts.Programme() with { Earning = Rules }) { Scheme = _account.Scheme };
        old.Apply(((MemberEnrolled)_account.Entries[0]) with { JoinedAt = null });
        Assert.Equal(10, old.Post(Receipts.Sale("1", 10m))[0].Points);
    }

    [Theory]
    [InlineData(-48, 10)]
    [InlineData(48, 20)]
    public void Who_joins_a_second_time_and_merges_has_joined_once(int hours, long points)
    {
        var other = new PureAccount(Receipts.Programme() with { Earning = Rules }) { Scheme = _account.Scheme };
        Enrol(_account, Receipts.Noon);
        Enrol(other, Receipts.Noon.AddHours(hours));
        var context = Receipts.Context(Receipts.Programme(), other.History, scheme: _account.Scheme, at: Receipts.Noon.AddHours(1));
        var (into, from) = (new MergeSide(_account.State, [.. _account.Entries]), new MergeSide(other.State, [.. other.Entries]));
        var left = Merges.Leave(other.State, new() { Id = "m", From = PureAccount.Self, Into = default, Reason = "one person", By = "marie" }, context).Entry!;
        _account.Apply(Merges.Join(into, from, left, [new("m", PureAccount.Self, 1, default)], _ => false, context));
        Assert.Equal(points, _account.Post(Receipts.Sale("1", 10m).At(Receipts.Noon.AddHours(2)))[0].Points);
    }

    private void Enrol() => Enrol(_account, Receipts.Noon);

    private static void Enrol(PureAccount account, DateTimeOffset at)
    {
        foreach (var entry in Enrolment.Decide(account.State, PureAccount.Self, Receipts.Context(Receipts.Programme(), account.History, scheme: account.Scheme, at: at))) account.Apply(entry);
    }
}
