using Gamification.Leaderboards;

namespace Gamification.Live;

/// <summary>Whom a token speaks for, as far as live topics care. Neither member nor screen: staff.</summary>
internal sealed record LiveViewer
{
    public required string Programme { get; init; }

    public MemberId? Member { get; init; }

    /// <summary>Whether it speaks for the programme's people, and not for a member or a device.</summary>
    public bool IsStaff { get; init; }

    /// <summary>Whether it may know what campaigns have left.</summary>
    public bool ReadsCampaigns { get; init; }

    public LiveScreen? Screen { get; init; }

    /// <summary>Null for a token that lives until it is revoked.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}

/// <summary>What a paired screen is told of itself. <see cref="Board"/> is the topic of the board that it shows.</summary>
internal sealed record LiveScreen(string Id, string? Store, string Language, string Board);

/// <summary>Who may watch what. A port: the edge's authentication answers it.</summary>
internal interface ILiveAccess
{
    /// <summary>
    /// Null when the token opens nothing, or nothing any more. Asked when a connection opens, then every second for a screen and every minute
    /// for others, so that the answer should come from memory, and a revoked key should be gone from there within a second.
    /// </summary>
    ValueTask<LiveViewer?> Authenticate(string token, CancellationToken cancellationToken);

    /// <summary>Whether the viewer may read the boards of this scope.</summary>
    bool MayReadBoards(LiveViewer viewer, BoardScope scope);
}
