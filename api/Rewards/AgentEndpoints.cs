using System.Text.Json;
using Gamification.Rewards;

namespace Gamification.Api;

/// <summary>
/// Gestures by the customer service (spec B11). Who gives and who approves is the person that the token names, never what a body says, so that four
/// eyes are four eyes.
/// </summary>
internal sealed class AgentEndpoints(MemberDirectory members, ProgrammeDirectory programmes, IGrainFactory grains, TimeProvider clock)
{
    private static readonly Problem NoPerson = new(ProblemKind.Forbidden, "This token names no person: have one minted with 'person'.");
    private static readonly Problem NoGesture = new(ProblemKind.UnknownAgent, "The agent has no gesture with this id.");

    public static void Map(IEndpointRouteBuilder routes, Door door)
    {
        var endpoints = ActivatorUtilities.CreateInstance<AgentEndpoints>(routes.ServiceProvider);
        routes.MapPut("/v1/agents/{agent}", door.For(Operation.ManageAgents, Lane.Others, endpoints.Set)).WithMetadata(AgentDocs.Set);
        routes.MapPost("/v1/gestures", door.For(Operation.GiveGestures, Lane.Others, endpoints.Give)).WithMetadata(AgentDocs.Give);
        routes.MapGet("/v1/agents/{agent}/gestures", door.For(Operation.GiveGestures, Lane.Others, endpoints.Open)).WithMetadata(AgentDocs.Open);
        routes.MapPost("/v1/agents/{agent}/gestures/{gesture}/decision", door.For(Operation.GiveGestures, Lane.Others, endpoints.Decide)).WithMetadata(AgentDocs.Decide);
        routes.MapGet("/v1/agents/{agent}/audit", door.For(Operation.ManageAgents, Lane.Others, endpoints.Audit)).WithMetadata(AgentDocs.Audit);
    }

    private async ValueTask Set(HttpContext context, Caller caller)
    {
        using var document = await StrictDocument.Read(context.Request);
        var agent = (string)context.Request.RouteValues["agent"]!;
        var terms = new AgentTerms
        {
            Quota = document.OptionalNumber("quota", 0, 100_000_000) ?? Missing(document, "quota"),
            AloneMax = document.OptionalNumber("aloneMax", 0, 1_000_000) ?? Missing(document, "aloneMax"),
            Reasons = document.Texts("reasons", 50, 64),
        };
        if (!AgentName.Is(agent)) document.Refuse("agent", "invalid-name", "Name an agent in lower-case letters, digits, dots and hyphens, 40 at most.");
        if (terms.Reasons.IsEmpty || !terms.Reasons.All(AgentReason.Is)) document.Refuse("reasons", "invalid-list", "Send at least one code: lower-case letters, digits and hyphens.");
        if (document.Problem() is { } problem)
        {
            ProblemJson.Answer(context, problem);
            return;
        }

        await Agent(caller, agent).Set(terms, caller.Person ?? caller.Id, clock.GetUtcNow());
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private async ValueTask Give(HttpContext context, Caller caller)
    {
        using var document = await StrictDocument.Read(context.Request);
        var id = document.Text("id", 36);
        var named = document.Text("member", 32);
        var points = document.OptionalNumber("points", 1, 1_000_000);
        var forgiven = document.OptionalNumber("forgive", 1, 1_000_000);
        var reward = document.OptionalText("reward", 40);
        var reason = document.Text("reason", 64);
        if (new object?[] { points, reward, forgiven }.Count(given => given is not null) != 1)
            document.Refuse("points", "points-or-reward", "Send points, a reward of the catalogue, or points of debt to forgive: one of them.");
        if (!Guid.TryParse(id, out var gesture)) document.Refuse("id", "invalid-id", "Send a UUID that your screen made for this gesture.");
        if (document.Problem() is { } problem)
        {
            ProblemJson.Answer(context, problem);
            return;
        }

        if (caller.Person is not { } agent)
        {
            ProblemJson.Answer(context, NoPerson);
            return;
        }

        var (member, unknown) = await members.FindAny(caller, named);
        if (unknown is not null)
        {
            ProblemJson.Answer(context, unknown);
            return;
        }

        var price = reward is null ? 0 : (await grains.GetGrain<IRewardCatalogueGrain>(caller.Programme).Published(-1))!.Rewards.FirstOrDefault(one => one.Reward.Id == reward)?.Reward.Points;
        if (price is null)
        {
            ProblemJson.Answer(context, RewardAnswers.Refused(ProblemKind.RefusedGesture, new("reward-unknown", "/reward", "Give a reward of the catalogue.")));
            return;
        }

        var now = clock.GetUtcNow();
        var date = (await programmes.Of(caller)).DateIn(store: null, now);
        Answer(context, gesture, await Agent(caller, agent).Give(new() { Id = gesture, Member = member.Member, Points = points ?? forgiven ?? price.Value, Reward = reward, Forgives = forgiven is not null, Reason = reason, Date = date }, now));
    }

    private async ValueTask Decide(HttpContext context, Caller caller)
    {
        using var document = await StrictDocument.Read(context.Request);
        var approved = document.Flag("approved");
        var known = Guid.TryParse((string)context.Request.RouteValues["gesture"]!, out var gesture);
        if ((document.Problem() ?? (known ? caller.Person is null ? NoPerson : null : NoGesture)) is { } problem)
        {
            ProblemJson.Answer(context, problem);
            return;
        }

        Answer(context, gesture, await Agent(caller, Named(context)).Decide(gesture, caller.Person!, approved, clock.GetUtcNow()));
    }

    private async ValueTask Open(HttpContext context, Caller caller)
    {
        var lines = await Agent(caller, Named(context)).Open();
        var names = await Task.WhenAll(lines.Select(async line => (await members.PublicIdOf(caller, line.Gesture.Member)) ?? ""));
        JsonAnswer.Write(context, StatusCodes.Status200OK, (lines, names), static (writer, answer) =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("gestures"u8);
            for (var at = 0; at < answer.lines.Length; at++)
            {
                var line = answer.lines[at];
                writer.WriteStartObject();
                WriteStanding(writer, line.Gesture.Id, line.State);
                writer.WriteString("member"u8, answer.names[at]);
                writer.WriteNumber("points"u8, line.Gesture.Points);
                writer.WriteString("reward"u8, line.Gesture.Reward);
                writer.WriteBoolean("forgives"u8, line.Gesture.Forgives);
                writer.WriteString("reason"u8, line.Gesture.Reason);
                writer.WriteDate("date"u8, line.Gesture.Date);
                writer.WriteString("secondAgent"u8, line.SecondAgent);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }

    private async ValueTask Audit(HttpContext context, Caller caller)
    {
        var query = new Query(context.Request);
        var before = query.Cursor();
        var limit = query.Number("limit", 50, 1, 200);
        if (query.Problem is { } problem)
        {
            ProblemJson.Answer(context, problem);
            return;
        }

        var lines = await Agent(caller, Named(context)).Audit(before, limit);
        JsonAnswer.Write(context, StatusCodes.Status200OK, (lines, limit), static (writer, answer) =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("lines"u8);
            foreach (var line in answer.lines)
            {
                writer.WriteStartObject();
                writer.WriteNumber("version"u8, line.Version);
                writer.WriteString("type"u8, line.Type);
                writer.WriteString("gesture"u8, line.Gesture?.ToString());
                writer.WriteString("by"u8, line.By);
                writer.WriteString("recordedAt"u8, line.RecordedAt);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteString("next"u8, answer.lines.Length == answer.limit ? Query.WriteCursor(answer.lines[^1].Version) : null);
            writer.WriteEndObject();
        });
    }

    private static void Answer(HttpContext context, Guid gesture, GestureOutcome outcome)
    {
        switch (outcome)
        {
            case GestureOutcome.Now now:
                JsonAnswer.Write(context, StatusCodes.Status200OK, (gesture, now.State), static (writer, answer) =>
                {
                    writer.WriteStartObject();
                    WriteStanding(writer, answer.gesture, answer.State);
                    writer.WriteEndObject();
                });
                break;
            case GestureOutcome.Refused { Refusal: { Code: "gesture-unknown" or "agent-unknown" } unknown }:
                ProblemJson.Answer(context, RewardAnswers.Refused(ProblemKind.UnknownAgent, unknown));
                break;
            case GestureOutcome.Refused { Refusal: var refusal }:
                ProblemJson.Answer(context, RewardAnswers.Refused(ProblemKind.RefusedGesture, refusal));
                break;
        }
    }

    private static void WriteStanding(Utf8JsonWriter writer, Guid gesture, GestureState state)
    {
        writer.WriteString("id"u8, gesture.ToString());
        writer.WriteString("state"u8, RewardJson.Word(state.ToString()));
    }

    private static int Missing(StrictDocument document, string name)
    {
        document.Refuse(name, "missing", "This field is required.");
        return 0;
    }

    private static string Named(HttpContext context) => (string)context.Request.RouteValues["agent"]!;

    private IAgentGrain Agent(Caller caller, string agent) => grains.GetGrain<IAgentGrain>($"{caller.Programme}/{agent}");
}
