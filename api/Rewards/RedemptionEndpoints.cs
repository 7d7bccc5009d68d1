using System.Text;
using Gamification.Rewards;

namespace Gamification.Api;

/// <summary>A member's rewards: what may be had, having it, and calling it off.</summary>
internal sealed class RedemptionEndpoints(MemberDirectory members, ProgrammeDirectory programmes, RewardAnswers answers, IGrainFactory grains)
{
    private const int IdMax = 64;

    public static void Map(IEndpointRouteBuilder routes, Door door)
    {
        var endpoints = ActivatorUtilities.CreateInstance<RedemptionEndpoints>(routes.ServiceProvider);
        const string One = "/v1/members/{member}/redemptions/{redemption}";
        routes.MapGet("/v1/members/{member}/rewards", door.For(Operation.RedeemRewards, Lane.Others, endpoints.Catalogue)).WithMetadata(RedemptionDocs.Catalogue);
        routes.MapPost("/v1/members/{member}/redemptions", door.For(Operation.RedeemRewards, Lane.Others, endpoints.Redeem)).WithMetadata(RedemptionDocs.Redeem);
        routes.MapGet("/v1/members/{member}/redemptions", door.For(Operation.RedeemRewards, Lane.Others, endpoints.List)).WithMetadata(RedemptionDocs.List);
        routes.MapGet(One, door.For(Operation.RedeemRewards, Lane.Others, endpoints.Get)).WithMetadata(RedemptionDocs.Get);
        routes.MapGet(One + "/qr.svg", door.For(Operation.RedeemRewards, Lane.Others, endpoints.Code)).WithMetadata(RedemptionDocs.Code);
        routes.MapGet(One + "/qr.png", door.For(Operation.RedeemRewards, Lane.Others, endpoints.CodeAsPng)).WithMetadata(RedemptionDocs.CodeAsPng);
        routes.MapPost(One + "/confirm", door.For(Operation.RedeemRewards, Lane.Others, endpoints.Confirm)).WithMetadata(RedemptionDocs.Confirm);
        routes.MapPost(One + "/cancel", door.For(Operation.RedeemRewards, Lane.Others, endpoints.Cancel)).WithMetadata(RedemptionDocs.Cancel);
    }

    private async ValueTask Catalogue(HttpContext context, Caller caller)
    {
        if (await Find(context, caller) is not { } member) return;
        var programme = await programmes.Of(caller);
        var offers = await Account(caller, member).Offers();

        // Only what somebody counts is asked for; what has no limit is never sold out.
        var left = await Task.WhenAll(offers.Select(async offer => offer.Reward.Stock is null ? null : (await grains.GetGrain<IRewardGrain>($"{caller.Programme}/{offer.Reward.Id}").View()).Left));
        JsonAnswer.Write(context, StatusCodes.Status200OK, (offers, left, programme), static (writer, answer) =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("rewards"u8);
            for (var at = 0; at < answer.offers.Length; at++) RewardJson.Write(writer, answer.offers[at], answer.left[at], answer.programme);
            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }

    private async ValueTask Redeem(HttpContext context, Caller caller)
    {
        using var document = await StrictDocument.Read(context.Request);
        var id = document.Text("id", IdMax);
        var reward = document.Text("reward", 40);
        var steps = document.OptionalNumber("steps", 1, 1_000) ?? 1;
        var points = document.OptionalNumber("points", 0, int.MaxValue);
        var keep = document.OptionalFlag("keep") ?? false;
        var wait = document.OptionalFlag("wait") ?? false;
        if (document.Problem() is { } problem)
        {
            ProblemJson.Answer(context, problem);
            return;
        }

        if (await Find(context, caller) is not { } member) return;
        var ask = new RedeemReward { Key = $"app/{id}", Reward = reward, Steps = steps, Keep = keep, MayWait = wait, Points = points, By = caller.Id };
        await answers.Answer(context, caller, await Account(caller, member).Redeem(ask), StatusCodes.Status201Created);
    }

    private async ValueTask List(HttpContext context, Caller caller)
    {
        if (await Find(context, caller) is not { } member) return;
        var (open, programme) = (await Account(caller, member).Entitlements(), await programmes.Of(caller));
        JsonAnswer.Write(context, StatusCodes.Status200OK, (open, programme), static (writer, answer) =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("redemptions"u8);
            foreach (var one in answer.open) RewardJson.Write(writer, one, answer.programme, voucher: null);
            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }

    private async ValueTask Get(HttpContext context, Caller caller)
    {
        if (await FindOne(context, caller) is not { } found) return;
        await answers.Answer(context, caller, new RedeemOutcome.Stands(found, Replayed: false), StatusCodes.Status200OK);
    }

    private ValueTask Code(HttpContext context, Caller caller) => Show(context, caller, "image/svg+xml", voucher => Encoding.UTF8.GetBytes(QrPicture.Svg(voucher)));

    private ValueTask CodeAsPng(HttpContext context, Caller caller) => Show(context, caller, "image/png", QrPicture.Png);

    private async ValueTask Show(HttpContext context, Caller caller, string type, Func<string, byte[]> draw)
    {
        if (await FindOne(context, caller) is not { } found) return;
        if (await answers.VoucherOf(caller, found) is not { } voucher)
        {
            ProblemJson.Answer(context, RewardAnswers.Refused(ProblemKind.RefusedRedemption, new("no-voucher", "/redemption", "It is over, or no till takes it.")));
            return;
        }

        context.Response.ContentType = type;
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.BodyWriter.WriteAsync(draw(voucher));
    }

    private ValueTask Confirm(HttpContext context, Caller caller) => Step(context, caller, (account, id) => account.Keep(id, caller.Id));

    private ValueTask Cancel(HttpContext context, Caller caller) => Step(context, caller, (account, id) => account.Cancel(id, caller.Id));

    private async ValueTask Step(HttpContext context, Caller caller, Func<IRewardAccount, EntitlementId, Task<RedeemOutcome>> step)
    {
        if (await Find(context, caller) is not { } member) return;
        if (!EntitlementId.TryParse((string)context.Request.RouteValues["redemption"]!, out var id)) ProblemJson.Answer(context, RewardAnswers.Unknown);
        else await answers.Answer(context, caller, await step(Account(caller, member), id), StatusCodes.Status200OK);
    }

    private async ValueTask<EntitlementView?> FindOne(HttpContext context, Caller caller)
    {
        if (await Find(context, caller) is not { } member) return null;
        var view = EntitlementId.TryParse((string)context.Request.RouteValues["redemption"]!, out var id) ? await Account(caller, member).Entitlement(id) : null;
        if (view is null) ProblemJson.Answer(context, RewardAnswers.Unknown);
        return view;
    }

    /// <summary>The member of the address, or null when the problem was answered.</summary>
    private async ValueTask<MemberId?> Find(HttpContext context, Caller caller)
    {
        var (member, problem) = await members.Find(caller, (string)context.Request.RouteValues["member"]!);
        if (problem is null) return member.Member;
        ProblemJson.Answer(context, problem);
        return null;
    }

    private IRewardAccount Account(Caller caller, MemberId member) => grains.GetGrain<IRewardAccount>(ActorKeys.Member(caller.Programme, member));
}
