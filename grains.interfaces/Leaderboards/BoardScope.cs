using System.Text.RegularExpressions;

namespace Gamification.Leaderboards;

/// <summary>What a group of a board is made of: of stores, or of members.</summary>
public enum BoardGroupKind
{
    /// <summary>Stores under one name: a zone of the programme's earning document. The receipts of these stores count, whoever brings them.</summary>
    Region,

    /// <summary>The members of a segment, whatever store they shop in.</summary>
    Segment,

    /// <summary>The members of a team.</summary>
    Team,

    /// <summary>The members who hold a tier.</summary>
    Tier,
}

/// <summary>A group by its name: letters, digits, hyphens and underscores, 40 at most.</summary>
[GenerateSerializer, Immutable, Alias("board-group")]
public readonly record struct BoardGroup([property: Id(0)] BoardGroupKind Kind, [property: Id(1)] string Name)
{
    /// <summary>Whether it is a set of members, which may change, and not of stores.</summary>
    public bool IsOfMembers => Kind != BoardGroupKind.Region;

    /// <summary><c>region:north</c>.</summary>
    public override string ToString() => $"{BoardScope.WordOf(Kind)}:{Name}";
}

/// <summary>Whose scores a board compares: a store's customers, a group, or with neither the whole programme.</summary>
public readonly partial record struct BoardScope(string? Store, BoardGroup? Group = null)
{
    public static BoardScope Programme => default;

    /// <summary><c>programme</c>, <c>store:BRU</c>, <c>region:north</c>, <c>segment:…</c>, <c>team:…</c> or <c>tier:…</c>.</summary>
    public override string ToString() => Group?.ToString() ?? (Store is null ? "programme" : $"store:{Store}");

    /// <summary>Reads what <see cref="ToString"/> writes. Whether there is such a store or group is another question.</summary>
    public static bool TryParse(string text, out BoardScope scope)
    {
        scope = Programme;
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0) return text == "programme";
        var (word, name) = (text[..colon], text[(colon + 1)..]);
        if (word == "store")
        {
            scope = new(name);
            return name.Length > 0;
        }

        foreach (var kind in Enum.GetValues<BoardGroupKind>())
        {
            if (WordOf(kind) == word) scope = new(null, new(kind, name));
        }

        return scope.Group is not null && GroupName().IsMatch(name);
    }

    internal static string WordOf(BoardGroupKind kind) => kind switch
    {
        BoardGroupKind.Region => "region",
        BoardGroupKind.Segment => "segment",
        BoardGroupKind.Team => "team",
        _ => "tier",
    };

    [GeneratedRegex(@"^[A-Za-z0-9_-]{1,40}\z")]
    private static partial Regex GroupName();
}
