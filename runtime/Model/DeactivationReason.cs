namespace Gamification.Runtime;

/// <summary>Why an activation ends.</summary>
public readonly struct DeactivationReason(DeactivationReasonCode code, Exception? exception, string text)
{
    public DeactivationReason(DeactivationReasonCode code, string text)
        : this(code, null, text)
    {
    }

    public DeactivationReasonCode ReasonCode { get; } = code;

    public string Description { get; } = text;

    public Exception? Exception { get; } = exception;

    public override string ToString() =>
        Exception is null
            ? $"{ReasonCode}: {Description}"
            : $"{ReasonCode}: {Description} ({Exception.GetType().Name}: {Exception.Message})";
}

/// <summary>The kinds of reasons, numbered as Orleans numbers them; this host uses those marked.</summary>
public enum DeactivationReasonCode : byte
{
    None = 0,

    /// <summary>The host stops. Used here.</summary>
    ShuttingDown = 1,

    /// <summary>Construction or <see cref="Grain.OnActivateAsync"/> threw. Used here.</summary>
    ActivationFailed = 2,
    DirectoryFailure = 3,

    /// <summary>Idle past its age. Used here.</summary>
    ActivationIdle = 4,
    ActivationUnresponsive = 5,
    DuplicateActivation = 6,
    IncompatibleRequest = 7,
    ApplicationError = 8,

    /// <summary><c>DeactivateOnIdle</c>. Used here.</summary>
    ApplicationRequested = 9,
    Migrating = 10,
    RuntimeRequested = 11,
    HighMemoryPressure = 12,
}
