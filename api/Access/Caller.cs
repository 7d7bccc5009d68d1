using Gamification.Leaderboards;

namespace Gamification.Api;

/// <summary>What a caller is. The names of staff and members stand in tokens; tills, screens and services are told by their keys.</summary>
public enum Role
{
    Till,
    Screen,
    Member,
    Marketer,
    Moderator,
    Admin,

    /// <summary>Another system of the shop's, by its key.</summary>
    Service,
}

/// <summary>Who calls, proven by a key or token. <see cref="Id"/> names the credential, for limits and logs; it opens nothing.</summary>
public sealed record Caller(string Programme, Role Role, string Id)
{
    /// <summary>The one store of a till; where a screen hangs, or null.</summary>
    public string? Store { get; init; }

    /// <summary>What a screen was paired to speak, or null.</summary>
    public string? Language { get; init; }

    /// <summary>Who a member token speaks for.</summary>
    public MemberId? Member { get; init; }

    /// <summary>The person behind a staff token, where the token names one: what needs a name, or a second pair of eyes, asks for it.</summary>
    public string? Person { get; init; }

    /// <summary>When a token ends; null for a key, which lasts until it is revoked.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>
    /// Boards of a store, a region, a team, a tier and the programme are for everybody, except that a store's screen shows no other store. Who is
    /// in a segment is nobody's business but the staff's.
    /// </summary>
    public bool MayReadBoards(BoardScope scope) => scope switch
    {
        { Group.Kind: BoardGroupKind.Segment } => Role is Role.Marketer or Role.Moderator or Role.Admin,
        { Store: { } store } => Role != Role.Screen || Store is null || store == Store,
        _ => true,
    };
}

/// <summary>The words for roles in tokens and documents.</summary>
public static class RoleNames
{
    public static string Of(Role role) => role switch
    {
        Role.Till => "till",
        Role.Screen => "screen",
        Role.Member => "member",
        Role.Marketer => "marketer",
        Role.Moderator => "moderator",
        Role.Service => "service",
        _ => "admin",
    };

    /// <summary>The roles that a token may carry: tills and screens have keys.</summary>
    public static bool TryToken(string? text, out Role role)
    {
        role = text switch { "member" => Role.Member, "marketer" => Role.Marketer, "moderator" => Role.Moderator, _ => Role.Admin };
        return text is "member" or "marketer" or "moderator" or "admin";
    }
}
