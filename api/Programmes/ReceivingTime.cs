using Gamification.Programmes;
using Gamification.Sandboxes;

namespace Gamification.Api;

/// <summary>When what comes in is taken to have come in: now; in a sandbox where its clock stands, so that a tester's receipts are received when the tester says.</summary>
public sealed class ReceivingTime(IGrainFactory grains, TimeProvider clock)
{
    internal static readonly Problem NotPlaced = new(ProblemKind.SandboxNotPlaced, "Nobody has placed the time of this sandbox yet.")
    {
        Errors = [new("", "sandbox-not-placed", "Begin with POST /v1/sandbox/advance and to.")],
    };

    /// <summary>Null in a sandbox whose clock was not placed yet. Anywhere else it is there at once.</summary>
    internal ValueTask<DateTimeOffset?> Of(Programme programme) =>
        programme.Settings.Clock == BusinessClockKind.Sandbox ? new(grains.GetGrain<ISandboxGrain>(programme.Settings.Id).Now()) : new(clock.GetUtcNow());
}
