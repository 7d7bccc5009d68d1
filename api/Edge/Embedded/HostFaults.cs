using Gamification.Runtime.Hosting;

namespace Gamification.Api;

/// <summary>The faults that are the host's own.</summary>
internal static class HostFaults
{
    /// <summary>The call was not started, because the host stops.</summary>
    public static bool IsRefusal(Exception fault) => fault is HostStoppedException;

    /// <summary>The call may have had its effect, and nobody is left to say; asking again reaches its grain elsewhere. There is one process here: whoever asks is gone with it.</summary>
    public static bool IsLost(Exception fault) => false;
}
