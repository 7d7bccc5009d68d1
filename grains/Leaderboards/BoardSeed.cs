namespace Gamification.Leaderboards;

/// <summary>The seed of a board's draw among full ties.</summary>
internal static class BoardSeed
{
    /// <summary>FNV-1a over the board's key, the same in every process and version.</summary>
    public static ulong Of(string board)
    {
        var hash = 14695981039346656037UL;
        foreach (var character in board) hash = unchecked((hash ^ character) * 1099511628211UL);
        return hash;
    }
}
