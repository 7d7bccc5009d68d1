using Gamification.Leaderboards;
using Gamification.Live;

namespace Gamification.Api.Hosting;

/// <summary>Answers the live hub from the edge's own authentication, as boards over HTTP are answered.</summary>
internal sealed class LiveAccess(Access access) : ILiveAccess
{
    private const string DefaultLanguage = "fr";

    public async ValueTask<LiveViewer?> Authenticate(string token, CancellationToken cancellationToken)
    {
        if (await access.Authenticate(token) is not { } caller) return null;
        return new()
        {
            Programme = caller.Programme,
            Member = caller.Member,
            IsStaff = caller.Role is Role.Marketer or Role.Moderator or Role.Admin,
            ReadsCampaigns = Permissions.Allow(caller.Role, Operation.ReadCampaigns),
            ExpiresAt = caller.ExpiresAt,
            Screen = caller.Role == Role.Screen ? new(caller.Id, caller.Store, caller.Language ?? DefaultLanguage, BoardOf(caller.Store)) : null,
        };
    }

    public bool MayReadBoards(LiveViewer viewer, BoardScope scope) => scope switch
    {
        { Group.Kind: BoardGroupKind.Segment } => viewer.IsStaff,
        { Store: { } store } => viewer.Screen is not { Store: { } own } || store == own,
        _ => true,
    };

    private static string BoardOf(string? store) => store is null ? "board/programme/week/points" : $"board/store:{store}/week/points";
}
