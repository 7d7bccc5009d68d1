using Gamification.Journal;
using Gamification.Rules.Earning;
using Gamification.Rules.Programmes;

namespace Gamification.Programmes;

/// <summary>A programme as its documents in the journal have it, for whoever proves something with the engine stopped.</summary>
public static class RecordedProgramme
{
    /// <summary>What holds at the end of time; null for a programme that has recorded no documents.</summary>
    /// <param name="journal">Where documents are recorded.</param>
    /// <param name="settings">As the file states them.</param>
    /// <param name="goods">The catalogues of files, by programme.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task<ProgrammeCatalog?> Find(IJournalStorage journal, ProgrammeSettings settings, IReadOnlyDictionary<string, Catalogue> goods, CancellationToken cancellation)
    {
        var history = await journal.Load(DocumentsGrain.ActorOf(settings.Id), cancellation);
        if (history.Version == 0) return null;
        var (documents, version) = ProgrammeEntryJson.Fold(history);
        var programmes = new ProgrammeCatalog([settings], goods);
        programmes.Show(settings.Id, new ProgrammeInForce(documents, version), 0, DateTimeOffset.MaxValue);
        return programmes;
    }
}
