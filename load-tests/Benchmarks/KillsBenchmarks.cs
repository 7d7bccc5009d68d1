using System.Globalization;
using Gamification.LoadTests.Kills;

namespace Gamification.LoadTests.Benchmarks;

/// <summary>
/// <c>bench kills [members 20000] [kills 20] [seed 1]</c>: settles on SQLite, killed with SIGKILL so many times, and says where. <c>bench kills life FOLDER MOMENTS SEED</c>
/// is one such life, started by the former.
/// </summary>
public static class KillsBenchmarks
{
    public static async Task<int> Run(string[] args)
    {
        if (args is ["life", var data, var moments, var at])
        {
            await Life.Settle(data, Number(moments), Number(at));
            return 0;
        }

        var (members, kills, seed) = (args.Length > 0 ? Number(args[0]) : 20_000, args.Length > 1 ? Number(args[1]) : 20, args.Length > 2 ? Number(args[2]) : 1);
        var folder = Directory.CreateTempSubdirectory("kills-bench-").FullName;
        try
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{members:N0} members of whom each wins one prize, {kills} kills, seed {seed}"));
            var deaths = await KilledSettlement.Run(folder, members, kills, seed, Console.Out);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{deaths.Count} deaths, every certificate sound, every prize once."));
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}
