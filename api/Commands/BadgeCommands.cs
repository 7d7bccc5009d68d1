using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Gamification.Api.Hosting;

namespace Gamification.Api;

/// <summary>Fills a new badge in for the past of all members of a running server, page by page.</summary>
public static class BadgeCommands
{
    public static readonly string Usage = $"""
        badge fill-in BADGE [--preview] [--after PLACE]                what it would be had it been there from the first entry on; --preview records nothing

        Takes --server {ServerOptions.UrlAt(ServerOptions.PortDefault)} and --token TOKEN of a marketer or admin, or reads GAMIFICATION_SERVER and GAMIFICATION_TOKEN. Interrupted, it goes on
        from the place that it said last, or from the beginning: nothing is done twice.
        """;

    public static bool Knows(string[] args) => args is ["badge", ..];

    public static async Task<int> Run(string[] args, HttpClient http, TextWriter output, TextWriter errors)
    {
        var server = AdminCommands.Option(args, "--server") ?? Environment.GetEnvironmentVariable("GAMIFICATION_SERVER") ?? ServerOptions.UrlAt(ServerOptions.PortDefault);
        var token = AdminCommands.Option(args, "--token") ?? Environment.GetEnvironmentVariable("GAMIFICATION_TOKEN");
        if (args is not [_, "fill-in", var badge, ..] || badge.StartsWith('-') || token is null || !Uri.TryCreate(server, UriKind.Absolute, out var address))
        {
            await errors.WriteLineAsync(Usage);
            return 2;
        }

        var (members, changed, awards, points) = (0L, 0L, 0L, 0L);
        var isPreview = args.Contains("--preview", StringComparer.Ordinal);
        try
        {
            for (var after = AdminCommands.Option(args, "--after"); ;)
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, $"/v1/badges/{Uri.EscapeDataString(badge)}/fill-in"));
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
                var page = new JsonObject { ["preview"] = isPreview };
                if (after is not null) page["after"] = after;
                request.Content = new StringContent(page.ToJsonString(), Encoding.UTF8, "application/json");
                using var response = await http.SendAsync(request);
                var text = await response.Content.ReadAsStringAsync();
                if (!response.IsSuccessStatusCode) return await Refuse(response, text, errors);
                var done = JsonNode.Parse(text)!;
                (members, changed, awards, points) = (members + (long)done["members"]!, changed + (long)done["changed"]!, awards + (long)done["awards"]!, points + (long)done["points"]!);
                if ((string?)done["next"] is not { } next) break;
                if ((long)done["members"]! > 0) await output.WriteLineAsync($"{members} members, {awards} awards; goes on at {next}");
                after = next;
            }
        }
        catch (HttpRequestException fault)
        {
            await errors.WriteLineAsync($"{address} does not answer: {fault.Message}");
            return 1;
        }

        await output.WriteLineAsync(isPreview
            ? $"{members} members were looked at; {awards} awards and {points} points would be given."
            : $"{members} members were looked at, {changed} have more than before; {awards} awards and {points} points were given.");
        return 0;
    }

    private static async Task<int> Refuse(HttpResponseMessage response, string text, TextWriter errors)
    {
        var problem = text.Length > 0 && text[0] == '{' ? JsonNode.Parse(text) : null;
        await errors.WriteLineAsync($"{(int)response.StatusCode} {problem?["detail"] ?? response.ReasonPhrase}");
        return 1;
    }
}
