using Gamification.Journal;
using Gamification.Programmes;
using Gamification.Programmes.Documents;
using Gamification.Rules.Programmes;
using Gamification.Tests.Journal;
using Gamification.Tests.Rules;
using Gamification.Tests.Time;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gamification.Tests.Documents;

/// <summary>One node's view of its programmes, over a journal that several nodes share. It looks when it is told to, or as it would by itself.</summary>
internal sealed class ProgrammeNode
{
    public const string Id = "test";

    public ProgrammeNode(FaultyJournalStorage journal, ManualTimeProvider clock, ProgrammeSettings? stated = null, ILogger<ProgrammeWatch>? log = null)
    {
        Catalog = new([stated ?? Receipts.Programme()], time: clock);
        Watch = new(journal, Catalog, new(Catalog, clock), clock, log ?? NullLogger<ProgrammeWatch>.Instance);
    }

    public ProgrammeCatalog Catalog { get; }

    public ProgrammeWatch Watch { get; }

    public bool Decides(DateTimeOffset at)
    {
        try
        {
            Catalog.At(Id, at);
            return true;
        }
        catch (ProgrammeNotCurrentException)
        {
            return false;
        }
    }
}

/// <summary>The journal of one writer, without its queue.</summary>
internal sealed class DirectJournal(FaultyJournalStorage storage, TimeProvider clock) : IJournal
{
    private long? _epoch;

    /// <summary>How long the next commit waits before it is recorded.</summary>
    public Action? BeforeCommit { get; set; }

    public async ValueTask<AppendOutcome> Append(Append append)
    {
        _epoch ??= (await storage.Acquire(0, CancellationToken.None)).Epoch;
        BeforeCommit?.Invoke();
        return (await storage.Commit(0, _epoch.Value, [append], clock.GetUtcNow()))[0];
    }

    public ValueTask<ActorHistory> Load(ActorId actor, CancellationToken cancellation) => storage.Load(actor, cancellation);

    public ValueTask<System.Collections.Immutable.ImmutableArray<StoredEntry>> ReadForward(ActorId actor, long afterVersion, int limit, CancellationToken cancellation) =>
        storage.ReadForward(actor, afterVersion, limit, cancellation);

    public ValueTask<System.Collections.Immutable.ImmutableArray<StoredEntry>> ReadBackward(ActorId actor, long beforeVersion, int limit, CancellationToken cancellation) =>
        storage.ReadBackward(actor, beforeVersion, limit, cancellation);

    public ValueTask<StoredEntry?> FindKey(string programme, BusinessKey key, CancellationToken cancellation) => storage.FindKey(programme, key, cancellation);

    public ValueTask OpenLease(string programme, Guid lease) => storage.OpenLease(programme, lease);

    public ValueTask<LeaseTally> EndLease(string programme, Guid lease) => storage.EndLease(programme, lease);

    /// <summary>What a programme's actor would append.</summary>
    public async Task Record(ProgrammeEntry entry)
    {
        var actor = DocumentsGrain.ActorOf(ProgrammeNode.Id);
        var version = (await storage.Load(actor, CancellationToken.None)).Version;
        Assert.IsType<AppendOutcome.Appended>(await Append(new() { Actor = actor, ExpectedVersion = version, Entries = [ProgrammeEntryJson.Write(entry)] }));
    }
}
