using Gamification.Health;
using Gamification.Journal;

namespace Gamification.Silo.Engine;

/// <summary>Tells the edge how the journal's writers are doing, the worst of them first.</summary>
public sealed class JournalHealthReport(JournalWriter writer) : IEngineHealth
{
    public EngineHealth Now()
    {
        var worst = writer.Health.FirstOrDefault(partition => partition.State != JournalState.Running);
        return worst is null
            ? new(Ready: true, "writing")
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
