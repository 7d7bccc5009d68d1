namespace Gamification.Rewards;

/// <summary>
/// One durable reminder of an actor that others call meanwhile: set and cancelled in the order asked, so that a late cancellation never takes
/// away what somebody has just relied on.
/// </summary>
internal sealed class DueReminder(Grain grain, string name, TimeSpan period)
{
    private Task _last = Task.CompletedTask;
    private bool _isSet;

    /// <summary>Durable on return. Costs nothing once it is set.</summary>
    public Task Set()
    {
        if (_isSet && !_last.IsFaulted) return _last;
        _isSet = true;
        return _last = After(_last, () => grain.RegisterOrUpdateReminder(name, period, period));
    }

    public Task Cancel()
    {
        _isSet = false;
        return _last = After(_last, async () =>
        {
            if (await grain.GetReminder(name) is { } reminder) await grain.UnregisterReminder(reminder);
        });
    }

    private static async Task After(Task before, Func<Task> then)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        await then();
    }
}
