using Gamification.Vault;

namespace Gamification.Api;

/// <summary>Staff and member tokens, minted by an admin or by the shop's own server that holds an admin token.</summary>
internal sealed class TokenEndpoints(Tokens tokens, IGrainFactory grains)
{
    private const int MinutesMax = 12 * 60;

    public static void Map(IEndpointRouteBuilder routes, Door door)
    {
        var endpoints = ActivatorUtilities.CreateInstance<TokenEndpoints>(routes.ServiceProvider);
        routes.MapPost("/v1/tokens", door.For(Operation.MintTokens, Lane.Others, endpoints.Mint)).WithMetadata(AccessDocs.MintToken);
    }

    private async ValueTask Mint(HttpContext context, Caller caller)
    {
        using var document = await StrictDocument.Read(context.Request);
        var roleName = document.OptionalText("role", 16);
        var publicId = document.OptionalText("member", 32);
        var person = document.OptionalText("person", AgentName.Max);
        var minutes = document.OptionalNumber("minutes", 1, MinutesMax) ?? 60;
        var role = Role.Member;
        if ((roleName is null) == (publicId is null)) document.Refuse(publicId is null ? "role" : "member", "one-of-two", "Send either 'role' for staff, or 'member' for a member.");
        else if (roleName is not null && (!RoleNames.TryToken(roleName, out role) || role == Role.Member)) document.Refuse("role", "unknown-value", "Send marketer, moderator or admin.");
        if (person is not null && (roleName is null || !AgentName.Is(person))) document.Refuse("person", "invalid-name", "Leave it out for a member; for staff send lower-case letters, digits, dots and hyphens.");

        var problem = document.Problem();
        Membership? membership = null;
        if (problem is null && publicId is not null)
        {
            membership = MemberDirectory.IsPublicId(publicId) ? await grains.GetGrain<ICardsGrain>(caller.Programme).FindPublicId(publicId) : null;
            if (membership is null) problem = new(ProblemKind.UnknownMember, "The programme has no member with this public id.");
        }

        if (problem is not null)
        {
            ProblemJson.Answer(context, problem);
            return;
        }

        var (token, expiresAt) = tokens.Mint(caller.Programme, role, membership?.Member, TimeSpan.FromMinutes(minutes), person);
        JsonAnswer.Write(context, StatusCodes.Status201Created, (token, role, expiresAt), static (writer, answer) =>
        {
            writer.WriteStartObject();
            writer.WriteString("token"u8, answer.token);
            writer.WriteString("role"u8, RoleNames.Of(answer.role));
            writer.WriteString("expiresAt"u8, answer.expiresAt);
            writer.WriteEndObject();
        });
    }
}
