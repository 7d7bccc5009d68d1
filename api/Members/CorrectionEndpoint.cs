using System.Globalization;
using Gamification.Ledger;

namespace Gamification.Api;

/// <summary>Putting a member's points right, by name and with a reason. The customer service gives from a quota instead: see gestures.</summary>
internal sealed class CorrectionEndpoint(MemberDirectory members, IGrainFactory grains, Insistence insistence, ReceivingTime time, ProgrammeDirectory programmes)
{
    public static void Map(IEndpointRouteBuilder routes, Door door)
    {
        var endpoint = ActivatorUtilities.CreateInstance<CorrectionEndpoint>(routes.ServiceProvider);
        routes.MapPost("/v1/members/{member}/corrections", door.For(Operation.CorrectLedgers, Lane.Others, endpoint.Post)).WithMetadata(CorrectionDocs.Post);
    }

    private async ValueTask Post(HttpContext context, Caller caller)
    {
        using var document = await StrictDocument.Read(context.Request);
        var correction = new LedgerCorrection
        {
            Id = document.Text("id", 100),
            Points = document.OptionalNumber("points", -1_000_000_000, 1_000_000_000),
            Through = Day(document),
            Reason = document.Text("reason", 64),
            By = caller.Person ?? caller.Id,
        };
        var problem = document.Problem();
        var (member, unknown) = problem is null ? await members.FindAny(caller, (string)context.Request.RouteValues["member"]!) : (default, problem);
        if (unknown is not null)
        {
            ProblemJson.Answer(context, unknown);
            return;
        }

        var now = await time.Of(await programmes.Of(caller));
        switch (await insistence.On(() => grains.GetGrain<ICorrectedAccount>(ActorKeys.Member(caller.Programme, member.Member)).Correct(correction, now)))
        {
            case CorrectionOutcome.Done done:
                JsonAnswer.Write(context, done.Replayed ? StatusCodes.Status200OK : StatusCodes.Status201Created, done, static (writer, done) =>
                {
                    writer.WriteStartObject();
                    writer.WriteBoolean("replayed"u8, done.Replayed);
                    writer.WriteNumber("balance"u8, done.Balance);
                    writer.WriteEndObject();
                });
                break;
            case CorrectionOutcome.Conflict:
                ProblemJson.Answer(context, new(ProblemKind.CommandConflict, "This id was used for another correction of this member.") { Errors = [new("/id", "id-reused", "Give each correction an id of its own.")] });
                break;
            case CorrectionOutcome.Refused { Refusal: var refusal }:
                ProblemJson.Answer(context, new(ProblemKind.RefusedCommand, refusal.Remedy) { Errors = [new(refusal.Field, refusal.Code, refusal.Remedy)] });
                break;
        }
    }

    private static DateOnly? Day(StrictDocument document)
    {
        if (document.OptionalText("through", 10) is not { } stated) return null;
        if (DateOnly.TryParseExact(stated, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return day;
        document.Refuse("through", "invalid-date", "Send a date, e.g. 2027-06-30.");
        return null;
    }
}

internal static class CorrectionDocs
{
    public static readonly OperationDoc Post = new("correctLedger", "Members", "Put a member's points right",
        "Adds `points`, or takes them when below zero, never more than can be spent; or makes everything that is live valid `through` a day at least. A new entry with its `reason` and who "
        + "made it: nothing that was written changes, and the statement shows it. No award: lifetime points, tiers and boards stay as they are. `id` is the caller's: the same correction again "
        + "under it is answered with the first result.")
    {
        Permission = Operation.CorrectLedgers,
        Parameters = [new("member", "A public id as boards show it.", "K7Q2M9XA")],
        Request = """{ "id": "ticket-4711", "points": 25, "reason": "till-outage" }""",
        Answer = new(201, "Done. A repeat is answered with 200 and `replayed: true`.", """{ "replayed": false, "balance": 145 }"""),
        Problems = [ProblemKind.MalformedJson, ProblemKind.InvalidDocument, ProblemKind.Forbidden, ProblemKind.UnknownMember, ProblemKind.CommandConflict, ProblemKind.RefusedCommand],
    };
}
