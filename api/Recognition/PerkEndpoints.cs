using System.Collections.Immutable;
using Gamification.Recognition;
using Gamification.Vault;

namespace Gamification.Api;

/// <summary>What tills do with the perks of plans and tiers: see what the holder of a card may have, and give it, under a name of the till's own.</summary>
internal sealed class PerkEndpoints(Cards cards, ProgrammeDirectory programmes, IGrainFactory grains, Insistence insistence, ReceivingTime time)
{
    private const int CardMax = 64;
    private const int UseMax = 64;

    public static void Map(IEndpointRouteBuilder routes, Door door)
    {
        var endpoints = ActivatorUtilities.CreateInstance<PerkEndpoints>(routes.ServiceProvider);
        routes.MapPost("/v1/perks/check", door.For(Operation.TakePerks, Lane.Tills, endpoints.Check)).WithMetadata(PerkDocs.Check);
        routes.MapPost("/v1/perks/take", door.For(Operation.TakePerks, Lane.Tills, endpoints.Take)).WithMetadata(PerkDocs.Take);
    }

    private async ValueTask Check(HttpContext context, Caller caller)
    {
        using var document = await StrictDocument.Read(context.Request);
        var card = document.Text("card", CardMax);
        if (await Holder(context, caller, document, card) is not { } holder) return;
        var view = await insistence.On(() => Account(caller, holder).Recognition());
        JsonAnswer.Write(context, StatusCodes.Status200OK, view?.Perks ?? [], static (writer, perks) =>
        {
            writer.WriteStartObject();
            MemberRecognitionJson.WritePerks(writer, perks);
            writer.WriteEndObject();
        });
    }

    private async ValueTask Take(HttpContext context, Caller caller)
    {
        using var document = await StrictDocument.Read(context.Request);
        var programme = await programmes.Of(caller);
        var card = document.Text("card", CardMax);
        var use = document.Text("use", UseMax);
        var perk = document.Text("perk", 40);
        var worth = document.OptionalMoney("worth", programme);
        var store = document.StoreOf(caller, programme);
        if (await Holder(context, caller, document, card) is not { } holder) return;
        var now = await time.Of(programme);
        var outcome = await insistence.On(() => Account(caller, holder).Do($"till/{store}/{use}", new TakePerk(perk, worth ?? 0), caller.Person ?? caller.Id, now));
        RecognitionEndpoints.Answer(context, outcome, programme);
    }

    /// <summary>Null when the document or the card was refused, and that was answered.</summary>
    private async ValueTask<Membership?> Holder(HttpContext context, Caller caller, StrictDocument document, string card)
    {
        var problem = document.Problem();
        if (problem is null && await cards.Find(caller.Programme, card) is { } holder) return holder;
        ProblemJson.Answer(context, problem ?? new(ProblemKind.UnknownCard, "Nobody of the programme has this card.")
        {
            Errors = [new("/card", "unknown-card", "Ask for the card again, or let the holder join.")],
        });
        return null;
    }

    private IRecognisedMember Account(Caller caller, Membership holder) => grains.GetGrain<IRecognisedMember>(ActorKeys.Member(caller.Programme, holder.Member));
}

internal static class PerkDocs
{
    private static readonly ProblemKind[] Problems = [ProblemKind.MalformedJson, ProblemKind.InvalidDocument, ProblemKind.UnknownCard];

    public static readonly OperationDoc Check = new("checkPerks", "Vouchers", "See what a card's holder is entitled to",
        "Perks of the plans that the holder has paid for, and benefits of the tier it has reached, as of today. What a plan and the tier both give is listed once, as the plan's, with the first "
        + "day that is not paid for. Changes nothing.")
    {
        Permission = Operation.TakePerks,
        Request = """{ "card": "2000000001234" }""",
        Answer = new(200, "Everything that it may have today.", """
            {
              "perks": [
                { "id": "delivery", "name": { "fr": "Livraison offerte", "nl": "Gratis levering", "en": "Free delivery" }, "plan": "club", "tier": null, "until": "2026-12-21" }
              ]
            }
            """),
        Problems = [.. Problems],
    };

    public static readonly OperationDoc Take = new("takePerk", "Vouchers", "Give a card's holder a perk",
        "`use` is the till's own name for it, as the receipt's number: the same again is answered with the first and counts once, with another perk or worth it is a conflict. `worth` is "
        + "what it saved the member, shown against the price of its plan; below zero when what it was had on came back, under a name of its own. Refused when neither a plan nor the tier gives it today.")
    {
        Permission = Operation.TakePerks,
        Request = """{ "card": "2000000001234", "use": "BRU/3/000123", "perk": "delivery", "worth": 4.95, "store": "BRU" }""",
        Answer = new(201, "Given. A repeat is answered with 200 and `replayed: true`.", """
            {
              "replayed": false, "refund": 0,
              "recognised": [{ "fr": "Avantage utilisé : « Livraison offerte ».", "nl": "Voordeel gebruikt: ‘Gratis levering’.", "en": "Benefit used: “Free delivery”." }]
            }
            """),
        Problems = [.. Problems, ProblemKind.CommandConflict, ProblemKind.RefusedCommand],
    };
}
