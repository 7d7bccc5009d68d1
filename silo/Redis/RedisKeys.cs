using Gamification.Leaderboards;
using Gamification.Live;

namespace Gamification.Redis;

/// <summary>
/// What lies where in Redis: programme, version of the form, then what it is. The notices are the engine's own; the top lists are for everybody,
/// so that their form changes only with its version.
/// </summary>
public static class RedisKeys
{
    private const string Version = "v1";

    public static string Channel(NoticeTopic topic) => $"{topic.Programme}:{Version}:notice:{topic.Name}";

    /// <summary>Sorted set: public ids by score.</summary>
    public static string Top(BoardId board) => $"{Board(board)}:top";

    /// <summary>Hash: public id to <c>{"name","place","rank","score"}</c>.</summary>
    public static string Rows(BoardId board) => $"{Board(board)}:rows";

    /// <summary>Hash: <c>version</c> (grows with each write), <c>size</c> (members ranked), <c>asOf</c> and <c>writtenAt</c> (ISO 8601).</summary>
    public static string About(BoardId board) => $"{Board(board)}:about";

    /// <summary>There for as long as nobody may write the board's list again.</summary>
    internal static string Turn(BoardId board) => $"{Board(board)}:turn";

    private static string Board(BoardId board) => $"{board.Programme}:{Version}:{NoticeTopic.Of(board).Name}";
}
