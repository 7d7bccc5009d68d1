using System.Threading.Channels;
using Gamification.Runtime.Activations;
using Gamification.Runtime.Calls;
using Gamification.Runtime.Hosting;
using Gamification.Runtime.Scheduling;
using Microsoft.Extensions.Logging;

namespace Gamification.Runtime.Reminders;

/// <summary>
/// Sends due reminders. A tick is first answered by the grain and then written off in the table, so a crash repeats it and never loses
/// it. Ticks missed while the process was down are sent once, at start.
/// </summary>
internal sealed class ReminderClock(ActorHost host, IReminderTable table)
{
    // Timers count in milliseconds of 32 bits, so a far reminder is armed in steps.
    private static readonly TimeSpan s_farthest = TimeSpan.FromDays(1);

    private readonly Dictionary<ReminderId, Armed> _armed = [];

    // The one place of whoever writes a reminder, shared by some: changes of one come in the order asked, those of others go to the table beside
    // each other. Unlike a semaphore it needs no disposal: a write may outlast the host.
    private readonly Channel<bool>[] _writing = [.. Enumerable.Range(0, 64).Select(_ => Channel.CreateBounded<bool>(1))];
    private LoopContext? _context;

    // Under the lock on _armed, so that nothing is armed once stopping has taken what was.
    private bool _stopped;

    private TimeProvider Time => host.Scheduler.Time;

    public static ReminderClock Of(Grain grain) =>
        grain is IRemindable ? grain.Activation.Host.Reminders
        : throw new InvalidOperationException($"{grain.GetType().Name} must implement IRemindable to have reminders.");

    public async Task Start(CancellationToken cancellationToken)
    {
        _context = new("reminders", host.Scheduler.OpenOutsideLane("reminders"));
        var stored = await table.ReadAll(cancellationToken);
        foreach (var reminder in stored.OrderBy(reminder => reminder.NextDue).ThenBy(reminder => $"{reminder.Id}", StringComparer.Ordinal))
        {
            if (host.Catalog.FindStored(reminder.Id.Grain) is null)
                host.Log.LogWarning("Reminder {Reminder} is for a grain that is not hosted here; it is left alone.", reminder.Id);
            else Arm(reminder);
        }
    }

    /// <summary>No tick is sent after this, and those under way are no longer waited for.</summary>
    public async Task Stop()
    {
        List<Armed> armed;
        lock (_armed)
        {
            _stopped = true;
            armed = [.. _armed.Values];
            _armed.Clear();
        }

        foreach (var one in armed) await one.Timer.DisposeAsync();
    }

    public async Task<IGrainReminder> Register(Activation grain, string name, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentOutOfRangeException.ThrowIfLessThan(dueTime, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(period, host.Options.ReminderPeriodMin);

        var due = Time.GetUtcNow() + dueTime;
        var reminder = new Reminder(new(grain.Class.StoredName, grain.Key, name), due, period, due);
        var place = PlaceOf(reminder.Id);
        await place.Writer.WriteAsync(true);
        try
        {
            await table.Upsert(reminder, host.Aborted);
            Arm(reminder);
        }
        finally
        {
            place.Reader.TryRead(out _);
        }

        return reminder;
    }

    public async Task Unregister(Activation grain, IGrainReminder reminder)
    {
        var id = new ReminderId(grain.Class.StoredName, grain.Key, reminder.ReminderName);
        var place = PlaceOf(id);
        await place.Writer.WriteAsync(true);
        try
        {
            await table.Remove(id, host.Aborted);
            Disarm(id);
        }
        finally
        {
            place.Reader.TryRead(out _);
        }
    }

    public Task<IGrainReminder?> Find(Activation grain, string name)
    {
        lock (_armed)
        {
            return Task.FromResult<IGrainReminder?>(
                _armed.TryGetValue(new(grain.Class.StoredName, grain.Key, name), out var armed) ? armed.Reminder : null);
        }
    }

    public Task<List<IGrainReminder>> List(Activation grain)
    {
        lock (_armed)
        {
            return Task.FromResult(_armed.Values
                .Select(armed => armed.Reminder)
                .Where(reminder => reminder.Id.Grain == grain.Class.StoredName && reminder.Id.Key == grain.Key)
                .OrderBy(reminder => reminder.ReminderName, StringComparer.Ordinal)
                .ToList<IGrainReminder>());
        }
    }

    private void Arm(Reminder reminder)
    {
        var wait = reminder.NextDue - Time.GetUtcNow();
        var due = wait < TimeSpan.Zero ? TimeSpan.Zero : wait > s_farthest ? s_farthest : wait;
        lock (_armed)
        {
            if (_stopped) return;

            Disarm(reminder.Id);
            _armed[reminder.Id] = new(reminder, Time.CreateTimer(_ => _context?.Post(_ => Due(reminder), null), null, due, Timeout.InfiniteTimeSpan));
        }
    }

    private void Disarm(ReminderId id)
    {
        lock (_armed)
            if (_armed.Remove(id, out var armed)) armed.Timer.Dispose();
    }

    private bool IsCurrent(Reminder reminder)
    {
        lock (_armed) return _armed.TryGetValue(reminder.Id, out var armed) && ReferenceEquals(armed.Reminder, reminder);
    }

    private async void Due(Reminder reminder)
    {
        if (!IsCurrent(reminder)) return;
        if (reminder.NextDue > Time.GetUtcNow())
        {
            Arm(reminder);
            return;
        }

        try
        {
            await Send(reminder);
        }
        catch (Exception fault)
        {
            host.Log.LogError(fault, "Reminder {Reminder} failed; it comes again after its period.", reminder.Id);
        }

        await WriteOff(reminder);
    }

    private Task<Nothing> Send(Reminder reminder)
    {
        var call = new Tick(reminder.ReminderName, new(reminder.FirstDue.UtcDateTime, reminder.Period, Time.GetUtcNow().UtcDateTime));
        var answer = call.AsTask();
        host.Send(call, host.Catalog.FindStored(reminder.Id.Grain)!.Resolve(reminder.Id.Key));
        return answer;
    }

    private async Task WriteOff(Reminder reminder)
    {
        var place = PlaceOf(reminder.Id);
        await place.Writer.WriteAsync(true);
        try
        {
            if (!IsCurrent(reminder)) return;

            var missed = (Time.GetUtcNow() - reminder.NextDue).Ticks / reminder.Period.Ticks;
            var next = reminder with { NextDue = reminder.NextDue + ((missed + 1) * reminder.Period) };
            try
            {
                await table.Upsert(next, host.Aborted);
            }
            catch (Exception fault)
            {
                host.Log.LogError(fault, "Reminder {Reminder} was sent but not written off; a restart would send it again.", reminder.Id);
            }

            Arm(next);
        }
        finally
        {
            place.Reader.TryRead(out _);
        }
    }

    /// <summary>By a hash that is the same in every process, so that a simulation can be repeated.</summary>
    private Channel<bool> PlaceOf(ReminderId id)
    {
        var hash = 0u;
        foreach (var letter in id.Key) hash = unchecked((hash * 31) + letter);
        return _writing[hash % (uint)_writing.Length];
    }

    private sealed record Armed(Reminder Reminder, ITimer Timer);

    private sealed class Tick(string name, TickStatus status) : Call<Nothing>
    {
        private static readonly MethodShape s_shape = new("", nameof(IRemindable.ReceiveReminder));

        public override MethodShape Shape => s_shape;

        protected override void Invoke(object grain) => Await(((IRemindable)grain).ReceiveReminder(name, status));
    }
}
