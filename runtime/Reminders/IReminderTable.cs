namespace Gamification.Runtime.Reminders;

/// <summary>Where reminders outlive the process. One host reads and writes it; a completed task means that the change is durable.</summary>
public interface IReminderTable
{
    /// <summary>All reminders, in any order.</summary>
    ValueTask<IReadOnlyList<Reminder>> ReadAll(CancellationToken cancellationToken);

    /// <summary>Inserts, or replaces the one of the same grain and name.</summary>
    ValueTask Upsert(Reminder reminder, CancellationToken cancellationToken);

    /// <summary>Removes it if it is there.</summary>
    ValueTask Remove(ReminderId id, CancellationToken cancellationToken);
}

/// <summary>Whose reminder it is, and its name. <paramref name="Grain"/> is the alias or full name of the grain's interface.</summary>
public readonly record struct ReminderId(string Grain, string Key, string Name);

/// <summary>A reminder as stored. <paramref name="NextDue"/> is the earliest tick that has not been answered.</summary>
public sealed record Reminder(ReminderId Id, DateTimeOffset FirstDue, TimeSpan Period, DateTimeOffset NextDue) : IGrainReminder
{
    public string ReminderName => Id.Name;
}

/// <summary>Reminders that end with the process.</summary>
public sealed class InMemoryReminderTable : IReminderTable
{
    private readonly Dictionary<ReminderId, Reminder> _reminders = [];

    public ValueTask<IReadOnlyList<Reminder>> ReadAll(CancellationToken cancellationToken)
    {
        lock (_reminders) return new([.. _reminders.Values]);
    }

    public ValueTask Upsert(Reminder reminder, CancellationToken cancellationToken)
    {
        lock (_reminders) _reminders[reminder.Id] = reminder;
        return default;
    }

    public ValueTask Remove(ReminderId id, CancellationToken cancellationToken)
    {
        lock (_reminders) _reminders.Remove(id);
        return default;
    }
}
