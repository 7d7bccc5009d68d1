using Gamification.Privacy;

namespace Gamification.Api;

/// <summary>How much of a member others may see, for the member to say.</summary>
internal sealed class PrivacyEndpoints(MemberDirectory members, IGrainFactory grains, Insistence insistence, TimeProvider clock)
{
    private const string Route = "/v1/members/{member}/privacy";

    public static void Map(IEndpointRouteBuilder routes, Door door)
    {
        var endpoints = ActivatorUtilities.CreateInstance<PrivacyEndpoints>(routes.ServiceProvider);
        routes.MapGet(Route, door.For(Operation.ChoosePrivacy, Lane.Others, endpoints.Get)).WithMetadata(PrivacyDocs.Get);
        routes.MapPut(Route, door.For(Operation.ChoosePrivacy, Lane.Others, endpoints.Put)).WithMetadata(PrivacyDocs.Put);
    }

    private async ValueTask Get(HttpContext context, Caller caller)
    {
        if (await Find(context, caller) is { } privacy) Answer(context, await insistence.On(privacy.View));
    }

    private async ValueTask Put(HttpContext context, Caller caller)
    {
        using var document = await StrictDocument.Read(context.Request);
        if (!PrivacyNames.TryParse(document.Text("mode", 16), out var mode)) document.Refuse("mode", "unknown-mode", "Send shown, private or hidden.");
        if (document.Problem() is { } problem)
        {
            ProblemJson.Answer(context, problem);
            return;
        }

        if (await Find(context, caller) is not { } privacy) return;
        var now = clock.GetUtcNow();
        Answer(context, await insistence.On(() => privacy.Set(mode, now)));
    }

    private async ValueTask<IPrivacyGrain?> Find(HttpContext context, Caller caller)
    {
        var (member, problem) = await members.Find(caller, (string)context.Request.RouteValues["member"]!);
        if (problem is null) return grains.GetGrain<IPrivacyGrain>($"{caller.Programme}/{member.Member}");
        ProblemJson.Answer(context, problem);
        return null;
    }

    private static void Answer(HttpContext context, PrivacyView view) => JsonAnswer.Write(context, StatusCodes.Status200OK, view, static (writer, view) =>
    {
        writer.WriteStartObject();
        writer.WriteString("mode"u8, PrivacyNames.Of(view.Mode));
        writer.WriteString("since"u8, view.Since);
        writer.WriteEndObject();
    });
}

/// <summary>The words for what a member may choose. Erasure is not among them: it is more than a wish about boards.</summary>
internal static class PrivacyNames
{
    public static string Of(PrivacyMode mode) => mode switch
    {
        PrivacyMode.Private => "private",
        PrivacyMode.Hidden => "hidden",
        PrivacyMode.Erased => "erased",
        _ => "shown",
    };

    public static bool TryParse(string text, out PrivacyMode mode)
    {
        mode = text switch { "private" => PrivacyMode.Private, "hidden" => PrivacyMode.Hidden, _ => PrivacyMode.Shown };
        return text is "shown" or "private" or "hidden";
    }
}
