using Gamification.Runtime.Reminders;

namespace Gamification.Runtime;

/// <summary>A grain that reminders can wake, activated or not.</summary>
public interface IRemindable : IGrain
{
    /// <summary>Delivered at least once for each due time; the next tick is not sent before this one is answered.</summary>
    Task ReceiveReminder(string reminderName, TickStatus status);
}

/// <summary>A stored reminder of one grain.</summary>
public interface IGrainReminder
{
    string ReminderName { get; }
}

/// <summary>When a reminder first ticked, how often it does, and when this tick is. Instants are UTC.</summary>
[Immutable]
public readonly struct TickStatus(DateTime firstTickTime, TimeSpan period, DateTime timeStamp)
{
    public DateTime FirstTickTime { get; } = firstTickTime;

    public TimeSpan Period { get; } = period;

    public DateTime CurrentTickTime { get; } = timeStamp;

    public override string ToString() => $"<{FirstTickTime:O}, {Period}, {CurrentTickTime:O}>";
}

/// <summary>
/// Reminders of the calling grain, which must implement <see cref="IRemindable"/>. A completed task means that it is stored.
/// </summary>
public static class GrainReminderExtensions
{
    public static Task<IGrainReminder> RegisterOrUpdateReminder(this Grain grain, string reminderName, TimeSpan dueTime, TimeSpan period) =>
        ReminderClock.Of(grain).Register(grain.Activation, reminderName, dueTime, period);

    public static Task<IGrainReminder> RegisterOrUpdateReminder(
        this IGrainBase grain, string reminderName, TimeSpan dueTime, TimeSpan period) =>
        ((Grain)grain).RegisterOrUpdateReminder(reminderName, dueTime, period);

    public static Task UnregisterReminder(this Grain grain, IGrainReminder reminder) =>
        ReminderClock.Of(grain).Unregister(grain.Activation, reminder);

    public static Task UnregisterReminder(this IGrainBase grain, IGrainReminder reminder) => ((Grain)grain).UnregisterReminder(reminder);

    public static Task<IGrainReminder?> GetReminder(this Grain grain, string reminderName) =>
        ReminderClock.Of(grain).Find(grain.Activation, reminderName);

    public static Task<IGrainReminder?> GetReminder(this IGrainBase grain, string reminderName) => ((Grain)grain).GetReminder(reminderName);

    public static Task<List<IGrainReminder>> GetReminders(this Grain grain) => ReminderClock.Of(grain).List(grain.Activation);

    public static Task<List<IGrainReminder>> GetReminders(this IGrainBase grain) => ((Grain)grain).GetReminders();
}
