using Gamification.Runtime.Hosting;
using Gamification.Runtime.Reminders;
using Gamification.Runtime.Scheduling;
using Microsoft.Extensions.DependencyInjection;

namespace Gamification.Tests.Runtime;

[Alias("tests.remembering")]
public interface IRememberingGrain : IGrainWithStringKey
{
    Task Remember(string name, TimeSpan due, TimeSpan period);

    Task Forget(string name);

    Task<string> Names();
}

public sealed class RememberingGrain(Diary diary, TimeProvider time) : Grain, IRememberingGrain, IRemindable
{
    public Task Remember(string name, TimeSpan due, TimeSpan period) => this.RegisterOrUpdateReminder(name, due, period);

    public async Task Forget(string name)
    {
        if (await this.GetReminder(name) is { } reminder) await this.UnregisterReminder(reminder);
    }

    public async Task<string> Names() => string.Join(" ", (await this.GetReminders()).Select(reminder => reminder.ReminderName));

    public Task ReceiveReminder(string reminderName, TickStatus status)
    {
        Assert.Equal(time.GetUtcNow().UtcDateTime, status.CurrentTickTime);
        diary.Write($"{this.GetPrimaryKeyString()} {reminderName} {status.CurrentTickTime:HH:mm}");
        return Task.CompletedTask;
    }
}

public sealed class ReminderTests
{
    private static readonly TimeSpan s_hour = TimeSpan.FromHours(1);

    [Fact]
    public void A_reminder_wakes_its_grain_when_due_and_after_each_period() => Run((simulation, diary, start) =>
    {
        var host = start();
        simulation.Run(() => host.Factory.GetGrain<IRememberingGrain>("one").Remember("expiry", TimeSpan.FromMinutes(30), s_hour));
        Assert.Empty(diary.Lines);
        simulation.Advance(TimeSpan.FromHours(3));
        Assert.Equal(["one expiry 00:30", "one expiry 01:30", "one expiry 02:30"], diary.Lines);
    });

    [Fact]
    public void A_reminder_can_be_replaced_listed_and_forgotten() => Run((simulation, diary, start) =>
    {
        var grain = start().Factory.GetGrain<IRememberingGrain>("one");
        simulation.Run(async () =>
        {
            await grain.Remember("b", s_hour, s_hour);
            await grain.Remember("a", s_hour, s_hour);
            await grain.Remember("a", 2 * s_hour, s_hour);
            Assert.Equal("a b", await grain.Names());
            await grain.Forget("b");
            await grain.Forget("never there");
            Assert.Equal("a", await grain.Names());
        });
        simulation.Advance(2 * s_hour);
        Assert.Equal(["one a 02:00"], diary.Lines);
    });

    [Fact]
    public void Reminders_outlive_the_host_and_what_is_overdue_fires_once_at_start() => Run((simulation, diary, start) =>
    {
        var host = start();
        simulation.Run(() => host.Factory.GetGrain<IRememberingGrain>("one").Remember("expiry", s_hour, s_hour));
        simulation.Run(() => host.StopAsync(default));
        simulation.Advance(TimeSpan.FromHours(5.5));
        Assert.Empty(diary.Lines);

        start();
        simulation.RunUntilIdle();
        simulation.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(["one expiry 05:30"], diary.Lines);
        simulation.Advance(s_hour);
        Assert.Equal(["one expiry 05:30", "one expiry 06:00"], diary.Lines);
    });

    [Fact]
    public void A_write_that_outlasts_its_host_harms_nobody_and_arms_nothing()
    {
        var table = new HeldTable();
        Run(
            (simulation, diary, start) =>
            {
                table.Gate = null;
                var host = start();
                simulation.Run(() => host.Factory.GetGrain<IRememberingGrain>("one").Remember("expiry", s_hour, s_hour));
                table.Gate = new();
                simulation.Advance(s_hour);
                Assert.Equal(["one expiry 01:00"], diary.Lines);

                simulation.Run(async () => await host.DisposeAsync());
                table.Gate.SetResult();
                simulation.RunUntilIdle();
                simulation.Advance(3 * s_hour);
                Assert.Equal(["one expiry 01:00"], diary.Lines);
            },
            table);
    }

    /// <summary>Writes nothing while there is a gate, until it opens.</summary>
    private sealed class HeldTable : IReminderTable
    {
        public TaskCompletionSource? Gate { get; set; }

        public ValueTask<IReadOnlyList<Reminder>> ReadAll(CancellationToken cancellationToken) => new([]);

        public ValueTask Upsert(Reminder reminder, CancellationToken cancellationToken) => Gate is null ? default : new(Gate.Task);

        public ValueTask Remove(ReminderId id, CancellationToken cancellationToken) => default;
    }

    private static void Run(Action<SimulationScheduler, Diary, Func<ActorHost>> scenario, IReminderTable? table = null)
    {
        for (var seed = 1; seed <= 5; seed++)
        {
            using var simulation = new SimulationScheduler(seed);
            var diary = new Diary();
            using var services = Hosts.Services(simulation, added => added
                .AddSingleton(diary).AddScoped<Belonging>().AddSingleton(table ?? new InMemoryReminderTable()));
            scenario(simulation, diary, () =>
            {
                var host = Hosts.Create(simulation, services, null);
                simulation.Run(() => host.StartAsync(default));
                return host;
            });
        }
    }
}
