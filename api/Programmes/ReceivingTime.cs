using Gamification.Programmes;
using Gamification.Sandboxes;

namespace Gamification.Api;

/// <summary>When what comes in is taken to have come in: now; in a sandbox where its clock stands, so that a tester's receipts are received when the tester says.</summary>
public sealed class ReceivingTime(IGrainFactory grains, TimeProvider clock)
{
    /// <summary>There at once, except in a sandbox. Throws <see cref="SandboxNotPlacedException"/> in one whose clock nobody has placed yet.</summary>
    internal ValueTask<DateTimeOffset> Of(Programme programme) =>
        programme.Settings.Clock == BusinessClockKind.Sandbox ? Placed(programme.Settings.Id) : new(clock.GetUtcNow());

    private async ValueTask<DateTimeOffset> Placed(string programme) => await grains.GetGrain<ISandboxGrain>(programme).Now() ?? throw new SandboxNotPlacedException();
}

/// <summary>Nothing of the request was recorded: a sandbox has no time until a tester gives it one.</summary>
public sealed class SandboxNotPlacedException() : Exception("Nobody has placed the time of this sandbox yet.");
