using System.Text;
using Gamification.Api;
using Gamification.Tests.Api;
using Gamification.Tests.Time;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Gamification.Tests.Access;

public sealed class TokenTests
{
    private static readonly EdgeOptions Options = new() { Programmes = ["test"], SecretFor = EdgeUnderTest.Secret.For };
    private static readonly EdgeSecrets Secrets = new(Options);
    private static readonly MemberId Someone = new(Guid.Parse("0123456789abcdef0123456789abcdef"));

    private readonly ManualTimeProvider _clock = new();
    private readonly Tokens _tokens;

    public TokenTests() => _tokens = new(Options, Secrets, _clock);

    [Fact]
    public async Task A_token_speaks_for_whom_it_was_minted()
    {
        var (token, expiresAt) = _tokens.Mint("test", Role.Member, Someone, TimeSpan.FromHours(1));
        var caller = await _tokens.Read(token);
        Assert.Equal(("test", Role.Member, Someone, expiresAt), (caller!.Programme, caller.Role, caller.Member, caller.ExpiresAt));
        Assert.Equal(Role.Marketer, (await _tokens.Read(_tokens.Mint("test", Role.Marketer, null, TimeSpan.FromHours(1)).Token))!.Role);
    }

    [Fact]
    public async Task It_ends_when_it_said_give_or_take_half_a_minute()
    {
        var (token, _) = _tokens.Mint("test", Role.Admin, null, TimeSpan.FromMinutes(5));
        _clock.Advance(TimeSpan.FromSeconds(329));
        Assert.NotNull(await _tokens.Read(token));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(await _tokens.Read(token));
    }

    [Fact]
    public void None_lasts_longer_than_twelve_hours() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => _tokens.Mint("test", Role.Admin, null, TimeSpan.FromHours(13)));

    [Fact]
    public async Task An_altered_token_is_nobodys()
    {
        var (token, _) = _tokens.Mint("test", Role.Marketer, null, TimeSpan.FromHours(1));
        var parts = token.Split('.');
        var payload = Base64UrlEncoder.Decode(parts[1]).Replace("marketer", "admin", StringComparison.Ordinal);
        var unsigned = Base64UrlEncoder.Encode("""{"alg":"none","typ":"JWT"}""");
        string[] forged =
        [
            $"{parts[0]}.{Base64UrlEncoder.Encode(payload)}.{parts[2]}",
            $"{unsigned}.{Base64UrlEncoder.Encode(payload)}.",
            $"{unsigned}.{parts[1]}.{parts[2]}",
            $"{parts[0]}.{parts[1]}.",
            $"{parts[0]}.{parts[1]}.{parts[2]}A",
            "..", "", "a.b.c", new string('x', 10_000),
        ];
        foreach (var forgery in forged) Assert.Null(await _tokens.Read(forgery));
    }

    [Fact]
    public async Task A_token_of_other_hands_is_nobodys()
    {
        Assert.NotNull(await _tokens.Read(Forge()));
        Assert.Null(await _tokens.Read(Forge(key: Encoding.UTF8.GetBytes("another key of thirty-two bytes!"))));
        Assert.Null(await _tokens.Read(Forge(audience: "somebody-else")));
        Assert.Null(await _tokens.Read(Forge(issuer: "somebody-else")));
        Assert.Null(await _tokens.Read(Forge(programme: "another-brand")));
        Assert.Null(await _tokens.Read(Forge(role: "emperor")));
        Assert.Null(await _tokens.Read(Forge(role: "member")));
        Assert.Null(await _tokens.Read(Forge(role: "till")));
        Assert.Null(await _tokens.Read(Forge(hours: 24)));
        Assert.Null(await _tokens.Read(Forge(issuedInHours: 1)));
        Assert.Null(await _tokens.Read(Forge(algorithm: SecurityAlgorithms.HmacSha512)));
        Assert.Null(await new Tokens(Options, new(Options with { TokenGeneration = 2 }), _clock).Read(Forge()));
    }

    [Fact]
    public void Each_key_of_the_edge_is_derived_once_for_its_own_purpose()
    {
        var secret = EdgeUnderTest.Secret;
        Assert.Equal(secret.For("edge/tokens/1"), Secrets.Tokens);
        Assert.Equal(secret.For("edge/content/test"), Secrets.Of("test").Content);
        Assert.Equal(secret.For("edge/claims/test"), Secrets.Of("test").Claims);
        Assert.NotEqual(Secrets.Of("test").Content, Secrets.Of("another").Content);
    }

    private string Forge(
        byte[]? key = null, string audience = "gamification-api", string issuer = "gamification", string programme = "test", string role = "admin",
        int hours = 1, int issuedInHours = 0, string algorithm = SecurityAlgorithms.HmacSha256)
    {
        var issued = _clock.GetUtcNow().UtcDateTime.AddHours(issuedInHours);
        var signing = new SymmetricSecurityKey(key ?? [.. Secrets.Tokens, .. algorithm == SecurityAlgorithms.HmacSha512 ? Secrets.Tokens : []]);
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer,
            Audience = audience,
            IssuedAt = issued,
            Expires = issued.AddHours(hours),
            Claims = new Dictionary<string, object>(StringComparer.Ordinal) { ["programme"] = programme, ["role"] = role },
            SigningCredentials = new(signing, algorithm),
        });
    }
}
