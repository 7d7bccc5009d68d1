using System.Reflection;

namespace Gamification.Runtime.Hosting;

/// <summary>What a host runs and where its limits are.</summary>
public sealed class ActorHostOptions
{
    /// <summary>Every concrete <see cref="Grain"/> in these assemblies is hosted.</summary>
    public List<Assembly> Assemblies { get; } = [];

    /// <summary>Single grain classes besides.</summary>
    public List<Type> Grains { get; } = [];

    /// <summary>How long a caller waits for an answer, unless the method has a <see cref="ResponseTimeoutAttribute"/>.</summary>
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long an activation may be idle, unless its class has a <see cref="CollectionAgeLimitAttribute"/> or <see
    /// cref="KeepAliveAttribute"/>.
    /// </summary>
    public TimeSpan CollectionAge { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How often idle activations are looked for.</summary>
    public TimeSpan CollectionQuantum { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How many requests may wait for one activation; one more is refused with <see cref="LimitExceededException"/>.</summary>
    public int MailboxLimit { get; set; } = 10_000;

    /// <summary>How long stopping may take before deactivations are told to hurry and then left behind.</summary>
    public TimeSpan StopTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>The shortest period of a reminder.</summary>
    public TimeSpan ReminderPeriodMin { get; set; } = TimeSpan.FromMinutes(1);
}
