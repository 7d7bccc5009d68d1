namespace Gamification.Vault;

/// <summary>
/// How much of what could not be accepted is kept for a person to look at. Beyond it a store's oldest bodies go first; the newest is always kept,
/// so that no bound ever refuses a till its answer.
/// </summary>
public sealed record QuarantineBounds
{
    public int BodiesPerStore { get; init; } = 1_000;

    public long BytesPerStore { get; init; } = 64 * 1024 * 1024;

    /// <summary>Bodies hold card numbers, which nobody should find years later.</summary>
    public TimeSpan KeepFor { get; init; } = TimeSpan.FromDays(90);
}
