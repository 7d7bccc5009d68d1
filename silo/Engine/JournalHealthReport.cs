using System.Globalization;
using Gamification.Health;
using Gamification.Journal;

namespace Gamification.Silo.Engine;

/// <summary>Tells the edge how the journal's writers are doing, the worst of them first.</summary>
public sealed class JournalHealthReport(JournalWriter writer) : IEngineHealth
{
    private static readonly TimeSpan LagMax = TimeSpan.FromSeconds(2);

    public EngineHealth Now() => Of(writer.Health);

    internal static EngineHealth Of(IEnumerable<JournalHealth> partitions)
    {
        var worst = partitions.OrderBy(partition => partition.State == JournalState.Running).ThenByDescending(partition => partition.Lag).FirstOrDefault();
        if (worst is null or { State: JournalState.Running } && !(worst?.Lag > LagMax)) return new(Ready: true, "writing");
        return worst.State == JournalState.Running
            ? new(Ready: false, "slow", string.Create(
                CultureInfo.InvariantCulture, $"Partition {worst.Partition} has waited {worst.Lag.TotalSeconds:0.0} s for a commit; {worst.QueueDepth} appends wait."))
            : new(Ready: false, Word(worst.State), $"Partition {worst.Partition} is {Word(worst.State)}; {worst.QueueDepth} appends wait.");
    }

    private static string Word(JournalState state) => state switch
    {
        JournalState.Starting => "starting",
        JournalState.Fenced => "fenced",
        JournalState.Stopped => "stopping",
        _ => "recovering",
    };
}
