using Gamification.Journal;
using Gamification.Tests.Journal;

namespace Gamification.Tests.Storage;

/// <summary>The storage that simulations use keeps the same promises as the databases.</summary>
public sealed class MemoryJournalStorageTests : JournalStorageContract
{
    private readonly FaultyJournalStorage _memory = new(new Random(1), TimeProvider.System);

    protected override Task CreateDatabase() => Task.CompletedTask;

    protected override Task DropDatabase() => Task.CompletedTask;

    protected override Task<IJournalStorage> Open() => Task.FromResult<IJournalStorage>(_memory);

    protected override Task StealPartition(int partition)
    {
        _memory.Steal(partition);
        return Task.CompletedTask;
    }
}
