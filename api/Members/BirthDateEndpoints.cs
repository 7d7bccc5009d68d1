using System.Globalization;
using Gamification.Recognition;

namespace Gamification.Api;

/// <summary>When a member was born: for the member to say, or for the service that enrolled it.</summary>
internal sealed class BirthDateEndpoints(MemberDirectory members, IGrainFactory grains, Insistence insistence, ReceivingTime time, ProgrammeDirectory programmes)
{
    private const string Route = "/v1/members/{member}/birth-date";

    public static void Map(IEndpointRouteBuilder routes, Door door)
    {
        var endpoints = ActivatorUtilities.CreateInstance<BirthDateEndpoints>(routes.ServiceProvider);
        routes.MapGet(Route, door.For(Operation.KeepBirthDate, Lane.Others, endpoints.Get)).WithMetadata(BirthDateDocs.Get);
        routes.MapPut(Route, door.For(Operation.KeepBirthDate, Lane.Others, endpoints.Put)).WithMetadata(BirthDateDocs.Put);
        routes.MapDelete(Route, door.For(Operation.KeepBirthDate, Lane.Others, endpoints.Delete)).WithMetadata(BirthDateDocs.Delete);
    }

    private async ValueTask Get(HttpContext context, Caller caller)
    {
        if (await Find(context, caller) is { } member) Answer(context, await insistence.On(member.BirthDate));
    }

    private async ValueTask Put(HttpContext context, Caller caller)
    {
        using var document = await StrictDocument.Read(context.Request);
        if (!DateOnly.TryParseExact(document.Text("birthDate", 10), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var birth))
            document.Refuse("birthDate", "invalid-date", "Send a date, e.g. 1984-02-29.");
        if (document.Problem() is { } problem)
        {
            ProblemJson.Answer(context, problem);
            return;
        }

        if (await Find(context, caller) is not { } member) return;
        var now = await time.Of(await programmes.Of(caller));
        switch (await insistence.On(() => member.GiveBirthDate(birth, caller.Id, now)))
        {
            case BirthDateOutcome.Known known:
                Answer(context, known.View);
                break;
            case BirthDateOutcome.Refused { Refusal: var refusal }:
                ProblemJson.Answer(context, new(ProblemKind.RefusedCommand, refusal.Remedy) { Errors = [new(refusal.Field, refusal.Code, refusal.Remedy)] });
                break;
        }
    }

    private async ValueTask Delete(HttpContext context, Caller caller)
    {
        if (await Find(context, caller) is not { } member) return;
        var now = await time.Of(await programmes.Of(caller));
        Answer(context, await insistence.On(() => member.ForgetBirthDate(caller.Id, now)));
    }

    private async ValueTask<IPersonalMember?> Find(HttpContext context, Caller caller)
    {
        var (member, problem) = await members.Find(caller, (string)context.Request.RouteValues["member"]!);
        if (problem is null) return grains.GetGrain<IPersonalMember>(ActorKeys.Member(caller.Programme, member.Member));
        ProblemJson.Answer(context, problem);
        return null;
    }

    private static void Answer(HttpContext context, BirthDateView view) => JsonAnswer.Write(context, StatusCodes.Status200OK, view, static (writer, view) =>
    {
        writer.WriteStartObject();
        writer.WriteDate("birthDate"u8, view.On);
        writer.WriteBoolean("mayChange"u8, view.MayChange);
        writer.WriteEndObject();
    });
}

internal static class BirthDateDocs
{
    private const string Example = """{ "birthDate": "1984-02-29", "mayChange": true }""";

    private static readonly ParameterDoc Member = new("member", "`me` with a member token; services and admins name a public id.", "K7Q2M9XA");

    public static readonly OperationDoc Get = new("getBirthDate", "Members", "Read a birth date", "Null when none is known. Nobody but the member, services and admins reads it.")
    {
        Permission = Operation.KeepBirthDate,
        Parameters = [Member],
        Answer = new(200, "What is known.", Example),
        Problems = [ProblemKind.Forbidden, ProblemKind.UnknownMember],
    };

    public static readonly OperationDoc Put = new("putBirthDate", "Members", "Give a birth date, or correct it once",
        "From then on the birthday is an event that rules may reward, at most once a calendar year whatever is corrected; whoever was born on 29 February celebrates on the 28th in other "
        + "years, and a birthday of today or before comes next year. It is kept apart from the ledger, with the card, and goes when the member goes. The same date again changes nothing.")
    {
        Permission = Operation.KeepBirthDate,
        Parameters = [Member],
        Request = """{ "birthDate": "1984-02-29" }""",
        Answer = new(200, "What is known from now on.", Example),
        Problems = [ProblemKind.MalformedJson, ProblemKind.InvalidDocument, ProblemKind.Forbidden, ProblemKind.UnknownMember, ProblemKind.RefusedCommand],
    };

    public static readonly OperationDoc Delete = new("deleteBirthDate", "Members", "Let go of a birth date", "There are no more birthdays. Given again, it counts as the one correction.")
    {
        Permission = Operation.KeepBirthDate,
        Parameters = [Member],
        Answer = new(200, "What is known from now on: nothing.", """{ "birthDate": null, "mayChange": true }"""),
        Problems = [ProblemKind.Forbidden, ProblemKind.UnknownMember],
    };
}
