using System.Globalization;

namespace Gamification.LoadTests;

/// <summary>A process and all that it started, by the id of the first: a server with its workers, a database with its backends.</summary>
internal sealed record Consumer(string Name, int Process);

/// <summary>What a consumer took of the machine, a unit.</summary>
internal sealed record Consumption(string Name, double Microseconds);

/// <summary>
/// Processor time of other processes, as Linux counts it: in hundredths of a second, so that a window of seconds is needed. On a machine that others
/// use as well it says what a change is worth; a rate does not.
/// </summary>
internal sealed class Consumers(IReadOnlyList<Consumer> consumers)
{
    private const double MicrosecondsATick = 10_000;

    /// <summary>What each has taken since it began, children that have ended included.</summary>
    public double[] Read()
    {
        var processes = Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).Where(name => int.TryParse(name, CultureInfo.InvariantCulture, out _)).Select(id => Stat.Of(id!)).OfType<Stat>().ToLookup(stat => stat.Parent);
        return [.. consumers.Select(consumer => Stat.Of(consumer.Process.ToString(CultureInfo.InvariantCulture)) is { } first
            ? Sum(first) * MicrosecondsATick
            : throw new UsageException($"--cpu: there is no process {consumer.Process}"))];

        long Sum(Stat stat) => stat.Ticks + processes[stat.Id].Sum(Sum);
    }

    public IReadOnlyList<Consumption> Between(double[] before, double[] after, long units) =>
        [.. consumers.Select((consumer, at) => new Consumption(consumer.Name, (after[at] - before[at]) / Math.Max(1, units)))];

    private sealed record Stat(int Id, int Parent, long Ticks)
    {
        /// <summary>Null when the process has ended meanwhile. The name may hold anything, so what counts begins after its closing bracket.</summary>
        public static Stat? Of(string id)
        {
            try
            {
                var text = File.ReadAllText($"/proc/{id}/stat");
                var words = text[(text.LastIndexOf(')') + 2)..].Split(' ');
                return new(Number(id), Number(words[1]), words[11..15].Sum(word => (long)Number(word)));
            }
            catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
            {
                return null;
            }
        }

        private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
    }
}
