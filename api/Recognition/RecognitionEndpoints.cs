using Gamification.Recognition;

namespace Gamification.Api;

/// <summary>
/// Commands about a member's recognition: paid plans, manual badges, bridges over incidents, holidays. Whoever asks is on the entry. A member asks for
/// its own holidays, repairs, silence and home zone only.
/// </summary>
internal sealed class RecognitionEndpoints(MemberDirectory members, ProgrammeDirectory programmes, IGrainFactory grains, TimeProvider clock)
{
    private static readonly Problem NotForMembers = new(ProblemKind.Forbidden, "A member asks for take-vacation, repair-streak, silence-streak and move-home; staff do the rest.");

    public static void Map(IEndpointRouteBuilder routes, Door door)
    {
        var endpoints = ActivatorUtilities.CreateInstance<RecognitionEndpoints>(routes.ServiceProvider);
        routes.MapPost("/v1/members/{member}/recognition", door.For(Operation.Recognise, Lane.Others, endpoints.Post)).WithMetadata(RecognitionDocs.Post);
    }

    private async ValueTask Post(HttpContext context, Caller caller)
    {
        using var document = await StrictDocument.Read(context.Request);
        var (id, command) = StatedCommand.Read(document, await programmes.Of(caller));
        var problem = document.Problem();
        if (problem is null && caller.Role == Role.Member && command is not (TakeVacation or RepairStreak or SilenceStreak or MoveHome)) problem = NotForMembers;
        var (member, unknown) = problem is null ? await members.Find(caller, (string)context.Request.RouteValues["member"]!) : (default, problem);
        if (unknown is not null)
        {
            ProblemJson.Answer(context, unknown);
            return;
        }

        var account = grains.GetGrain<IRecognisedMember>(ActorKeys.Member(caller.Programme, member.Member));
        Answer(context, await account.Do(id, command!, caller.Id, clock.GetUtcNow()), await programmes.Of(caller));
    }

    public static void Answer(HttpContext context, RecognitionOutcome outcome, Programme programme)
    {
        switch (outcome)
        {
            case RecognitionOutcome.Done done:
                JsonAnswer.Write(context, done.Replayed ? StatusCodes.Status200OK : StatusCodes.Status201Created, (done, programme),
                    static (writer, answer) => MemberRecognitionJson.Write(writer, answer.done, answer.programme));
                break;
            case RecognitionOutcome.Conflict:
                ProblemJson.Answer(context, new(ProblemKind.CommandConflict, "This id was used for another command about this member.") { Errors = [new("/id", "id-reused", "Give each command an id of its own.")] });
                break;
            case RecognitionOutcome.Refused { Refusal: var refusal }:
                ProblemJson.Answer(context, new(ProblemKind.RefusedCommand, refusal.Remedy) { Errors = [new(refusal.Field, refusal.Code, refusal.Remedy)] });
                break;
        }
    }
}
