using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Gamification.Api.Hosting;

namespace Gamification.Api;

/// <summary>A programme taken out of a running server, compared with a file, and published from one. YAML where the file's name ends in .yaml or .yml.</summary>
public static class ProgrammeCommands
{
    public static readonly string Usage = $"""
        programme export [FILE]                                        what stands, on the screen or into a file
        programme diff FILE                                            in what a file differs from it; exit code 1 when it does
        programme import FILE [--from 2026-12-01T00:00:00+01:00]       publishes what differs, at least 60 s ahead

        All take --server {ServerOptions.UrlAt(ServerOptions.PortDefault)} and --token TOKEN of a marketer or admin, or read GAMIFICATION_SERVER and GAMIFICATION_TOKEN.
        """;

    public static bool Knows(string[] args) => args is ["programme", ..];

    public static async Task<int> Run(string[] args, HttpClient http, TextWriter output, TextWriter errors)
    {
        var server = AdminCommands.Option(args, "--server") ?? Environment.GetEnvironmentVariable("GAMIFICATION_SERVER") ?? ServerOptions.UrlAt(ServerOptions.PortDefault);
        var token = AdminCommands.Option(args, "--token") ?? Environment.GetEnvironmentVariable("GAMIFICATION_TOKEN");
        var file = args is [_, _, var name, ..] && !name.StartsWith('-') ? name : null;
        if (args is not [_, "export" or "diff" or "import", ..] || (file is null && args[1] != "export") || token is null || !Uri.TryCreate(server, UriKind.Absolute, out var address))
        {
            await errors.WriteLineAsync(Usage);
            return 2;
        }

        try
        {
            using var request = await Request(args, file, address);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            using var response = await http.SendAsync(request);
            var text = await response.Content.ReadAsStringAsync();
            if (!response.IsSuccessStatusCode) return await Refuse(response, text, errors);
            if (args[1] == "export") return await Keep(text, file, output);
            return args[1] == "diff" ? await Tell(JsonNode.Parse(text)!, output) : await Done(JsonNode.Parse(text)!, output);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or UnauthorizedAccessException)
        {
            await errors.WriteLineAsync(fault is HttpRequestException ? $"{address} does not answer: {fault.Message}" : fault.Message);
            return 1;
        }
    }

    private static async Task<HttpRequestMessage> Request(string[] args, string? file, Uri server)
    {
        var type = file is not null && (file.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase) || file.EndsWith(".yml", StringComparison.OrdinalIgnoreCase)) ? DocumentBody.Yaml : "application/json";
        if (args[1] == "export")
        {
            var ask = new HttpRequestMessage(HttpMethod.Get, new Uri(server, "/v1/programme/document"));
            ask.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(type));
            return ask;
        }

        var from = AdminCommands.Option(args, "--from") is { } instant ? $"?effectiveFrom={Uri.EscapeDataString(instant)}" : "";
        return new(HttpMethod.Post, new Uri(server, args[1] == "diff" ? "/v1/programme/document/diff" : $"/v1/programme/document/import{from}"))
        {
            Content = new StringContent(await File.ReadAllTextAsync(file!), Encoding.UTF8, type),
        };
    }

    private static async Task<int> Refuse(HttpResponseMessage response, string text, TextWriter errors)
    {
        var problem = text.Length > 0 && text[0] == '{' ? JsonNode.Parse(text) : null;
        await errors.WriteLineAsync($"{(int)response.StatusCode} {problem?["detail"] ?? response.ReasonPhrase}");
        foreach (var error in problem?["errors"]?.AsArray() ?? []) await errors.WriteLineAsync($"  {error!["field"]}: {error["code"]}. {error["remedy"]}");
        return 1;
    }

    private static async Task<int> Keep(string text, string? file, TextWriter output)
    {
        if (file is null) await output.WriteAsync(text);
        else await File.WriteAllTextAsync(file, text);
        return 0;
    }

    private static async Task<int> Tell(JsonNode diff, TextWriter output)
    {
        foreach (var change in diff["changes"]!.AsArray()) await output.WriteLineAsync($"{change!["pointer"]}: {change["text"]!["en"]}");
        if ((bool)diff["same"]!) await output.WriteLineAsync("Nothing differs.");
        return (bool)diff["same"]! ? 0 : 1;
    }

    private static async Task<int> Done(JsonNode answer, TextWriter output)
    {
        var parts = string.Join(", ", answer["parts"]!.AsArray());
        await output.WriteLineAsync((bool)answer["changed"]! ? $"Published as version {answer["version"]}: {parts}." : "Nothing differs; nothing was published.");
        return 0;
    }
}
