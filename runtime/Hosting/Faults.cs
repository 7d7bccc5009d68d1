namespace Gamification.Runtime.Hosting;

/// <summary>
/// A chain of calls came back to a grain that waits for that very chain. It was refused at once, before it started. The message names
/// every call of the chain. It is a <see cref="TimeoutException"/> because that is what it becomes on a host that cannot see it.
/// </summary>
public sealed class DeadlockException(string message, IReadOnlyList<string> chain) : TimeoutException(message)
{
    /// <summary>The calls from the first to the one refused, as "Interface/key.Method".</summary>
    public IReadOnlyList<string> Chain { get; } = chain;
}

/// <summary>The host stops or has stopped and takes no calls from outside; the call was not started.</summary>
public sealed class HostStoppedException(string message) : Exception(message);

/// <summary>The observer's reference was deleted; the notification was not delivered.</summary>
public sealed class ObserverGoneException(string message) : Exception(message);

/// <summary>Grains, interfaces and proxies do not fit together; the message names what is missing or ambiguous.</summary>
public sealed class GrainConfigurationException(string message) : Exception(message);

/// <summary>An argument or result could be changed by the side that keeps it; see <see cref="Calls.Immutability"/>.</summary>
public sealed class MutableMessageException(string message) : ArgumentException(message);
