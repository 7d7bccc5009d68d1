using System.Collections.Frozen;

namespace Gamification.Leaderboards;

/// <summary>The members of a group at one moment. <see cref="Version"/> changes with them.</summary>
public sealed record Circle(long Version, FrozenSet<MemberId> Members)
{
    public static Circle Nobody { get; } = new(0, []);
}

/// <summary>
/// Who belongs to a segment, a team or a tier. A port: whoever keeps such groups answers it. A live board asks every few seconds, so that the answer
/// should come from memory, the same object as long as nobody joined or left.
/// </summary>
public interface ICircles
{
    /// <summary>Null when the programme has no such group.</summary>
    ValueTask<Circle?> Find(string programme, BoardGroup group, CancellationToken cancellation);
}

/// <summary>A deployment in which nobody keeps groups of members: there are none, and no boards of them.</summary>
public sealed class NoCircles : ICircles
{
    public ValueTask<Circle?> Find(string programme, BoardGroup group, CancellationToken cancellation) => default;
}
