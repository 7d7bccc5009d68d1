using Gamification.Members;
using Gamification.Vault;

namespace Gamification.Api;

/// <summary>A member's account, for the member and for admins; the public part of it for other staff. Enrolling a card.</summary>
internal sealed class MemberEndpoints(MemberDirectory members, ProgrammeDirectory programmes, IGrainFactory grains, Cards cards, Insistence insistence, ReceivingTime time)
{
    private const int CardMax = 64;

    public static void Map(IEndpointRouteBuilder routes, Door door)
    {
        var endpoints = ActivatorUtilities.CreateInstance<MemberEndpoints>(routes.ServiceProvider);
        routes.MapGet("/v1/members/{member}", door.For(Operation.ReadMember, Lane.Others, endpoints.Get)).WithMetadata(MemberDocs.Get);
        routes.MapGet("/v1/members/{member}/entries", door.For(Operation.ReadEntries, Lane.Others, endpoints.GetEntries)).WithMetadata(MemberDocs.GetEntries);
        routes.MapPost("/v1/members/{member}/claims", door.For(Operation.ClaimReceipt, Lane.Others, endpoints.Claim)).WithMetadata(MemberDocs.Claim);
        routes.MapPost("/v1/members", door.For(Operation.EnrolCard, Lane.Others, endpoints.Enrol)).WithMetadata(MemberDocs.Enrol);
    }

    private async ValueTask Get(HttpContext context, Caller caller)
    {
        var (member, problem) = await members.Find(caller, Named(context));
        if (problem is not null)
        {
            ProblemJson.Answer(context, problem);
        }
        else if (caller.Role is Role.Marketer or Role.Moderator)
        {
            JsonAnswer.Write(context, StatusCodes.Status200OK, member.PublicId, MemberJson.WritePublic);
        }
        else
        {
            var enrolled = await members.IsEnrolled(caller, member.Member);
            Answer(context, member.PublicId, enrolled, await members.Account(caller, member.Member).View(), await programmes.Of(caller));
        }
    }

    private async ValueTask GetEntries(HttpContext context, Caller caller)
    {
        var query = new Query(context.Request);
        var before = query.Cursor();
        var limit = query.Number("limit", 50, 1, 200);
        var (member, problem) = query.Problem is null ? await members.Find(caller, Named(context)) : (default, query.Problem);
        if (problem is not null)
        {
            ProblemJson.Answer(context, problem);
            return;
        }

        var page = await members.Account(caller, member.Member).Statement(before, limit);
        JsonAnswer.Write(context, StatusCodes.Status200OK, (page, programme: await programmes.Of(caller)),
            static (writer, answer) => MemberJson.Write(writer, answer.page, answer.programme));
    }

    private async ValueTask Claim(HttpContext context, Caller caller)
    {
        using var document = await StrictDocument.Read(context.Request);
        var receipt = document.Text("receipt", 128);
        var code = document.Text("code", 16);
        if (!ReceiptKey.TryParse(receipt, out var key)) document.Refuse("receipt", "invalid-receipt-key", "Send store/till/date/number, as the receipt was answered.");
        var (member, problem) = document.Problem() is { } wrong ? (default, wrong) : await members.Find(caller, Named(context));
        var programme = await programmes.Of(caller);
        if (problem is null && !ClaimCodes.Matches(code, key, programme.Secrets.Claims))
        {
            problem = Refused(new("claim-code-differs", "/code", "Type the code printed on this receipt."));
        }

        if (problem is not null)
        {
            ProblemJson.Answer(context, problem);
            return;
        }

        var now = await time.Of(programme);
        switch (await insistence.On(() => members.Account(caller, member.Member).Claim(key, now)))
        {
            case ClaimOutcome.Credited credited:
                AnswerClaim(context, credited);
                break;
            case ClaimOutcome.Refused { Refusal: var refusal }:
                ProblemJson.Answer(context, Refused(refusal));
                break;
        }
    }

    private async ValueTask Enrol(HttpContext context, Caller caller)
    {
        using var document = await StrictDocument.Read(context.Request);
        var card = document.Text("card", CardMax);
        if (document.Problem() is { } problem)
        {
            ProblemJson.Answer(context, problem);
            return;
        }

        var now = await time.Of(await programmes.Of(caller));

        // The vault first, then the account: repeating the call finishes what a crash left between the two.
        var membership = await insistence.On(() => grains.GetGrain<ICardsGrain>(caller.Programme).Enrol(card, now));
        cards.Forget(caller.Programme, card);
        var view = await insistence.On(() => members.Account(caller, membership.Member).Enrol(now));
        if (caller.Role == Role.Admin) Answer(context, membership.PublicId, enrolled: true, view, await programmes.Of(caller));
        else JsonAnswer.Write(context, StatusCodes.Status200OK, membership.PublicId, MemberJson.WritePublic);
    }

    private static string Named(HttpContext context) => (string)context.Request.RouteValues["member"]!;

    private static Problem Refused(Refusal refusal) => new(ProblemKind.RefusedClaim, refusal.Remedy) { Errors = [new(refusal.Field, refusal.Code, refusal.Remedy)] };

    private static void Answer(HttpContext context, string publicId, bool enrolled, MemberView view, Programme programme) =>
        JsonAnswer.Write(context, StatusCodes.Status200OK, (publicId, enrolled, view, programme),
            static (writer, answer) => MemberJson.Write(writer, answer.publicId, answer.enrolled, answer.view, answer.programme));

    private static void AnswerClaim(HttpContext context, ClaimOutcome.Credited credited) =>
        JsonAnswer.Write(context, credited.Replayed ? StatusCodes.Status200OK : StatusCodes.Status201Created, credited, static (writer, credited) =>
        {
            writer.WriteStartObject();
            writer.WriteBoolean("replayed"u8, credited.Replayed);
            writer.WriteNumber("points"u8, credited.Points);
            writer.WriteNumber("balance"u8, credited.Balance);
            writer.WriteEndObject();
        });
}
