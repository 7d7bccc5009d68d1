using System.Globalization;
using Gamification.Rewards;

namespace Gamification.Api;

/// <summary>What tills do with rewards: check a voucher, take it, give it back, pay with points by card, and know whom to trust without a network.</summary>
internal sealed class VoucherEndpoints(ProgrammeDirectory programmes, RewardAnswers answers, Cards cards, IGrainFactory grains, TimeProvider clock)
{
    private const int VoucherMax = 400;
    private const int UseMax = 64;

    public static void Map(IEndpointRouteBuilder routes, Door door)
    {
        var endpoints = ActivatorUtilities.CreateInstance<VoucherEndpoints>(routes.ServiceProvider);
        routes.MapPost("/v1/vouchers/check", door.For(Operation.TakeVouchers, Lane.Tills, endpoints.Check)).WithMetadata(VoucherDocs.Check);
        routes.MapPost("/v1/vouchers/use", door.For(Operation.TakeVouchers, Lane.Tills, endpoints.Use)).WithMetadata(VoucherDocs.Use);
        routes.MapPost("/v1/vouchers/void", door.For(Operation.TakeVouchers, Lane.Tills, endpoints.Void)).WithMetadata(VoucherDocs.Void);
        routes.MapPost("/v1/redemptions", door.For(Operation.TakeVouchers, Lane.Tills, endpoints.RedeemByCard)).WithMetadata(VoucherDocs.RedeemByCard);
        routes.MapGet("/v1/vouchers/keys", door.For(Operation.ReadVoucherKeys, Lane.Others, endpoints.Trust)).WithMetadata(VoucherDocs.Trust);
        routes.MapPost("/v1/vouchers/keys", door.For(Operation.ManageVoucherKeys, Lane.Others, endpoints.Rotate)).WithMetadata(VoucherDocs.Rotate);
    }

    private async ValueTask Check(HttpContext context, Caller caller)
    {
        using var document = await StrictDocument.Read(context.Request);
        var asked = await Read(document, caller, withUse: false);
        if (document.Problem() is { } problem)
        {
            ProblemJson.Answer(context, problem);
            return;
        }

        var reading = await grains.GetGrain<IVoucherDesk>(caller.Programme).Read(asked.Voucher, asked.Use.Date);
        var one = reading is { Entitlement: { } id, Member: { } member } ? await Account(caller, member).Entitlement(id) : null;
        var programme = await programmes.Of(caller);
        JsonAnswer.Write(context, StatusCodes.Status200OK, (reading, one, programme), static (writer, answer) =>
        {
            writer.WriteStartObject();
            writer.WriteString("verdict"u8, answer.reading.Verdict);
            writer.WriteBoolean("usable"u8, answer.reading.Verdict == "genuine" && answer.one is { State: EntitlementState.Held or EntitlementState.Ready });
            writer.WritePropertyName("redemption"u8);
            if (answer.one is { } one) RewardJson.Write(writer, one with { Cause = null }, answer.programme, voucher: null);
            else writer.WriteNullValue();
            writer.WriteEndObject();
        });
    }

    private ValueTask Use(HttpContext context, Caller caller) => Take(context, caller, isVoid: false, (account, id, use) => account.Use(id, use));

    private ValueTask Void(HttpContext context, Caller caller) => Take(context, caller, isVoid: true, (account, id, undo) => account.Void(id, undo));

    private async ValueTask Take(HttpContext context, Caller caller, bool isVoid, Func<IRewardAccount, EntitlementId, EntitlementUse, Task<RedeemOutcome>> take)
    {
        using var document = await StrictDocument.Read(context.Request);
        var asked = await Read(document, caller, withUse: true);
        if (document.Problem() is { } problem)
        {
            ProblemJson.Answer(context, problem);
            return;
        }

        var reading = await grains.GetGrain<IVoucherDesk>(caller.Programme).Read(asked.Voucher, asked.Use.Date);

        // What is revoked or over may still be given back a second time: it is answered as the first.
        if (reading is not { Entitlement: { } id, Member: { } member } || (reading.Verdict != "genuine" && !isVoid))
        {
            ProblemJson.Answer(context, RewardAnswers.Refused(ProblemKind.RefusedVoucher, new($"voucher-{reading.Verdict}", "/voucher", Remedy(reading.Verdict))));
            return;
        }

        await answers.Answer(context, caller, await take(Account(caller, member), id, asked.Use), StatusCodes.Status200OK, ProblemKind.RefusedVoucher);
    }

    private async ValueTask RedeemByCard(HttpContext context, Caller caller)
    {
        using var document = await StrictDocument.Read(context.Request);
        var card = document.Text("card", 64);
        var id = document.Text("id", UseMax);
        var reward = document.Text("reward", 40);
        var steps = document.OptionalNumber("steps", 1, 1_000) ?? 1;
        var points = document.OptionalNumber("points", 0, int.MaxValue);
        var store = document.StoreOf(caller, await programmes.Of(caller));
        if (document.Problem() is { } problem)
        {
            ProblemJson.Answer(context, problem);
            return;
        }

        if (await cards.Find(caller.Programme, card) is not { } holder)
        {
            ProblemJson.Answer(context, new(ProblemKind.UnknownCard, "Nobody of the programme has this card.") { Errors = [new("/card", "unknown-card", "Ask for the card again, or let the holder join.")] });
            return;
        }

        var ask = new RedeemReward { Key = $"till/{store}/{id}", Reward = reward, Steps = steps, Points = points, By = caller.Id };
        await answers.Answer(context, caller, await Account(caller, holder.Member).Redeem(ask), StatusCodes.Status201Created);
    }

    private async ValueTask Trust(HttpContext context, Caller caller)
    {
        var trust = await grains.GetGrain<IVoucherDesk>(caller.Programme).Trust();
        JsonAnswer.Write(context, StatusCodes.Status200OK, trust, static (writer, trust) =>
        {
            writer.WriteStartObject();
            writer.WriteNumber("programme"u8, trust.Programme);
            writer.WriteStartArray("keys"u8);
            foreach (var key in trust.Keys)
            {
                writer.WriteStartObject();
                writer.WriteNumber("number"u8, key.Number);
                writer.WriteBase64String("publicKey"u8, key.PublicKey.Span);
                writer.WriteDate("validThrough"u8, key.ValidThrough);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteStartArray("revoked"u8);
            foreach (var id in trust.Revoked) writer.WriteStringValue(id.ToString());
            writer.WriteEndArray();
            writer.WriteStartArray("products"u8);
            foreach (var product in trust.Products)
            {
                writer.WriteStartObject();
                writer.WriteNumber("number"u8, product.Number);
                writer.WriteString("reward"u8, product.Reward.Id);
                writer.WriteString("sku"u8, (product.Reward.Gives as ProductReward)?.Sku);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }

    private async ValueTask Rotate(HttpContext context, Caller caller)
    {
        using var document = await StrictDocument.Read(context.Request);
        var current = document.OptionalNumber("current", 1, byte.MaxValue - 1) ?? 0;
        if (current == 0) document.Refuse("current", "missing", "Name the key that signs now, from GET /v1/vouchers/keys: a second click then changes nothing.");
        if (document.Problem() is { } problem)
        {
            ProblemJson.Answer(context, problem);
            return;
        }

        var now = clock.GetUtcNow();
        await grains.GetGrain<IVoucherKeysGrain>(caller.Programme).List(-1, now);
        var keys = await grains.GetGrain<IVoucherKeysGrain>(caller.Programme).Rotate((byte)current, caller.Person ?? caller.Id, now);
        JsonAnswer.Write(context, StatusCodes.Status200OK, keys, static (writer, list) =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("keys"u8);
            foreach (var key in list.Keys)
            {
                writer.WriteStartObject();
                writer.WriteNumber("number"u8, key.Number);
                writer.WriteString("from"u8, key.From);
                writer.WriteDate("validThrough"u8, key.ValidThrough);
                writer.WriteString("by"u8, key.By);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }

    private async ValueTask<(string Voucher, EntitlementUse Use)> Read(StrictDocument document, Caller caller, bool withUse)
    {
        var programme = await programmes.Of(caller);
        var voucher = document.Text("voucher", VoucherMax);
        var key = withUse ? document.Text("use", UseMax) : "";
        var store = document.StoreOf(caller, programme);
        var today = programme.DateIn(programme.Stores.ContainsKey(store) ? store : null, clock.GetUtcNow());
        var stated = document.OptionalText("date", 10);
        if (stated is not null && !DateOnly.TryParseExact(stated, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out today)) document.Refuse("date", "invalid-date", "Send the local date as 2026-11-21.");
        return (voucher, new() { Store = store, Key = key, Date = today, By = caller.Person ?? caller.Id });
    }

    private static string Remedy(string verdict) => verdict switch
    {
        "unreadable" => "Scan it again, or type it.",
        "untrusted" => "It is another programme's, or its key is no longer trusted.",
        "expired" => "Its last day is over.",
        "revoked" => "It was given back.",
        "unknown" => "No account has it.",
        _ => "It was not made here; do not take it.",
    };

    private IRewardAccount Account(Caller caller, MemberId member) => grains.GetGrain<IRewardAccount>(ActorKeys.Member(caller.Programme, member));
}
