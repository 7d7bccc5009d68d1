using Gamification.Rewards;
using Gamification.Rules.Rewards;

namespace Gamification.Tests.Rules.Rewards;

public sealed class ReservingTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    private Shelf _shelf = Shelf.Empty;

    [Fact]
    public void Who_waits_longest_is_served_first_and_keeps_his_turn()
    {
        Offer(new() { Stock = 1, WaitingMax = 2 });
        Assert.IsType<ReserveOutcome.Reserved>(Reserve(1));
        Assert.Equal(new ReserveOutcome.Waiting(1), Reserve(2));
        Assert.Equal(new ReserveOutcome.Waiting(2), Reserve(3));
        Assert.Equal(new ReserveOutcome.Waiting(1), Reserve(2));
        Assert.Equal("sold-out", Code(Reserve(4)));
        Take(Reserving.Release(_shelf, Id(1), Noon));
        Assert.IsType<ReserveOutcome.Reserved>(Reserve(2));
        Assert.Equal(new ReserveOutcome.Waiting(1), Reserve(3));
        Offer(_shelf.Terms! with { Stock = 2 });
        Assert.IsType<ReserveOutcome.Reserved>(Reserve(3));
    }

    [Fact]
    public void Refusals_come_in_their_order()
    {
        Assert.Equal("reward-unknown", Code(Reserve(1)));
        Offer(new() { Stock = 1, From = Noon.AddHours(1), Until = Noon.AddHours(2), Tiers = ["gold"] });
        Assert.Equal("too-early", Code(Reserve(1)));
        Offer(_shelf.Terms! with { From = null, Until = Noon });
        Assert.Equal("too-late", Code(Reserve(1)));
        Offer(_shelf.Terms! with { Until = null });
        Assert.Equal("tier-needed", Code(Reserve(1)));
        Offer(_shelf.Terms! with { Tiers = [], PerMember = 1 });
        Reserve(1);
        Assert.Equal("sold-out", Code(Reserve(2)));
        Assert.Equal("member-limit", Code(Reserve(1, "another cause")));
    }

    [Fact]
    public void An_empty_seat_keeps_its_holder_out_for_some_days()
    {
        Offer(new() { Stock = 5, IsBooking = true, NoShowDays = 30, CancelUntil = Noon.AddHours(1) });
        Reserve(1);
        Take(Reserving.Confirm(_shelf, Id(1), Noon));
        Assert.Equal(new ReservationOutcome.Now(ReservationState.NoShow), Take(Reserving.Attend(_shelf, Id(1), came: false, Noon.AddHours(3))));
        Assert.Equal("no-show", Code(Reserve(1, "again")));
        Assert.IsType<ReserveOutcome.Reserved>(Reserve(1, "again", Noon.AddDays(30).AddHours(3)));
    }

    [Fact]
    public void A_seat_is_cancelled_in_time_or_not_at_all()
    {
        Offer(new() { Stock = 1, IsBooking = true, CancelUntil = Noon.AddHours(1) });
        Reserve(1);
        Take(Reserving.Confirm(_shelf, Id(1), Noon));
        Assert.Equal("too-late-to-cancel", Assert.IsType<ReservationOutcome.Refused>(Take(Reserving.Cancel(_shelf, Id(1), null, Noon.AddHours(1)))).Refusal.Code);
        Take(Reserving.Cancel(_shelf, Id(1), null, Noon));
        Assert.Equal((1L, 0L), (_shelf.Left(), _shelf.Taken));
    }

    [Fact]
    public void What_is_kept_reads_back_as_it_was()
    {
        Offer(new() { Stock = 2, PerMember = 2, IsBooking = true, WaitingMax = 5, Tiers = [] });
        for (var number = 1; number <= 4; number++) Reserve(number);
        Take(Reserving.Confirm(_shelf, Id(1), Noon));
        var form = Gamification.Rewards.ShelfForm.Json;
        var written = form.WriteState(_shelf);
        var read = form.ReadState(written);
        Assert.Equal(written, form.WriteState(read));
        Assert.Equal((1L, 1, 2, 1, 4), (read.Taken, read.Open.Count, read.Waiting.Count, read.Booked.Count, read.ByMember.Count));
    }

    private void Offer(RewardTerms terms) => _shelf = Reserving.Offer(_shelf, terms, "marie", Noon).Aggregate(_shelf, (shelf, entry) => shelf.Apply(entry));

    private ReserveOutcome Reserve(int member, string cause = "app", DateTimeOffset? at = null) => Take(Reserving.Reserve(
        _shelf, new() { Id = Id(member, cause), Member = Member(member), At = at ?? Noon, MayWait = true }));

    private TAnswer Take<TAnswer>(Decision<ShelfEntry, TAnswer> decision)
    {
        _shelf = decision.Entries.Aggregate(_shelf, (shelf, entry) => shelf.Apply(entry));
        return decision.Answer;
    }

    private static string Code(ReserveOutcome outcome) => Assert.IsType<ReserveOutcome.Refused>(outcome).Refusal.Code;

    private static ReservationId Id(int member, string cause = "app") => ReservationId.Of("demo", "mug", Member(member), cause);

    private static MemberId Member(int number) => new(new Guid(number, 0, 0, new byte[8]));
}
