namespace Gamification.Programmes;

/// <summary>
/// Wakes an actor when business time has come to an instant: the one way for whatever is due by time alone. Live, that is a reminder of the host, durable on return. A
/// sandbox wakes everybody whenever its clock moves (<see cref="Sandboxes.ISandboxGrain.Wake"/>), so nothing is kept for it; and a replay wakes nobody: its time jumps from receipt
/// to receipt, and what is due is done at the member's next event, dated as it should be. So an actor that is woken asks what is due by now, and never why it was woken.
/// </summary>
public sealed class BusinessReminders(ProgrammeCatalog programmes, TimeProvider wallClock)
{
    /// <summary>Until it is forgotten it comes again this often: a wake that failed is not lost.</summary>
    private static readonly TimeSpan Again = TimeSpan.FromHours(1);

    /// <param name="actor">Implements <c>IRemindable</c>; its own turn.</param>
    /// <param name="programme">The actor's.</param>
    /// <param name="name">One reminder a name: the newest instant holds.</param>
    /// <param name="due">On the business clock. What is past is due at once.</param>
    public async Task Set(Grain actor, string programme, string name, DateTimeOffset due)
    {
        if (programmes.Of(programme).Clock != BusinessClockKind.Live) return;
        var wait = due - wallClock.GetUtcNow();
        await actor.RegisterOrUpdateReminder(name, wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Again);
    }

    /// <summary>Nothing is due by time alone any more.</summary>
    public async Task Forget(Grain actor, string programme, string name)
    {
        if (programmes.Of(programme).Clock != BusinessClockKind.Live) return;
        if (await actor.GetReminder(name) is { } reminder) await actor.UnregisterReminder(reminder);
    }
}
