namespace Gamification.Api;

/// <summary>The faults that are the host's own.</summary>
internal static class HostFaults
{
    /// <summary>The call was not started. Of what Orleans refuses it does not always say so, so that nothing counts as certain.</summary>
    public static bool IsRefusal(Exception fault) => false;

    /// <summary>
    /// The call may have had its effect, and nobody is left to say: the node died, is not reached, or let go of the grain meanwhile. Asking again
    /// reaches the grain where it lives by then.
    /// </summary>
    public static bool IsLost(Exception fault) => fault is TimeoutException or OrleansException and not LimitExceededException;
}
