using Gamification.Journal;

namespace Gamification.Rewards;

/// <summary>
/// One durable reminder of an actor that others call meanwhile: set and cancelled in the order asked, so that a late cancellation never takes
/// away what somebody has just relied on.
/// </summary>
internal sealed class DueReminder(Grain grain, string name, TimeSpan period)
{
    private readonly StepQueue _steps = new();
    private bool _isSet;

    /// <summary>Durable on return. Costs nothing once it is set.</summary>
    public Task Set()
    {
        if (_isSet && !_steps.Last.IsFaulted) return _steps.Last;
        _isSet = true;
        return _steps.Run(() => grain.RegisterOrUpdateReminder(name, period, period));
    }

    public Task Cancel()
    {
        _isSet = false;
        return _steps.Run(async () =>
        {
            if (await grain.GetReminder(name) is { } reminder) await grain.UnregisterReminder(reminder);
        });
    }
}
