using Gamification.Rewards;
using Gamification.Runtime.Reminders;
using Gamification.Runtime.Scheduling;
using Gamification.Tests.Journal;

namespace Gamification.Tests.Rewards;

/// <summary>Gestures: a quota, a reason, four eyes, and a member who gets it once.</summary>
public sealed class AgentTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    private static readonly MemberId Anna = new(Guid.Parse("0123456789abcdef0123456789abcdef"));
    private static readonly AgentTerms Terms = new() { Quota = 1_000, AloneMax = 300, Reasons = ["late-delivery", "damaged"] };

    private readonly HolderBook _holders = new();

    [Fact]
    public void A_gesture_within_the_limit_reaches_the_member_once() => Run(async (engine, _) =>
    {
        var gesture = Of(1, 300);
        Assert.Equal(new GestureOutcome.Now(GestureState.Granted), await engine.Agent().Give(gesture, Noon));
        Assert.Equal(new GestureOutcome.Now(GestureState.Granted), await engine.Agent().Give(gesture, Noon));
        Assert.Equal(300, Assert.Single(_holders.Gestures).Value);
        Assert.Equal("gesture-id-used", Assert.IsType<GestureOutcome.Refused>(await engine.Agent().Give(gesture with { Points = 10 }, Noon)).Refusal.Code);
        Assert.Equal("unknown-reason", Assert.IsType<GestureOutcome.Refused>(await engine.Agent().Give(Of(2, 10) with { Reason = "mood" }, Noon)).Refusal.Code);
        Assert.Equal(["agent.arrived", "agent.given", "agent.set"], (await engine.Agent().Audit(long.MaxValue, 50)).Select(line => line.Type));
    });

    [Fact]
    public void Above_the_limit_a_second_agent_decides_and_never_the_first() => Run(async (engine, _) =>
    {
        Assert.Equal(new GestureOutcome.Now(GestureState.Waiting), await engine.Agent().Give(Of(1, 301), Noon));
        Assert.Equal("four-eyes", Assert.IsType<GestureOutcome.Refused>(await engine.Agent().Decide(Of(1, 1).Id, "Sofie", approved: true, Noon)).Refusal.Code);
        Assert.Empty(_holders.Gestures);
        Assert.Equal(new GestureOutcome.Now(GestureState.Granted), await engine.Agent().Decide(Of(1, 1).Id, "karim", approved: true, Noon));
        Assert.Equal(301, Assert.Single(_holders.Gestures).Value);
    });

    [Fact]
    public void The_quota_holds_over_a_month_and_what_was_declined_is_free_again() => Run(async (engine, _) =>
    {
        await engine.Agent().Give(Of(1, 800), Noon);
        Assert.Equal("quota-used", Assert.IsType<GestureOutcome.Refused>(await engine.Agent().Give(Of(2, 201), Noon)).Refusal.Code);
        Assert.Equal(new GestureOutcome.Now(GestureState.Declined), await engine.Agent().Decide(Of(1, 1).Id, "karim", approved: false, Noon));
        Assert.Equal(new GestureOutcome.Now(GestureState.Granted), await engine.Agent().Give(Of(2, 201), Noon));
        Assert.Equal(new GestureOutcome.Now(GestureState.Declined), await engine.Agent().Decide(Of(1, 1).Id, "karim", approved: true, Noon));
    });

    [Fact]
    public void What_did_not_arrive_is_sent_again_after_a_restart_though_nobody_asks() => Run(async (engine, next) =>
    {
        _holders.IsSilent = () => true;
        await Assert.ThrowsAnyAsync<Exception>(() => engine.Agent().Give(Of(1, 100), Noon));
        engine.Stop();
        await engine.Host.StopAsync(default);
        _holders.IsSilent = () => false;

        var (after, wait) = await next();
        await wait(TimeSpan.FromMinutes(3));

        Assert.Equal(100, Assert.Single(_holders.Gestures).Value);
        Assert.Empty(await after.Agent().Open());
        after.Stop();
    });

    private static Gesture Of(int number, long points) =>
        new() { Id = new Guid(number, 0, 0, new byte[8]), Member = Anna, Points = points, Reason = "damaged", Date = new(2026, 11, 21) };

    private void Run(Func<RewardHost, Func<Task<(RewardHost, Func<TimeSpan, Task>)>>, Task> scenario)
    {
        using var scheduler = new SimulationScheduler(1, Noon);
        var journal = new FaultyJournalStorage(new Random(1), scheduler.Time);
        var reminders = new InMemoryReminderTable();
        scheduler.Run(async () =>
        {
            var engine = await Start();
            await engine.Agent().Set(Terms, "marie", Noon);
            await scenario(engine, async () => (await Start(), span => Task.Delay(span, scheduler.Time)));
            engine.Stop();
        });

        async Task<RewardHost> Start()
        {
            var engine = new RewardHost(scheduler, journal, _holders, reminders);
            await engine.Host.StartAsync(default);
            return engine;
        }
    }
}
