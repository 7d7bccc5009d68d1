using System.Threading.Channels;
using Gamification.Runtime.Hosting;
using Gamification.Runtime.Reminders;
using Gamification.Runtime.Scheduling;
using Microsoft.Extensions.DependencyInjection;

namespace Gamification.Tests.Storage;

/// <summary>What the reminder table promises, on each database.</summary>
public abstract class ReminderTableContract : IAsyncLifetime
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private IReminderTable Table { get; set; } = null!;

    public async ValueTask InitializeAsync() => Table = await Open();

    public async ValueTask DisposeAsync()
    {
        await Close();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task What_is_read_is_what_was_written()
    {
        Assert.Empty(await Table.ReadAll(default));

        var odd = Of("k|é", "n") with { FirstDue = Appends.Now.AddTicks(1), Period = Hour + TimeSpan.FromTicks(7), NextDue = Appends.Now.AddTicks(3) };
        await Table.Upsert(odd, default);

        Assert.Equal([odd], await Table.ReadAll(default));
    }

    [Fact]
    public async Task One_of_the_same_grain_and_name_is_replaced_and_others_stay()
    {
        Reminder[] others = [Of("k", "m"), Of("l", "n"), Of("k", "n") with { Id = new("other", "k", "n") }];
        foreach (var reminder in others.Append(Of("k", "n")))
            await Table.Upsert(reminder, default);
        var moved = Of("k", "n") with { FirstDue = Appends.Now + Hour, Period = 2 * Hour, NextDue = Appends.Now + (3 * Hour) };
        await Table.Upsert(moved, default);

        Assert.Equal(others.Append(moved).ToHashSet(), (await Table.ReadAll(default)).ToHashSet());
        Assert.Equal(4, (await Table.ReadAll(default)).Count);
    }

    [Fact]
    public async Task A_removed_one_is_gone_and_removing_it_again_changes_nothing()
    {
        await Table.Upsert(Of("k", "n"), default);
        await Table.Upsert(Of("k", "m"), default);

        await Table.Remove(new("grain", "k", "n"), default);
        await Table.Remove(new("grain", "k", "n"), default);
        await Table.Remove(new("grain", "l", "m"), default);

        Assert.Equal([Of("k", "m")], await Table.ReadAll(default));
    }

    [Fact]
    public async Task Many_that_are_written_at_once_are_all_there()
    {
        var all = Enumerable.Range(0, 500).Select(number => Of($"k{number}", "n")).ToArray();
        await Task.WhenAll(all.Select(reminder => Table.Upsert(reminder, default).AsTask()));
        await Task.WhenAll(all[..100].Select(reminder => Table.Remove(reminder.Id, default).AsTask()).Concat(all[400..].Select(reminder => Table.Upsert(reminder with { NextDue = Appends.Now + Hour }, default).AsTask())));

        Assert.Equal(all[100..400].Concat(all[400..].Select(reminder => reminder with { NextDue = Appends.Now + Hour })).ToHashSet(), (await Table.ReadAll(default)).ToHashSet());
    }

    [Fact]
    public async Task A_reminder_registered_before_a_restart_fires_after_it()
    {
        var alarms = Channel.CreateUnbounded<string>();
        await using (var host = await Start(Table, new LaterClock(TimeSpan.Zero), alarms.Writer))
        {
            await host.Grains.GetGrain<ISleepingGrain>("one").WakeIn(Hour);
        }

        var registered = Assert.Single(await Table.ReadAll(default));
        Assert.False(alarms.Reader.TryRead(out _));

        var table = new Witness(await Reopen());
        await using var next = await Start(table, new LaterClock(1.5 * Hour), alarms.Writer);
        Assert.Equal("one alarm", await alarms.Reader.ReadAsync().AsTask().WaitAsync(Patience));
        Assert.Equal(registered with { NextDue = registered.FirstDue + Hour }, await table.Written.ReadAsync().AsTask().WaitAsync(Patience));
    }

    protected abstract Task<IReminderTable> Open();

    /// <summary>As the next process would open it.</summary>
    protected abstract Task<IReminderTable> Reopen();

    protected abstract Task Close();

    private static Reminder Of(string key, string name) => new(new("grain", key, name), Appends.Now, Hour, Appends.Now);

    private static async Task<RunningHost> Start(IReminderTable table, TimeProvider clock, ChannelWriter<string> alarms)
    {
        var host = new RunningHost(table, clock, alarms);
        await host.Start();
        return host;
    }

    /// <summary>The machine's clock as it will stand after a while; timers run in real time.</summary>
    private sealed class LaterClock(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + by;
    }

    /// <summary>Tells what has become durable in the table.</summary>
    private sealed class Witness(IReminderTable table) : IReminderTable
    {
        private readonly Channel<Reminder> _written = Channel.CreateUnbounded<Reminder>();

        public ChannelReader<Reminder> Written => _written.Reader;

        public ValueTask<IReadOnlyList<Reminder>> ReadAll(CancellationToken cancellationToken) => table.ReadAll(cancellationToken);

        public async ValueTask Upsert(Reminder reminder, CancellationToken cancellationToken)
        {
            await table.Upsert(reminder, cancellationToken);
            await _written.Writer.WriteAsync(reminder, cancellationToken);
        }

        public ValueTask Remove(ReminderId id, CancellationToken cancellationToken) => table.Remove(id, cancellationToken);
    }

    private sealed class RunningHost : IAsyncDisposable
    {
        private readonly ThreadScheduler _scheduler;
        private readonly ServiceProvider _services;

        public RunningHost(IReminderTable table, TimeProvider clock, ChannelWriter<string> alarms)
        {
            _scheduler = new(workers: 1, clock);
            _services = new ServiceCollection()
                .AddSingleton<IActorScheduler>(_scheduler)
                .AddSingleton(table)
                .AddSingleton(alarms)
                .AddActorHost(options => options.Grains.Add(typeof(SleepingGrain)))
                .BuildServiceProvider();
        }

        public IGrainFactory Grains => _services.GetRequiredService<IGrainFactory>();

        public Task Start() => _services.GetRequiredService<ActorHost>().StartAsync(default);

        public async ValueTask DisposeAsync()
        {
            await _services.GetRequiredService<ActorHost>().StopAsync(default);
            await _services.DisposeAsync();
            await _scheduler.DisposeAsync();
        }
    }
}

[Alias("tests.sleeping")]
public interface ISleepingGrain : IGrainWithStringKey
{
    Task WakeIn(TimeSpan due);
}

public sealed class SleepingGrain(ChannelWriter<string> alarms) : Grain, ISleepingGrain, IRemindable
{
    public Task WakeIn(TimeSpan due) => this.RegisterOrUpdateReminder("alarm", due, TimeSpan.FromHours(1));

    public async Task ReceiveReminder(string reminderName, TickStatus status) => await alarms.WriteAsync($"{this.GetPrimaryKeyString()} {reminderName}");
}
