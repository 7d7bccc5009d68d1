using System.Diagnostics;
using Gamification.Challenges;
using Gamification.Journal;
using Gamification.LoadTests.Benchmarks;
using Gamification.Silo.Engine;
using Microsoft.Extensions.DependencyInjection;

namespace Gamification.LoadTests.Kills;

/// <summary>One life of the engine that settles: a process of its own, which ends itself without warning or when everything is settled.</summary>
internal static class Life
{
    /// <summary>How a life says where it is about to end.</summary>
    public const string Dying = "dies ";

    /// <summary>Where a new process died; null when it has settled.</summary>
    public static async Task<string?> Lead(string folder, int moments, int seed)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [typeof(Life).Assembly.Location, "bench", "kills", "life", folder, FormattableString.Invariant($"{moments}"), FormattableString.Invariant($"{seed}")])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        })!;
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        var last = said.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault(line => line.StartsWith(Dying, StringComparison.Ordinal));
        return process.ExitCode == 0 ? null : last?[Dying.Length..] ?? throw new InvalidOperationException($"A life ended with {process.ExitCode} and said:\n{said}");
    }

    /// <summary>Inside that process.</summary>
    public static async Task Settle(string folder, int moments, int seed)
    {
        var death = new Death(moments, seed);
        await WinningShop.InEngine(
            WinningShop.OptionsOf(folder),
            async (services, _) =>
            {
                WinningShop.GoToTheEnd(services);
                var run = WinningShop.Run(services);
                while ((await run.View(WinningShop.Opens)).Phase != ChallengePhase.Settled) await run.Due();
            },
            (services, storage) =>
            {
                services.AddSingleton<IJournalStorage>(new MortalJournal(storage.Journal, death));
                services.AddSingleton<IChallengeStorage>(new MortalChallenges(storage.Challenges, death));
            });
    }
}
