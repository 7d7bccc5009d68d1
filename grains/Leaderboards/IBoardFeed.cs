namespace Gamification.Leaderboards;

/// <summary>
/// Brings what is committed to the boards that are live. A board that registers is sent everything after the positions it is answered with,
/// in order, once; when something could not be sent, the next changes begin after a gap.
/// </summary>
public interface IBoardFeed
{
    /// <summary>
    /// From now on the board is fed. Registering again replaces the earlier registration. Throws <see cref="TooManyBoardsException"/>.
    /// With a <paramref name="fromDay"/> other than 0 it is told scores from that day number on alone, and told when something before changed.
    /// </summary>
    Task<BoardRegistration> Register(BoardId board, int fromDay = 0);

    /// <summary>Stops feeding, unless the board has registered anew since.</summary>
    void Unregister(BoardId board, long serial);

    /// <summary>
    /// Stops feeding and answers true; or false, and the board is fed on, while it is being told something. After true nothing is sent to it,
    /// so that a board that goes is not brought back by what was meant for it.
    /// </summary>
    Task<bool> TryRelease(BoardId board, long serial);
}

/// <summary>
/// The <paramref name="Serial"/> differs for every registration of this process, <paramref name="Started"/> (Unix milliseconds) for every process;
/// <paramref name="Positions"/> are sequences by partition.
/// </summary>
public sealed record BoardRegistration(long Serial, long Started, IReadOnlyDictionary<int, long> Positions);
