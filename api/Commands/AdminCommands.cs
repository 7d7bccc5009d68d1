using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gamification.Api.Hosting;

namespace Gamification.Api;

/// <summary>
/// Keys and tokens from the command line. They talk to the running server, because a SQLite database has one writer; the
/// first admin token comes from the command <c>admin-token</c>.
/// </summary>
public static class AdminCommands
{
    public static readonly string Usage = $"""
        keys create --store BRU --name "Brussels, tills 1-4"
        keys list
        keys revoke ID
        tokens create --role marketer|moderator|admin [--minutes 60]
        tokens create --member PUBLIC-ID [--minutes 60]

        All take --server {ServerDefault} and --token ADMIN-TOKEN, or read GAMIFICATION_SERVER and GAMIFICATION_TOKEN.
        """;

    private static string ServerDefault => ServerOptions.UrlAt(ServerOptions.PortDefault);

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static bool Knows(string[] args) => args is ["keys" or "tokens", ..];

    public static async Task<int> Run(string[] args, HttpClient http, TextWriter output, TextWriter errors)
    {
        using var request = Request(args);
        if (request is null)
        {
            await errors.WriteLineAsync(Usage);
            return 2;
        }

        try
        {
            using var response = await http.SendAsync(request);
            return await Show(response, output, errors);
        }
        catch (HttpRequestException fault)
        {
            await errors.WriteLineAsync($"{request.RequestUri} does not answer: {fault.Message}");
            return 1;
        }
    }

    private static async Task<int> Show(HttpResponseMessage response, TextWriter output, TextWriter errors)
    {
        var text = await response.Content.ReadAsStringAsync();
        var json = text.Length == 0 ? null : JsonNode.Parse(text);
        if (!response.IsSuccessStatusCode)
        {
            await errors.WriteLineAsync($"{(int)response.StatusCode} {json?["detail"] ?? response.ReasonPhrase}");
            return 1;
        }

        await output.WriteLineAsync(json?.ToJsonString(Indented) ?? "Done.");
        return 0;
    }

    private static HttpRequestMessage? Request(string[] args)
    {
        var server = Option(args, "--server") ?? Environment.GetEnvironmentVariable("GAMIFICATION_SERVER") ?? ServerDefault;
        var token = Option(args, "--token") ?? Environment.GetEnvironmentVariable("GAMIFICATION_TOKEN");
        var minutes = int.TryParse(Option(args, "--minutes"), CultureInfo.InvariantCulture, out var number) ? number : 60;
        var request = args switch
        {
            ["keys", "create", ..] => Post("/v1/keys", new() { ["store"] = Option(args, "--store"), ["name"] = Option(args, "--name") ?? "Till key" }),
            ["keys", "list", ..] => new HttpRequestMessage(HttpMethod.Get, "/v1/keys"),
            ["keys", "revoke", var id, ..] => new HttpRequestMessage(HttpMethod.Delete, $"/v1/keys/{Uri.EscapeDataString(id)}"),
            ["tokens", "create", ..] => Post("/v1/tokens", new() { ["role"] = Option(args, "--role"), ["member"] = Option(args, "--member"), ["minutes"] = minutes }),
            _ => null,
        };
        if (request is null || token is null || !Uri.TryCreate(new(server), request.RequestUri, out var address)) return null;
        request.RequestUri = address;
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return request;
    }

    private static HttpRequestMessage Post(string path, JsonObject document) =>
        new(HttpMethod.Post, path) { Content = new StringContent(document.ToJsonString(), Encoding.UTF8, "application/json") };

    internal static string? Option(string[] args, string name) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;
}
