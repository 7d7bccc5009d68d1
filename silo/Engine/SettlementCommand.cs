using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Gamification.Rules.Challenges.Settlement;

namespace Gamification.Silo.Engine;

/// <summary>
/// Holds a settled challenge to its certificate, by nothing but what is published: over HTTP from a server, or from a folder in which somebody kept the texts. It trusts
/// neither: hashes, order, ranks and prizes are worked out again.
/// </summary>
public static class SettlementCommand
{
    private static readonly string[] Parts = ["certificate", "challenge", "standings", "prizes"];

    public const string Usage = """
        challenge verify CHALLENGE [--run N] [--keep FOLDER]     a settlement as a server publishes it; with --keep its texts stay
        challenge verify --from FOLDER [--hash SHA256]           the same from texts that were kept: certificate.txt, challenge.txt, standings.txt, prizes.txt

        The first takes --server URL and --token TOKEN of anybody who may read boards, or reads GAMIFICATION_SERVER and GAMIFICATION_TOKEN.
        Exit code 0 when everything holds, 1 when something does not, 2 for a mistake.
        """;

    public static bool Knows(string[] args) => args is ["challenge", ..];

    public static async Task<int> Run(string[] args, HttpClient http, TextWriter output, TextWriter errors)
    {
        try
        {
            if (args is not ["challenge", "verify", ..]) return await Misused(errors);
            if (Option(args, "--from") is { } folder) return await Verify(await Kept(folder), Option(args, "--hash"), output, errors);
            if (args is not [_, _, { } challenge, ..] || challenge.StartsWith('-') || Option(args, "--token", "GAMIFICATION_TOKEN") is not { } token
                || !Uri.TryCreate(Option(args, "--server", "GAMIFICATION_SERVER") ?? "http://localhost:5080", UriKind.Absolute, out var server)) return await Misused(errors);
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
            var run = Option(args, "--run") is { } number ? $"?run={Uri.EscapeDataString(number)}" : "";
            var address = new Uri(server, $"/v1/challenges/{Uri.EscapeDataString(challenge)}");
            var hash = (string?)JsonNode.Parse(await http.GetStringAsync($"{address}{run}"))?["certificate"];
            var texts = new List<byte[]>();
            foreach (var part in Parts) texts.Add(await http.GetByteArrayAsync($"{address}/settlement/{part}{run}"));
            if (Option(args, "--keep") is { } keep) await Keep(keep, texts);
            return await Verify(texts, hash, output, errors);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or UnauthorizedAccessException)
        {
            await errors.WriteLineAsync(fault.Message);
            return 1;
        }
    }

    private static async Task<int> Verify(List<byte[]> texts, string? hash, TextWriter output, TextWriter errors)
    {
        var certificate = Encoding.UTF8.GetString(texts[0]);
        var findings = CertificateCheck.VerifyTexts(certificate, hash, Encoding.UTF8.GetString(texts[1]), texts[2], texts[3]);
        foreach (var finding in findings) await errors.WriteLineAsync(finding);
        if (!findings.IsEmpty) return 1;
        var sound = CertificateText.Read(certificate)!;
        await output.WriteLineAsync(FormattableString.Invariant($"{sound.Run}: the certificate {sound.Hash()} holds. {sound.Rows} in the standings, {sound.Won} prizes of {sound.Cost.Points} points and {sound.Cost.Rewards} rewards."));
        return 0;
    }

    private static async Task<List<byte[]>> Kept(string folder)
    {
        var texts = new List<byte[]>();
        foreach (var part in Parts) texts.Add(await File.ReadAllBytesAsync(Path.Combine(folder, $"{part}.txt")));
        return texts;
    }

    private static async Task Keep(string folder, List<byte[]> texts)
    {
        Directory.CreateDirectory(folder);
        for (var at = 0; at < Parts.Length; at++) await File.WriteAllBytesAsync(Path.Combine(folder, $"{Parts[at]}.txt"), texts[at]);
    }

    private static async Task<int> Misused(TextWriter errors)
    {
        await errors.WriteLineAsync(Usage);
        return 2;
    }

    private static string? Option(string[] args, string name, string? variable = null)
    {
        var at = Array.IndexOf(args, name);
        return at >= 0 && at + 1 < args.Length ? args[at + 1] : variable is null ? null : Environment.GetEnvironmentVariable(variable);
    }
}
