using System.Collections.Immutable;
using System.Text.Json;
using Gamification.Members;

namespace Gamification.Api;

/// <summary>The groups a member is in, put there by staff or by another system, and asked for by earning rules.</summary>
internal sealed class SegmentEndpoints(MemberDirectory members, IGrainFactory grains, TimeProvider clock)
{
    private const int CountMax = 50;
    private const int NameMax = 40;

    public static void Map(IEndpointRouteBuilder routes, Door door)
    {
        var endpoints = ActivatorUtilities.CreateInstance<SegmentEndpoints>(routes.ServiceProvider);
        routes.MapPut("/v1/members/{member}/segments", door.For(Operation.SetSegments, Lane.Others, endpoints.Put)).WithMetadata(SegmentDocs.Put);
        routes.MapGet("/v1/members/{member}/segments", door.For(Operation.ReadSegments, Lane.Others, endpoints.Get)).WithMetadata(SegmentDocs.Get);
    }

    private async ValueTask Put(HttpContext context, Caller caller)
    {
        using var document = await StrictDocument.Read(context.Request);
        var segments = document.Texts("segments", CountMax, NameMax);
        var (member, problem) = document.Problem() is { } wrong ? (default, wrong) : await members.FindAny(caller, Named(context));
        var outcome = problem is null ? await Account(caller, member).SetSegments(segments, caller.Id, clock.GetUtcNow()) : null;
        if (outcome is SegmentsOutcome.Refused { Refusal: var refusal })
            problem = new(ProblemKind.InvalidDocument, refusal.Remedy) { Errors = [new(refusal.Field, refusal.Code, refusal.Remedy)] };
        Answer(context, member, outcome is SegmentsOutcome.Now now ? now.Segments : [], problem);
    }

    private async ValueTask Get(HttpContext context, Caller caller)
    {
        var (member, problem) = await members.FindAny(caller, Named(context));
        Answer(context, member, problem is null ? await Account(caller, member).Segments() : [], problem);
    }

    private ISegmentedMember Account(Caller caller, NamedMember member) => grains.GetGrain<ISegmentedMember>(ActorKeys.Member(caller.Programme, member.Member));

    private static string Named(HttpContext context) => (string)context.Request.RouteValues["member"]!;

    private static void Answer(HttpContext context, NamedMember member, ImmutableArray<string> segments, Problem? problem)
    {
        if (problem is not null)
        {
            ProblemJson.Answer(context, problem);
            return;
        }

        JsonAnswer.Write(context, StatusCodes.Status200OK, (member.PublicId, segments), static (writer, answer) => Write(writer, answer.PublicId, answer.segments));
    }

    private static void Write(Utf8JsonWriter writer, string publicId, ImmutableArray<string> segments)
    {
        writer.WriteStartObject();
        writer.WriteString("member"u8, publicId);
        writer.WriteStartArray("segments"u8);
        foreach (var segment in segments) writer.WriteStringValue(segment);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}

internal static class SegmentDocs
{
    private const string Segments = """{ "member": "K7Q2M9XA", "segments": ["morning-regulars", "organic"] }""";

    private static readonly ParameterDoc Member = new("member", "A public id as boards show it.", "K7Q2M9XA");

    public static readonly OperationDoc Put = new("putSegments", "Members", "Put a member in segments",
        "Replaces all segments of the member: 50 at most, each of 1 to 40 lower-case letters, digits and hyphens. Rules ask for them when a receipt or an event is received; what was "
        + "awarded before keeps the segments of its time. The same set again changes nothing.")
    {
        Permission = Operation.SetSegments,
        Parameters = [Member],
        Request = """{ "segments": ["organic", "morning-regulars"] }""",
        Answer = new(200, "The segments as they are now.", Segments),
        Problems = [ProblemKind.MalformedJson, ProblemKind.UnknownMember, ProblemKind.InvalidDocument],
    };

    public static readonly OperationDoc Get = new("getSegments", "Members", "Read a member's segments", "The segments that the member is in, in the order of their names.")
    {
        Permission = Operation.ReadSegments,
        Parameters = [Member],
        Answer = new(200, "The segments.", Segments),
        Problems = [ProblemKind.UnknownMember],
    };
}
