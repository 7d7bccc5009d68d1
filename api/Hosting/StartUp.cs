using System.Collections.Immutable;
using Gamification.Silo.Engine;

namespace Gamification.Api.Hosting;

/// <summary>What a person sees when the process cannot start: one clear line, and an exit code that is not 0.</summary>
internal static class StartUp
{
    public static readonly string Usage = $"""
        demo      the engine with eleven months of real receipts  [--port {ServerOptions.PortDefault}] [--data data/demo] [--speed 30000] [--history FILE]
        all       the engine  [--port {ServerOptions.PortDefault}] [--data data] [--postgres CONNECTION] [--redis CONNECTION] [--programme FILE]
        api       the HTTP edge of a cluster, without being a node of it  --postgres CONNECTION --redis CONNECTION  [--port …] [--data data] [--programme FILE] [--cluster NAME]
        rebuild   drops the projections and rebuilds them from the journal  [--data …] [--postgres …]
        verify    proves the journal and every member's ledger  [--data …] [--postgres …]
        transfer export FILE    the journal and the vault in one file, to be moved to another database; - for standard output  [--data …] [--postgres …]
        transfer import FILE    the same into empty databases, proved, and the projections rebuilt  [--data …] [--postgres …] [--programme FILE]
        totals    the sums of programmes and stores  [--data …] [--postgres …]
        admin-token    a token for 12 hours that may create keys  [--data …]
        keys, tokens   of a running server: see `keys --help`
        programme      of a running server: taken out, compared with a file, published from one: see `programme --help`
        badge          of a running server: filled in for the past of all members, see `badge --help`
        """;

    private static readonly ImmutableSortedSet<string> Options = OptionNames.OfEngine.Union(["port", "urls", "speed", "history"]);

    public static bool AsksForHelp(string[] args) => args is ["help", ..] || args.Any(arg => arg is "--help" or "-h");

    /// <summary>Throws <see cref="FormatException"/> with one line for an option that nobody knows.</summary>
    public static IConfiguration Configuration(string[] args)
    {
        string[] options = [.. args.Skip(Words(args).Count())];
        OptionNames.Check(options, Options);
        return new ConfigurationBuilder().AddJsonFile("appsettings.json", optional: true).AddEnvironmentVariables().AddCommandLine(options).Build();
    }

    /// <summary>What comes ahead of the options: the role, and what it works on.</summary>
    public static IEnumerable<string> Words(string[] args) => args.TakeWhile(arg => !arg.StartsWith('-') || arg == "-");

    public static async Task<int> Guard(Func<Task<int>> run)
    {
        try
        {
            return await run();
        }
        catch (Exception fault) when (LineFor(fault) is { } line)
        {
            await Console.Error.WriteLineAsync(line);
            return 1;
        }
    }

    private static string? LineFor(Exception fault) => fault switch
    {
        IOException { InnerException: Microsoft.AspNetCore.Connections.AddressInUseException inUse } => $"The port is taken ({inUse.Message}). Choose another with --port.",
        _ => StartFaults.LineFor(fault),
    };
}
