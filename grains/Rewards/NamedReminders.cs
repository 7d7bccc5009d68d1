using Microsoft.Extensions.Logging;

namespace Gamification.Rewards;

/// <summary>Durable reminders of one purpose, one for each thing that must not stay unfinished.</summary>
internal sealed class NamedReminders(Grain grain, string prefix, ILogger log)
{
    /// <summary>Durable on return: from <paramref name="due"/> on, each minute, until it is forgotten.</summary>
    public Task Set(string name, TimeSpan due) => grain.RegisterOrUpdateReminder(prefix + name, due, TimeSpan.FromMinutes(1));

    /// <summary>The rest of a reminder's name when it is one of these.</summary>
    public string? NameIn(string reminder) => reminder.StartsWith(prefix, StringComparison.Ordinal) ? reminder[prefix.Length..] : null;

    public async Task Forget(string name)
    {
        try
        {
            if (await grain.GetReminder(prefix + name) is { } reminder) await grain.UnregisterReminder(reminder);
        }
        catch (Exception fault)
        {
            log.LogWarning(fault, "Reminder {Reminder} has done its work but stays; its next tick finds nothing left to do.", prefix + name);
        }
    }
}
