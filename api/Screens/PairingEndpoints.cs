using Gamification.Access;
using Gamification.Screens;

namespace Gamification.Api;

/// <summary>
/// How a screen without a keyboard gets its token: it shows a code, a member of staff claims the code for a store, and the screen, which alone
/// holds the secret that came with the code, fetches its token once.
/// </summary>
internal sealed class PairingEndpoints(ProgrammeDirectory programmes, IGrainFactory grains, CallLimits limits, TimeProvider clock)
{
    private const int CodeLength = 6;
    private const int CodeTries = 3;
    private const int OpeningCost = 60;
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);
    private static readonly Problem TooMany = new(ProblemKind.TooManyRequests, "This address asks too often.") { RetryAfter = TimeSpan.FromMinutes(1) };
    private static readonly Problem NetworkFull = new(ProblemKind.TooManyRequests, "As many screens of this address wait to be claimed as may.") { RetryAfter = TimeSpan.FromMinutes(1) };
    private static readonly Problem Full = new(ProblemKind.TooManyRequests, "As many screens wait to be claimed as may.") { RetryAfter = TimeSpan.FromMinutes(1) };

    private IPairingsGrain Pairings => grains.GetGrain<IPairingsGrain>(IPairingsGrain.Key);

    public static void Map(IEndpointRouteBuilder routes, Door door)
    {
        var endpoints = ActivatorUtilities.CreateInstance<PairingEndpoints>(routes.ServiceProvider);
        routes.MapPost("/v1/screens/pairings", door.ForAll(Lane.Others, endpoints.Open)).WithMetadata(ScreenDocs.Open);
        routes.MapGet("/v1/screens/pairings/{pairing}", door.ForAll(Lane.Others, endpoints.Ask)).WithMetadata(ScreenDocs.Ask);
        routes.MapPost("/v1/screens/pairings/claims", door.For(Operation.PairScreens, Lane.Others, endpoints.Claim)).WithMetadata(ScreenDocs.Claim);
    }

    private async ValueTask Open(HttpContext context)
    {
        if (!limits.TrySpend(context, OpeningCost))
        {
            ProblemJson.Answer(context, TooMany);
            return;
        }

        var now = clock.GetUtcNow();
        var secret = Base32.Random(52);
        for (var tries = 0; tries < CodeTries; tries++)
        {
            var offer = new PairingOffer
            {
                Id = Base32.Random(16),
                Code = Base32.Random(CodeLength),
                SecretHash = OpaqueKey.HashOf(secret),
                ExpiresAt = now + Lifetime,
                Network = ClientNetwork.Of(context),
            };
            switch (await Pairings.Open(offer, now))
            {
                case PairingOpened.Opened:
                    Answer(context, offer, secret);
                    return;
                case PairingOpened.NetworkFull:
                    ProblemJson.Answer(context, NetworkFull);
                    return;
            }
        }

        ProblemJson.Answer(context, Full);
    }

    private async ValueTask Ask(HttpContext context)
    {
        if (!limits.TrySpend(context, 1))
        {
            ProblemJson.Answer(context, TooMany);
            return;
        }

        var secret = context.Request.Headers["X-Pairing-Secret"].ToString();
        var answer = await Pairings.Ask((string)context.Request.RouteValues["pairing"]!, OpaqueKey.HashOf(secret), clock.GetUtcNow());
        switch (answer.State)
        {
            case PairingState.Unknown:
                ProblemJson.Answer(context, new(ProblemKind.UnknownPairing, "There is no such pairing, or the secret is not its own."));
                break;
            case PairingState.Gone:
                ProblemJson.Answer(context, new(ProblemKind.PairingGone, "The code expired, or the token was fetched already."));
                break;
            default:
                Answer(context, answer.Screen);
                break;
        }
    }

    private async ValueTask Claim(HttpContext context, Caller caller)
    {
        using var document = await StrictDocument.Read(context.Request);
        var code = document.Text("code", 16);
        var store = document.OptionalText("store", 16);
        var name = document.Text("name", 100);
        var language = document.OptionalText("language", 2) ?? "fr";
        if (language is not ("fr" or "nl" or "en")) document.Refuse("language", "unknown-value", "Send fr, nl or en.");
        if (store is not null && !(await programmes.Of(caller)).Stores.ContainsKey(store)) document.Refuse("store", "unknown-value", "Send the id of one of the programme's stores, or leave it out for a screen of the whole programme.");
        if (document.Problem() is { } problem)
        {
            ProblemJson.Answer(context, problem);
            return;
        }

        var now = clock.GetUtcNow();
        var key = OpaqueKey.Draw(KeyKind.Screen);
        var claim = new PairingClaim(caller.Programme, key.Grant(KeyKind.Screen, store, name, now) with { Language = language }, new(key.Text, store, language));
        switch (await Pairings.Claim(Base32.Normalise(code), claim, now))
        {
            case PairingClaimed.Claimed:
                Answer(context, claim.Grant, language);
                break;
            case PairingClaimed.TooManyKeys:
                ProblemJson.Answer(context, new(ProblemKind.TooManyKeys, "The programme has 10,000 live keys."));
                break;
            default:
                ProblemJson.Answer(context, new(ProblemKind.UnknownPairing, "No waiting screen shows this code."));
                break;
        }
    }

    private static void Answer(HttpContext context, PairingOffer offer, string secret) =>
        JsonAnswer.Write(context, StatusCodes.Status201Created, (offer, secret), static (writer, answer) =>
        {
            writer.WriteStartObject();
            writer.WriteString("pairingId"u8, answer.offer.Id);
            writer.WriteString("code"u8, answer.offer.Code);
            writer.WriteString("secret"u8, answer.secret);
            writer.WriteString("expiresAt"u8, answer.offer.ExpiresAt);
            writer.WriteEndObject();
        });

    private static void Answer(HttpContext context, PairedScreen? screen) =>
        JsonAnswer.Write(context, StatusCodes.Status200OK, screen, static (writer, screen) =>
        {
            writer.WriteStartObject();
            writer.WriteString("status"u8, screen is null ? "waiting"u8 : "paired"u8);
            if (screen is not null)
            {
                writer.WriteString("token"u8, screen.Token);
                writer.WriteString("store"u8, screen.Store);
                writer.WriteString("language"u8, screen.Language);
            }

            writer.WriteEndObject();
        });

    private static void Answer(HttpContext context, KeyGrant grant, string language) =>
        JsonAnswer.Write(context, StatusCodes.Status201Created, (grant, language), static (writer, answer) =>
        {
            writer.WriteStartObject();
            writer.WriteString("keyId"u8, answer.grant.Id);
            writer.WriteString("store"u8, answer.grant.Store);
            writer.WriteString("name"u8, answer.grant.Name);
            writer.WriteString("language"u8, answer.language);
            writer.WriteEndObject();
        });
}
