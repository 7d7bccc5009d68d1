using System.Globalization;
using System.Text.Json;
using Gamification.Sandboxes;

namespace Gamification.Api;

/// <summary>Time travel for testers (spec R3): where a sandbox's clock stands, and moving it forward, which lets happen what has become due.</summary>
internal sealed class SandboxEndpoints(IGrainFactory grains)
{
    private const int KeyMax = 128;
    private const int TextMax = 64;

    public static void Map(IEndpointRouteBuilder routes, Door door)
    {
        var endpoints = ActivatorUtilities.CreateInstance<SandboxEndpoints>(routes.ServiceProvider);
        routes.MapGet("/v1/sandbox", door.For(Operation.AdvanceSandbox, Lane.Others, endpoints.Get)).WithMetadata(SandboxDocs.Get);
        routes.MapPost("/v1/sandbox/advance", door.For(Operation.AdvanceSandbox, Lane.Others, endpoints.Advance)).WithMetadata(SandboxDocs.Advance);
    }

    private async ValueTask Get(HttpContext context, Caller caller) =>
        JsonAnswer.Write(context, StatusCodes.Status200OK, await grains.GetGrain<ISandboxGrain>(caller.Programme).Now(), static (writer, now) =>
        {
            writer.WriteStartObject();
            writer.WriteString("now"u8, now);
            writer.WriteEndObject();
        });

    private async ValueTask Advance(HttpContext context, Caller caller)
    {
        using var document = await StrictDocument.Read(context.Request);
        var wish = new SandboxAdvance { To = Instant(document), By = document.OptionalText("by", TextMax), Who = caller.Id, Key = context.Request.Headers["Idempotency-Key"] is [{ Length: > 0 } key, ..] ? key : null };
        if ((document.Problem() ?? Unusable(wish.Key)) is { } problem)
        {
            ProblemJson.Answer(context, problem);
            return;
        }

        var sandbox = grains.GetGrain<ISandboxGrain>(caller.Programme);
        switch (await sandbox.Advance(wish))
        {
            case SandboxOutcome.Moved moved:
                var (woken, changed) = await Wake(sandbox, context.RequestAborted);
                JsonAnswer.Write(context, StatusCodes.Status200OK, (moved, woken, changed), static (writer, answer) => Write(writer, answer.moved, answer.woken, answer.changed));
                break;
            case SandboxOutcome.KeyReused reused:
                ProblemJson.Answer(context, new(ProblemKind.KeyReused, $"This key moved the time to somewhere else at {reused.FirstRecordedAt.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}."));
                break;
            case SandboxOutcome.Refused { Refusal: var refusal }:
                ProblemJson.Answer(context, new(KindOf(refusal), refusal.Remedy) { Errors = [new(refusal.Field, refusal.Code, refusal.Remedy)] });
                break;
        }
    }

    /// <summary>In small calls, because each has a time to answer. Whoever goes away meanwhile asks again: what is done is not done twice.</summary>
    private static async Task<(int Woken, int Changed)> Wake(ISandboxGrain sandbox, CancellationToken cancellation)
    {
        var (woken, changed) = (0, 0);
        for (var (after, ended) = ((string?)null, false); !ended;)
        {
            cancellation.ThrowIfCancellationRequested();
            var some = await sandbox.Wake(after);
            (woken, changed, after, ended) = (woken + some.Woken, changed + some.Changed, some.Next, some.Next is null);
        }

        return (woken, changed);
    }

    private static DateTimeOffset? Instant(StrictDocument document)
    {
        if (document.OptionalText("to", TextMax) is not { } text) return null;
        if (text.Length > 10 && (text[^1] == 'Z' || text.LastIndexOfAny(['+', '-']) > 10)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant) && instant.Year is >= 1970 and < 2200)
            return instant.ToUniversalTime();
        document.Refuse("to", "invalid-instant", "Send an instant with its offset, such as 2026-11-21T09:00:00+01:00, between 1970 and 2199.");
        return null;
    }

    private static Problem? Unusable(string? key) => key is null || (key.Length <= KeyMax && Printable.Is(key)) ? null
        : new(ProblemKind.InvalidRequest, "Idempotency-Key: send 1 to 128 printable characters.") { Errors = [new("Idempotency-Key", "invalid-text", "Send 1 to 128 printable characters, such as a UUID.")] };

    private static ProblemKind KindOf(Refusal refusal) => refusal.Code switch
    {
        "not-a-sandbox" => ProblemKind.NotASandbox,
        "sandbox-not-placed" => ProblemKind.SandboxNotPlaced,
        _ => ProblemKind.InvalidDocument,
    };

    private static void Write(Utf8JsonWriter writer, SandboxOutcome.Moved moved, int woken, int changed)
    {
        writer.WriteStartObject();
        writer.WriteString("before"u8, moved.Before);
        writer.WriteString("now"u8, moved.Now);
        writer.WriteBoolean("replayed"u8, moved.Replayed);
        writer.WriteNumber("woken"u8, woken);
        writer.WriteNumber("changed"u8, changed);
        writer.WriteEndObject();
    }
}
