namespace Gamification.Health;

/// <summary>Something that works less well while receipts are made durable as ever.</summary>
/// <param name="Name">One word: what works less well.</param>
/// <param name="Detail">A sentence, without secrets or addresses.</param>
public sealed record Degradation(string Name, string Detail);

/// <summary>A part that can do without something, and says so. Answers from memory.</summary>
public interface IDegradation
{
    /// <summary>Null while all is well.</summary>
    Degradation? Now();
}
