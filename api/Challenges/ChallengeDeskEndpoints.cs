using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Gamification.Challenges;
using Gamification.Programmes.Earning;
using Gamification.Recognition;

namespace Gamification.Api;

/// <summary>Challenges as marketers make and run them: from a template in one call, or by a document of their own.</summary>
internal sealed class ChallengeDeskEndpoints(ChallengeAddress runs, IGrainFactory grains, TimeProvider clock)
{
    private const int BodyMax = 1024 * 1024;
    private const int DepthMax = 32;
    private static readonly Problem WrongBody = new(ProblemKind.InvalidDocument, "Send { \"challenge\": { … } }, and with a new version of a live challenge its reason.")
    {
        Errors = [new("/challenge", "missing", "Send { \"challenge\": { … } }, and with a new version of a live challenge its reason; nothing else.")],
    };


    public static void Map(IEndpointRouteBuilder routes, Door door)
    {
        var endpoints = ActivatorUtilities.CreateInstance<ChallengeDeskEndpoints>(routes.ServiceProvider);
        routes.MapGet("/v1/challenges/templates", door.For(Operation.ManageChallenges, Lane.Others, endpoints.GetTemplates)).WithMetadata(ChallengeDeskDocs.Templates);
        routes.MapPost("/v1/challenges", door.For(Operation.ManageChallenges, Lane.Others, endpoints.Launch)).WithMetadata(ChallengeDeskDocs.Launch);
        routes.MapPost("/v1/challenges/validate", door.For(Operation.ManageChallenges, Lane.Others, endpoints.Validate)).WithMetadata(ChallengeDeskDocs.Validate);
        routes.MapGet("/v1/challenges/{challenge}/document", door.For(Operation.ManageChallenges, Lane.Others, endpoints.GetDocument)).WithMetadata(ChallengeDeskDocs.Read);
        routes.MapPut("/v1/challenges/{challenge}", door.For(Operation.ManageChallenges, Lane.Others, endpoints.Save)).WithMetadata(ChallengeDeskDocs.Save);
        routes.MapPost("/v1/challenges/{challenge}/commands", door.For(Operation.ManageChallenges, Lane.Others, endpoints.Do)).WithMetadata(ChallengeDeskDocs.Do);
    }

    private async ValueTask GetTemplates(HttpContext context, Caller caller) =>
        JsonAnswer.Write(context, StatusCodes.Status200OK, await Desk(caller).Templates(), static (writer, templates) =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("templates"u8);
            foreach (var template in templates)
            {
                writer.WriteStartObject();
                writer.WriteString("id"u8, template.Id);
                writer.WriteText("name"u8, template.Name);
                writer.WriteText("words"u8, template.Words);
                writer.WriteNumber("days"u8, template.Days);
                writer.WriteBoolean("needsStores"u8, template.NeedsStores);
                writer.WriteJson("challenge"u8, template.Document);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        });

    private async ValueTask Launch(HttpContext context, Caller caller)
    {
        using var document = await StrictDocument.Read(context.Request);
        var launch = new ChallengeLaunch
        {
            Template = document.Text("template", 40),
            Id = document.OptionalText("id", 40),
            From = Date(document, "from"),
            Days = document.OptionalNumber("days", 1, 366),
            Stores = document.Has("stores") ? document.Texts("stores", 1_000, 64) : [],
            Schedules = document.OptionalFlag("schedule") ?? false,
        };
        if (document.Problem() is { } problem) ProblemJson.Answer(context, problem);
        else Answer(context, await Desk(caller).Launch(launch, caller.Id, clock.GetUtcNow()), StatusCodes.Status201Created);
    }

    private async ValueTask Validate(HttpContext context, Caller caller)
    {
        var (text, problem) = await DocumentBody.Read(context.Request, BodyMax);
        if (problem is not null) ProblemJson.Answer(context, problem);
        else JsonAnswer.Write(context, StatusCodes.Status200OK, await Desk(caller).Check(text), Write);
    }

    private async ValueTask GetDocument(HttpContext context, Caller caller)
    {
        var (view, problem) = await runs.Find(context, caller);
        if (problem is not null)
        {
            ProblemJson.Answer(context, problem);
            return;
        }

        JsonAnswer.Write(context, StatusCodes.Status200OK, await runs.Of(view.Run).Document(), static (writer, text) =>
        {
            writer.WriteStartObject();
            writer.WriteJson("challenge"u8, text);
            writer.WriteEndObject();
        });
    }

    private async ValueTask Save(HttpContext context, Caller caller)
    {
        var (text, problem) = await DocumentBody.Read(context.Request, BodyMax);
        var (challenge, reason, wrong) = problem is null ? Read(text) : ("", null, problem);
        if (wrong is not null) ProblemJson.Answer(context, wrong);
        else Answer(context, await Desk(caller).Save((string)context.Request.RouteValues["challenge"]!, challenge, reason, caller.Id, clock.GetUtcNow()), StatusCodes.Status200OK);
    }

    private async ValueTask Do(HttpContext context, Caller caller)
    {
        using var document = await StrictDocument.Read(context.Request);
        var command = document.Text("command", 20);
        var extends = command == "resume" && document.Flag("extends");
        var reason = command is "end" or "cancel" ? Words(document) : null;
        var slot = command == "adjust" ? Slot(document) : default;
        var why = command == "adjust" ? document.Text("why", 200) : "";
        if (command is not ("schedule" or "pause" or "resume" or "end" or "cancel" or "adjust")) document.Refuse("command", "unknown-value", "Send schedule, pause, resume, end, cancel or adjust.");
        if (document.Problem() is { } wrong)
        {
            ProblemJson.Answer(context, wrong);
            return;
        }

        var (view, problem) = await runs.Find(context, caller);
        if (problem is not null)
        {
            ProblemJson.Answer(context, problem);
            return;
        }

        var (run, now) = (runs.Of(view.Run), clock.GetUtcNow());
        var errors = await (command switch
        {
            "schedule" => run.Schedule(caller.Id, now),
            "pause" => run.Pause(caller.Id, now),
            "resume" => run.Resume(extends, caller.Id, now),
            "end" => run.End(reason!, caller.Id, now),
            "cancel" => run.Cancel(reason!, caller.Id, now),
            _ => run.Adjust(slot, why, caller.Id, now),
        });
        if (errors.IsEmpty) ChallengeAnswers.Answer(context, await run.View(now), own: null);
        else Refuse(context, errors);
    }

    private IChallengeDeskGrain Desk(Caller caller) => grains.GetGrain<IChallengeDeskGrain>(caller.Programme);

    /// <summary>The document is taken out as it was written: the engine reads it, and names its fields.</summary>
    private static (string Challenge, Wording? Reason, Problem? Problem) Read(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text, new() { MaxDepth = DepthMax, AllowDuplicateProperties = false });
            if (json.RootElement is not { ValueKind: JsonValueKind.Object } body || !body.TryGetProperty("challenge"u8, out var challenge)) return ("", null, WrongBody);
            using var rest = StrictDocument.Of(System.Text.Encoding.UTF8.GetBytes(body.TryGetProperty("reason"u8, out var reason) ? $"{{\"reason\":{reason.GetRawText()}}}" : "{}"));
            var words = rest.Has("reason") ? Words(rest) : null;
            var problem = rest.Problem() ?? (body.EnumerateObject().All(field => field.Name is "challenge" or "reason") ? null : WrongBody);
            return (challenge.GetRawText(), words, problem);
        }
        catch (JsonException)
        {
            return ("", null, new(ProblemKind.MalformedJson, "The body is not one JSON document, nested at most 32 deep, or a field stands twice."));
        }
    }

    private static Wording Words(StrictDocument document)
    {
        var reason = document.Object("reason");
        return new(reason.Text("fr", 80), reason.Text("nl", 80), reason.Text("en", 80));
    }

    private static DateOnly Date(StrictDocument document, string name)
    {
        var text = document.Text(name, 10);
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)) return date;
        if (text.Length > 0) document.Refuse(name, "invalid-date", "Send a date such as 2026-12-01.");
        return default;
    }

    private static Guid Slot(StrictDocument document)
    {
        var text = document.Text("slot", 32);
        if (Guid.TryParseExact(text, "N", out var slot)) return slot;
        if (text.Length > 0) document.Refuse("slot", "no-slot", "Send the 32 hex digits as the standings have them.");
        return default;
    }

    private static void Answer(HttpContext context, ChallengeDeskAnswer answer, int status)
    {
        if (answer.Errors.IsEmpty) JsonAnswer.Write(context, status, answer, Write);
        else Refuse(context, answer.Errors);
    }

    private static void Refuse(HttpContext context, ImmutableArray<DocumentError> errors) =>
        ProblemJson.Answer(context, new(ProblemKind.RefusedChallenge, $"{errors[0].Field}: {errors[0].Remedy}".TrimStart(':', ' '))
        {
            Errors = [.. errors.Select(error => new FieldError(error.Field, error.Code, error.Remedy))],
        });

    private static void Write(Utf8JsonWriter writer, ChallengeDeskAnswer answer)
    {
        writer.WriteStartObject();
        if (answer.Run is { } run)
        {
            writer.WriteString("challenge"u8, run.Challenge);
            writer.WriteNumber("run"u8, run.Run);
        }
        else
        {
            DocumentJson.WriteErrors(writer, "errors"u8, answer.Errors);
        }

        DocumentJson.WriteErrors(writer, "warnings"u8, answer.Warnings);
        writer.WriteText("words"u8, answer.Words);
        writer.WriteEndObject();
    }
}
