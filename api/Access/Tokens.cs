using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Gamification.Api;

/// <summary>
/// Staff and member tokens: JWTs under HMAC-SHA-256 with a key derived from the deployment's secret. The algorithm is pinned, issuer and
/// audience are checked, and none lasts longer than 12 hours, because a token cannot be revoked alone.
/// </summary>
public sealed class Tokens(EdgeOptions options, EdgeSecrets secrets, TimeProvider clock)
{
    public static readonly TimeSpan LifetimeMax = TimeSpan.FromHours(12);

    private const string Issuer = "gamification";
    private const string Audience = "gamification-api";
    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(30);

    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };
    private readonly SymmetricSecurityKey _key = new(secrets.Tokens);

    public (string Token, DateTimeOffset ExpiresAt) Mint(string programme, Role role, MemberId? member, TimeSpan lifetime, string? person = null)
    {
        if (lifetime <= TimeSpan.Zero || lifetime > LifetimeMax) throw new ArgumentOutOfRangeException(nameof(lifetime));
        var now = clock.GetUtcNow();
        var claims = new Dictionary<string, object>(StringComparer.Ordinal) { ["programme"] = programme, ["role"] = RoleNames.Of(role), ["jti"] = Base32.Random(8) };
        if (member is { } surrogate) claims["sub"] = surrogate.ToString();
        else if (person is not null) claims["sub"] = person;
        var token = _handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = Audience,
            IssuedAt = now.UtcDateTime,
            Expires = (now + lifetime).UtcDateTime,
            Claims = claims,
            SigningCredentials = new(_key, SecurityAlgorithms.HmacSha256),
        });
        return (token, now + lifetime);
    }

    /// <summary>Who the token speaks for, or null: not ours, altered, expired, or of a programme that is not here.</summary>
    public async ValueTask<Caller?> Read(string token)
    {
        var result = await _handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = Issuer,
            ValidAudience = Audience,
            IssuerSigningKey = _key,
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            LifetimeValidator = IsAlive,
        });
        if (!result.IsValid || result.SecurityToken is not JsonWebToken jwt) return null;
        if (!RoleNames.TryToken(TextOf(jwt, "role"), out var role)) return null;
        if (TextOf(jwt, "programme") is not { } programme || !options.Programmes.Contains(programme)) return null;
        var expires = new DateTimeOffset(jwt.ValidTo, TimeSpan.Zero);
        if (role != Role.Member) return new(programme, role, $"{RoleNames.Of(role)}/{TextOf(jwt, "jti")}") { Person = TextOf(jwt, "sub"), ExpiresAt = expires };
        return Guid.TryParseExact(TextOf(jwt, "sub"), "N", out var member)
            ? new(programme, role, $"member/{member:N}") { Member = new(member), ExpiresAt = expires }
            : null;
    }

    private bool IsAlive(DateTime? notBefore, DateTime? expires, SecurityToken token, TokenValidationParameters parameters)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return token is JsonWebToken { IssuedAt: var issued }
            && expires is { } end
            && now < end + ClockSkew
            && issued <= now + ClockSkew
            && end - issued <= LifetimeMax + ClockSkew;
    }

    private static string? TextOf(JsonWebToken token, string claim) => token.TryGetPayloadValue<string>(claim, out var value) ? value : null;
}
