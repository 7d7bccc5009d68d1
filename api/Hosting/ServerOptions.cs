using System.Globalization;
using Gamification.Silo.Engine;
using Gamification.Silo.Programmes;

namespace Gamification.Api.Hosting;

/// <summary>How this process was asked to run: by the command line, the environment (<c>Gamification__…</c>) or appsettings, in that order.</summary>
public sealed record ServerOptions
{
    /// <summary>Where a server listens, and where commands look for it, unless they are told otherwise.</summary>
    public const int PortDefault = 5080;

    public required string Role { get; init; }

    public required string Url { get; init; }

    public required EngineOptions Engine { get; init; }

    /// <summary>Where the pages lie: <c>wwwroot</c> and <c>Pages</c> below it.</summary>
    public string ContentRoot { get; init; } = FindContentRoot();

    /// <summary>Seconds of history per second of the demo's replay; 0 for as fast as possible.</summary>
    public double Speed { get; init; }

    /// <summary>The receipts that the demo replays.</summary>
    public string History { get; init; } = Path.Combine(AppContext.BaseDirectory, "Demo", "Data", "receipts.ndjson.gz");

    /// <summary>Throws <see cref="FormatException"/> or <see cref="ProgrammeFileException"/> with one line for the person who typed it.</summary>
    public static ServerOptions Read(string role, IConfiguration configuration)
    {
        var demo = role == "demo";
        var options = new ServerOptions
        {
            Role = role,
            Url = configuration["urls"] ?? UrlAt(EngineSettings.Number(configuration, "port", PortDefault, 1, 65_535)),
            Speed = EngineSettings.Number(configuration, "speed", 30_000, 0, 1e9),
            Engine = EngineSettings.Read(configuration, demo ? Path.Combine("data", "demo") : "data", demo ? "demo.json" : "shop.json"),
        };
        return configuration["history"] is { } history ? options with { History = history } : options;
    }

    /// <summary>This machine only: whoever wants others to reach it says so with <c>urls</c>.</summary>
    public static string UrlAt(double port) => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");

    /// <summary>The pages lie beside the sources while developing, beside the program once published.</summary>
    private static string FindContentRoot() =>
        File.Exists(Path.Combine("api", "Pages", "no-web.html")) ? Path.GetFullPath("api")
        : File.Exists(Path.Combine("Pages", "no-web.html")) ? Directory.GetCurrentDirectory()
        : AppContext.BaseDirectory;
}
