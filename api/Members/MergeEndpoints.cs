using System.Text.Json;
using Gamification.Members;
using Gamification.Merging;

namespace Gamification.Api;

/// <summary>Two accounts of one person become one, and for 30 days two again (spec §12). Whoever asks is on the entries of both.</summary>
internal sealed class MergeEndpoints(MemberDirectory members, IGrainFactory grains, TimeProvider clock)
{
    private const int IdMax = 100;
    private const int ReasonMax = 200;

    public static void Map(IEndpointRouteBuilder routes, Door door)
    {
        var endpoints = ActivatorUtilities.CreateInstance<MergeEndpoints>(routes.ServiceProvider);
        routes.MapPost("/v1/members/{member}/merges", door.For(Operation.MergeMembers, Lane.Others, endpoints.Post)).WithMetadata(MergeDocs.Post);
        routes.MapPost("/v1/members/{member}/merges/{merge}/undo", door.For(Operation.MergeMembers, Lane.Others, endpoints.Undo)).WithMetadata(MergeDocs.Undo);
    }

    private async ValueTask Post(HttpContext context, Caller caller)
    {
        using var document = await StrictDocument.Read(context.Request);
        var (id, named, reason) = (document.Text("id", IdMax), document.Text("from", 32), document.Text("reason", ReasonMax));
        var (into, problem) = document.Problem() is { } wrong ? (default, wrong) : await members.FindAny(caller, Named(context, "member"));
        var (from, unknown) = problem is null ? await members.FindAny(caller, named) : (default, null);
        if (unknown is not null) problem = Refused(new("unknown-member", "/from", "Send a public id as boards show it."));
        if (problem is not null)
        {
            ProblemJson.Answer(context, problem);
            return;
        }

        var order = new MergeOrder { Id = id, From = from.Member, Into = into.Member, Reason = reason, By = caller.Id };
        Answer(context, await Merges(caller).Merge(order, clock.GetUtcNow()), from.PublicId, into.PublicId);
    }

    private async ValueTask Undo(HttpContext context, Caller caller)
    {
        var (into, problem) = await members.FindAny(caller, Named(context, "member"));
        if (problem is not null)
        {
            ProblemJson.Answer(context, problem);
            return;
        }

        var outcome = await Merges(caller).Undo(Named(context, "merge"), into.Member, caller.Id, clock.GetUtcNow());
        var from = outcome is MergeOutcome.Done done ? await members.PublicIdOf(caller, done.From) : null;
        Answer(context, outcome, from, into.PublicId);
    }

    private IMergesGrain Merges(Caller caller) => grains.GetGrain<IMergesGrain>(caller.Programme);

    private static string Named(HttpContext context, string value) => (string)context.Request.RouteValues[value]!;

    private static void Answer(HttpContext context, MergeOutcome outcome, string? from, string into)
    {
        switch (outcome)
        {
            case MergeOutcome.Done done:
                JsonAnswer.Write(context, done.Replayed ? StatusCodes.Status200OK : StatusCodes.Status201Created, (done, from, into), static (writer, answer) => Write(writer, answer.done, answer.from, answer.into));
                break;
            case MergeOutcome.Conflict:
                ProblemJson.Answer(context, new(ProblemKind.CommandConflict, "This id was used for another merge.") { Errors = [new("/id", "id-reused", "Give each merge an id of its own.")] });
                break;
            case MergeOutcome.Refused { Refusal: var refusal }:
                ProblemJson.Answer(context, Refused(refusal));
                break;
            default:
                ProblemJson.Answer(context, new(ProblemKind.UnknownMerge, "There was no merge with this id into this member."));
                break;
        }
    }

    private static Problem Refused(Refusal refusal) => new(ProblemKind.RefusedCommand, refusal.Remedy) { Errors = [new(refusal.Field, refusal.Code, refusal.Remedy)] };

    private static void Write(Utf8JsonWriter writer, MergeOutcome.Done done, string? from, string into)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, done.Merge);
        writer.WriteString("from"u8, from);
        writer.WriteString("into"u8, into);
        writer.WriteString("at"u8, done.At);
        writer.WriteDate("undoneThrough"u8, done.UndoneThrough);
        writer.WriteBoolean("replayed"u8, done.Replayed);
        writer.WriteEndObject();
    }
}

internal static class MergeDocs
{
    private const string Done = """{ "id": "crm-4711", "from": "P3X8N5TC", "into": "K7Q2M9XA", "at": "2026-11-21T16:04:05+00:00", "undoneThrough": "2026-12-21", "replayed": false }""";

    private static readonly ParameterDoc Member = new("member", "Whom the other account goes to: a public id as boards show it.", "K7Q2M9XA");

    public static readonly OperationDoc Post = new("mergeMembers", "Members", "Make two accounts of one person one",
        "Everything of `from` goes to the member: points and stamps with their dates, debt, sales that can still be brought back, dates of streaks, badges, tier, open rewards, segments, and its "
        + "places on boards. What both were given for the same thing is kept once. From then on the other card, its tokens and its public id mean this member. `id` is the caller's: the same "
        + "merge again under it is answered with the first result. Refused while something of `from` is held or waited for. It can be undone through `undoneThrough`.")
    {
        Permission = Operation.MergeMembers,
        Parameters = [Member],
        Request = """{ "id": "crm-4711", "from": "P3X8N5TC", "reason": "Two cards, one household member; asked for by phone." }""",
        Answer = new(201, "They are one. A repeat is answered with 200 and `replayed: true`.", Done),
        Problems = [ProblemKind.MalformedJson, ProblemKind.InvalidDocument, ProblemKind.UnknownMember, ProblemKind.CommandConflict, ProblemKind.RefusedCommand],
    };

    public static readonly OperationDoc Undo = new("undoMerge", "Members", "Undo a merge",
        "For 30 days, in the programme's zone. What is left of what came goes back; what was spent or brought back meanwhile does not, and what happened since stays with the member. "
        + "Asking again is answered with the first result.")
    {
        Permission = Operation.MergeMembers,
        Parameters = [Member, new("merge", "The id that the merge was asked for with.", "crm-4711")],
        Answer = new(201, "They are two again. A repeat is answered with 200 and `replayed: true`.", Done),
        Problems = [ProblemKind.UnknownMember, ProblemKind.UnknownMerge, ProblemKind.RefusedCommand],
    };
}
