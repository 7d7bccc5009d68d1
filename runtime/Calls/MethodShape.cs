namespace Gamification.Runtime.Calls;

/// <summary>What the generator knows of one interface method; one instance a method.</summary>
public sealed class MethodShape(
    string interfaceName, string method, MethodTraits traits = MethodTraits.None, string? responseTimeout = null)
{
    public string InterfaceName { get; } = interfaceName;

    public string Method { get; } = method;

    public MethodTraits Traits { get; } = traits;

    /// <summary>Null for the host's own.</summary>
    public TimeSpan? ResponseTimeout { get; } =
        responseTimeout is null ? null : TimeSpan.Parse(responseTimeout, System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>The attributes of an interface method that matter to the host.</summary>
[Flags]
public enum MethodTraits
{
    None = 0,
    ReadOnly = 1,
    AlwaysInterleave = 2,
    OneWay = 4,

    /// <summary>The result is marked [Immutable], so it is not checked.</summary>
    ImmutableResult = 8,
}
