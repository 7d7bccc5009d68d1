using Gamification.Incidents;
using Gamification.Journal;
using Gamification.Programmes.Documents;
using Gamification.Programmes.Earning;
using Gamification.Rules.Programmes;
using Gamification.Rules.Streaks;
using Microsoft.Extensions.Logging;

namespace Gamification.Programmes;

/// <summary>
/// Keeps a node's programmes up to date. It reads the journal itself, at once when this node committed something about them and every two seconds
/// in any case, so that no notice has to reach it and no other node has to answer. What is published takes effect 60 s later; a node that could
/// not read for 45 s decides nothing, and the 15 s between are for the commit and for clocks that differ.
/// </summary>
public sealed class ProgrammeWatch(
    IJournalStorage storage, ProgrammeCatalog programmes, BusinessClock clock, TimeProvider time, ILogger<ProgrammeWatch> log) : ICommitObserver
{
    /// <summary>How long a node decides by what it has read.</summary>
    public static readonly TimeSpan TrustFor = EarningRule.Notice - ProgrammeEntry.CommitMax - TimeSpan.FromSeconds(5);

    private static readonly TimeSpan AskEvery = TimeSpan.FromSeconds(2);

    private readonly Dictionary<string, (ProgrammeDocuments Documents, long Version)> _known = [];
    private readonly Dictionary<string, (IncidentList Incidents, long Version)> _incidents = [];
    private TaskCompletionSource _woken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isBehind;

    public void Committed(int partition, long previousSeq, long toSeq, IReadOnlyList<CommittedAppend> appends)
    {
        foreach (var (append, _) in appends)
        {
            if (append.Actor == DocumentsGrain.ActorOf(append.Actor.Programme)) Volatile.Read(ref _woken).TrySetResult();
        }
    }

    /// <summary>
    /// Reads what stands; what nobody has recorded yet begins with what the file states. Nothing is decided before this has been done. The journal's
    /// writers run already.
    /// </summary>
    public async Task Start(IJournal journal, CancellationToken cancellation)
    {
        foreach (var programme in programmes.All.ToArray())
        {
            var actor = DocumentsGrain.ActorOf(programme.Id);
            var stated = programmes.Stated(programme.Id);
            if ((await storage.Load(actor, cancellation)).Version == 0)
            {
                // Another node may do the same: the journal takes one, and both read which.
                await journal.Append(new() { Actor = actor, ExpectedVersion = 0, Entries = [ProgrammeEntryJson.Write(Publishing.Found(stated, time.GetUtcNow()))] });
            }

            _known.Remove(programme.Id);
            await Read(programme.Id, cancellation);
            TellDifferences(programme.Id, DocumentDiffs.Of(_known[programme.Id].Documents, stated));
        }
    }

    /// <summary>Runs until stopped. What cannot be read is tried again; meanwhile what was read grows old.</summary>
    public async Task Run(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            using var wait = CancellationTokenSource.CreateLinkedTokenSource(stop);
            await Task.WhenAny(Volatile.Read(ref _woken).Task, Task.Delay(AskEvery, time, wait.Token));
            await wait.CancelAsync();
            if (stop.IsCancellationRequested) return;
            await Look(stop);
        }
    }

    /// <summary>Reads what was committed since, now.</summary>
    public async Task Look(CancellationToken cancellation)
    {
        Volatile.Write(ref _woken, new(TaskCreationOptions.RunContinuationsAsynchronously));
        try
        {
            foreach (var programme in _known.Keys.ToArray()) await Read(programme, cancellation);
            if (_isBehind) log.LogWarning("The programmes' documents can be read again.");
            _isBehind = false;
        }
        catch (Exception fault) when (!cancellation.IsCancellationRequested)
        {
            if (!_isBehind) log.LogError(fault, "The programmes' documents cannot be read. In {Seconds} s this node answers 503.", TrustFor.TotalSeconds);
            _isBehind = true;
        }
    }

    private async Task Read(string programme, CancellationToken cancellation)
    {
        var askedAt = time.GetTimestamp();
        var actor = DocumentsGrain.ActorOf(programme);
        var isNew = !_known.TryGetValue(programme, out var known);
        if (isNew) known = ProgrammeEntryJson.Fold(await storage.Load(actor, cancellation));
        var before = known.Version;
        await foreach (var stored in storage.ReadAll(actor, before, cancellation: cancellation)) known = (ProgrammeEntryJson.Fold(known.Documents, stored), stored.Version);
        var version = isNew || known.Version != before ? new ProgrammeInForce(known.Documents, known.Version) : null;
        _known[programme] = known;
        var now = clock.Now(programme) ?? time.GetUtcNow();

        // Prepared here, so that no receipt waits for it.
        _ = version?.At(now).Scheme;
        programmes.Show(programme, version, askedAt, now);
        await ReadIncidents(programme, cancellation);
    }

    private async Task ReadIncidents(string programme, CancellationToken cancellation)
    {
        var (actor, form) = (IncidentForm.ActorOf(programme), IncidentForm.Json);
        var (list, version) = _incidents.GetValueOrDefault(programme, (IncidentList.Empty, 0));
        await foreach (var stored in storage.ReadAll(actor, version, cancellation: cancellation))
        {
            if (form.Read(stored) is { } incident) list = form.Apply(list, incident);
            version = stored.Version;
        }

        _incidents[programme] = (list, version);
        programmes.Show(programme, list);
    }

    private void TellDifferences(string programme, IReadOnlyList<DocumentChange> changes)
    {
        if (changes.Count == 0) return;
        log.LogWarning(
            "The file of programme {Programme} differs from version {Version}, which holds, in {Count} places: {Places}{More}. The file is not used; `programme diff` tells more and `programme import` publishes it.",
            programme,
            _known[programme].Version,
            changes.Count,
            string.Join(", ", changes.Take(5).Select(change => change.Pointer)),
            changes.Count > 5 ? ", …" : "");
    }
}
